// Where the frames of a track of MP4 lie: in one table for all, or in a table before each fragment.
import { boxesOf } from "./mp4-boxes.js";

/** Place and length in bytes, and how long it is by the track's clock. @typedef {Generator<[number, number, number]>} Frames */
/** What holds where a fragment says nothing else. @typedef {{ ticks: number, length: number }} Usual */

/** Those of the table. @param {import("./mp4-boxes.js").Track} track @returns {Frames} */
export function* frames(track) {
  const [sizes, chunks, places] = [track.get("stsz"), track.get("stsc"), track.get("stco") ?? track.get("co64")];
  if (!sizes || !chunks || !places) return;
  const times = track.get("stts");
  const ticks = times && times.byteLength >= 16 ? times.getUint32(12) : 0;
  const isLong = !track.has("stco");
  const usual = sizes.getUint32(4);
  const all = sizes.getUint32(8);
  for (let chunk = 0, entry = 0, frame = 0; chunk < places.getUint32(4); chunk += 1) {
    while (entry + 1 < chunks.getUint32(4) && chunks.getUint32(8 + (entry + 1) * 12) <= chunk + 1) entry += 1;
    let at = isLong ? Number(places.getBigUint64(8 + chunk * 8)) : places.getUint32(8 + chunk * 4);
    for (let count = chunks.getUint32(12 + entry * 12); count > 0 && frame < all; count -= 1, frame += 1) {
      const length = usual || sizes.getUint32(12 + frame * 4);
      yield [at, length, ticks];
      at += length;
    }
  }
}

/** What all fragments of a track have, where there may be some. @param {Uint8Array} moov @param {number} id @returns {Usual | undefined} */
export function usualOf(moov, id) {
  for (const [name, box] of boxesOf(new DataView(moov.buffer, moov.byteOffset, moov.length))) {
    if (name === "trex" && box.getUint32(4) === id) return { ticks: box.getUint32(12), length: box.getUint32(16) };
  }
  return undefined;
}

/** Those of a fragment that begins there. @param {Uint8Array} moof @param {number} begin @param {number} id @param {Usual} usual @returns {Frames} */
export function* fragmentFrames(moof, begin, id, usual) {
  /** @type {ReturnType<typeof headOf> | undefined} */
  let head;
  let at = 0;
  for (const [name, box] of boxesOf(new DataView(moof.buffer, moof.byteOffset, moof.length))) {
    if (name === "traf") head = undefined;
    if (name === "tfhd" && box.getUint32(4) === id) at = (head = headOf(box, begin, usual)).at;
    if (name === "trun" && head) at = yield* run(box, at, head);
  }
}

/**
 * A field of four bytes that is there if a flag is, or what else holds.
 * @param {DataView} box @param {{ at: number }} place @param {boolean} isThere @param {number} otherwise
 */
function field(box, place, isThere, otherwise) {
  if (!isThere) return otherwise;
  place.at += 4;
  return box.getUint32(place.at - 4);
}

/** @param {DataView} box @param {number} begin @param {Usual} usual */
function headOf(box, begin, usual) {
  const flags = box.getUint32(0);
  const place = { at: flags & 1 ? 16 : 8 };
  field(box, place, Boolean(flags & 2), 0);
  const ticks = field(box, place, Boolean(flags & 8), usual.ticks);
  const length = field(box, place, Boolean(flags & 16), usual.length);
  return { at: flags & 1 ? Number(box.getBigUint64(8)) : begin, ticks, length };
}

/**
 * Gives where it ends.
 * @param {DataView} box @param {number} from @param {{ at: number } & Usual} head @returns {Generator<[number, number, number], number>}
 */
function* run(box, from, head) {
  const flags = box.getUint32(0);
  let at = flags & 1 ? head.at + box.getInt32(8) : from;
  const place = { at: 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0) };
  for (let count = box.getUint32(4); count > 0; count -= 1) {
    const ticks = field(box, place, Boolean(flags & 0x100), head.ticks);
    const length = field(box, place, Boolean(flags & 0x200), head.length);
    field(box, place, Boolean(flags & 0x400), 0);
    field(box, place, Boolean(flags & 0x800), 0);
    if (!length) return at;
    yield [at, length, ticks];
    at += length;
  }
  return at;
}
