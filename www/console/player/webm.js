// WebM and Matroska: elements in elements. Those that hold what is needed are entered, all others left out, so none is ever inside another here.
import { bits } from "./bits.js";

const [SEGMENT, CLUSTER, BLOCK_GROUP, TRACKS, TRACK, AUDIO] = [0x18538067, 0x1f43b675, 0xa0, 0x1654ae6b, 0xae, 0xe1];
const ENTERED = [SEGMENT, CLUSTER, BLOCK_GROUP, TRACKS, TRACK, AUDIO];
const [CLUSTER_TIME, SIMPLE_BLOCK, BLOCK, INFO, TIME_SCALE] = [0xe7, 0xa3, 0xa1, 0x1549a966, 0x2ad7b1];
const [NUMBER, KIND, CODEC, HEADS, RATE, CHANNELS, ENCODINGS] = [0xd7, 0x83, 0x86, 0x63a2, 0xb5, 0x9f, 0x6d80];
const SOUND = 2;
const TRACKS_MAX = 100;
const FIELD_MAX_BYTES = 16_000_000;
const CODECS = /** @type {Record<string, string>} */ ({ A_OPUS: "opus", A_VORBIS: "vorbis", A_FLAC: "flac", A_AAC: "mp4a.40.2", "A_MPEG/L3": "mp3" });

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** Its fields, by id. @typedef {Map<number, Uint8Array<ArrayBuffer>>} Track */

/** @param {Bytes} bytes @returns {Promise<import("./codecs.js").Sound | undefined>} */
export async function openWebm(bytes) {
  const tracks = /** @type {Track[]} */ ([]);
  let tickS = 1e-3;
  for (let element; (element = await elementOf(bytes)) && element.id !== CLUSTER;) {
    const { id, length } = element;
    if (id === TRACK) tracks.push(new Map());
    if (tracks.length > TRACKS_MAX) return undefined;
    if (id === INFO || ENTERED.includes(id)) continue;
    const isField = id === TIME_SCALE || [NUMBER, KIND, CODEC, HEADS, RATE, CHANNELS, ENCODINGS].includes(id);
    const value = isField && length <= FIELD_MAX_BYTES ? await bytes.take(length) : await bytes.skip(length);
    if (value && id === TIME_SCALE) tickS = numberOf(value) / 1e9;
    else if (value) tracks.at(-1)?.set(id, value);
  }
  const track = tracks.find((fields) => numberOf(fields.get(KIND)) === SOUND);
  const config = track && configOf(track);
  return config && { config, packets: packetsOf(bytes, numberOf(track.get(NUMBER)), tickS) };
}

/** @param {Track} track @returns {AudioDecoderConfig | undefined} */
function configOf(track) {
  const codec = CODECS[new TextDecoder().decode(track.get(CODEC)).replaceAll("\0", "")];
  if (!codec || track.has(ENCODINGS)) return undefined;
  const rate = track.get(RATE);
  const view = rate && new DataView(rate.buffer, rate.byteOffset, rate.length);
  const sampleRate = view?.byteLength === 8 ? view.getFloat64(0) : (view?.getFloat32(0) ?? 8000);
  const description = track.get(HEADS);
  return { codec, sampleRate, numberOfChannels: numberOf(track.get(CHANNELS)) || 1, ...(description && { description }) };
}

/** @param {Bytes} bytes @param {number} track @param {number} tickS @returns {AsyncGenerator<import("./codecs.js").Packet>} */
async function* packetsOf(bytes, track, tickS) {
  let tick = 0;
  for (let element; (element = await elementOf(bytes));) {
    const { id, length } = element;
    const end = bytes.place + length;
    if (id === CLUSTER_TIME && length <= 8) {
      tick = numberOf(await bytes.take(length));
    } else if (id === SIMPLE_BLOCK || id === BLOCK) {
      const isOurs = (await variable(bytes))?.value === track;
      const head = isOurs && (await bytes.take(3));
      const data = head && (await bytes.take(end - bytes.place));
      if (data) {
        const second = (tick + new DataView(head.buffer, head.byteOffset).getInt16(0)) * tickS;
        for (const lace of laced(data, (head[2] ?? 0) & 6)) yield { data: lace, second };
      }
      await bytes.skip(end - bytes.place);
    } else if (!ENTERED.includes(id)) {
      await bytes.skip(length);
    }
  }
}

/** The head of an element; one that does not say how long it is goes on for ever. @param {Bytes} bytes */
async function elementOf(bytes) {
  const id = await variable(bytes);
  const size = id && (await variable(bytes));
  return size && { id: id.marked, length: size.value };
}

/** A number that begins with how many bytes it has; `marked` is it with that. @param {Bytes} bytes */
async function variable(bytes) {
  const first = (await bytes.peek(1))?.[0];
  const read = first === undefined ? undefined : await bytes.take(lengthOf(first));
  return read && numbersOf(read);
}

/** @param {number} first */
const lengthOf = (first) => Math.min(8, Math.clz32(first) - 23);

/** @param {Uint8Array} bytes */
function numbersOf(bytes) {
  const value = bits(bytes, bytes.length, bytes.length * 7); // without its mark, with which eight bytes are more than a number holds
  return { marked: numberOf(bytes), value: value >= 2 ** (bytes.length * 7) - 1 ? Infinity : value };
}

/** @param {Uint8Array | undefined} bytes */
const numberOf = (bytes) => (bytes ? bits(bytes, 0, bytes.length * 8) : 0);

const [XIPH, FIXED] = [2, 4];

/** The packets of a block. @param {Uint8Array} data @param {number} how */
function laced(data, how) {
  if (!how) return [data];
  const count = data[0] ?? 0;
  let at = 1;
  let length = 0;
  const lengths = Array.from({ length: count }, (_, index) => {
    if (how === FIXED) return Math.floor((data.length - 1) / (count + 1));
    if (how === XIPH) {
      for (length = 0; data[at] === 255; at += 1) length += 255;
      return (length += data[at++] ?? 0);
    }
    const bytes = data.subarray(at, at + lengthOf(data[at] ?? 0x80));
    const { value } = numbersOf(bytes);
    at += bytes.length;
    length += index ? value - (2 ** (bytes.length * 7 - 1) - 1) : value;
    return length;
  });
  const packets = lengths.map((each) => data.subarray(at, (at += Math.max(0, each))));
  return [...packets, data.subarray(at)];
}
