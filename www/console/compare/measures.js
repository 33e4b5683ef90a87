// What jobs are compared by: figures of each, and how they are written.
import { clock, count, percent } from "../app/formats.js";
import { lengthOf, measuresOf } from "../insights/measures.js";

/** @typedef {import("../insights/measures.js").Measures} Measures */
/** @typedef {keyof typeof import("../texts/texts.js").t.compare.measures} Name */
/** @typedef {{ name: Name, of: (measures: Measures) => number | undefined, write: (value: number) => string }} Compared */

/** @param {number} value */
const whole = (value) => count(Math.round(value));

/** @type {readonly Compared[]} */
export const COMPARED = [
  { name: "length", of: ({ durationS }) => durationS || undefined, write: clock },
  { name: "speech", of: ({ durationS, speechS }) => (durationS ? speechS / durationS : undefined), write: percent },
  { name: "silence", of: ({ silenceS, durationS }) => (durationS ? silenceS : undefined), write: clock },
  { name: "speakers", of: ({ talk }) => talk.filter(({ speaker }) => speaker !== undefined).length || undefined, write: whole },
  { name: "mostShare", of: ({ talk }) => (talk.length > 1 ? Math.max(...talk.map(({ share }) => share)) : undefined), write: percent },
  { name: "turns", of: ({ turns }) => turns.length || undefined, write: whole },
  { name: "longest", of: ({ longest }) => longest && lengthOf(longest), write: clock },
  { name: "words", of: ({ words }) => words || undefined, write: whole },
  { name: "pace", of: ({ wordsPerMinute }) => wordsPerMinute || undefined, write: whole },
  { name: "questions", of: ({ words, questions }) => (words ? questions.length : undefined), write: whole },
];

/** @param {Compared} measure @param {import("../transcript/result.js").Data} data */
export const valueOf = (measure, data) => measure.of(measuresOf(data));
