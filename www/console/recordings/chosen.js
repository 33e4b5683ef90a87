// Which recordings are chosen.
import { computed, signal } from "@preact/signals-core";
import { listed } from "./list.js";

const ids = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** The recordings that are chosen and listed. */
export const chosen = computed(() => listed.value.recordings.filter(({ id }) => ids.value.has(id)));

/** @param {string} id */
export const isChosen = (id) => ids.value.has(id);

/** @param {readonly string[]} which @param {boolean} isWanted */
export function choose(which, isWanted) {
  const next = new Set(ids.peek());
  for (const id of which) isWanted ? next.add(id) : next.delete(id);
  ids.value = next;
}

export const chooseNone = () => (ids.value = new Set());
