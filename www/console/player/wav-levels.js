// WAV: the furthest sample of each stretch. PCM of 8, 16, 24 and 32 bits, and telephone formats, whose bytes are levels already.
import { joined } from "./bits.js";

const STRETCH_S = 0.05;
const HEAD_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
const FORM_BYTES = 16;

export class WavLevels {
  #rest = new Uint8Array();
  #skip = HEAD_BYTES;
  /** @type {{ format: number, bytesEach: number, perStretch: number } | undefined} */
  #form;
  #isData = false;
  #most = 0;
  #count = 0;
  #levels;

  /** @param {import("./levels.js").Levels} levels */
  constructor(levels) {
    this.#levels = levels;
  }

  /** @param {Uint8Array} piece */
  push(piece) {
    const bytes = joined([this.#rest, piece]);
    const begin = Math.min(this.#skip, bytes.length);
    const used = this.#isData ? this.#samples(bytes, begin) : this.#chunks(bytes, begin);
    this.#skip += Math.max(0, used - bytes.length) - begin;
    this.#rest = bytes.slice(used);
  }

  /** The chunks before the samples; gives where it has come to. @param {Uint8Array} bytes @param {number} from */
  #chunks(bytes, from) {
    const view = new DataView(bytes.buffer);
    let at = from;
    while (at + CHUNK_HEAD_BYTES + FORM_BYTES <= bytes.length) {
      const name = String.fromCharCode(...bytes.subarray(at, at + 4));
      const length = view.getUint32(at + 4, true);
      at += CHUNK_HEAD_BYTES;
      this.#isData = name === "data";
      if (this.#isData) return this.#samples(bytes, at);
      if (name === "fmt ") this.#form = formOf(view, at);
      at += length + (length % 2);
    }
    return at;
  }

  /** @param {Uint8Array} bytes @param {number} from */
  #samples(bytes, from) {
    if (!this.#form) return bytes.length;
    const { format, bytesEach, perStretch } = this.#form;
    const view = new DataView(bytes.buffer);
    let at = from;
    for (; at + bytesEach <= bytes.length; at += bytesEach) {
      this.#most = Math.max(this.#most, Math.abs(sampleAt(view, at, format, bytesEach)));
      this.#count += 1;
      if (this.#count < perStretch) continue;
      this.#levels.add(this.#most, STRETCH_S);
      [this.#most, this.#count] = [0, 0];
    }
    return at;
  }
}

/** @param {DataView} view @param {number} at */
function formOf(view, at) {
  const [format, channels, rate, bits] = [
    view.getUint16(at, true),
    view.getUint16(at + 2, true),
    view.getUint32(at + 4, true),
    view.getUint16(at + 14, true),
  ];
  return { format, bytesEach: Math.max(1, bits >> 3), perStretch: Math.max(1, Math.round(rate * channels * STRETCH_S)) };
}

const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;

/** A sample from -1 to 1. @param {DataView} view @param {number} at @param {number} format @param {number} bytesEach */
function sampleAt(view, at, format, bytesEach) {
  if (format === MU_LAW) return 2 ** (((~view.getUint8(at) & 0x7f) >> 4) - 8 + (~view.getUint8(at) & 0xf) / 16);
  if (format === A_LAW) return 2 ** ((((view.getUint8(at) ^ 0x55) & 0x7f) >> 4) - 8);
  if (bytesEach === 1) return (view.getUint8(at) - 128) / 128;
  if (bytesEach === 2) return view.getInt16(at, true) / 32_768;
  if (bytesEach === 3) return view.getInt8(at + 2) / 128;
  return format === FLOAT ? view.getFloat32(at, true) : view.getInt32(at, true) / 2 ** 31;
}
