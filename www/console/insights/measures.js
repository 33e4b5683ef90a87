// Figures that are computed from who speaks when and what is said; each comes with the moments behind it.
import { spansOf } from "./payload.js";

/** @typedef {import("./payload.js").Moment} Moment */
/** @typedef {{ speaker: string | undefined, seconds: number, share: number }} Talk */
/** @typedef {{ from: number, to: number, wordsPerMinute: number }} PaceBin */

const BINS = 24;
const SHORTEST_BIN_S = 10;

/**
 * @typedef {{ durationS: number, speechS: number, silenceS: number, overlapS: number, talk: Talk[], turns: Moment[], longest: Moment | undefined,
 *   pauses: Moment[], words: number, wordsPerMinute: number, pace: PaceBin[], questions: Moment[] }} Measures
 */

/** @type {WeakMap<object, Measures>} */
const known = new WeakMap();

/** @param {import("../transcript/result.js").Data} data */
export function measuresOf(data) {
  const before = known.get(data);
  if (before) return before;
  const spans = spansOf(data);
  const [speechS, pauses] = coverage(spans, data.durationS);
  const talk = talkOf(spans);
  const talkedS = talk.reduce((sum, { seconds }) => sum + seconds, 0);
  const turns = turnsOf(spans);
  const words = (data.segments ?? []).reduce((sum, segment) => sum + segment.words.length, 0);
  const measures = {
    durationS: data.durationS,
    speechS,
    silenceS: Math.max(0, data.durationS - speechS),
    overlapS: Math.max(0, talkedS - speechS),
    talk,
    turns,
    longest: turns.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0],
    pauses: pauses.toSorted((a, b) => lengthOf(b) - lengthOf(a)),
    words,
    wordsPerMinute: talkedS ? (words * 60) / talkedS : 0,
    pace: paceOf(data),
    questions: questionsOf(data),
  };
  known.set(data, measures);
  return measures;
}

/** @param {Moment} moment */
export const lengthOf = ({ start, end = start }) => end - start;

/** How long anybody speaks, and when nobody does. @param {Moment[]} spans @param {number} durationS @returns {[number, Moment[]]} */
function coverage(spans, durationS) {
  let [speechS, until] = [0, 0];
  const pauses = [];
  for (const { start, end = start, speaker } of spans) {
    if (start > until) pauses.push({ start: until, end: start, text: "", speaker });
    speechS += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  if (durationS > until && spans.length) pauses.push({ start: until, end: durationS, text: "" });
  return [speechS, pauses];
}

/** How long each speaks, in the order in which they begin. @param {Moment[]} spans @returns {Talk[]} */
function talkOf(spans) {
  const found = /** @type {Map<string | undefined, { seconds: number, until: number }>} */ (new Map());
  for (const { speaker, start, end = start } of spans) {
    const entry = found.get(speaker) ?? { seconds: 0, until: 0 };
    entry.seconds += Math.max(0, end - Math.max(start, entry.until));
    entry.until = Math.max(entry.until, end);
    found.set(speaker, entry);
  }
  const all = [...found.values()].reduce((sum, { seconds }) => sum + seconds, 0);
  return [...found].map(([speaker, { seconds }]) => ({ speaker, seconds, share: all ? seconds / all : 0 }));
}

/** What one speaker says until another does. @param {Moment[]} spans @returns {Moment[]} */
function turnsOf(spans) {
  const turns = /** @type {Moment[]} */ ([]);
  for (const span of spans) {
    const last = turns.at(-1);
    if (last && last.speaker === span.speaker && span.speaker !== undefined) last.end = Math.max(last.end ?? 0, span.end ?? 0);
    else turns.push({ ...span });
  }
  return turns;
}

/** Words a minute over time, per stretch of the recording. @param {import("../transcript/result.js").Data} data @returns {PaceBin[]} */
function paceOf({ segments = [], durationS }) {
  const each = Math.max(SHORTEST_BIN_S, durationS / BINS);
  const counts = Array.from({ length: Math.ceil(durationS / each) }, () => 0);
  for (const { words } of segments) {
    for (const { start } of words) {
      const bin = Math.min(counts.length - 1, Math.floor(start / each));
      if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return counts.map((count, bin) => {
    const [from, to] = [bin * each, Math.min(durationS, (bin + 1) * each)];
    return { from, to, wordsPerMinute: to > from ? (count * 60) / (to - from) : 0 };
  });
}

const SENTENCE = /[^.!?…]+[.!?…]+["'”’)]*/g;

/** Sentences that end as questions do. @param {import("../transcript/result.js").Data} data @returns {Moment[]} */
function questionsOf({ segments = [] }) {
  return segments.flatMap(({ text, words, start, end, speaker }) => {
    if (!text.includes("?")) return [];
    let said = 0;
    return (text.match(SENTENCE) ?? []).flatMap((sentence) => {
      const first = words[said];
      said += sentence.trim().split(/\s+/).length;
      return sentence.includes("?") ? [{ start: first?.start ?? start, end, text: sentence.trim(), speaker }] : [];
    });
  });
}
