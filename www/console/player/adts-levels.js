// Bare AAC (ADTS): each frame says how long it is and begins as those of MP4 do, so none is decoded, and none kept.
import { FRAME_SAMPLES, RATES, aacLevel } from "./aac-level.js";
import { bits, joined } from "./bits.js";

const HEAD_BYTES = 7;
const CHECK_BYTES = 2;

export class AdtsLevels {
  #rest = new Uint8Array();
  #levels;

  /** @param {import("./levels.js").Levels} levels */
  constructor(levels) {
    this.#levels = levels;
  }

  /** @param {Uint8Array} piece */
  push(piece) {
    const bytes = joined([this.#rest, piece]);
    let at = 0;
    while (at + HEAD_BYTES <= bytes.length) {
      const frame = frameAt(bytes, at);
      if (frame && at + frame.length > bytes.length) break;
      if (frame) this.#levels.add(aacLevel(bytes.subarray(at + frame.head, at + frame.length)), frame.seconds);
      at += frame?.length ?? 1;
    }
    this.#rest = bytes.slice(at);
  }
}

/** Whether a frame begins there. @param {Uint8Array} bytes @param {number} [at] */
export const isAdts = (bytes, at = 0) => bytes[at] === 0xff && ((bytes[at + 1] ?? 0) & 0xf6) === 0xf0;

/** A frame, if there is one. @param {Uint8Array} bytes @param {number} at */
function frameAt(bytes, at) {
  const place = at * 8;
  const rate = RATES[bits(bytes, place + 18, 4)];
  const head = HEAD_BYTES + (bits(bytes, place + 15, 1) ? 0 : CHECK_BYTES);
  const length = bits(bytes, place + 30, 13);
  if (!isAdts(bytes, at) || !rate || length <= head) return undefined;
  return { head, length, seconds: (FRAME_SAMPLES * (1 + bits(bytes, place + 54, 2))) / rate };
}
