// How the Worker stands, for whoever may know it.
import { signal } from "@preact/signals-core";
import { ask } from "../app/server.js";

/**
 * @typedef {{ group: string, limit: number, windowS: number, taken: number, waiting: number, heldUntil?: string }} RateLimit
 * @typedef {{ version: string, at: string, jobs: Record<string, number>, oldest: Record<string, string>, waiting: number, inFlight: number,
 *   rejected: Record<string, number>, deadLetters: number, notices: Record<string, number>, pacer: Record<string, RateLimit[]>,
 *   submitToResult: { count: number, p50S?: number, p99S?: number }, via: Record<string, number> }} Stats
 */

/** The latest figures; undefined where they are not known, or not for this token. */
export const stats = signal(/** @type {Stats | undefined} */ (undefined));
/** Why they are not known. */
export const statsError = signal(/** @type {any} */ (undefined));

export async function readStats() {
  try {
    stats.value = await (await ask("GET", "/v1/stats")).json();
    statsError.value = undefined;
  } catch (error) {
    statsError.value = error;
  }
}

export function forgetStats() {
  stats.value = undefined;
  statsError.value = undefined;
}
