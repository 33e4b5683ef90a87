// Why a job failed: what, at which attempt of how many, whether the audio is safe, and what can be done.
import { html } from "lit-html";
import { problem } from "../app/problem.js";
import { t } from "../texts/texts.js";
import { retry } from "./acts.js";

/** @param {import("./store.js").JobFacts} job */
export function failure(job) {
  const error = job.error ?? { code: job.status ?? "failed", message: t.stages.expired };
  const { media, tries, attempt } = job;
  const safe = media?.recordingId ? t.jobs.safeRecording : media?.uploadId ? t.jobs.safeFile : media?.contentUri ? t.jobs.safeAddress : "";
  const tried = tries ? t.tries.ended(tries) : attempt ? t.tries.once(attempt) : "";
  const about = html`<p>${tried} ${safe}</p>`;
  const id = { text: job.id, copy: t.jobs.copyItsId, copied: t.jobs.idCopied };
  return problem({ ...error, message: String(error.message ?? error.code) }, { again: () => void retry(job.id), about, id });
}
