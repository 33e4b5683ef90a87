// Reads a recording as it streams and tells how loud it is; nothing is decoded, and nothing but the peaks is kept.
import { AdtsLevels, isAdts } from "./adts-levels.js";
import { Levels } from "./levels.js";
import { Mp3Levels } from "./mp3-levels.js";
import { Mp4Levels } from "./mp4-levels.js";
import { WavLevels } from "./wav-levels.js";

const TELL_EACH_MS = 400;

/**
 * What reads a file, by its first bytes. Opus and Vorbis (Ogg, WebM) say nowhere how loud a packet is, short of decoding it: its length
 * tells how much there is to describe, which hiss has too. Of those the speakers' lanes are all that is shown.
 * @param {Uint8Array} head @param {Levels} levels
 */
function readerOf(head, levels) {
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (text.startsWith("RIFF") && text.endsWith("WAVE")) return new WavLevels(levels);
  if (text.slice(4, 8) === "ftyp") return new Mp4Levels(levels);
  if (isAdts(head)) return new AdtsLevels(levels);
  if (text.startsWith("ID3") || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return new Mp3Levels(levels);
  return undefined;
}

/** An address of this origin, or a file of this machine. @param {string | File} source */
async function streamOf(source) {
  if (typeof source !== "string") return source.stream();
  const { ok, body } = await fetch(source);
  return ok ? body : null;
}

/** @param {string | File} source */
async function read(source) {
  const reader = (await streamOf(source))?.getReader();
  if (!reader) return;
  const levels = new Levels();
  let toldAt = performance.now();
  /** @type {ReturnType<typeof readerOf>} */
  let file;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    file ??= readerOf(value, levels);
    if (!file) return void reader.cancel();
    file.push(value);
    if (performance.now() - toldAt > TELL_EACH_MS) {
      toldAt = performance.now();
      postMessage({ ...levels.peaks(), isDone: false });
    }
  }
  file?.end();
  postMessage({ ...levels.peaks(), isDone: true });
}

addEventListener("message", ({ data }) => {
  read(data)
    .catch(() => {})
    .finally(() => postMessage({ isDone: true }));
});
