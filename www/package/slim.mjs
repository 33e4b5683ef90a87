// For whoever loads the core in a way of their own.
import { loadFrom, ready } from "./run.mjs";

/** Loads the core from its address, response, bytes or module; only the first one that works counts. */
export function init(module) {
  loadFrom(() => module);
  return ready();
}

export * from "./api.mjs";
