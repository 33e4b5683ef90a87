// A callback's body, by the core that is loaded by now: what it throws goes through `ask`.
import { mendedJson, readCallback } from "./core_results.js";
import { RingCentralError } from "./error.mjs";
import { invalid, jsonOf } from "./invalid.mjs";

/** As much as the Worker takes. */
const MAX_BYTES = 25 * 2 ** 20;

/** What a body says, with the result where there is one. The class is handed over: it imports the cores, which import this. */
export function readBody(body, Transcript, options) {
  const task = options?.task ?? "";
  if (typeof task !== "string") throw invalid("task", "it must be one of the six tasks");
  const [text, given] = textOf(body);
  if (text.length > MAX_BYTES) throw unreadable("it is larger than 25 MiB");
  const { isBare, errors, ...said } = JSON.parse(readCallback(text, task));
  const raw = given ?? parsed(text);
  if (said.status === "Fail") return { ...said, errors, raw };
  if (said.status === "InProgress") return { ...said, raw };
  return { ...said, response: isBare ? raw : raw.response, raw, transcript: new Transcript(text, options?.names) };
}

const unreadable = (reason) =>
  new RingCentralError({ code: "unreadable_callback", message: `the callback cannot be read: ${reason}`, retryable: false });

/** A body's text, and the object that it was given as, if it was. */
function textOf(body) {
  if (typeof body === "string") return [body];
  if (typeof body !== "object" || body === null) throw invalid("body", "it must be a text, bytes, or the object that they hold");
  if (ArrayBuffer.isView(body)) return [decoded(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))];
  if (Object.prototype.toString.call(body) === "[object ArrayBuffer]") return [decoded(new Uint8Array(body))];
  if ([body.then, body.text].some((method) => typeof method === "function")) {
    throw invalid("body", "it has not been read yet: await request.text()");
  }
  return [jsonOf(body, "body"), body];
}

/** Bytes as text: UTF-8, or UTF-16 as a byte order mark or the first character of JSON tells it. */
function decoded(bytes) {
  if (bytes.length > MAX_BYTES) throw unreadable("it is larger than 25 MiB");
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) throw invalid("body", "it is compressed: undo its Content-Encoding first");
  const isLittle = (first === 0xff && second === 0xfe) || (first > 0 && first < 0x80 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second > 0 && second < 0x80);
  return new TextDecoder(isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8").decode(bytes);
}

/** A text as an object, by the core where the platform is too strict: for control characters, `NaN` and the like. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(mendedJson(text));
  }
}
