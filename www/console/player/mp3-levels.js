// MP3: each frame's side information holds how far its samples are scaled (`global_gain`, quarters of a power of two), so none is decoded.
import { bits, joined } from "./bits.js";

const BITRATES = /** @type {const} */ ({
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
});
const RATES = [44_100, 48_000, 32_000];
/** The gain at which samples are as they are. */
const UNITY = 210;
/** A frame's head, check and side information. */
const READ_BYTES = 4 + 2 + 32;

export class Mp3Levels {
  #rest = new Uint8Array();
  #skip = -1;
  #levels;

  /** @param {import("./levels.js").Levels} levels */
  constructor(levels) {
    this.#levels = levels;
  }

  /** @param {Uint8Array} piece */
  push(piece) {
    const bytes = joined([this.#rest, piece]);
    if (this.#skip < 0 && bytes.length >= 10) this.#skip = tagLength(bytes);
    const begin = Math.min(Math.max(this.#skip, 0), bytes.length);
    if (begin) this.#skip -= begin;
    const used = this.#frames(bytes, begin);
    if (used > bytes.length) this.#skip = used - bytes.length;
    this.#rest = bytes.slice(used);
  }

  /** @param {Uint8Array} bytes @param {number} from */
  #frames(bytes, from) {
    let at = from;
    while (at + READ_BYTES <= bytes.length) {
      const frame = frameAt(bytes, at);
      if (frame) this.#levels.add(levelOf(bytes, at, frame), frame.seconds);
      at += frame?.length ?? 1;
    }
    return at;
  }
}

/** How long the ID3 tag before the frames is. @param {Uint8Array} bytes */
function tagLength(bytes) {
  if (String.fromCharCode(...bytes.subarray(0, 3)) !== "ID3") return 0;
  return 10 + bytes.subarray(6, 10).reduce((length, byte) => length * 128 + (byte & 0x7f), 0);
}

/** @typedef {{ isFirst: boolean, isMono: boolean, hasCheck: boolean, length: number, seconds: number }} Frame */

/** A frame of layer III, if there is one. @param {Uint8Array} bytes @param {number} at @returns {Frame | undefined} */
function frameAt(bytes, at) {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  const version = (b >> 3) & 3;
  if (a !== 0xff || (b & 0xe0) !== 0xe0 || ((b >> 1) & 3) !== 1 || version === 1) return undefined;
  const isFirst = version === 3;
  const kbits = BITRATES[isFirst ? 1 : 2][c >> 4];
  const usual = RATES[(c >> 2) & 3];
  if (!kbits || !usual) return undefined;
  const rate = usual / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = isFirst ? 1152 : 576;
  const length = Math.floor((samples * kbits * 125) / rate) + ((c >> 1) & 1);
  return { isFirst, isMono: d >> 6 === 3, hasCheck: !(b & 1), length, seconds: samples / rate };
}

/** The loudest granule of a frame. @param {Uint8Array} bytes @param {number} at @param {Frame} frame */
function levelOf(bytes, at, { isFirst, isMono, hasCheck }) {
  const channels = isMono ? 1 : 2;
  const head = isFirst ? (isMono ? 9 + 5 : 9 + 3) + 4 * channels : isMono ? 8 + 1 : 8 + 2;
  const granuleBits = isFirst ? 59 : 63;
  const begin = (at + 4 + (hasCheck ? 2 : 0)) * 8 + head;
  let most = 0;
  for (let granule = 0; granule < channels * (isFirst ? 2 : 1); granule += 1) {
    const place = begin + granule * granuleBits;
    // Without a bit of main data it is silent, whatever its gain.
    if (bits(bytes, place, 12)) most = Math.max(most, 2 ** ((bits(bytes, place + 21, 8) - UNITY) / 4));
  }
  return most;
}
