// Requests to the Worker about an upload: sent by `fetch`, since the core sends no bytes, and tried again as the core's are.
import { abortable, sleep } from "./abortable.mjs";
import { readAnswer } from "./upload-answer.mjs";

/** So often a question is asked at most, and so long its answer may take: as the core's. */
const QUESTION = { tries: 5, limitMs: 90_000 };
/** The same for what is a pity to lose: half a minute without network is outlasted, and a part gets through a line of 150 kbit/s. */
export const PATIENT = { tries: 8, limitMs: 900_000 };

/** The first pause, and the longest, at most. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [500, 30_000];
/** A longer answer is none of the Worker's: 10,000 parts are told in half of it. */
const MAX_ANSWER_CHARS = 1_000_000;

/**
 * The one door to the Worker: `send(method, path, body?, patience?)` gives the upload that it answers with, or rejects with its error.
 * While it asks for a pause nothing is sent at all.
 */
export function connect({ url, token, send: sendOne }, RingCentralError, signal) {
  const { origin, pathname } = new URL(url);
  const base = `${origin}${pathname.replace(/\/+$/, "")}/v1/uploads`;
  let quietUntilMs = 0;

  async function quiet() {
    for (let leftMs; (leftMs = quietUntilMs - performance.now()) > 0; ) await sleep(leftMs, signal);
  }

  return async function send(method, path, body, { tries, limitMs } = QUESTION) {
    const headers = { authorization: `Bearer ${token}`, ...(typeof body === "string" && { "content-type": "application/json" }) };
    for (let tried = 1; ; tried += 1) {
      await quiet();
      const request = (signal) => exchange(sendOne, base + path, { method, headers, body, signal });
      const answer = await abortable(signal, (signal) => Promise.race([request(signal), sleep(limitMs, signal)]));
      const { upload, fields, passes, pauseMs } = readAnswer(answer);
      if (upload) return upload;
      if (!passes || tried === tries) throw new RingCentralError(fields);
      quietUntilMs = Math.max(quietUntilMs, performance.now() + pauseMs);
      await sleep(growingMs(tried), signal);
    }
  };
}

/** A pause that doubles with each try; a random half of it keeps clients from coming back together. */
const growingMs = (tried) => Math.min(FIRST_PAUSE_MS * 2 ** (tried - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);

/** One request and its answer; none where no answer came. */
async function exchange(send, url, init) {
  try {
    // Not "error", which workerd does not take: the redirect itself is the answer.
    const response = await send(url, { ...init, redirect: "manual" });
    return { status: response.status, headers: response.headers, text: await textOf(response) };
  } catch (error) {
    if (error?.name === "RingCentralError") throw error; // It is known why there will be none.
    return undefined; // The platform's own words are dropped: they may quote the address.
  }
}

/** An answer's text, not much longer than one of the Worker's can be. */
async function textOf({ body }) {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader && text.length < MAX_ANSWER_CHARS) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  return text;
}
