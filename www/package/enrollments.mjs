// Speakers who are enrolled: what RingCentral is asked, and what it answers. A page loads this script when it enrolls.
import { RingCentralError } from "./error.mjs";
import { parted } from "./how.mjs";
import { invalid } from "./invalid.mjs";

/** A page's size where none is asked for. */
const PER_PAGE = 100;
/** Of so many bytes a text is made at a time: each is an argument of a function. */
const STEP = 8_192;
const ENCODINGS = ["Mpeg", "Mp4", "Wav", "Webm", "Webp", "Aac", "Avi", "Ogg"];

const isText = (value) => typeof value === "string" && value.trim() !== "";
const isId = (value) => typeof value === "string" && /^\w{1,200}$/.test(value);

/** Each field of a sample: what it must be, as a test and in words. */
const SAMPLE = {
  encoding: [(value) => ENCODINGS.includes(value), `it must be one of ${ENCODINGS.join(", ")}`],
  content: [(value) => isText(value) && value.length % 4 === 0 && /^[A-Za-z0-9+/]+=?=?$/.test(value), "it must be a Blob, a File, bytes, or audio in base64"],
  languageCode: [(value) => value === undefined || isText(value), "it must be a text that is not empty"],
};
const SPEAKER = { speakerId: [isId, "it must be 1 to 200 letters, digits and _"] };

/** All of them, page after page; `asking(options)` gives what sends a request. */
export async function* list(asking, filters) {
  const [options, { partial = false, perPage = PER_PAGE, ...unknown }] = parted(filters);
  for (const name of Object.keys(unknown)) throw invalid(name, "a list of enrollments has no such filter");
  if (typeof partial !== "boolean") throw invalid("partial", "it must be true or false");
  if (!Number.isInteger(perPage) || perPage < 1) throw invalid("perPage", "it must be a whole number from 1");
  for (let page = 1; ; page++) {
    const { records, paging } = await asking(options)("GET", `?partial=${partial}&perPage=${perPage}&page=${page}`);
    if (!Array.isArray(records)) throw unexpected("a page of enrollments");
    const read = records.map(enrollmentOf).filter(Boolean);
    if (read.length < records.length) options.onSkipped?.(records.length - read.length);
    yield* read;
    // Where no total is named, a page that is full is not the last one.
    const isLast = Number.isInteger(paging?.totalPages) ? page >= paging.totalPages : records.length < perPage;
    if (isLast) return;
  }
}

export const create = async (ask, sample) => told(await ask("POST", "", await bodyOf(sample, { ...SPEAKER, ...SAMPLE })));

export const read = async (ask, speakerId) => told(await ask("GET", pathOf(speakerId)));

export const update = async (ask, speakerId, sample) => told(await ask("PATCH", pathOf(speakerId), await bodyOf(sample, SAMPLE)));

export const remove = (ask, speakerId) => ask("DELETE", pathOf(speakerId));

/** An enrollment of an answer; the id had another name until 2024. */
function enrollmentOf(answer) {
  const { enrollmentId, speakerId = enrollmentId, ...rest } = answer ?? {};
  return isText(speakerId) ? { speakerId, ...rest } : undefined;
}

function told(answer) {
  const enrollment = enrollmentOf(answer);
  if (!enrollment) throw unexpected("an enrollment");
  return enrollment;
}

/** `-` is taken too, for ids that were given before that was the rule. */
function pathOf(speakerId) {
  if (typeof speakerId !== "string" || !isId(speakerId.replaceAll("-", "_"))) throw invalid("speakerId", SPEAKER.speakerId[1]);
  return `/${speakerId}`;
}

/** A sample as it is sent, its content in base64 whatever it was given as. */
async function bodyOf(sample, rules) {
  if (typeof sample !== "object" || sample === null) throw invalid("sample", "it must be an object");
  const fields = { ...sample, content: await base64(sample.content) };
  for (const name of Object.keys(fields)) if (!Object.hasOwn(rules, name)) throw invalid(name, "an enrollment has no such field");
  for (const [name, [isRight, rule]] of Object.entries(rules)) if (!isRight(fields[name])) throw invalid(name, rule);
  return JSON.stringify(fields);
}

async function base64(content) {
  const isBlob = typeof content?.arrayBuffer === "function";
  if (!isBlob && !(content instanceof ArrayBuffer) && !ArrayBuffer.isView(content)) return content;
  const buffer = isBlob ? await contentOf(content) : content;
  const bytes = new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(text);
}

async function contentOf(blob) {
  try {
    return await blob.arrayBuffer();
  } catch {
    throw invalid("content", "it cannot be read, or not any more");
  }
}

const unexpected = (what) =>
  new RingCentralError({ code: "unexpected_answer", message: `the answer is not ${what}`, retryable: false });
