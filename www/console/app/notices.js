// Short notices at the edge of the page, with something to undo where there is; and what is said to a screen reader alone.
import { signal } from "@preact/signals-core";

/** @typedef {{ id: number, text: string, act?: { label: string, run: () => void } }} Notice */

const SHOWN_MS = 8000;

/** What is shown, the oldest first. */
export const notices = signal(/** @type {Notice[]} */ ([]));

let lastId = 0;

/**
 * Shows a notice for a while.
 * @param {string} text
 * @param {{ label: string, run: () => void }} [act]
 */
export function notify(text, act) {
  const id = (lastId += 1);
  notices.value = [...notices.value.slice(-2), { id, text, ...(act ? { act } : {}) }];
  setTimeout(() => dismiss(id), SHOWN_MS);
  return id;
}

/** @param {number} id */
export const dismiss = (id) => (notices.value = notices.value.filter((notice) => notice.id !== id));

/** Says something to a screen reader: stages, never ticks. @param {string} text */
export function say(text) {
  const place = document.getElementById("said");
  if (place && place.textContent !== text) place.textContent = text;
}
