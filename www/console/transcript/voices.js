// The speakers of a transcript: a colour by the order in which they begin, a shape and a name; colour alone tells nothing.
import { t } from "../texts/texts.js";

/** @typedef {{ id: string | undefined, index: number, shape: string, name: string }} Voice */

const SHAPES = ["●", "■", "▲", "◆", "★", "⬟", "▼", "✚"];

/**
 * Everybody who speaks, by id.
 * @param {readonly import("./result.js").Segment[]} segments
 * @param {Readonly<Record<string, string>>} [names]
 */
export function voicesOf(segments, names = {}) {
  const voices = /** @type {Map<string | undefined, Voice>} */ (new Map());
  for (const { speaker, name } of segments) {
    if (voices.has(speaker)) continue;
    const index = voices.size;
    voices.set(speaker, { id: speaker, index: index % SHAPES.length, shape: SHAPES[index % SHAPES.length] ?? "●", name: nameOf(speaker, names, name) });
  }
  return voices;
}

/** @param {string | undefined} speaker @param {Readonly<Record<string, string>>} names @param {string} [told] */
export function nameOf(speaker, names, told) {
  if (speaker === undefined) return "";
  return (Object.hasOwn(names, speaker) ? names[speaker] : told) ?? t.transcript.speaker(speaker);
}
