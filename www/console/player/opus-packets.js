// Opus, several frames a packet (RFC 6716, 3.2.5): what a browser's decoder costs is its packets, far more than what is in them.
import { joined } from "./bits.js";

/** @typedef {import("./codecs.js").Packet} Packet */

const PACKET_MAX_MS = 120;
const FRAME_MAX_BYTES = 1275;
/** What is sent later than this was not sent while it was silent. */
const APART_S = 0.2;
/** Where a head says how channels are laid out, and by which layout a packet is one stream. */
const [LAYOUT_AT, ONE_STREAM] = [18, 0];

/** Whether its packets may be put together. @param {AudioDecoderConfig} config */
export const isPutTogether = ({ codec, description }) => codec === "opus" && description instanceof Uint8Array && description[LAYOUT_AT] === ONE_STREAM;

/** The same sound in fewer packets. @param {AsyncGenerator<Packet>} packets @returns {AsyncGenerator<Packet>} */
export async function* putTogether(packets) {
  let held = /** @type {Packet[]} */ ([]);
  for await (const packet of packets) {
    const [first] = held;
    if (first && !fits(first, packet, held.length)) {
      yield one(first, held);
      held = [];
    }
    held.push(packet);
  }
  const [first] = held;
  if (first) yield one(first, held);
}

/** @param {Packet} first @param {Packet} next @param {number} count */
function fits(first, next, count) {
  const [kind = 0] = first.data;
  const isOneFrame = (kind & 3) === 0 && kind === next.data[0];
  const isClose = (next.second ?? 0) - (first.second ?? 0) < APART_S;
  const isShort = Math.max(first.data.length, next.data.length) <= 1 + FRAME_MAX_BYTES;
  return isOneFrame && isClose && isShort && (count + 1) * frameMs(kind >> 3) <= PACKET_MAX_MS;
}

/** How long a frame is, by its configuration: of SILK, hybrid and CELT. @param {number} kind */
function frameMs(kind) {
  if (kind < 12) return [10, 20, 40, 60][kind & 3] ?? 60;
  return kind < 16 ? 10 << (kind & 1) : 2.5 * 2 ** (kind & 3);
}

/** @param {Packet} first @param {Packet[]} packets @returns {Packet} */
function one(first, packets) {
  if (packets.length === 1) return first;
  const frames = packets.map(({ data }) => data.subarray(1));
  const lengths = frames.slice(0, -1).flatMap(({ length }) => (length < 252 ? [length] : [252 + (length & 3), (length - 252 - (length & 3)) >> 2]));
  return { ...first, data: joined([Uint8Array.of((first.data[0] ?? 0) | 3, 0x80 | packets.length, ...lengths), ...frames]) };
}
