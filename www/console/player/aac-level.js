// How loud a frame of AAC is, by the scale that its first channel begins with.
import { bits } from "./bits.js";

/** How many samples a second there are, by the number that stands for it. */
export const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
/** Samples of a frame, before what makes more of them (SBR). */
export const FRAME_SAMPLES = 1024;

const SINGLE = 0;
const PAIR = 1;
const EIGHT_SHORT = 2;
/** The scale at which samples are as they are. */
const UNITY = 100;

/** A level, 0 where the frame is silent or begins otherwise. @param {Uint8Array} frame */
export function aacLevel(frame) {
  const element = bits(frame, 0, 3);
  if (element === SINGLE) return levelOf(frame, 7, windowOf(frame, 15).bands);
  if (element !== PAIR) return 0;
  if (!bits(frame, 7, 1)) return levelOf(frame, 8, windowOf(frame, 16).bands);
  const { bands, groups, end } = windowOf(frame, 8);
  const isMasked = bits(frame, end, 2) === 1;
  return levelOf(frame, end + 2 + (isMasked ? groups * bands : 0), bands);
}

/** @param {Uint8Array} frame @param {number} at @param {number} bands */
const levelOf = (frame, at, bands) => (bands ? 2 ** ((bits(frame, at, 8) - UNITY) / 4) : 0);

/** How many bands have something, in how many groups, and where that is told. @param {Uint8Array} frame @param {number} at */
function windowOf(frame, at) {
  if (bits(frame, at + 1, 2) !== EIGHT_SHORT) return { bands: bits(frame, at + 4, 6), groups: 1, end: at + 11 };
  const joined = bits(frame, at + 8, 7)
    .toString(2)
    .replaceAll("0", "").length;
  return { bands: bits(frame, at + 4, 4), groups: 8 - joined, end: at + 15 };
}
