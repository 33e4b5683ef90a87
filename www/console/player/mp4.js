// MP4 and QuickTime. Where the frames of its sound lie is told in a table (`moov`). It may come after them: then it is fetched first, and
// the stream goes on, so that nothing but the table is kept, however long the film is.
import { boxOf, soundTrack } from "./mp4-boxes.js";
import { formOf } from "./mp4-codecs.js";
import { fragmentFrames, frames, usualLength } from "./mp4-frames.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** The same bytes from a place on, once more; nothing where they are not to be had so. @typedef {(from: number) => Promise<Bytes | undefined>} Behind */
/** @typedef {{ track: import("./mp4-boxes.js").Track, moov: Uint8Array }} Table */
/** Frames that need not be decoded. @typedef {{ config: undefined, frameSeconds: number, packets: AsyncGenerator<import("./codecs.js").Packet> }} Scaled */

/**
 * Its sound, as packets for a decoder or, if it is AAC, as frames that say themselves how loud they are.
 * @param {Bytes} bytes @param {Behind} behind
 * @returns {Promise<import("./codecs.js").Sound | Scaled | undefined>}
 */
export async function openMp4(bytes, behind) {
  const table = await tableOf(bytes, behind);
  const form = table && formOf(table.track);
  if (!form) return undefined;
  return { ...form, packets: packetsOf(bytes, table) };
}

/** @param {Bytes} bytes @param {Behind} [behind] @returns {Promise<Table | undefined>} */
async function tableOf(bytes, behind) {
  for (let box; (box = await boxOf(bytes));) {
    const { name, end } = box;
    if (name === "moov") {
      const moov = await bytes.take(end - bytes.place);
      const track = moov && soundTrack(moov);
      return track && { track, moov };
    }
    if (name === "mdat") {
      const rest = Number.isFinite(end) ? await behind?.(end) : undefined;
      const table = rest && (await tableOf(rest));
      rest?.cancel();
      return table;
    }
    await bytes.skip(end - bytes.place);
  }
  return undefined;
}

/** @param {Bytes} bytes @param {Table} table */
async function* packetsOf(bytes, { track, moov }) {
  yield* taken(bytes, frames(track));
  const head = track.get("tkhd");
  const id = head?.getUint32(head.getUint8(0) === 1 ? 20 : 12) ?? 0;
  const usual = usualLength(moov, id);
  let pending = /** @type {import("./mp4-frames.js").Frames | undefined} */ (undefined);
  for (let box; usual !== undefined && (box = await boxOf(bytes));) {
    if (box.name === "moof") {
      const moof = await bytes.take(box.end - bytes.place);
      pending = moof && fragmentFrames(moof, box.begin, id, usual);
    } else if (box.name === "mdat" && pending) {
      yield* taken(bytes, pending);
      pending = undefined;
    }
    await bytes.skip(box.end - bytes.place);
  }
}

/** @param {Bytes} bytes @param {import("./mp4-frames.js").Frames} frames */
async function* taken(bytes, frames) {
  for (const [at, length] of frames) {
    if (at < bytes.place) throw new RangeError("frames out of order");
    await bytes.skip(at - bytes.place);
    const data = await bytes.take(length);
    if (!data) return;
    yield { data };
  }
}
