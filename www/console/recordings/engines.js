// Who can do jobs, where the Worker has more than one to choose from.
import { signal } from "@preact/signals-core";
import { ask } from "../app/server.js";

/** @typedef {{ engine: string, isDefault?: boolean, tasks?: Record<string, unknown> }} Engine */

export const engines = signal(/** @type {Engine[]} */ ([]));

/** Asks once; a Worker that does not say has one. */
export async function readEngines() {
  try {
    const { items } = await (await ask("GET", "/v1/engines")).json();
    if (Array.isArray(items)) engines.value = items.filter(({ engine }) => typeof engine === "string");
  } catch {
    engines.value = [];
  }
}

/** Whether an engine does a task. @param {string} name @param {string} task */
export function does(name, task) {
  const engine = engines.value.find(({ engine, isDefault }) => (name ? engine === name : isDefault));
  return !engine?.tasks || task in engine.tasks;
}
