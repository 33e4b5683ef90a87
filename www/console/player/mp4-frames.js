// Where the frames of a track of MP4 lie: in one table for all, or in a table before each fragment.
import { boxesOf } from "./mp4-boxes.js";

/** Place and length. @typedef {Generator<[number, number]>} Frames */

/** Those of the table. @param {import("./mp4-boxes.js").Track} track @returns {Frames} */
export function* frames(track) {
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

/** How long frames of a track are where a fragment says nothing else; nothing where there are no fragments. @param {Uint8Array} moov @param {number} id */
export function usualLength(moov, id) {
  for (const [name, box] of boxesOf(new DataView(moov.buffer, moov.byteOffset, moov.length))) {
    if (name === "trex" && box.getUint32(4) === id) return box.getUint32(16);
  }
  return undefined;
}

/** Those of a fragment that begins there. @param {Uint8Array} moof @param {number} begin @param {number} id @param {number} usual @returns {Frames} */
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

/** How many bytes the fields have that flags say are there, four each. @param {number} flags @param {number[]} ofFields */
const fieldBytes = (flags, ofFields) => 4 * ofFields.filter((flag) => flags & flag).length;

/** @param {DataView} box @param {number} begin @param {number} usual */
function headOf(box, begin, usual) {
  const flags = box.getUint32(0);
  const hasPlace = flags & 0x1;
  const lengthAt = (hasPlace ? 16 : 8) + fieldBytes(flags, [0x2, 0x8]);
  return { at: hasPlace ? Number(box.getBigUint64(8)) : begin, length: flags & 0x10 ? box.getUint32(lengthAt) : usual };
}

/**
 * Gives where it ends.
 * @param {DataView} box @param {number} from @param {{ at: number, length: number }} head @returns {Generator<[number, number], number>}
 */
function* run(box, from, head) {
  const flags = box.getUint32(0);
  const each = fieldBytes(flags, [0x100, 0x200, 0x400, 0x800]);
  let at = flags & 0x1 ? head.at + box.getInt32(8) : from;
  let lengthAt = 8 + fieldBytes(flags, [0x1, 0x4, 0x100]);
  for (let count = box.getUint32(4); count > 0; count -= 1, lengthAt += each) {
    const length = flags & 0x200 ? box.getUint32(lengthAt) : head.length;
    if (!length) return at;
    yield [at, length];
    at += length;
  }
  return at;
}
