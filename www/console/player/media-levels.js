// Finds out what a recording is and has it read: what says itself how loud it is as it is, all else by the browser's decoders.
import { aacLevel } from "./aac-level.js";
import { AdtsLevels, isAdts } from "./adts-levels.js";
import { decodeLevels, isDecoded } from "./decoded-levels.js";
import { openFlac } from "./flac.js";
import { Mp3Levels } from "./mp3-levels.js";
import { openMp4 } from "./mp4.js";
import { openOgg } from "./ogg.js";
import { WavLevels } from "./wav-levels.js";
import { openWebm } from "./webm.js";

const HEAD_BYTES = 12;

/**
 * Whether there are levels; they are added as they come.
 * @param {import("./bytes.js").Bytes} bytes @param {import("./mp4.js").Behind} behind @param {import("./levels.js").Levels} levels
 */
export async function readLevels(bytes, behind, levels) {
  const head = await bytes.peek(HEAD_BYTES);
  const Reader = head && readerOf(head);
  if (Reader) return readPieces(bytes, new Reader(levels));
  const sound = head && (await soundOf(head, bytes, behind));
  if (!sound) return false;
  if (!sound.config) {
    for await (const { data } of sound.packets) levels.add(aacLevel(data), sound.frameSeconds);
  } else {
    if (!(await isDecoded(sound.config))) return false;
    await decodeLevels(sound, levels);
  }
  return true;
}

/** @param {Uint8Array} head */
const textOf = (head) => String.fromCharCode(...head);

/** What reads a file whose bytes say how loud they are, by its first ones. @param {Uint8Array} head */
function readerOf(head) {
  const text = textOf(head);
  if (text.startsWith("RIFF") && text.endsWith("WAVE")) return WavLevels;
  if (isAdts(head)) return AdtsLevels;
  if (text.startsWith("ID3") || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return Mp3Levels;
  return undefined;
}

/** @param {import("./bytes.js").Bytes} bytes @param {{ push: (piece: Uint8Array) => void }} reader */
async function readPieces(bytes, reader) {
  for (let piece; (piece = await bytes.piece());) reader.push(piece);
  return true;
}

/** What a container holds, by its first bytes. @param {Uint8Array} head @param {import("./bytes.js").Bytes} bytes @param {import("./mp4.js").Behind} behind */
function soundOf(head, bytes, behind) {
  const text = textOf(head);
  if (text.startsWith("OggS")) return openOgg(bytes);
  if (text.startsWith("\x1a\x45\xdf\xa3")) return openWebm(bytes);
  if (text.startsWith("fLaC")) return openFlac(bytes);
  return ["ftyp", "moov", "mdat", "wide"].includes(text.slice(4, 8)) ? openMp4(bytes, behind) : undefined;
}
