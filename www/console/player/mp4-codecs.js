// In what a track of MP4 is written.
import { FRAME_SAMPLES, RATES } from "./aac-level.js";
import { bits, joined } from "./bits.js";
import { flac, opus } from "./codecs.js";
import { boxesOf, nameAt } from "./mp4-boxes.js";

/** Where the first entry of `stsd` has its fields. */
const [NAME_AT, VERSION_AT, CHANNELS_AT, RATE_AT, BOXES_AT] = [12, 24, 32, 40, 44];
/** QuickTime has more of them in its versions 1 and 2. */
const MORE_BYTES = [0, 16, 36];
const [AAC, MP3] = [
  [0x40, 0x66, 0x67, 0x68],
  [0x69, 0x6b],
];
/** Kinds of AAC whose frames begin alike: Main, LC, LTP, and with what makes more of them (SBR, PS). */
const ALIKE = [1, 2, 4, 5, 29];
/** Descriptors, and how many bytes are in them before the next one. */
const [ES, DECODER, SPECIFIC] = [3, 4, 5];
const [ES_BYTES, DECODER_BYTES] = [3, 13];

/** How it is decoded, or how long its frames are if it need not be. @typedef {{ config: AudioDecoderConfig } | { config: undefined, frameSeconds: number }} Form */

/** @param {import("./mp4-boxes.js").Track} track @returns {Form | undefined} */
export function formOf(track) {
  const entry = track.get("stsd");
  if (!entry || entry.byteLength < BOXES_AT) return undefined;
  const boxes = new Map(boxesOf(entry, BOXES_AT + (MORE_BYTES[entry.getUint16(VERSION_AT)] ?? 0)));
  const name = nameAt(entry, NAME_AT);
  const part = bytesOf(boxes.get({ Opus: "dOps", fLaC: "dfLa", mp4a: "esds" }[name] ?? ""));
  const mp3 = { codec: "mp3", sampleRate: entry.getUint16(RATE_AT), numberOfChannels: entry.getUint16(CHANNELS_AT) };
  if (name === ".mp3") return { config: mp3 };
  if (name === "Opus" && part) return { config: opus(opusHead(part)) };
  if (name === "fLaC" && part) return { config: flac(part.subarray(4)) };
  if (name !== "mp4a" || !part) return undefined;
  const { kind, special } = descriptors(part);
  if (MP3.includes(kind)) return { config: mp3 };
  const rate = RATES[bits(special, 5, 4)] ?? bits(special, 9, 24);
  const isKnown = AAC.includes(kind) && ALIKE.includes(bits(special, 0, 5)) && rate > 0;
  return isKnown ? { config: undefined, frameSeconds: FRAME_SAMPLES / rate } : undefined;
}

/** @param {DataView | undefined} box */
const bytesOf = (box) => box && new Uint8Array(box.buffer, box.byteOffset, box.byteLength);

/** What Ogg begins with: the same, the other way round. @param {Uint8Array} box */
function opusHead(box) {
  const [, channels = 0, ...rest] = box;
  const [skip, rate, gain, mapping] = [rest.slice(0, 2), rest.slice(2, 6), rest.slice(6, 8), rest.slice(8)];
  return joined([new TextEncoder().encode("OpusHead"), Uint8Array.of(1, channels, ...skip.reverse(), ...rate.reverse(), ...gain.reverse(), ...mapping)]);
}

/** What an `esds` says: whose frames they are, and how, in that one's own words. @param {Uint8Array} box */
function descriptors(box) {
  let kind = 0;
  for (let at = 4; at < box.length;) {
    const tag = box[at++];
    while ((box[at++] ?? 0) & 0x80);
    if (tag === SPECIFIC) return { kind, special: box.subarray(at) };
    if (tag === DECODER) [kind, at] = [box[at] ?? 0, at + DECODER_BYTES];
    else if (tag === ES) at += ES_BYTES;
    else break;
  }
  return { kind, special: new Uint8Array() };
}
