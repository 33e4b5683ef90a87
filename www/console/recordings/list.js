// Calls, meetings and voicemail as one list, the newest first: each is asked for as far as it is shown.
import { batch, signal } from "@preact/signals-core";
import { heeded, isAbort, jobs } from "../app/server.js";
import { span } from "./filters.js";

/**
 * @typedef {import("ringcentral-ai").Recording} Recording
 * @typedef {import("ringcentral-ai").Source} Source
 * @typedef {{ recordings: Recording[], isBusy: boolean, hasMore: boolean, errors: { source: Source, error: any }[] }} Listed
 */

const PER_PAGE = 30;

export const listed = signal(/** @type {Listed} */ ({ recordings: [], isBusy: false, hasMore: false, errors: [] }));

/** Ends the list that is asked for. */
let asking = new AbortController();
/** @type {Lane[]} */
let lanes = [];
let last = "";

/** One source's recordings, of which the next is known. */
class Lane {
  /** @param {Source} source @param {AsyncGenerator<Recording>} list */
  constructor(source, list) {
    this.source = source;
    this.list = list;
    /** @type {Promise<Recording | undefined> | undefined} */
    this.next = undefined;
  }

  peek() {
    return (this.next ??= this.list.next().then(({ value }) => value ?? undefined));
  }

  take() {
    this.next = undefined;
  }
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
  listed.value = { ...listed.peek(), isBusy: true };
  const found = /** @type {Recording[]} */ ([]);
  const errors = /** @type {Listed["errors"]} */ ([]);
  for (;;) {
    const heads = await Promise.all(
      lanes.map((lane) =>
        lane.peek().then(
          (recording) => ({ lane, recording }),
          (error) => ({ lane, error }),
        ),
      ),
    );
    if (signal.aborted) return;
    const failed = heads.flatMap((head) =>
      "error" in head && !isAbort(head.error) ? [{ source: head.lane.source, error: heeded(head.error) }] : [],
    );
    errors.push(...failed);
    const going = heads.flatMap((head) => ("recording" in head && head.recording ? [{ lane: head.lane, recording: head.recording }] : []));
    lanes = going.map(({ lane }) => lane);
    if (!going.length || found.length >= PER_PAGE) break;
    const newest = going.reduce((a, b) => ((b.recording.startedAt ?? "") > (a.recording.startedAt ?? "") ? b : a));
    newest.lane.take();
    found.push(newest.recording);
  }
  const present = listed.peek();
  const hasMore = lanes.length > 0;
  batch(() => (listed.value = { recordings: [...present.recordings, ...found], isBusy: false, hasMore, errors: [...present.errors, ...errors] }));
}
