// Follow: the row that is played stays in sight until somebody scrolls, searches or selects.
import { signal } from "@preact/signals-core";

export const isFollowing = signal(true);

const SCROLLING_KEYS = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"];

export const stopFollowing = () => void (isFollowing.value = false);

/** @type {Element | undefined} */
let last;

/** Brings the row that is played into sight. @param {HTMLElement | undefined} row */
export function follow(row) {
  if (!row || !isFollowing.peek() || row === last) return;
  last = row;
  show(row);
}

/** @param {HTMLElement} row */
export function show(row) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  row.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
}

/** Follows again, at once. @param {HTMLElement | undefined} row */
export function followAgain(row) {
  isFollowing.value = true;
  last = row;
  if (row) show(row);
}

addEventListener("wheel", stopFollowing, { passive: true });
addEventListener("touchmove", stopFollowing, { passive: true });
addEventListener("pointerdown", ({ clientX }) => clientX >= document.documentElement.clientWidth && stopFollowing()); // The scroll bar.
addEventListener("keydown", ({ key, target }) => {
  if (SCROLLING_KEYS.includes(key) && !(target instanceof Element && target.closest("[role=slider], input, select"))) stopFollowing();
});
document.addEventListener("selectionchange", () => {
  if (getSelection()?.isCollapsed === false) stopFollowing();
});
