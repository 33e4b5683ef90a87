// The speakers of a transcript: a colour by the order in which they begin, a shape and a name; colour alone tells nothing.
// Speakers who were given the same name are one.
import { t } from "../texts/texts.js";

/** @typedef {{ ids: (string | undefined)[], index: number, shape: string, name: string }} Voice */

const SHAPES = ["●", "■", "▲", "◆", "★", "⬟", "▼", "✚"];

/**
 * Everybody who speaks, by id.
 * @param {readonly { speaker?: string, name?: string }[]} segments
 * @param {Readonly<Record<string, string>>} [names]
 */
export function voicesOf(segments, names = {}) {
  const voices = /** @type {Map<string | undefined, Voice>} */ (new Map());
  const named = /** @type {Map<string, Voice>} */ (new Map());
  for (const { speaker, name } of segments) {
    if (voices.has(speaker)) continue;
    const given = speaker !== undefined && Object.hasOwn(names, speaker) ? names[speaker] : undefined;
    const voice = (given !== undefined && named.get(given)) || voiceOf(new Set(voices.values()).size, nameOf(speaker, names, name));
    voice.ids.push(speaker);
    voices.set(speaker, voice);
    if (given !== undefined) named.set(given, voice);
  }
  return voices;
}

/** @param {number} place @param {string} name @returns {Voice} */
const voiceOf = (place, name) => ({ ids: [], index: place % SHAPES.length, shape: SHAPES[place % SHAPES.length] ?? "●", name });

/** @param {string | undefined} speaker @param {Readonly<Record<string, string>>} names @param {string} [told] */
export function nameOf(speaker, names, told) {
  if (speaker === undefined) return "";
  return (Object.hasOwn(names, speaker) ? names[speaker] : told) ?? t.transcript.speaker(speaker);
}
