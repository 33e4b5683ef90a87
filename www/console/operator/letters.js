// Deliveries that were of no use: read, looked at, and delivered once more.
import { signal } from "@preact/signals-core";
import { heeded, isAbort, jobs, taken } from "../app/server.js";
import { factsOf, learn } from "../jobs/store.js";
import { readStats } from "./stats.js";

/** @typedef {import("ringcentral-ai").DeadLetter} Letter */
/** @typedef {{ letters: Letter[], hasMore: boolean, isBusy: boolean, error?: any }} Letters */

const PER_PAGE = 100;
/** How much of one is shown. */
const SHOWN_BYTES = 20_000;

export const letters = signal(/** @type {Letters} */ ({ letters: [], hasMore: false, isBusy: false }));
/** What became of each that was delivered once more. */
export const outcomes = signal(/** @type {ReadonlyMap<string, { text: string, isGood: boolean }>} */ (new Map()));

/** The list as it goes on. @type {AsyncGenerator<Letter> | undefined} */
let listing;

/** Reads the latest, or with `goesOn` the next page. @param {AbortSignal} signal @param {boolean} [goesOn] */
export async function readLetters(signal, goesOn = false) {
  const before = letters.peek();
  letters.value = { ...before, isBusy: true, error: undefined };
  try {
    const list = (goesOn && listing) || jobs().deadLetters({ limit: PER_PAGE, signal });
    listing = list;
    const { items, hasMore } = await taken(list, PER_PAGE);
    letters.value = { letters: goesOn ? [...before.letters, ...items] : items, hasMore, isBusy: false };
  } catch (error) {
    if (!isAbort(error)) letters.value = { ...before, isBusy: false, hasMore: false, error: heeded(error) };
  }
}

/** The beginning of what came, as text. @param {string} id */
export async function bytesOf(id) {
  return (await jobs().deadLetter(id)).slice(0, SHOWN_BYTES);
}

/** Delivers some once more, one after the other. @param {readonly string[]} ids @param {(outcome: string) => string} say */
export async function replay(ids, say) {
  for (const id of ids) {
    try {
      const { outcome, job } = await jobs().replay(id);
      learn(factsOf(job));
      note(id, { text: say(outcome), isGood: true });
    } catch (error) {
      note(id, { text: heeded(error).message, isGood: false });
    }
  }
  readStats();
}

/** @param {string} id @param {{ text: string, isGood: boolean }} outcome */
const note = (id, outcome) => (outcomes.value = new Map(outcomes.peek()).set(id, outcome));

/** The ages that letters are sorted by, in seconds: each up to that, the last above. */
export const AGES_S = [3_600, 86_400, 604_800];

/** How many there are of each cause and age. @param {readonly Letter[]} all @param {number} nowMs */
export function table(all, nowMs) {
  const causes = /** @type {Map<string, Letter[][]>} */ (new Map());
  for (const letter of all) {
    const row = causes.get(letter.outcome) ?? [...AGES_S, Infinity].map(() => []);
    const ageS = (nowMs - Date.parse(letter.at)) / 1000;
    row[[...AGES_S, Infinity].findIndex((limit) => ageS <= limit)]?.push(letter);
    causes.set(letter.outcome, row);
  }
  return [...causes];
}

/** Forgets them all: whoever comes next may be somebody else. */
export function forgetLetters() {
  listing = undefined;
  letters.value = { letters: [], hasMore: false, isBusy: false };
  outcomes.value = new Map();
}
