// What is set wrong, in words: each part of the Worker is asked for something small.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { icon } from "../app/icons.js";
import { problem } from "../app/problem.js";
import { jobs } from "../app/server.js";
import { t } from "../texts/texts.js";

/** The first of a list. @param {AsyncGenerator<unknown>} list */
const first = (list) => list.next();

/** @typedef {{ name: keyof typeof t.operator.checks, ask: (worker: import("ringcentral-ai").JobsClient) => Promise<unknown>, fine?: string }} Check */

/** `fine` is the code of an error that says that all is well. @type {readonly Check[]} */
const CHECKS = [
  { name: "worker", ask: (worker) => worker.stats() },
  { name: "calls", ask: (worker) => first(worker.recordings({ source: "calls", perPage: 1 })) },
  { name: "meetings", ask: (worker) => first(worker.recordings({ source: "meetings", perPage: 1 })) },
  { name: "voicemail", ask: (worker) => first(worker.recordings({ source: "voicemail", perPage: 1 })) },
  { name: "files", ask: (worker) => worker.upload(new Blob(["?"]), { uploadId: NOBODYS }), fine: "not_found" },
];
/** An upload that nobody has begun. */
const NOBODYS = "00000000-0000-7000-8000-000000000000";

const results = signal(/** @type {ReadonlyMap<string, any>} */ (new Map()));
const isBusy = signal(false);

async function run() {
  isBusy.value = true;
  results.value = new Map();
  for (const { name, ask, fine } of CHECKS) {
    const error = await ask(jobs()).then(
      () => undefined,
      (error) => (error.code === fine ? undefined : error),
    );
    results.value = new Map(results.peek()).set(name, error);
  }
  isBusy.value = false;
}

export const checksSection = () =>
  html`<section class="card group">
    <header class="heading">
      <h2>${t.operator.settings}</h2>
      <button class="plain" ?disabled=${isBusy.value} @click=${run}>${t.operator.check}</button>
    </header>
    <p class="muted">${t.operator.settingsMean}</p>
    <ul class="checks" aria-live="polite">
      ${CHECKS.filter(({ name }) => results.value.has(name)).map(({ name }) => {
        const error = results.value.get(name);
        return html`<li>
          ${icon(error ? "warning" : "done")}
          <b>${t.operator.checks[name]}</b> ${error ? problem(error) : html`<span class="good-text">${t.operator.fine}</span>`}
        </li>`;
      })}
      ${isBusy.value ? html`<li class="muted">${t.loading}</li>` : nothing}
    </ul>
  </section>`;
