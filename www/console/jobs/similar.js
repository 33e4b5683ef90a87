// How long jobs take, from the Worker's own figures; nothing where there are too few.
import { html, nothing } from "lit-html";
import { clock } from "../app/formats.js";
import { stats } from "../operator/stats.js";
import { t } from "../texts/texts.js";

const ENOUGH = 5;

export function similar() {
  const { count = 0, p50S, p99S } = stats.value?.submitToResult ?? {};
  if (count < ENOUGH || p50S === undefined || p99S === undefined) return nothing;
  return html`<p class="muted">${t.jobs.similar(count, clock(p50S), clock(p99S))}</p>`;
}
