// Times, spans and sizes as people read them.

/** A span of seconds as `1:05`, with hours where there are some. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

const MEGABYTES = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** How many megabytes that is, rounded up to a tenth. @param {number} bytes */
export const megabytes = (bytes) => MEGABYTES.format(Math.ceil(bytes / 100_000) / 10);

const COUNT = new Intl.NumberFormat(undefined);
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const TENTH = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** @param {number} number */
export const count = (number) => COUNT.format(number);
/** @param {number} part */
export const percent = (part) => PERCENT.format(part);
/** @param {number} number */
export const tenth = (number) => TENTH.format(number);

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const HOUR = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const SECOND = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** Formats what is a time, and nothing else. @param {Intl.DateTimeFormat} format */
const by = (format) => (/** @type {string | undefined} */ iso) => {
  const time = new Date(iso ?? "");
  return Number.isNaN(time.valueOf()) ? "" : format.format(time);
};

export const dateOf = by(DATE);
export const hourOf = by(HOUR);
export const secondOf = by(SECOND);

/** A time that is to come, with its day where that is not today. @param {string | undefined} iso */
export function nextOf(iso) {
  const isToday = iso && new Date(iso).toDateString() === new Date().toDateString();
  return by(isToday ? SECOND : DATE)(iso);
}

/** @param {string | undefined} iso */
export function dayOf(iso) {
  const isThisYear = iso && new Date(iso).getFullYear() === new Date().getFullYear();
  return by(isThisYear ? DAY : DAY_AND_YEAR)(iso);
}

const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago that was, in the largest unit of which there is one. @param {string | undefined} iso @param {number} [nowMs] */
export function ago(iso, nowMs = Date.now()) {
  const seconds = (Date.parse(iso ?? "") - nowMs) / 1000;
  if (Number.isNaN(seconds)) return "";
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return RELATIVE.format(Math.round(seconds / length), unit);
}
