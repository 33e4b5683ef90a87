// How long jobs of the same engine and task take, from the Worker's own figures; nothing where there are too few.
import { html, nothing } from "lit-html";
import { stats } from "../operator/stats.js";
import { t } from "../texts/texts.js";

const ENOUGH = 5;

/** @param {import("./store.js").JobFacts} job */
export function similar(job) {
  const { count = 0, p10S, p90S } = stats.value?.similar?.find(({ engine, task }) => engine === job.engine && task === job.task) ?? {};
  if (count < ENOUGH || p10S === undefined || p90S === undefined) return nothing;
  return html`<p class="muted">${t.jobs.similar(p10S, p90S, count)}</p>`;
}
