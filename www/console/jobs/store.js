// The jobs that this page knows of: listed, and kept up to date by what is heard of each.
import { batch, computed, signal } from "@preact/signals-core";
import { heeded, isAbort, jobs, taken } from "../app/server.js";

/**
 * @typedef {{ [K in keyof import("ringcentral-ai").Job as import("ringcentral-ai").Job[K] extends Function ? never : K]: import("ringcentral-ai").Job[K] }} JobFields
 * @typedef {JobFields & { readToken?: string }} JobFacts
 */

const PER_PAGE = 50;
/** What has ended changes no more. */
const FINISHED = ["succeeded", "failed", "expired"];

const known = signal(/** @type {ReadonlyMap<string, JobFacts>} */ (new Map()));
/** Jobs that are about to be deleted: not shown, and still to be had back. */
export const leaving = signal(/** @type {ReadonlySet<string>} */ (new Set()));
export const state = signal(
  /** @type {{ isLoaded: boolean, isBusy: boolean, hasMore: boolean, error?: any }} */ ({ isLoaded: false, isBusy: false, hasMore: false }),
);

/** All that is shown, the newest first. */
export const all = computed(() => {
  const shown = [...known.value.values()].filter(({ id }) => !leaving.value.has(id));
  return shown.sort((a, b) => (b.createdAt ?? "").localeCompare(a.createdAt ?? "") || b.id.localeCompare(a.id));
});

/** @param {JobFacts | undefined} job */
export const isFinished = (job) => FINISHED.includes(job?.status ?? "");
/** @param {JobFacts | undefined} job */
export const hasFailed = (job) => job?.status === "failed" || job?.status === "expired";

export const unfinished = computed(() => all.value.filter((job) => !isFinished(job)));

/** The newest job of each recording. */
export const byRecording = computed(() => {
  const found = /** @type {Map<string, JobFacts>} */ (new Map());
  for (const job of all.value) {
    const id = job.media?.recordingId;
    if (id && !found.has(id)) found.set(id, job);
  }
  return found;
});

/** @param {string} id */
export const jobOf = (id) => known.value.get(id);

/** @param {readonly JobFacts[]} heard */
export function learn(...heard) {
  const next = new Map(known.peek());
  for (const job of heard) next.set(job.id, { ...(job.readToken ? {} : { readToken: next.get(job.id)?.readToken }), ...job });
  known.value = next;
}

/** @param {string} id */
export function forget(id) {
  const next = new Map(known.peek());
  next.delete(id);
  known.value = next;
}

/** What a job of the package's tells, with the token that reads it. @param {import("ringcentral-ai").Job} job @returns {JobFacts} */
export function factsOf(job) {
  const facts = { .../** @type {JobFields} */ (/** @type {unknown} */ (job)) };
  try {
    return { ...facts, readToken: job.expose().split("#")[1] };
  } catch {
    return facts;
  }
}

/** A job of the package's, by the token that reads it where that is known. @param {import("ringcentral-ai").JobsClient} client @param {string} id @param {AbortSignal} signal */
export async function waitable(client, id, signal) {
  const readToken = jobOf(id)?.readToken;
  return readToken ? client.resume(`${id}#${readToken}`) : client.get(id, { signal });
}

/** The list as it goes on. @type {AsyncGenerator<import("ringcentral-ai").Job> | undefined} */
let listing;
/** Ends what was asked before somebody else signed in. */
let asking = new AbortController();

/** Reads the newest jobs; what is shown stays meanwhile. */
export function refresh() {
  listing = jobs().list({ limit: PER_PAGE, signal: asking.signal });
  return more();
}

/** Reads the newest jobs once more, and leaves the list where it is. */
export async function glance() {
  try {
    const { items } = await taken(jobs().list({ limit: PER_PAGE, signal: asking.signal }), PER_PAGE);
    learn(...items.map(factsOf));
  } catch (error) {
    heeded(error); // The next look may see more.
  }
}

/** Reads the next page. */
export async function more() {
  const list = listing;
  if (!list) return;
  state.value = { ...state.peek(), isBusy: true };
  try {
    const { items, hasMore } = await taken(list, PER_PAGE);
    if (list !== listing) return;
    batch(() => {
      learn(...items.map(factsOf));
      state.value = { isLoaded: true, isBusy: false, hasMore };
    });
  } catch (error) {
    if (isAbort(error) || list !== listing) return;
    state.value = { ...state.peek(), isBusy: false, hasMore: false, error: heeded(error) }; // A list that has failed goes on no more.
  }
}

/** Forgets everything: somebody else signs in, or nobody. */
export function forgetAll() {
  asking.abort();
  asking = new AbortController();
  listing = undefined;
  batch(() => {
    known.value = new Map();
    leaving.value = new Set();
    state.value = { isLoaded: false, isBusy: false, hasMore: false };
  });
}

/** Reads one job that may not be listed yet. @param {string} id @param {AbortSignal} signal */
export async function read(id, signal) {
  const facts = factsOf(await jobs().get(id, { signal }));
  learn(facts);
  return facts;
}
