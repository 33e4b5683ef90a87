// Who can do jobs, where the Worker has more than one to choose from.
import { signal } from "@preact/signals-core";
import { jobs } from "../app/server.js";

export const engines = signal(/** @type {import("ringcentral-ai").Engine[]} */ ([]));

/** Asks once; a Worker that does not say has one. */
export async function readEngines() {
  try {
    engines.value = await jobs().engines();
  } catch {
    engines.value = [];
  }
}

/** Whether an engine does a task. @param {string} name @param {string} task */
export function does(name, task) {
  const engine = engines.value.find(({ engine, isDefault }) => (name ? engine === name : isDefault));
  return !engine || task in engine.tasks;
}
