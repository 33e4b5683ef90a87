// Has jobs begun: of recordings, one after the other, or of a local file, which is uploaded first and goes on where it was interrupted.
import { keepAmong, keptAmong } from "../app/kept.js";
import { isAbort, jobs } from "../app/server.js";
import { factsOf, learn } from "../jobs/store.js";
import { keepFile } from "../player/sources.js";
import { titleOf } from "./names.js";

/** A job is called what its media is, so that lists tell it by its name wherever they are read. */
const LABEL_MAX = 200;

/**
 * @typedef {{ task: string, input: object, label?: string, engine?: string }} Wanted
 * @typedef {{ sentBytes: number, bytes: number }} Sent
 */

/**
 * One job for each recording; what is begun stays begun where a later one fails.
 * @param {readonly import("./list.js").Recording[]} recordings
 * @param {Wanted} wanted
 * @param {AbortSignal} signal
 * @param {(id: string) => void} begun
 */
export async function submitRecordings(recordings, wanted, signal, begun) {
  for (const recording of recordings) {
    await submit(requestOf(recording, wanted), signal);
    begun(recording.id);
  }
}

/** What is asked for a recording. @param {import("./list.js").Recording} recording @param {Wanted} wanted */
export const requestOf = (recording, wanted) => ({
  ...wanted,
  label: wanted.label || titleOf(recording).slice(0, LABEL_MAX),
  media: { recordingId: recording.id },
});

/** @param {File} file @param {Wanted} wanted @param {AbortSignal} signal @param {(sent: Sent) => void} onSent */
export async function submitFile(file, wanted, signal, onSent) {
  const key = `${file.name} ${file.size} ${file.lastModified}`;
  const uploadId = keptAmong("uploads", key);
  try {
    const onProgress = (/** @type {import("ringcentral-ai").UploadProgress} */ progress) => {
      keepAmong("uploads", key, progress.uploadId, 10);
      onSent(progress);
    };
    const { id } = await jobs().upload(file, { uploadId, signal, onProgress });
    const job = await submit({ ...wanted, label: wanted.label || file.name.slice(0, LABEL_MAX), media: { uploadId: id } }, signal);
    keepAmong("uploads", key, null, 10);
    keepFile(job.id, file);
    return job;
  } catch (error) {
    // What is not worth another try is begun anew.
    if (!isAbort(error) && !(/** @type {any} */ (error).retryable)) keepAmong("uploads", key, null, 10);
    throw error;
  }
}

/** @param {object} request @param {AbortSignal} signal */
async function submit(request, signal) {
  const job = factsOf(await jobs().submit(/** @type {any} */ (request), { signal }));
  learn(job);
  return job;
}
