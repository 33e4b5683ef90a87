// The page's elements: found by id, made with text that is never read as markup, and times as people read them.

/** The element with that id. */
export const at = (id) => document.getElementById(id);

/** A new element with properties and children. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Shows some elements and hides others: `{id: isShown}`. */
export function show(shown) {
  for (const [id, isShown] of Object.entries(shown)) at(id).hidden = !isShown;
}

/** A span of seconds as `1:05`, with hours where there are some. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

const MEGABYTES = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** How many megabytes that is, rounded up to a tenth. */
export const megabytes = (bytes) => MEGABYTES.format(Math.ceil(bytes / 100_000) / 10);

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

export const dateOf = (iso) => (iso ? DATE.format(new Date(iso)) : "");

export const timeOf = (iso) => (iso ? TIME.format(new Date(iso)) : "");
