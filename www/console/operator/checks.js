// What is set wrong, in words: what the Worker says of its settings, and, when somebody asks for it, what RingCentral says of the app's
// login and permissions, which nobody else knows.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { icon } from "../app/icons.js";
import { problem, sentence } from "../app/problem.js";
import { jobs } from "../app/server.js";
import { t } from "../texts/texts.js";

const SOURCES = /** @type {const} */ (["calls", "meetings", "voicemail"]);

/** Why a source cannot be had, where it cannot. */
const results = signal(/** @type {ReadonlyMap<string, any>} */ (new Map()));
const isBusy = signal(false);

async function run() {
  isBusy.value = true;
  results.value = new Map();
  for (const source of SOURCES) {
    const first = jobs().recordings({ source, perPage: 1 }).next();
    const error = await first.then(
      () => undefined,
      (error) => error,
    );
    results.value = new Map(results.peek()).set(source, error);
  }
  isBusy.value = false;
}

/** @param {import("ringcentral-ai").Stats["settings"]} [settings] none where the Worker has not said any */
export const checksSection = (settings) =>
  html`<section class="card group">
    <header class="heading">
      <h2>${t.operator.settings}</h2>
      <button class="plain" ?disabled=${isBusy.value} @click=${run}>${t.operator.check}</button>
    </header>
    <ul class="checks">
      ${settings?.length ? settings.map(advice) : nothing} ${settings?.length === 0 ? check(t.operator.ownSettings, undefined) : nothing}
    </ul>
    <p class="muted">${t.operator.checkMeans}</p>
    <ul class="checks" aria-live="polite">
      ${SOURCES.filter((source) => results.value.has(source)).map((source) => check(t.operator.checks[source], results.value.get(source)))}
      ${isBusy.value ? html`<li class="muted">${t.loading}</li>` : nothing}
    </ul>
  </section>`;

/** @param {import("ringcentral-ai").SettingAdvice} advice */
const advice = ({ setting, message }) => html`<li>${icon("warning")} <b><code>${setting}</code></b> <span>${sentence(message)}</span></li>`;

/** @param {string} name @param {any} error */
const check = (name, error) =>
  html`<li>
    ${icon(error ? "warning" : "done")} <b>${name}</b> ${error ? problem(error) : html`<span class="good-text">${t.operator.fine}</span>`}
  </li>`;
