// All that the Worker tells of a job.
import { html, nothing } from "lit-html";
import { dateOf, secondOf } from "../app/formats.js";
import { address } from "../app/route.js";
import { t } from "../texts/texts.js";
import { stageList } from "./stages.js";
import { isFinished } from "./store.js";

const TIMES = ["createdAt", "submittedAt", "completedAt", "retainedUntil"];

/** @param {import("./store.js").JobFacts} job */
export function detailsTab(job) {
  const fields = Object.entries(t.jobs.fields).flatMap(([name, label]) => {
    const value = /** @type {any} */ (job)[name];
    if (value === undefined || value === null) return [];
    const text = TIMES.includes(name) ? dateOf(value) : typeof value === "object" ? JSON.stringify(value, null, 1) : String(value);
    return [
      html`<dt>${label}</dt>
        <dd>${typeof value === "object" ? html`<pre tabindex="0">${text}</pre>` : text}</dd>`,
    ];
  });
  return html`<section class="card details" aria-label=${t.jobs.details}>
    ${isFinished(job) ? stageList(job) : nothing}
    <dl>${fields} ${job.notify ? told(job.notify) : nothing}</dl>
    ${job.retryOf ? html`<p><a href=${address(["jobs", job.retryOf])}>${t.jobs.original}</a></p>` : nothing}
    ${
      job.deliveries?.length
        ? html`<h2>${t.jobs.deliveries}</h2>
            <ul>
              ${job.deliveries.map(({ at, outcome, reason }) => html`<li><time>${secondOf(at)}</time> ${outcome}${reason ? `: ${reason}` : ""}</li>`)}
            </ul>`
        : nothing
    }
  </section>`;
}

/** How it stands with whoever is told of the job's end. @param {NonNullable<import("./store.js").JobFacts["notify"]>} notice */
const told = ({ url, status, attempts, of }) =>
  html`<dt>${t.jobs.told}</dt>
    <dd>${url} · ${attempts ? `${t.jobs.attempt(attempts, of)}, ` : ""}${t.jobs.notices[status] ?? status}</dd>`;
