// The keys: one table is what they do and what the help says of them. Single letters can be switched off.
import { signal } from "@preact/signals-core";
import { keep, kept } from "./kept.js";
import { playerActs } from "../player/acts.js";
import { view } from "./views.js";

/**
 * What a key asks of the view that is open; its text stands under `t.keys` by the same name.
 * @typedef {{ act: string, keys: readonly string[] }} Key
 */

/** @type {readonly Key[]} */
export const KEYS = [
  { act: "play", keys: [" ", "k"] },
  { act: "back", keys: ["j"] },
  { act: "ahead", keys: ["l"] },
  { act: "backALittle", keys: ["ArrowLeft"] },
  { act: "aheadALittle", keys: ["ArrowRight"] },
  { act: "search", keys: ["/"] },
  { act: "next", keys: ["n"] },
  { act: "previous", keys: ["p"] },
  { act: "repeat", keys: ["r"] },
  { act: "follow", keys: ["f"] },
  { act: "export", keys: ["e"] },
  { act: "help", keys: ["?"] },
];

/** Whether single keys do something. */
export const areKeysOn = signal(/** @type {boolean} */ (kept("keys", true)));

/** @param {boolean} isOn */
export function switchKeys(isOn) {
  areKeysOn.value = isOn;
  keep("keys", isOn);
}

/** What a key does; `false` says that it was not for it. @typedef {() => unknown} Act */

/** What every view has. @type {Record<string, Act>} */
export const everywhere = { ...playerActs };

export function listenToKeys() {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !areKeysOn.peek()) return;
    if (isTaken(event)) return;
    const act = KEYS.find(({ keys }) => keys.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key))?.act;
    const run = act && (view.peek()?.acts?.[act] ?? everywhere[act]);
    if (run && run() !== false) event.preventDefault();
  });
}

/** Whether the key is meant for what has the focus: a field, a dialog, or a button that it presses. @param {KeyboardEvent} event */
function isTaken({ key, target }) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog")) return true;
  if (key === " ") return Boolean(target.closest("button, a, input, summary, audio"));
  return key.startsWith("Arrow") && Boolean(target.closest("[role=slider], [role=tablist], input"));
}
