// One job: how far it is, why it failed, or what it found.
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { dateOf } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { say } from "../app/notices.js";
import { problem } from "../app/problem.js";
import { address, route } from "../app/route.js";
import { heeded, isAbort } from "../app/server.js";
import { titleOf } from "../insights/groups.js";
import { insightsTab } from "../insights/view.js";
import { nameOf } from "../recordings/names.js";
import { t } from "../texts/texts.js";
import { acts as transcriptActs, begin, end, transcriptTab } from "../transcript/view.js";
import { loaded, load, unload } from "../transcript/result.js";
import { detailsTab } from "./details.js";
import { failure } from "./failure.js";
import { jobHeader } from "./job-header.js";
import { similar } from "./similar.js";
import { watched } from "./live.js";
import { stageList, stageOf } from "./stages.js";
import { hasFailed, isFinished, jobOf, leaving, read } from "./store.js";

const TABS = /** @type {const} */ (["transcript", "insights", "details"]);

/** Ends what is asked for the job that is open. */
let asking = new AbortController();

/** @param {string[]} path */
export function open([, id = ""]) {
  const ending = new AbortController();
  asking = ending;
  const error = signal(/** @type {any} */ (undefined));
  const job = computed(() => jobOf(id));
  let wasThere = false;
  const look = () => {
    error.value = undefined;
    read(id, ending.signal).catch((failed) => isAbort(failed) || (error.value = heeded(failed)));
  };
  const isDone = computed(() => job.value?.status === "succeeded");
  watched.value = id;
  look();
  const stopLoading = effect(() => {
    if (isDone.value)
      queueMicrotask(
        () => ending.signal.aborted || load(/** @type {any} */ (jobOf(id)), ending.signal).then(() => ending.signal.aborted || begin(id)),
      );
  });
  const stopSaying = effect(() => {
    if (!job.value) return;
    wasThere = true;
    say(stageOf(job.value).text);
    document.title = `${nameOf(job.value)} · ${t.title}`;
  });
  const close = () => {
    ending.abort();
    stopLoading();
    stopSaying();
    watched.value = undefined;
    end();
    unload();
  };
  const present = job.peek();
  return {
    title: present ? nameOf(present) : t.jobs.title,
    template: () => template(id, job.value, error.value, wasThere, look),
    close,
    acts: transcriptActs,
  };
}

/** @param {string} id @param {import("./store.js").JobFacts | undefined} job @param {any} error @param {boolean} wasThere @param {() => void} look */
function template(id, job, error, wasThere, look) {
  const back = html`<p><a href="#/jobs">${t.jobs.noSuch}</a></p>`;
  const heading = html`<h1 tabindex="-1" class="unseen">${t.jobs.title}</h1>`;
  if (leaving.value.has(id) || (!job && wasThere))
    return html`${heading}
      <p>${t.jobs.deleted}</p>
      ${back}`;
  if (!job) return html`${heading} ${error ? problem(error, { again: look, about: back }) : html`<p class="muted" role="status">${t.loading}</p>`}`;
  return html`${jobHeader(job, nameOf(job))} ${error && !hasFailed(job) ? problem(error, { again: look }) : nothing}
  ${hasFailed(job) ? failure(job) : nothing}
  ${isFinished(job) ? nothing : html`<section class="card progress-of-job" aria-label=${t.jobs.state}>${stageList(job)} ${similar(job)}</section>${stillRunning()}`}
  ${missing(job)} ${tabs(job)}`;
}

/** What was asked for and is not in the result. @param {import("./store.js").JobFacts} job */
const missing = ({ missing = [] }) =>
  missing.length
    ? html`<section class="card missing" aria-label=${t.jobs.missing}>
        <h2>${t.jobs.missing}</h2>
        <ul>
          ${missing.map(({ name, reason }) => html`<li><b>${titleOf(name)}</b>: ${reason}</li>`)}
        </ul>
      </section>`
    : nothing;

const stillRunning = () =>
  html`<div class="empty">
    ${icon("running")}
    <p>${t.empty.running}</p>
    <a class="button plain" href="#/jobs">${t.empty.toJobs}</a>
  </div>`;

/** @param {import("./store.js").JobFacts} job */
function tabs(job) {
  const hasResult = job.status === "succeeded";
  const given = route.value.query.get("tab");
  const here = TABS.find((name) => name === given && (hasResult || name === "details")) ?? (hasResult ? "transcript" : "details");
  const shown = hasResult ? TABS : /** @type {const} */ (["details"]);
  return html`${
    hasResult
      ? html`<nav class="tabs" aria-label=${nameOf(job)}>
          ${shown.map((name) => html`<a href=${address(["jobs", job.id], { tab: name === "transcript" ? "" : name })} aria-current=${name === here ? "page" : nothing}>${t.jobs[name]}</a>`)}
        </nav>`
      : nothing
  }
  ${here === "details" ? detailsTab(job) : result(job, here)}`;
}

/** @param {import("./store.js").JobFacts} job @param {"transcript" | "insights"} tab */
function result(job, tab) {
  const { data, error } = loaded.value;
  if (error)
    return problem(error, {
      again: () => void loadAgain(job),
      about: html`<p class="muted">${t.jobs.fields.retainedUntil}: ${dateOf(job.retainedUntil)}</p>`,
    });
  if (!data) return html`<p class="muted" role="status">${t.loading}</p>`;
  return tab === "transcript" ? transcriptTab(job, data) : insightsTab(job, data);
}

/** @param {import("./store.js").JobFacts} job */
async function loadAgain(job) {
  const { signal } = asking;
  await load(job, signal);
  if (!signal.aborted) begin(job.id);
}
