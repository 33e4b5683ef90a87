// The dialog that has a job begun: what of, which task, and every option one click away.
import { batch, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { copy, curl } from "../app/copy.js";
import { megabytes } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { modal, modalHeading } from "../app/modal.js";
import { notify } from "../app/notices.js";
import { problem } from "../app/problem.js";
import { address, goTo } from "../app/route.js";
import { heeded, isAbort } from "../app/server.js";
import { t } from "../texts/texts.js";
import { choose, chooseNone } from "./chosen.js";
import { does, engines } from "./engines.js";
import { titleOf } from "./names.js";
import { optionFields } from "./option-fields.js";
import { TASKS, inputOf } from "./options.js";
import { requestOf, submitFile, submitRecordings } from "./submit.js";

/**
 * @typedef {import("./options.js").MediaTask} MediaTask
 * @typedef {{ recordings?: readonly import("./list.js").Recording[], file?: File }} Subject
 * @typedef {{ kind: "form" } | { kind: "uploading", sentBytes: number, bytes: number } | { kind: "submitting", done: number }} Phase
 */

/** What a job is to be begun of, while the dialog is open. */
export const subject = signal(/** @type {Subject | undefined} */ (undefined));
const task = signal(/** @type {MediaTask} */ ("speech-to-text"));
const engine = signal("");
const phase = signal(/** @type {Phase} */ ({ kind: "form" }));
const failure = signal(/** @type {any} */ (undefined));
let working = new AbortController();

/** Opens the dialog. @param {Subject} given */
export function order(given) {
  batch(() => {
    subject.value = given;
    phase.value = { kind: "form" };
    failure.value = undefined;
  });
}

function close() {
  working.abort();
  subject.value = undefined;
}

export function orderDialog() {
  const given = subject.value;
  if (!given) return nothing;
  const isBusy = phase.value.kind !== "form";
  return modal(
    { label: t.order.title, close, isFirm: isBusy },
    html`<form class="order" @submit=${submit}>
      ${modalHeading(t.order.title, close)}
      <p class="of">${given.file ? file(given.file) : recordingsOf(given.recordings ?? [])}</p>
      ${problem(failure.value)}
      <fieldset class="tasks" ?disabled=${isBusy}>
        <legend>${t.order.task}</legend>
        ${TASKS.map(taskChoice)}
      </fieldset>
      <fieldset class="options" ?disabled=${isBusy}>
        <legend class="unseen">${t.order.options}</legend>
        ${engineChoice()} ${optionFields(task.value, given)}
      </fieldset>
      ${progress(given)}
      <footer class="acts">
        ${given.recordings ? curlButton(given.recordings) : nothing}
        <button type="button" class="quiet" @click=${close}>${t.cancel}</button>
        <button ?disabled=${isBusy}>${t.order.begin(given.recordings?.length ?? 1)}</button>
      </footer>
    </form>`,
  );
}

/** @param {File} file */
const file = ({ name, size }) => html`${icon("file")} <b>${name}</b> <span class="muted">${megabytes(size)} MB</span>`;

/** @param {readonly import("./list.js").Recording[]} recordings */
const recordingsOf = (recordings) => (recordings.length === 1 ? titleOf(/** @type {any} */ (recordings[0])) : t.recordings.chosen(recordings.length));

/** @param {MediaTask} name */
function taskChoice(name) {
  const isDone = does(engine.value, name);
  return html`<label class="choice">
    <input type="radio" name="task" value=${name} .checked=${task.value === name} ?disabled=${!isDone} @change=${() => (task.value = name)} />
    <span><b>${t.tasks[name].name}</b><small>${isDone ? t.tasks[name].means : t.order.notByEngine}</small></span>
  </label>`;
}

/** The task stays, unless the engine does not do it. @param {string} name */
function chooseEngine(name) {
  batch(() => {
    engine.value = name;
    if (!does(name, task.peek())) task.value = TASKS.find((other) => does(name, other)) ?? task.peek();
  });
}

function engineChoice() {
  if (engines.value.length < 2) return nothing;
  return html`<label class="field"
    ><span>${t.order.engine}</span>
    <select name="engine" @change=${(/** @type {any} */ { target }) => chooseEngine(target.value)}>
      <option value="">${t.order.usualEngine}</option>
      ${engines.value.map(({ engine: name }) => html`<option value=${name} .selected=${name === engine.value}>${name}</option>`)}
    </select></label
  >`;
}

/** @param {Subject} given */
function progress({ file, recordings }) {
  const at = phase.value;
  if (at.kind === "uploading") {
    const text = t.order.sent(megabytes(at.sentBytes), megabytes(at.bytes));
    return html`<p class="progress">
      <label>${file?.name} <progress max=${at.bytes} .value=${at.sentBytes}></progress></label> <span>${text}</span>
    </p>`;
  }
  return at.kind === "submitting" ? html`<p class="progress" role="status">${t.order.submitting(at.done, at.done + (recordings?.length ?? 1))}</p>` : nothing;
}

/** What the form says. @param {HTMLFormElement} element @returns {import("./submit.js").Wanted} */
function wantedBy(element) {
  const form = new FormData(element);
  const label = String(form.get("label") ?? "").trim();
  return {
    task: task.peek(),
    input: inputOf(task.peek(), form),
    ...(label ? { label } : {}),
    ...(engine.peek() ? { engine: engine.peek() } : {}),
  };
}

/** A call for each recording. A file has none of its own: it is uploaded first. @param {readonly import("./list.js").Recording[]} recordings */
const curlButton = (recordings) => {
  const calls = (/** @type {HTMLFormElement} */ form) =>
    recordings.map((recording) => curl("POST", "/v1/jobs", requestOf(recording, wantedBy(form)))).join("\n");
  const run = (/** @type {any} */ { currentTarget: { form } }) => copy(calls(form), t.curlCopied);
  return html`<button type="button" class="quiet" @click=${run}>${icon("terminal")} ${t.curl}</button>`;
};

/** @param {SubmitEvent & { target: any }} event */
async function submit(event) {
  event.preventDefault();
  const given = subject.peek();
  const wanted = wantedBy(event.target);
  working = new AbortController();
  const { signal } = working;
  failure.value = undefined;
  try {
    await (given?.file ? sendFile(given.file, wanted, signal) : sendRecordings(given?.recordings ?? [], wanted, signal));
  } catch (error) {
    if (isAbort(error) || signal.aborted) return;
    batch(() => {
      phase.value = { kind: "form" };
      failure.value = heeded(error);
    });
  }
}

/** @param {File} file @param {import("./submit.js").Wanted} wanted @param {AbortSignal} signal */
async function sendFile(file, wanted, signal) {
  phase.value = { kind: "uploading", sentBytes: 0, bytes: file.size };
  const job = await submitFile(file, wanted, signal, ({ sentBytes, bytes }) => (phase.value = { kind: "uploading", sentBytes, bytes }));
  subject.value = undefined;
  goTo(address(["jobs", job.id]));
}

/** @param {readonly import("./list.js").Recording[]} recordings @param {import("./submit.js").Wanted} wanted @param {AbortSignal} signal */
async function sendRecordings(recordings, wanted, signal) {
  let done = 0;
  phase.value = { kind: "submitting", done };
  const begun = (/** @type {string} */ id) => {
    choose([id], false);
    const present = subject.peek();
    // Where a later one fails, those that are begun are not begun again.
    if (present?.recordings) subject.value = { ...present, recordings: present.recordings.filter((recording) => recording.id !== id) };
    phase.value = { kind: "submitting", done: (done += 1) };
  };
  await submitRecordings(recordings, wanted, signal, begun);
  subject.value = undefined;
  chooseNone();
  notify(t.order.begun(recordings.length), { label: t.order.show, run: () => goTo(address(["jobs"])) });
}
