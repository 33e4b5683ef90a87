// What the recordings are filtered by: all of it stands in the address.
import { computed, signal } from "@preact/signals-core";
import { keep, kept } from "../app/kept.js";
import { route } from "../app/route.js";

/**
 * @typedef {import("ringcentral-ai").Source} Source
 * @typedef {{ source: string, days: string, from: string, to: string, direction: string, length: string, state: string, text: string }} Filters
 * @typedef {{ name: string, query: string }} SavedView
 */

export const SOURCES = /** @type {const} */ (["calls", "meetings", "voicemail"]);
export const DAYS = ["1", "7", "30", "90", "365"];
/** Shortest length in seconds. */
export const LENGTHS = ["30", "60", "300", "900"];
const USUAL_DAYS = "7";
const DAY_MS = 86_400_000;

/** @param {URLSearchParams} query @returns {Filters} */
function of(query) {
  const one = (/** @type {string} */ name, /** @type {readonly string[]} */ values) => {
    const given = query.get(name) ?? "";
    return values.includes(given) ? given : "";
  };
  const day = (/** @type {string} */ name) => (/^\d{4}-\d\d-\d\d$/.test(query.get(name) ?? "") ? /** @type {string} */ (query.get(name)) : "");
  const [from, to] = [day("from"), day("to")];
  return {
    source: one("source", SOURCES),
    days: from || to ? "" : one("days", DAYS) || USUAL_DAYS,
    from,
    to,
    direction: one("direction", ["Inbound", "Outbound"]),
    length: one("length", LENGTHS),
    state: one("state", ["new", "done"]),
    text: query.get("text") ?? "",
  };
}

/** The filters of the address. */
export const filters = computed(() => of(route.value.query));

/** Whether anything is filtered by that leaves recordings out. @param {Filters} given */
export const isFiltered = ({ source, direction, length, state, text }) => Boolean(source || direction || length || state || text);

/** What of the filters the lists are asked with; a change of the others asks nothing anew. */
export const asked = computed(() => {
  const { source, days, from, to } = filters.value;
  return JSON.stringify({ sources: source ? [source] : SOURCES, days, from, to });
});

/** @param {string} text what `asked` gave */
export function span(text) {
  const { sources, days, from, to } = JSON.parse(text);
  const dateFrom = from ? new Date(`${from}T00:00`) : new Date(days ? Date.now() - Number(days) * DAY_MS : 0);
  const end = new Date(`${to}T00:00`);
  end.setDate(end.getDate() + 1); // a day has 23 or 25 hours where the clocks change
  return { sources: /** @type {Source[]} */ (sources), dateFrom, ...(to ? { dateTo: end } : {}) };
}

/**
 * Whether a recording is to be shown.
 * @param {import("ringcentral-ai").Recording} recording
 * @param {Filters} given
 * @param {boolean} isAnalysed
 */
export function passes(recording, { direction, length, state, text }, isAnalysed) {
  const { from, to, durationS } = recording;
  const names = [from?.name, from?.phoneNumber, to?.name, to?.phoneNumber].filter(Boolean).join(" ").toLocaleLowerCase();
  return (
    (!direction || recording.direction === direction) &&
    (!length || (durationS ?? 0) >= Number(length)) &&
    (!state || (state === "done") === isAnalysed) &&
    (!text || names.includes(text.toLocaleLowerCase()))
  );
}

/** The views that somebody has saved in this browser. */
export const savedViews = signal(/** @type {SavedView[]} */ (kept("views", [])));

/** @param {string} name */
export function saveView(name) {
  const view = { name, query: route.peek().query.toString() };
  set([...savedViews.peek().filter((other) => other.name !== name), view]);
}

/** @param {string} name */
export const forgetView = (name) => set(savedViews.peek().filter((other) => other.name !== name));

/** @param {SavedView[]} views */
function set(views) {
  keep("views", views);
  savedViews.value = views;
}
