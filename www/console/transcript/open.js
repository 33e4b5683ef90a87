// The transcript that is open: its rows, its speakers, and what goes on in it while it is played.
import { effect, signal } from "@preact/signals-core";
import { jobOf } from "../jobs/store.js";
import { marks } from "../player/marks.js";
import { findPeaks, stopPeaks } from "../player/peaks.js";
import { closeMedia, isPlaying, loop, openMedia, repeat, time } from "../player/player.js";
import { sourceOf } from "../player/sources.js";
import { nameOf } from "../recordings/names.js";
import { follow, isFollowing } from "./follow.js";
import { paint, rangeOf } from "./highlights.js";
import { makePage, renamePage } from "./page.js";
import { turnNames, withPeople } from "./people.js";
import { loaded, reassigned } from "./result.js";
import { stopSearch } from "./search.js";
import { placesOf, turnAt, turnsOf, wordAt } from "./turns.js";
import { forgetUnsure } from "./unsure.js";
import { voicesOf } from "./voices.js";

/** Above that nothing is read ahead until somebody plays it. */
const READ_AHEAD_BYTES = 40_000_000;

/**
 * @typedef {import("./turns.js").Turn} Turn
 * @typedef {{ id: string, turns: Turn[], page: import("./page.js").Page, voices: Map<string | undefined, import("./voices.js").Voice>, hasMedia: boolean }} Open
 */

export const opened = signal(/** @type {Open | undefined} */ (undefined));

/** @type {(() => void)[]} */
let stops = [];

/** Opens what was loaded of a job. @param {string} id */
export function begin(id) {
  const { data } = loaded.peek();
  const job = jobOf(id);
  if (!data || !job || opened.peek()?.id === id) return;
  const segments = data.segments ?? [];
  const turns = turnsOf(segments);
  const voices = voicesOf(segments, job.speakers);
  const source = sourceOf(job);
  const page = makePage(turns, voices);
  opened.value = { id, turns, page, voices, hasMedia: Boolean(source) };
  if (source) {
    openMedia({ id, name: nameOf(job), url: source.url, durationS: data.durationS, segments: withPeople(data, job.speakers).segments ?? [] });
    if ((job.fetched?.of ?? 0) <= READ_AHEAD_BYTES) findPeaks(id, source.source);
    else stops.push(whenPlayed(() => findPeaks(id, source.source)));
  }
  stops.push(
    effect(() => showSpoken(turns, page, time.value)),
    effect(() => rename(id)),
  );
  if (time.peek() > 0) queueMicrotask(() => page.rows[turnAt(turns, time.peek())]?.scrollIntoView({ block: "center" }));
}

/** @param {() => void} run */
function whenPlayed(run) {
  let isDone = false;
  return effect(() => {
    if (!isPlaying.value || isDone) return;
    isDone = true;
    queueMicrotask(run);
  });
}

export function end() {
  stops.forEach((stop) => stop());
  stops = [];
  stopSearch();
  forgetUnsure();
  for (const name of /** @type {const} */ (["spoken", "hit", "here", "unsure"])) paint(name, []);
  marks.value = [];
  isFollowing.value = true;
  opened.value = undefined;
  if (isPlaying.peek()) return;
  closeMedia();
  stopPeaks();
}

/** The speakers' names as the job has them now. @param {string} id */
function rename(id) {
  const present = opened.peek();
  const names = jobOf(id)?.speakers;
  const before = loaded.peek().data;
  if (!present || !before) return;
  const data = before.turnNames === turnNames(names) ? before : reassigned(before, names);
  const voices = voicesOf(data.segments ?? [], names);
  const turns = data === before ? present.turns : turnsOf(data.segments ?? []);
  renamePage(present.page, turns, voices);
  queueMicrotask(() => {
    if (opened.peek()?.id !== id) return;
    if (data !== before) loaded.value = { data };
    opened.value = { ...present, turns, voices };
  });
}

let lastRow = -1;

/** Marks the word that is spoken, and its row. @param {Turn[]} turns @param {import("./page.js").Page} page @param {number} seconds */
function showSpoken(turns, page, seconds) {
  const row = turnAt(turns, seconds);
  const [turn, text] = [turns[row], page.texts[row]];
  if (!turn || !text) return;
  const isBefore = seconds < turn.start || (seconds === 0 && !isPlaying.peek());
  const place = isBefore ? undefined : placesOf(turn)[wordAt(turn, seconds)];
  paint("spoken", place ? [rangeOf(text, ...place)] : []);
  const now = isBefore ? -1 : row;
  if (now !== lastRow || !page.rows[now]?.hasAttribute("data-now")) {
    page.root.querySelector("[data-now]")?.removeAttribute("data-now");
    page.rows[now]?.setAttribute("data-now", "");
    lastRow = now;
  }
  if (isPlaying.peek()) follow(page.rows[row]);
}

/** The turn that is played, or would be. */
export function presentTurn() {
  const turns = opened.peek()?.turns;
  return turns?.[turnAt(turns, time.peek())];
}

/** The row that is played is played again and again, or no more. */
export function repeatTurn() {
  const turn = presentTurn();
  repeat(loop.peek() || !turn ? undefined : { from: turn.start, to: turn.end });
}
