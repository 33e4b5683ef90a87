// What a decoder has to know before the first packet, out of what containers say of it.
import { bits, joined } from "./bits.js";

/** What a container holds: how its packets are decoded, and the packets. @typedef {{ config: AudioDecoderConfig, packets: AsyncGenerator<Packet> }} Sound */
/** Without a time it follows the one before. @typedef {{ data: Uint8Array, second?: number }} Packet */

const OPUS_RATE = 48_000;
const CHANNELS_AT = 9;
const STREAM_INFO_BYTES = 34;
const BLOCK_HEAD_BYTES = 4;

/** By its head, as Ogg begins with. @param {Uint8Array<ArrayBuffer>} head @returns {AudioDecoderConfig} */
export const opus = (head) => ({ codec: "opus", sampleRate: OPUS_RATE, numberOfChannels: head[CHANNELS_AT] ?? 0, description: head });

/** By its three heads. @param {Uint8Array[]} heads @returns {AudioDecoderConfig} */
export function vorbis([head = new Uint8Array(), comments = new Uint8Array(), setup = new Uint8Array()]) {
  const description = joined([Uint8Array.of(2, ...laces(head.length), ...laces(comments.length)), head, comments, setup]);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return { codec: "vorbis", sampleRate: view.getUint32(12, true), numberOfChannels: view.getUint8(11), description };
}

/** By its first block of metadata, which all have. @param {Uint8Array} block @returns {AudioDecoderConfig} */
export function flac(block) {
  const info = block.slice(0, BLOCK_HEAD_BYTES + STREAM_INFO_BYTES);
  if (info.length < BLOCK_HEAD_BYTES + STREAM_INFO_BYTES) throw new RangeError("too short");
  info[0] = 0x80; // the last one
  const place = (BLOCK_HEAD_BYTES + 10) * 8;
  const description = joined([new TextEncoder().encode("fLaC"), info]);
  return { codec: "flac", sampleRate: bits(info, place, 20), numberOfChannels: bits(info, place + 20, 3) + 1, description };
}

/** A length as Xiph writes it. @param {number} length */
const laces = (length) => [...Array(Math.floor(length / 255)).fill(255), length % 255];
