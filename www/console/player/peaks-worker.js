// Reads a recording as it streams and tells how loud it is; nothing but the peaks is kept.
import { Bytes } from "./bytes.js";
import { Levels } from "./levels.js";
import { readLevels } from "./media-levels.js";

const TELL_EACH_MS = 400;

/** A place in an address of this origin, or in a file of this machine; nothing where it is not given. @param {string | File} source @param {number} from */
async function bytesFrom(source, from) {
  if (typeof source !== "string") return new Bytes(source.slice(from).stream());
  const { status, body } = await fetch(source, { cache: "no-store", headers: from ? { range: `bytes=${from}-` } : {} });
  if (body && status === (from ? 206 : 200)) return new Bytes(body);
  await body?.cancel();
  return undefined;
}

/** @param {string | File} source */
async function read(source) {
  const bytes = await bytesFrom(source, 0);
  if (!bytes) return;
  const levels = new Levels();
  const tell = (isDone = false) => postMessage({ ...levels.peaks(), isDone });
  const timer = setInterval(tell, TELL_EACH_MS);
  try {
    const hasLevels = await readLevels(bytes, (from) => bytesFrom(source, from), levels);
    if (hasLevels) tell(true);
  } finally {
    clearInterval(timer);
    bytes.cancel();
  }
}

addEventListener("message", ({ data }) => {
  read(data)
    .catch(() => {})
    .finally(() => postMessage({ isDone: true }));
});
