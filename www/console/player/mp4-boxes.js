// The boxes of MP4, and what they say of the first track of sound.

/** Where it is. @typedef {{ name: string, begin: number, end: number }} Box */
/** The boxes of a track, by name. @typedef {Map<string, DataView>} Track */

/** Boxes that hold boxes. They are entered, all others left out, so none is ever inside another here. */
const ENTERED = ["moov", "trak", "mdia", "minf", "stbl", "mvex", "traf", "wave"];
const TRACKS_MAX = 100;

/** @param {DataView} view @param {number} at */
export const nameAt = (view, at) => (at + 4 <= view.byteLength ? String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place))) : "");

/** The head of the next box of a file. @param {import("./bytes.js").Bytes} bytes @returns {Promise<Box | undefined>} */
export async function boxOf(bytes) {
  const from = bytes.place;
  const head = await bytes.take(8);
  if (!head) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, 8);
  let length = view.getUint32(0) || Infinity;
  if (length === 1) {
    const long = await bytes.take(8);
    length = long ? Number(new DataView(long.buffer, long.byteOffset).getBigUint64(0)) : 0;
  }
  return from + length >= bytes.place ? { name: nameAt(view, 4), begin: from, end: from + length } : undefined;
}

/** The boxes of some bytes, one after another. @param {DataView} view @param {number} [from] @returns {Generator<[string, DataView]>} */
export function* boxesOf(view, from = 0) {
  for (let at = from; at + 8 <= view.byteLength;) {
    const isLong = view.getUint32(at) === 1 && at + 16 <= view.byteLength;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : view.getUint32(at) || view.byteLength - at;
    const begin = at + (isLong ? 16 : 8);
    const name = nameAt(view, at + 4);
    if (at + length < begin || at + length > view.byteLength) return;
    yield [name, new DataView(view.buffer, view.byteOffset + begin, at + length - begin)];
    at = ENTERED.includes(name) ? begin : at + length;
  }
}

/** The first track of sound. @param {Uint8Array} moov @returns {Track | undefined} */
export function soundTrack(moov) {
  const tracks = /** @type {Track[]} */ ([]);
  for (const [name, box] of boxesOf(new DataView(moov.buffer, moov.byteOffset, moov.length))) {
    if (name === "trak") tracks.push(new Map());
    if (tracks.length > TRACKS_MAX) return undefined;
    const track = tracks.at(-1);
    if (!track?.has(name)) track?.set(name, box); // QuickTime has a second `hdlr`
  }
  return tracks.find((boxes) => {
    const kind = boxes.get("hdlr");
    return kind && nameAt(kind, 8) === "soun";
  });
}
