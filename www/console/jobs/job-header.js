// A job's name, its state, and what can be done with it.
import { html, nothing } from "lit-html";
import { copy, copyCurl } from "../app/copy.js";
import { dateOf } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { notify } from "../app/notices.js";
import { heeded } from "../app/server.js";
import { t } from "../texts/texts.js";
import { patch, remove, retry } from "./acts.js";
import { chip } from "./chip.js";
import { isFinished } from "./store.js";

/** The tasks whose results have words. */
const WORDY = ["speech-to-text", "analyze-interaction"];

/** @param {import("./store.js").JobFacts} job @param {string} name */
export const jobHeader = (job, name) =>
  html`<header class="heading job-header">
    <div>
      <h1 tabindex="-1">${name}</h1>
      <p class="muted">
        ${chip(job)} ${t.tasks[job.task ?? ""]?.name ?? job.task} · <time datetime=${job.createdAt ?? ""}>${dateOf(job.createdAt)}</time>
      </p>
    </div>
    <div class="acts">
      <button class="plain" popovertarget="rename-job">${icon("edit")} ${t.jobs.rename}</button>
      ${isFinished(job) ? html`<button class="plain" @click=${() => retry(job.id)}>${icon("repeat")} ${t.jobs.retry}</button>` : nothing}
      <button class="plain" @click=${() => remove(job.id)}>${icon("trash")} ${t.jobs.remove}</button>
      <button class="quiet" @click=${() => copy(job.id, t.jobs.idCopied)}>${icon("copy")} ${t.jobs.copyId}</button>
      <button class="quiet" popovertarget="job-curl">${icon("terminal")} ${t.curl}</button>
    </div>
    ${calls(job)}
    <form id="rename-job" class="popover" popover @submit=${(/** @type {any} */ event) => rename(event, job.id)}>
      <label>${t.jobs.name} <input name="label" maxlength="200" .value=${job.label ?? ""} autocomplete="off" /></label>
      <button>${t.jobs.save}</button>
    </form>
  </header>`;

/** What can be asked of the Worker about a job, each to be copied for a terminal. @param {import("./store.js").JobFacts} job */
function calls(job) {
  const path = `/v1/jobs/${job.id}`;
  const { curl } = t.jobs;
  const copying = (/** @type {string} */ text, /** @type {string} */ method, /** @type {string} */ path) =>
    html`<button type="button" class="plain" popovertarget="job-curl" popovertargetaction="hide" @click=${() => copyCurl(method, path)}>${text}</button>`;
  return html`<div id="job-curl" class="popover choices" popover role="dialog" aria-label=${t.curl}>
    <b>${t.curl}</b>
    ${copying(curl.job, "GET", path)}
    ${
      isFinished(job)
        ? html`${copying(curl.result, "GET", `${path}/result`)}
          ${WORDY.includes(job.task ?? "") ? copying(curl.transcript, "GET", `${path}/transcript.srt`) : nothing}
          ${copying(curl.retry, "POST", `${path}/retry`)}`
        : nothing
    }
    ${copying(curl.remove, "DELETE", path)}
  </div>`;
}

/** @param {SubmitEvent & { target: any }} event @param {string} id */
async function rename(event, id) {
  event.preventDefault();
  const label = String(new FormData(event.target).get("label")).trim();
  event.target.hidePopover();
  await patch(id, { label: label || null }).catch((error) => notify(heeded(error).message));
}
