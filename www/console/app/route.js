// The address: which view is open, and what it is filtered by. What a reload or a link must bring back is in it.
import { signal } from "@preact/signals-core";

/** @typedef {{ path: string[], query: URLSearchParams }} Route */

/** @returns {Route} */
function read() {
  // What does not begin so is no place: a token, or nothing.
  const place = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
  const [path = "", query = ""] = place.split("?");
  return { path: path.split("/").filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where the page is. */
export const route = signal(read());

addEventListener("hashchange", () => (route.value = read()));

/**
 * The address of a place; filters that are empty are left out.
 * @param {string[]} path
 * @param {Record<string, string | undefined>} [query]
 */
export function address(path, query = {}) {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const filters = given.length ? `?${new URLSearchParams(given)}` : "";
  return `#/${path.map(encodeURIComponent).join("/")}${filters}`;
}

/**
 * Goes to a place; `replaces` leaves no trace of the one before.
 * @param {string} href
 * @param {{ replaces?: boolean }} [how]
 */
export function goTo(href, { replaces = false } = {}) {
  if (replaces) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  route.value = read();
}

/**
 * Changes filters of the place that is open.
 * @param {Record<string, string | undefined>} changes
 */
export function filter(changes) {
  const { path, query } = route.value;
  const kept = { ...Object.fromEntries(query), ...changes };
  const isHome = path.length === 0 && !Object.values(kept).some(Boolean);
  goTo(isHome ? location.pathname + location.search : address(path, kept), { replaces: true });
}
