// Words that the engine was not sure of: marked where somebody asks for it, and where the result says so at all.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { numberOf, objects } from "../insights/payload.js";
import { t } from "../texts/texts.js";
import { paint, rangeOf } from "./highlights.js";
import { placesOf } from "./turns.js";

const UNSURE_BELOW = 0.6;

const isOn = signal(false);

/** When each word begins that is said not to be sure, in milliseconds. @type {WeakMap<object, Set<number>>} */
const known = new WeakMap();

/** @param {import("./result.js").Data} data */
function startsOf(data) {
  const before = known.get(data);
  if (before) return before;
  const { words, utterances } = data.raw?.response ?? {};
  const all = [...objects(words), ...objects(utterances).flatMap(({ wordTimings }) => objects(wordTimings))];
  const unsure = all.filter(({ confidence, start }) => (numberOf(confidence) ?? 1) < UNSURE_BELOW && numberOf(start) !== undefined);
  const starts = new Set(unsure.map(({ start }) => Math.round(start * 1000)));
  known.set(data, starts);
  return starts;
}

/** The switch, where there is something to mark. @param {import("./result.js").Data} data @param {import("./open.js").Open} present */
export function unsureSwitch(data, present) {
  if (!startsOf(data).size) return nothing;
  const change = () => {
    isOn.value = !isOn.peek();
    mark(data, present);
  };
  return html`<button class="plain" aria-pressed=${String(isOn.value)} @click=${change}>${t.transcript.unsure}</button>`;
}

/** @param {import("./result.js").Data} data @param {import("./open.js").Open} present */
function mark(data, { turns, page }) {
  const starts = isOn.peek() ? startsOf(data) : new Set();
  const ranges = turns.flatMap((turn, row) => {
    const text = page.texts[row];
    const places = starts.size ? placesOf(turn) : [];
    return places.flatMap((place, index) => {
      const start = turn.segment.words[turn.first + index]?.start ?? -1;
      return place && text && starts.has(Math.round(start * 1000)) ? [rangeOf(text, ...place)] : [];
    });
  });
  paint("unsure", ranges);
}

export const forgetUnsure = () => void (isOn.value = false);
