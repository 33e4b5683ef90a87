// The course of an upload: begun or taken up, its missing parts put, completed. A page loads this script when its first upload begins.
import { abortable } from "./abortable.mjs";
import { PATIENT, connect } from "./upload-request.mjs";

/** While the Worker stores one part the next one is on its way; more at a time would only be more to hold, and to send again. */
const PARTS_AT_A_TIME = 2;

/** What the Worker tells of an upload that is complete: nothing else of its answer is taken over. */
const FIELDS = ["id", "name", "bytes", "contentType", "sha256", "createdAt", "expiresAt"];

/**
 * Uploads a file. The class of errors is handed over, not imported: bundlers make a third file of what the page's first one shares with
 * this one.
 */
export async function upload(worker, RingCentralError, file, options) {
  const { uploadId, signal, onProgress } = options ?? {};
  const invalid = (field, reason) =>
    new RingCentralError({ code: "invalid_field", field, message: `${field}: ${reason}`, retryable: false });
  const { name, bytes, read } = readable(file, invalid);
  const ofThisFile = (upload) => {
    if (upload.bytes === bytes) return upload;
    const message = `the upload is not of a file of ${bytes} bytes`;
    throw uploadId ? invalid("uploadId", message) : new RingCentralError({ code: "unexpected_answer", message, retryable: false });
  };

  return await abortable(signal, async (signal) => {
    const send = connect(worker, RingCentralError, signal);
    const begun = ofThisFile(await (uploadId ? send("GET", pathOf(uploadId)) : send("POST", "", JSON.stringify({ name, bytes }))));
    const path = pathOf(begun.id);
    const missing = missingParts(begun);
    let sentBytes = missing.reduce((sent, { start, end }) => sent - (end - start), bytes);
    const tell = () => onProgress?.({ uploadId: begun.id, sentBytes, bytes });
    tell();
    await forEach(missing, async ({ part, start, end }) => {
      await send("PUT", `${path}/parts/${part}`, await read(start, end), PATIENT);
      sentBytes += end - start;
      tell();
    });
    return told(ofThisFile(await send("POST", `${path}/complete`, undefined, PATIENT)));
  });
}

/** A file as it is uploaded: what it holds is read part by part. */
function readable(file, invalid) {
  const blob = file instanceof ArrayBuffer || ArrayBuffer.isView(file) ? new Blob([file]) : file;
  if (typeof blob?.slice !== "function" || typeof blob.size !== "number") throw invalid("file", "it must be a Blob, a File or bytes");
  if (blob.size === 0) throw invalid("file", "it is empty");
  const read = async (start, end) => {
    try {
      return await blob.slice(start, end).arrayBuffer();
    } catch {
      throw invalid("file", "it cannot be read any more");
    }
  };
  return { name: blob.name || undefined, bytes: blob.size, read };
}

const pathOf = (id) => `/${encodeURIComponent(id)}`;

/** The parts that the Worker does not have whole; its numbers begin with 1. */
function missingParts({ bytes, partBytes, parts }) {
  const there = new Map(parts.map((stored) => [stored?.part, stored?.bytes]));
  const all = Array.from({ length: Math.ceil(bytes / partBytes) }, (_, at) => ({
    part: at + 1,
    start: at * partBytes,
    end: Math.min((at + 1) * partBytes, bytes),
  }));
  return all.filter(({ part, start, end }) => there.get(part) !== end - start);
}

/** Does that much work side by side, in the order of the items; the first failure is the outcome. */
async function forEach(items, work) {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: PARTS_AT_A_TIME }, lane));
}

const told = (upload) => Object.fromEntries(FIELDS.filter((name) => name in upload).map((name) => [name, upload[name]]));
