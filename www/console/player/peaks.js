// How loud a recording is over time: computed once by a worker of this origin while the media streams through it, and kept with the job.
import { signal } from "@preact/signals-core";
import { keepAmong, keptAmong } from "../app/kept.js";

/** `values` from 0 to 255, evenly over so many `seconds`. @typedef {{ values: Uint8Array, seconds: number }} Peaks */

/** Those of what is played. */
export const peaks = signal(/** @type {Peaks | undefined} */ (undefined));

/** @type {Worker | undefined} */
let worker;

/** Finds the peaks of a job's media. @param {string} id @param {string | File} source */
export function findPeaks(id, source) {
  stopPeaks();
  const kept = read(keptAmong("peaks", id));
  if (kept) return void (peaks.value = kept);
  worker = new Worker(new URL("./peaks-worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    const has = data.values?.length > 0;
    if (has) peaks.value = { values: data.values, seconds: data.seconds };
    if (!data.isDone) return;
    if (has) keepAmong("peaks", id, write(data), 100);
    worker?.terminate();
  };
  worker.postMessage(typeof source === "string" ? new URL(source, location.href).href : source);
}

export function stopPeaks() {
  worker?.terminate();
  worker = undefined;
  peaks.value = undefined;
}

/** @param {Peaks} given */
const write = ({ values, seconds }) => ({ seconds, text: btoa(String.fromCharCode(...values)) });

/** @param {any} kept @returns {Peaks | undefined} */
function read(kept) {
  if (typeof kept?.text !== "string" || !kept.text) return undefined;
  return { seconds: Number(kept.seconds), values: Uint8Array.from(atob(kept.text), (letter) => letter.charCodeAt(0)) };
}
