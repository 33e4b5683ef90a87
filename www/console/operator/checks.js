// What is set wrong, in words: each part of the Worker is asked for something small.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { icon } from "../app/icons.js";
import { problem } from "../app/problem.js";
import { ask } from "../app/server.js";
import { t } from "../texts/texts.js";

/** @typedef {{ name: keyof typeof t.operator.checks, path: string, fine?: string }} Check */

/** `fine` is the code of an error that says that all is well. @type {readonly Check[]} */
const CHECKS = [
  { name: "worker", path: "/v1/stats" },
  { name: "calls", path: "/v1/recordings?source=calls&perPage=1" },
  { name: "meetings", path: "/v1/recordings?source=meetings&perPage=1" },
  { name: "voicemail", path: "/v1/recordings?source=voicemail&perPage=1" },
  { name: "files", path: "/v1/uploads/00000000-0000-7000-8000-000000000000", fine: "not_found" },
];

const results = signal(/** @type {ReadonlyMap<string, any>} */ (new Map()));
const isBusy = signal(false);

async function run() {
  isBusy.value = true;
  results.value = new Map();
  for (const { name, path, fine } of CHECKS) {
    const error = await ask("GET", path).then(
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
