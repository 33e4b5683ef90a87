// Why a job failed: what, at which attempt, whether the audio is safe, and what can be done. No attempt is the last by its
// number: while its engine is not to be had a job is tried for a day, however often that is.
import { html } from "lit-html";
import { problem } from "../app/problem.js";
import { t } from "../texts/texts.js";
import { retry } from "./acts.js";

/** @param {import("./store.js").JobFacts} job */
export function failure(job) {
  const error = job.error ?? { code: job.status ?? "failed", message: t.stages.expired };
  const { media } = job;
  const safe = media?.recordingId ? t.jobs.safeRecording : media?.uploadId ? t.jobs.safeFile : media?.contentUri ? t.jobs.safeAddress : "";
  const about = html`<p>${job.attempt ? `${t.jobs.attempt(job.attempt)}. ` : ""}${safe}</p>`;
  return problem({ ...error, message: String(error.message ?? error.code) }, { again: () => void retry(job.id), about });
}
