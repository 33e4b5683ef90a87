// Moments that are marked on the waveform: places found, or those behind a number.
import { signal } from "@preact/signals-core";

/** In seconds. */
export const marks = signal(/** @type {readonly number[]} */ ([]));
