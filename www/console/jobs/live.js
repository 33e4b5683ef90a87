// Jobs as they change: server-sent events for a few, since a browser keeps few connections open, and the list for the others.
import { effect, signal } from "@preact/signals-core";
import { isOnline, isSeen } from "../app/online.js";
import { ask, heeded, isAbort } from "../app/server.js";
import { token } from "../app/token.js";
import { forget, glance, isFinished, jobOf, learn, unfinished } from "./store.js";

const STREAMS = 2;
const LIST_AGAIN_MS = 4000;
const LONGEST_PAUSE_MS = 15_000;

/** When something was last heard of each job: an event, or a sign that the connection holds. */
export const heardAt = signal(/** @type {ReadonlyMap<string, number>} */ (new Map()));

/** The job that somebody looks at comes first. */
export const watched = signal(/** @type {string | undefined} */ (undefined));

/** @type {Map<string, AbortController>} */
const streams = new Map();

/** Keeps the jobs up to date from now on. */
export function keepUpToDate() {
  effect(() => {
    const ids = token.value && isOnline.value && isSeen.value ? unfinished.value.map(({ id }) => id) : [];
    const first = ids.includes(watched.value ?? "") ? [/** @type {string} */ (watched.value)] : [];
    const wanted = [...new Set([...first, ...ids])].slice(0, STREAMS);
    queueMicrotask(() => stream(wanted));
  });
  setInterval(() => {
    const isIdle = !isSeen.peek() || !isOnline.peek() || !token.peek();
    if (!isIdle && unfinished.peek().some(({ id }) => !streams.has(id))) glance();
  }, LIST_AGAIN_MS);
}

/** @param {string[]} wanted */
function stream(wanted) {
  for (const [id, stopping] of streams) {
    if (wanted.includes(id)) continue;
    streams.delete(id);
    stopping.abort();
  }
  for (const id of wanted) {
    if (streams.has(id)) continue;
    const stopping = new AbortController();
    streams.set(id, stopping);
    listen(id, stopping.signal).finally(() => streams.get(id) === stopping && streams.delete(id));
  }
}

/** Hears of a job until it has ended, however often the connection does. @param {string} id @param {AbortSignal} signal */
async function listen(id, signal) {
  for (let pauseMs = 1000; !signal.aborted && !isFinished(jobOf(id)); pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      for await (const job of events(id, signal)) {
        pauseMs = 1000;
        if (job) learn(job);
        heardAt.value = new Map(heardAt.peek()).set(id, Date.now());
      }
    } catch (error) {
      const { code } = heeded(error);
      if (code === "not_found") forget(id); // Somebody else has deleted it.
      if (isAbort(error) || code === "not_found" || code === "unauthorized") return;
    }
    if (!isFinished(jobOf(id))) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Each event's job; undefined for a comment. @param {string} id @param {AbortSignal} signal */
async function* events(id, signal) {
  const { body } = await ask("GET", `/v1/jobs/${id}/events`, { signal });
  let text = "";
  for await (const piece of pieces(/** @type {ReadableStream<Uint8Array>} */ (body))) {
    text += piece;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block.split("\n").flatMap((line) => (line.startsWith("data:") ? [line.slice(5)] : []));
      yield data.length ? /** @type {import("./store.js").JobFacts} */ (JSON.parse(data.join("\n"))) : undefined;
    }
  }
}

/** @param {ReadableStream<Uint8Array>} body */
async function* pieces(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}
