// MP4 with AAC: each frame begins with how far its samples are scaled (`global_gain`), so none is decoded. Where the frames lie is told in
// a table that may come last, so the file is kept, up to a size, until it is whole. A longer one, which is a film, has no levels: to read
// its table first would take ranges of it, each of them a slot of RingCentral's rate limit.
import { aacLevel } from "./aac-level.js";

const KEPT_MAX_BYTES = 160_000_000;
/** Boxes that hold boxes. */
const PARENTS = ["moov", "trak", "mdia", "minf", "stbl"];

/** @typedef {Map<string, DataView>} Track */

export class Mp4Levels {
  /** @type {Uint8Array[]} */
  #pieces = [];
  #length = 0;
  #levels;

  /** @param {import("./levels.js").Levels} levels */
  constructor(levels) {
    this.#levels = levels;
  }

  /** @param {Uint8Array} piece */
  push(piece) {
    this.#length += piece.length;
    if (this.#length <= KEPT_MAX_BYTES) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  /** It is whole. */
  end() {
    if (this.#length > KEPT_MAX_BYTES) return;
    const bytes = new Uint8Array(this.#length);
    this.#pieces.reduce((at, piece) => (bytes.set(piece, at), at + piece.length), 0);
    const track = tracksOf(bytes).find(isAac);
    if (!track) return;
    const seconds = frameSeconds(track);
    for (const [at, length] of frames(track)) {
      if (at + length <= bytes.length) this.#levels.add(aacLevel(bytes.subarray(at, at + length)), seconds);
    }
  }
}

/** @param {DataView} view @param {number} at */
const nameAt = (view, at) => (at + 4 <= view.byteLength ? String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place))) : "");

/** Whether a track is sound in AAC: what else may be in MP4, as Opus, tells no level. @param {Track} boxes */
function isAac(boxes) {
  const [kind, entry] = [boxes.get("hdlr"), boxes.get("stsd")];
  return kind && entry && nameAt(kind, 8) === "soun" && nameAt(entry, 12) === "mp4a";
}

/** The boxes of each track, by name. @param {Uint8Array} bytes */
function tracksOf(bytes) {
  const tracks = /** @type {Track[]} */ ([]);
  /** @param {number} from @param {number} to */
  const read = (from, to) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = from; at + 8 <= to;) {
      const isLong = view.getUint32(at) === 1 && at + 16 <= to;
      const length = isLong ? Number(view.getBigUint64(at + 8)) : view.getUint32(at) || to - at;
      const name = nameAt(view, at + 4);
      const begin = at + (isLong ? 16 : 8);
      const end = at + length;
      if (length < 8 || end > to) return;
      if (name === "trak") tracks.push(new Map());
      if (PARENTS.includes(name)) read(begin, end);
      else tracks.at(-1)?.set(name, new DataView(bytes.buffer, bytes.byteOffset + begin, end - begin));
      at = end;
    }
  };
  read(0, bytes.length);
  return tracks;
}

/** How long a frame is: the first entry of the table of times, by the track's clock. @param {Track} track */
function frameSeconds(track) {
  const [head, times] = [track.get("mdhd"), track.get("stts")];
  const rate = head?.getUint32(head.getUint8(0) === 1 ? 20 : 12);
  return rate && times && times.byteLength >= 16 ? times.getUint32(12) / rate : 0;
}

/** Where each frame lies: place and length. @param {Track} track @returns {Generator<[number, number]>} */
function* frames(track) {
  const [sizes, chunks, places] = [track.get("stsz"), track.get("stsc"), track.get("stco") ?? track.get("co64")];
  if (!sizes || !chunks || !places) return;
  const isLong = !track.has("stco");
  const usual = sizes.getUint32(4);
  const all = sizes.getUint32(8);
  for (let chunk = 0, entry = 0, frame = 0; chunk < places.getUint32(4); chunk += 1) {
    while (entry + 1 < chunks.getUint32(4) && chunks.getUint32(8 + (entry + 1) * 12) <= chunk + 1) entry += 1;
    let at = isLong ? Number(places.getBigUint64(8 + chunk * 8)) : places.getUint32(8 + chunk * 4);
    for (let count = chunks.getUint32(12 + entry * 12); count > 0 && frame < all; count -= 1, frame += 1) {
      const length = usual || sizes.getUint32(12 + frame * 4);
      yield [at, length];
      at += length;
    }
  }
}
