// The jobs, the newest first, with how far those are that run; several that are finished can be compared.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { copyCurl } from "../app/copy.js";
import { dateOf } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { problem } from "../app/problem.js";
import { address, filter, route } from "../app/route.js";
import { select } from "../app/select.js";
import { TASKS } from "../recordings/options.js";
import { nameOf } from "../recordings/names.js";
import { t } from "../texts/texts.js";
import { remove, retry } from "./acts.js";
import { chip } from "./chip.js";
import { elapsed, tried } from "./stages.js";
import { all, hasFailed, isFinished, more, refresh, state, unfinished } from "./store.js";

const STATES = /** @type {const} */ (["running", "done", "failed"]);
const chosen = signal(/** @type {ReadonlySet<string>} */ (new Set()));

export function open() {
  chosen.value = new Set();
  return { title: t.jobs.title, template };
}

/** @param {import("./store.js").JobFacts} job */
function passes(job) {
  const { query } = route.value;
  const [wanted, task] = [query.get("state"), query.get("task")];
  const own = hasFailed(job) ? "failed" : isFinished(job) ? "done" : "running";
  return (!STATES.includes(/** @type {any} */ (wanted)) || wanted === own) && (!task || job.task === task);
}

function template() {
  const shown = all.value.filter(passes);
  const { isLoaded, isBusy, hasMore, error } = state.value;
  return html`<header class="heading">
      <h1 tabindex="-1">${t.jobs.title}</h1>
      <div class="filters">
        ${choice(
          "state",
          STATES.map((name) => [name, t.jobs.states[name]]),
          t.jobs.anyState,
        )}
        ${choice(
          "task",
          [...TASKS, "punctuate", "summarize"].map((task) => [task, t.tasks[task]?.name ?? task]),
          t.jobs.anyTask,
        )}
      </div>
    </header>
    ${problem(error, { again: refresh })}
    ${
      shown.length
        ? html`<ul class="rows">
            ${repeat(shown, ({ id }) => id, row)}
          </ul>`
        : nothing
    }
    ${!shown.length && isLoaded ? empty() : nothing} ${!isLoaded && !error ? html`<p class="muted" role="status">${t.loading}</p>` : nothing}
    ${hasMore ? html`<p class="more"><button class="plain" ?disabled=${isBusy} @click=${more}>${t.jobs.more}</button></p>` : nothing}
    <p class="more"><button class="quiet tiny" @click=${() => copyCurl("GET", "/v1/jobs")}>${icon("terminal")} ${t.listAsCurl}</button></p>
    ${selection()}`;
}

/** @param {"state" | "task"} name @param {readonly (readonly [string, string])[]} options @param {string} none */
const choice = (name, options, none) =>
  select({ label: t.jobs[name], value: route.value.query.get(name) ?? "", options, none, change: (value) => filter({ [name]: value }) });

/** @param {import("./store.js").JobFacts} job */
function row(job) {
  const name = nameOf(job);
  const task = t.tasks[job.task ?? ""]?.name ?? job.task;
  const about = [task === name ? "" : task, dateOf(job.createdAt), hasFailed(job) ? job.error?.message : ""].filter(Boolean);
  const isDone = job.status === "succeeded";
  const retried = isFinished(job) && !isDone;
  return html`<li class="row job" ?data-chosen=${chosen.value.has(job.id)}>
    <label class="pick"
      ><input
        type="checkbox"
        aria-label=${t.jobs.choose(name)}
        ?disabled=${!isDone}
        .checked=${chosen.value.has(job.id)}
        @change=${(/** @type {any} */ { target }) => choose(job.id, target.checked)}
    /></label>
    <div class="what">
      <a href=${address(["jobs", job.id])}><b>${name}</b></a>
      <small>${about.join(" · ")}${isFinished(job) ? nothing : html` · ${elapsed(job)}${job.tries ? html` · ${tried(job)}` : nothing}`}</small>
    </div>
    <div class="state">
      ${chip(job)}
      ${retried ? html`<button class="quiet" aria-label=${`${t.jobs.retry}: ${name}`} @click=${() => retry(job.id)}>${t.jobs.retry}</button>` : nothing}
      <button class="quiet" aria-label=${`${t.jobs.remove}: ${name}`} title=${t.jobs.remove} @click=${() => remove(job.id)}>${icon("trash")}</button>
    </div>
  </li>`;
}

/** @param {string} id @param {boolean} isWanted */
function choose(id, isWanted) {
  const next = new Set(chosen.peek());
  isWanted ? next.add(id) : next.delete(id);
  chosen.value = next;
}

function selection() {
  const ids = [...chosen.value];
  if (ids.length < 2) return nothing;
  return html`<div class="bar" role="region" aria-label=${t.recordings.selection}>
    <b>${t.jobs.chosen(ids.length)}</b>
    <a class="button" href=${address(["compare"], { jobs: ids.join(",") })}>${icon("compare")} ${t.jobs.compare}</a>
  </div>`;
}

function empty() {
  const isNarrow = route.value.query.size > 0;
  const running = unfinished.value.length;
  if (running && route.value.query.get("state") === "done")
    return html`<div class="empty">
      ${icon("running")}
      <p>${t.empty.runningOf(running)}</p>
      <button class="plain" @click=${() => filter({ state: "running", task: "" })}>${t.empty.toRunning}</button>
    </div>`;
  return html`<div class="empty">
    ${icon("jobs")}
    <p>${isNarrow ? t.empty.filtered : t.empty.noJobs}</p>
    ${isNarrow ? html`<button class="plain" @click=${() => filter({ state: "", task: "" })}>${t.empty.clearFilters}</button>` : html`<a class="button plain" href="#/">${t.empty.toRecordings}</a>`}
  </div>`;
}
