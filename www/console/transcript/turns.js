// A transcript's segments as the rows of a page: long ones are divided at the ends of sentences.
const LONG_ROW_WORDS = 140;
const SENTENCE_END = /[.!?…。！？]["'”’)]?$/;

/**
 * @typedef {import("./result.js").Segment} Segment
 * @typedef {{ segment: Segment, first: number, last: number, text: string, start: number, end: number, isContinued: boolean }} Turn
 */

/** The rows. @param {readonly Segment[]} segments @returns {Turn[]} */
export function turnsOf(segments) {
  return segments.flatMap((segment, index) => {
    const isContinued = index > 0 && segments[index - 1]?.speaker === segment.speaker && segment.speaker !== undefined;
    return divided(segment).map((turn, part) => ({ ...turn, isContinued: part > 0 || isContinued }));
  });
}

/** @param {Segment} segment @returns {Omit<Turn, "isContinued">[]} */
function divided(segment) {
  const { words, text, start, end } = segment;
  if (words.length <= LONG_ROW_WORDS) return [{ segment, first: 0, last: words.length, text, start, end }];
  const turns = [];
  for (let first = 0; first < words.length;) {
    let last = Math.min(first + LONG_ROW_WORDS, words.length);
    if (last < words.length) {
      const ends = words.slice(first + LONG_ROW_WORDS / 2, last).findLastIndex(({ word }) => SENTENCE_END.test(word));
      if (ends >= 0) last = first + LONG_ROW_WORDS / 2 + ends + 1;
    }
    const those = words.slice(first, last);
    turns.push({
      segment,
      first,
      last,
      text: those.map(({ word }) => word).join(" "),
      start: those[0]?.start ?? start,
      end: those.at(-1)?.end ?? end,
    });
    first = last;
  }
  return turns;
}

/** Where each word of a row stands in its text: `[from, to]`, or nothing where the text has other words. @type {WeakMap<Turn, ([number, number] | undefined)[]>} */
const found = new WeakMap();

/** @param {Turn} turn */
export function placesOf(turn) {
  const known = found.get(turn);
  if (known) return known;
  let at = 0;
  const places = turn.segment.words.slice(turn.first, turn.last).map(({ word }) => {
    const from = turn.text.indexOf(word, at);
    if (from < 0) return undefined;
    at = from + word.length;
    return /** @type {[number, number]} */ ([from, at]);
  });
  found.set(turn, places);
  return places;
}

/** The row that is spoken at a time: the last that has begun. @param {readonly Turn[]} turns @param {number} seconds */
export function turnAt(turns, seconds) {
  let [low, high] = [0, turns.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (/** @type {Turn} */ (turns[middle]).start <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The word of a row that is spoken at a time, by its place in the row. @param {Turn} turn @param {number} seconds */
export function wordAt({ segment, first, last }, seconds) {
  for (let index = last - 1; index >= first; index -= 1) {
    const word = segment.words[index];
    if (word && word.start <= seconds) return seconds < Math.max(word.end, word.start + 0.15) ? index - first : -1;
  }
  return -1;
}
