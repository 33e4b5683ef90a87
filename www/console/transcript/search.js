// Search in the transcript: every place is marked, in the text and on the waveform, and one of them is where one is.
import { batch, computed, signal } from "@preact/signals-core";
import { marks } from "../player/marks.js";
import { seek } from "../player/player.js";
import { show, stopFollowing } from "./follow.js";
import { paint, rangeOf } from "./highlights.js";
import { opened } from "./open.js";
import { loaded } from "./result.js";
import { placesOf } from "./turns.js";

const PAUSE_MS = 120;
/** More are counted, and not painted. */
const PAINTED = 3000;

/** @typedef {{ row: number, start: number, ranges: Range[] }} Hit */

export const query = signal("");
export const hits = signal(/** @type {Hit[]} */ ([]));
/** Which of them one is at. */
export const at = signal(-1);
export const hasSearched = computed(() => query.value.trim() !== "");

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** @param {string} text */
export function search(text) {
  query.value = text;
  clearTimeout(waiting);
  waiting = setTimeout(find, PAUSE_MS);
}

export function stopSearch() {
  clearTimeout(waiting);
  query.value = "";
  set([]);
}

function find() {
  const { data } = loaded.peek();
  if (!data?.segments || !opened.peek()) return;
  const found = query.peek().trim() ? data.transcript.search(query.peek()) : [];
  const rows = rowsOf(new Set(found.map(({ segment }) => segment)));
  set(
    found.flatMap((hit, index) =>
      index < PAINTED ? hitOf(hit, rows.get(hit.segment) ?? []) : [{ row: rows.get(hit.segment)?.[0] ?? 0, start: hit.start, ranges: [] }],
    ),
  );
  if (hits.peek().length) {
    stopFollowing();
    step(1);
  }
}

/** @param {Hit[]} found */
function set(found) {
  batch(() => {
    hits.value = found;
    at.value = -1;
    marks.value = found.map(({ start }) => start);
  });
  paint(
    "hit",
    found.flatMap(({ ranges }) => ranges),
  );
  paint("here", []);
}

/** The rows of each of those segments. @param {ReadonlySet<object>} wanted */
function rowsOf(wanted) {
  const rows = /** @type {Map<object, number[]>} */ (new Map());
  opened.peek()?.turns.forEach(({ segment }, row) => {
    if (wanted.has(segment)) rows.set(segment, [...(rows.get(segment) ?? []), row]);
  });
  return rows;
}

/** @param {{ start: number, text: string, segment: import("./result.js").Segment }} hit @param {number[]} rows @returns {Hit[]} */
function hitOf({ start, text, segment }, rows) {
  const { turns, page } = /** @type {import("./open.js").Open} */ (opened.peek());
  const first = segment.words.findIndex((word) => word.start === start && text.startsWith(word.word));
  const row = rows.find((index) => first >= (turns[index]?.first ?? 0) && first < (turns[index]?.last ?? 0)) ?? rows[0];
  const [turn, node] = row === undefined ? [] : [turns[row], page.texts[row]];
  if (row === undefined || !turn || !node) return [];
  const places = placesOf(turn);
  const from = places[first - turn.first];
  const to = places[Math.min(first + text.split(" ").length, turn.last) - 1 - turn.first] ?? from;
  return [{ row, start, ranges: from && to ? [rangeOf(node, from[0], to[1])] : [] }];
}

/** Goes to the next place, or the one before. @param {1 | -1} by */
export function step(by) {
  const all = hits.peek();
  if (!all.length) return;
  at.value = (at.peek() + by + all.length) % all.length;
  const hit = /** @type {Hit} */ (all[at.peek()]);
  stopFollowing();
  paint("here", hit.ranges);
  const row = opened.peek()?.page.rows[hit.row];
  if (row) show(row);
}

/** Plays from the place one is at. */
export function toHit() {
  const hit = hits.peek()[at.peek()];
  if (hit) seek(hit.start);
}
