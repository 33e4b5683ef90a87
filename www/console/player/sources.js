// Where a job's media is to be had: from the Worker, or the very file that was uploaded from this page.
/** @type {Map<string, File>} */
const files = new Map();

/** The Worker keeps an upload until its job ends: until the page is left, its file is at hand. @param {string} id @param {File} file */
export const keepFile = (id, file) => void files.set(id, file);

/** What is played of a job; nothing where nobody keeps it. @param {import("../jobs/store.js").JobFacts} job @returns {{ url: string, source: string | File } | undefined} */
export function sourceOf({ id, media, readToken }) {
  const file = files.get(id);
  if (file) return { url: URL.createObjectURL(file), source: file };
  if (!readToken || !(media?.recordingId || media?.contentUri)) return undefined;
  const url = `/v1/jobs/${id}/media?token=${readToken}`;
  return { url, source: url };
}
