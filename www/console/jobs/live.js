// Jobs as they change: server-sent events for a few, since a browser keeps few connections open, and the list for the others.
import { effect, signal } from "@preact/signals-core";
import { isOnline, isSeen } from "../app/online.js";
import { heeded, jobs, sending } from "../app/server.js";
import { token } from "../app/token.js";
import { factsOf, forget, glance, learn, unfinished, waitable } from "./store.js";

const STREAMS = 2;
const LIST_AGAIN_MS = 4000;

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
  const told = (/** @type {import("ringcentral-ai").Job} */ job) => learn(factsOf(job));
  const logger = () => undefined; // A wait goes on however often it is cut: none of its tries is one of so many.
  const hearing = jobs().withOptions({ logger, fetch: sending({}, (response) => heardThrough(response, () => hear(id))) });
  try {
    const job = await waitable(hearing, id, signal);
    told(await job.ended({ signal, onStatus: told }));
  } catch (error) {
    if (heeded(error).code === "not_found") forget(id); // Somebody else has deleted it.
  }
}

/** @param {string} id */
const hear = (id) => (heardAt.value = new Map(heardAt.peek()).set(id, Date.now()));

/** The same answer; each piece of it is a sign that the connection holds. @param {Response} response @param {() => void} sign */
function heardThrough(response, sign) {
  const { status, statusText, headers } = response;
  const transform = (/** @type {Uint8Array} */ piece, /** @type {TransformStreamDefaultController<Uint8Array>} */ passed) => {
    sign();
    passed.enqueue(piece);
  };
  return new Response(response.body?.pipeThrough(new TransformStream({ transform })) ?? null, { status, statusText, headers });
}
