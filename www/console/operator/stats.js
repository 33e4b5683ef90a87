// How the Worker stands, for whoever may know it.
import { signal } from "@preact/signals-core";
import { jobs } from "../app/server.js";

/** @typedef {import("ringcentral-ai").Stats} Stats */

/** The latest figures; undefined where they are not known, or not for this token. */
export const stats = signal(/** @type {Stats | undefined} */ (undefined));
/** Why they are not known. */
export const statsError = signal(/** @type {any} */ (undefined));

export async function readStats() {
  try {
    stats.value = await jobs().stats();
    statsError.value = undefined;
  } catch (error) {
    statsError.value = error;
  }
}

export function forgetStats() {
  stats.value = undefined;
  statsError.value = undefined;
}
