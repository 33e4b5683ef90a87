// In what a track of MP4 is written.
import { concat, flac, opus } from "./codecs.js";
import { boxesOf, nameAt } from "./mp4-boxes.js";

/** Where the first entry of `stsd` has its fields. */
const [NAME_AT, VERSION_AT, CHANNELS_AT, BOXES_AT] = [12, 24, 32, 44];
/** QuickTime has more of them in its versions 1 and 2. */
const MORE_BYTES = [0, 16, 36];
const [AAC, MP3] = [
  [0x40, 0x66, 0x67, 0x68],
  [0x69, 0x6b],
];
/** Kinds of AAC whose frames begin alike: Main, LC, LTP, and with what makes more of them (SBR, PS). */
const ALIKE = [1, 2, 4, 5, 29];
const [ES, DECODER, SPECIFIC] = [3, 4, 5];

/** How it is decoded, or that it need not be. @typedef {AudioDecoderConfig | "aac" | undefined} Form */

/** @param {import("./mp4-boxes.js").Track} track @returns {Form} */
export function formOf(track) {
  const entry = track.get("stsd");
  if (!entry || entry.byteLength < BOXES_AT) return undefined;
  const boxes = new Map(boxesOf(entry, BOXES_AT + (MORE_BYTES[entry.getUint16(VERSION_AT)] ?? 0)));
  const [name, sampleRate] = [nameAt(entry, NAME_AT), entry.getUint16(CHANNELS_AT + 8)];
  const part = bytesOf(boxes.get({ Opus: "dOps", fLaC: "dfLa", mp4a: "esds" }[name] ?? ""));
  const mp3 = { codec: "mp3", sampleRate, numberOfChannels: entry.getUint16(CHANNELS_AT) };
  if (name === ".mp3") return mp3;
  if (name === "Opus" && part) return opus(opusHead(part));
  if (name === "fLaC" && part) return flac(part.subarray(4));
  if (name !== "mp4a") return undefined;
  const { kind, special } = part ? descriptors(part) : { kind: AAC[0], special: undefined };
  if (MP3.includes(kind ?? 0)) return mp3;
  return AAC.includes(kind ?? 0) && (!special || ALIKE.includes(special)) ? "aac" : undefined;
}

/** @param {DataView | undefined} box */
const bytesOf = (box) => box && new Uint8Array(box.buffer, box.byteOffset, box.byteLength);

/** What Ogg begins with: the same, the other way round. @param {Uint8Array} box */
function opusHead(box) {
  const [, channels = 0, ...rest] = box;
  const [skip, rate, gain, mapping] = [rest.slice(0, 2), rest.slice(2, 6), rest.slice(6, 8), rest.slice(8)];
  return concat([new TextEncoder().encode("OpusHead"), Uint8Array.of(1, channels, ...skip.reverse(), ...rate.reverse(), ...gain.reverse(), ...mapping)]);
}

/** What an `esds` says: whose frames they are, and for AAC which kind of it. @param {Uint8Array} box */
function descriptors(box) {
  let [at, kind, special] = [4, 0, 0];
  while (at < box.length && !special) {
    const tag = box[at++];
    while ((box[at++] ?? 0) & 0x80);
    if (tag === ES) at += 3;
    else if (tag !== DECODER && tag !== SPECIFIC) break;
    if (tag === DECODER) [kind, at] = [box[at] ?? 0, at + 13];
    if (tag === SPECIFIC) special = (box[at] ?? 0) >> 3;
  }
  return { kind, special };
}
