// Finds what was said, as a browser finds a text in its page: by its letters, whatever their case, accents and width.
import { invalid } from "./invalid.mjs";

/** Around words of these scripts there are no spaces. */
const SPACELESS = "[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}]";
const BEGINS_SPACELESS = new RegExp(`^${SPACELESS}`, "u");
const ENDS_SPACELESS = new RegExp(`${SPACELESS}$`, "u");

/** The segments that were searched before, as they are compared. */
const folded = new WeakMap();

/** Each place at which `query` is said, within one segment; no word is in two of them. */
export function search(segments, query, options) {
  if (typeof query !== "string") throw invalid("query", "it must be a text");
  const { text } = fold([query]);
  if (text === "") return [];
  if (!folded.has(segments)) folded.set(segments, segments.map(({ words }) => fold(words.map(({ word }) => word))));
  return segments.flatMap((segment, place) => hits(segment, folded.get(segments)[place], text, options?.wholeWords));
}

/** What is compared of some words, and where in it each part of one begins and ends. */
function fold(words) {
  const parts = [];
  let text = "";
  let before = "";
  words.forEach((word, place) => {
    for (const letters of lettersOf(word)) {
      const isGlued = text === "" || ENDS_SPACELESS.test(before) || BEGINS_SPACELESS.test(letters);
      const start = text.length + (isGlued ? 0 : 1);
      text += isGlued ? letters : ` ${letters}`;
      parts.push({ place, start, end: text.length });
      before = letters;
    }
  });
  return { text, parts };
}

/** The parts of a word between its punctuation: `self` and `service`, but `don't` is one. Capitals say more: `ß` is `SS`, `ς` is `Σ`. */
const lettersOf = (word) =>
  word
    .normalize("NFKD")
    .replace(/[\u0300-\u036F'’ʼ]/g, "")
    .toLowerCase()
    .toUpperCase()
    .normalize("NFC")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);

function hits(segment, { text, parts }, wanted, wholeWords) {
  const { start: _, end: __, text: ___, words, ...who } = segment;
  const found = [];
  let [at, first] = [0, 0];
  while ((at = text.indexOf(wanted, at)) >= 0) {
    const end = at + wanted.length;
    while (parts[first + 1]?.start <= at) first++;
    let last = first;
    while (parts[last + 1]?.start < end) last++;
    if (wholeWords && (parts[first].start < at || parts[last].end > end)) {
      at++;
      continue;
    }
    const said = words.slice(parts[first].place, parts[last].place + 1);
    found.push({ text: said.map(({ word }) => word).join(" "), start: said[0].start, end: said.at(-1).end, ...who, segment });
    at = parts.find(({ place, start }) => start >= end && place > parts[last].place)?.start ?? text.length;
  }
  return found;
}
