// Calls, meetings and voicemail as one list, the newest first: each is asked for as far as it is shown.
import { signal } from "@preact/signals-core";
import { heeded, isAbort, jobs } from "../app/server.js";
import { span } from "./filters.js";

/**
 * @typedef {import("ringcentral-ai").Recording} Recording
 * @typedef {import("ringcentral-ai").Source} Source
 * @typedef {{ recordings: Recording[], isBusy: boolean, hasMore: boolean, errors: { source: Source, error: any }[] }} Listed
 */

const PER_PAGE = 30;
/** How long the others wait for a source that is slow. */
const PATIENCE_MS = 1200;

export const listed = signal(/** @type {Listed} */ ({ recordings: [], isBusy: false, hasMore: false, errors: [] }));

/** Ends the list that is asked for. */
let asking = new AbortController();
/** @type {Lane[]} */
let lanes = [];
let last = "";

/** One source's recordings, of which the next is asked for. */
class Lane {
  /** @type {Promise<Head> | undefined} */
  #next;
  /** Whether its next is waited for no longer. */
  isLate = false;

  /** @param {Source} source @param {AsyncGenerator<Recording>} list */
  constructor(source, list) {
    this.source = source;
    this.list = list;
  }

  /** @returns {Promise<Head>} */
  peek() {
    return (this.#next ??= this.list.next().then(
      ({ value }) => ({ lane: this, recording: value ?? undefined }),
      (error) => ({ lane: this, error }),
    ));
  }

  take() {
    this.#next = undefined;
  }
}

/** What comes next of a lane: a recording, nothing any more, or why not. @typedef {{ lane: Lane, recording?: Recording | undefined, error?: any }} Head */

/** The next of each lane that is there in time: one that is slow keeps nothing back. @param {Lane[]} those */
async function headsOf(those) {
  const inTime = those.filter(({ isLate }) => !isLate);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
  const heads = await Promise.all(inTime.map(async (lane) => (await Promise.race([lane.peek(), late])) ?? void (lane.isLate = true)));
  return heads.flatMap((head) => (head ? [/** @type {Head} */ (head)] : []));
}

/** Asks for the recordings of those filters, unless they are there. @param {string} asked @param {boolean} [anew] */
export function list(asked, anew = false) {
  if (asked === last && !anew) return;
  last = asked;
  asking.abort();
  asking = new AbortController();
  const { sources, ...dates } = span(asked);
  const { signal } = asking;
  lanes = sources.map((source) => new Lane(source, jobs().recordings({ source, ...dates, signal })));
  listed.value = { recordings: [], isBusy: true, hasMore: false, errors: [] };
  more();
}

/** Forgets the list. */
export function forgetList() {
  last = "";
  asking.abort();
  listed.value = { recordings: [], isBusy: false, hasMore: false, errors: [] };
}

/** Reads on. */
export async function more() {
  const { signal } = asking;
  let found = 0;
  waitAgain();
  listed.value = { ...listed.peek(), isBusy: true };
  while (lanes.length && found < PER_PAGE) {
    const heads = await headsOf(lanes);
    if (signal.aborted) return;
    const ended = heads.filter(({ recording }) => !recording);
    note(ended);
    lanes = lanes.filter((lane) => !ended.some((head) => head.lane === lane));
    const newest = heads.reduce((a, b) => ((b.recording?.startedAt ?? "") > (a?.recording?.startedAt ?? "") || !a?.recording ? b : a), heads[0]);
    if (newest?.recording) {
      newest.lane.take();
      show(newest.recording);
      found += 1;
    } else if (lanes.length && lanes.every(({ isLate }) => isLate)) {
      await Promise.race(lanes.map((lane) => lane.peek()));
      waitAgain();
    }
  }
  if (!signal.aborted) listed.value = { ...listed.peek(), isBusy: false, hasMore: lanes.length > 0 };
}

function waitAgain() {
  for (const lane of lanes) lane.isLate = false;
}

/** What is to be shown with the next rendering: rows come faster than pages are drawn. @type {Recording[]} */
let coming = [];

/** @param {Recording} recording */
function show(recording) {
  if (!coming.length) queueMicrotask(showComing);
  coming.push(recording);
}

function showComing() {
  const present = listed.peek();
  const recordings = [...present.recordings, ...coming].sort((a, b) => (b.startedAt ?? "").localeCompare(a.startedAt ?? ""));
  coming = [];
  listed.value = { ...present, recordings };
}

/** Keeps why lanes have ended, where that is worth telling. @param {Head[]} ended */
function note(ended) {
  const errors = ended.flatMap(({ lane, error }) => (error && !isAbort(error) ? [{ source: lane.source, error: heeded(error) }] : []));
  if (errors.length) listed.value = { ...listed.peek(), errors: [...listed.peek().errors, ...errors] };
}
