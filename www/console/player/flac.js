// FLAC. A frame does not say how long it is: it ends where the next one begins, which its check and its number tell.
import { bits, joined } from "./bits.js";
import { flac } from "./codecs.js";

const MARK_BYTES = 4;
const HEAD_MAX_BYTES = 16;
const FRAME_MAX_BYTES = 4_000_000;
const SYNC = 0x7ffc;

/** @param {import("./bytes.js").Bytes} bytes @returns {Promise<import("./codecs.js").Sound | undefined>} */
export async function openFlac(bytes) {
  await bytes.skip(MARK_BYTES);
  /** @type {AudioDecoderConfig | undefined} */
  let config;
  for (let head; (head = await bytes.take(4));) {
    const length = bits(head, 8, 24);
    if (config) await bytes.skip(length);
    else config = flac(joined([head, (await bytes.take(length)) ?? new Uint8Array()]));
    if ((head[0] ?? 0) & 0x80) return { config, packets: packetsOf(bytes) };
  }
  return undefined;
}

/** @param {import("./bytes.js").Bytes} bytes */
async function* packetsOf(bytes) {
  let rest = new Uint8Array();
  let searched = 0;
  /** @type {number | undefined} */
  let expected;
  for (let piece; (piece = await bytes.piece());) {
    const all = joined([rest, piece]);
    let begin = 0;
    let at = all.indexOf(0xff, searched);
    for (; at >= 0 && at + HEAD_MAX_BYTES <= all.length; at = all.indexOf(0xff, at + 1)) {
      const frame = frameAt(all, at);
      if (!frame || frame.number !== (expected ?? frame.number)) continue;
      if (at > begin) yield { data: all.subarray(begin, at) };
      begin = at;
      expected = frame.next;
    }
    rest = all.slice(begin);
    searched = (at < 0 ? all.length : at) - begin;
    if (rest.length > FRAME_MAX_BYTES) throw new RangeError("no frames");
  }
  if (rest.length) yield { data: rest };
}

/** Which frame begins there, by its number or by that of its first sample, and which comes next. @param {Uint8Array} bytes @param {number} at */
function frameAt(bytes, at) {
  const place = at * 8;
  const [sync, isBySample, size, rate] = [bits(bytes, place, 15), bits(bytes, place + 15, 1), bits(bytes, place + 16, 4), bits(bytes, place + 20, 4)];
  if (sync !== SYNC || !size || rate === 15) return undefined;
  const begin = at + 4;
  const more = Math.max(0, Math.clz32(~((bytes[begin] ?? 0) << 24)) - 1);
  const sizeAt = begin + 1 + more;
  const sizeBytes = size === 6 ? 1 : size === 7 ? 2 : 0;
  const end = sizeAt + sizeBytes + (rate === 12 ? 1 : rate > 12 ? 2 : 0);
  if (more > 6 || check(bytes.subarray(at, end)) !== bytes[end]) return undefined;
  let number = more ? bits(bytes, begin * 8 + more + 2, 6 - more) : (bytes[begin] ?? 0);
  for (let index = begin + 1; index < sizeAt; index += 1) number = number * 64 + ((bytes[index] ?? 0) & 0x3f);
  const samples = sizeBytes ? bits(bytes, sizeAt * 8, sizeBytes * 8) + 1 : size === 1 ? 192 : size < 6 ? 576 << (size - 2) : 256 << (size - 8);
  return { number, next: number + (isBySample ? samples : 1) };
}

/** CRC-8. @param {Uint8Array} bytes */
function check(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum & 0x80 ? 0x107 : 0);
  }
  return sum;
}
