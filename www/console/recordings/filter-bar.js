// The filters above the list, and the views that are saved.
import { html, nothing } from "lit-html";
import { icon } from "../app/icons.js";
import { filter, route } from "../app/route.js";
import { select } from "../app/select.js";
import { t } from "../texts/texts.js";
import { DAYS, LENGTHS, SOURCES, filters, forgetView, isFiltered, saveView, savedViews } from "./filters.js";

/** Views that everybody has: their names in the texts, and what they are filtered by. */
const USUAL = /** @type {const} */ ([
  ["all", ""],
  ["fresh", "state=new"],
  ["long", "length=300&days=30"],
]);

/** @typedef {readonly (readonly [string, string])[]} Choices */

/** @type {Choices} */
const sources = SOURCES.map((source) => [source, t.sources[source]]);
/** @type {Choices} */
const lengths = LENGTHS.map((seconds) => [seconds, t.filters.atLeast(Number(seconds))]);
/** @type {Choices} */
const directions = [
  ["Inbound", t.kinds.inbound],
  ["Outbound", t.kinds.outbound],
];
/** @type {Choices} */
const states = [
  ["new", t.filters.fresh],
  ["done", t.filters.done],
];

/** Other days than the last ones. */
const OWN = "own";

export function filterBar() {
  const present = route.value.query.toString();
  return html`<div class="views" role="group" aria-label=${t.filters.views}>
      ${USUAL.map(([name, query]) => view(t.filters.usual[name], query, present))}
      ${savedViews.value.map(({ name, query }) => html`<span class="saved">${view(name, query, present)}${dropView(name, query, present)}</span>`)}
      ${saving(present)}
    </div>
    <form class="filters" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label class="search">
        <span class="unseen">${t.filters.text}</span>${icon("search")}
        <input type="search" name="text" placeholder=${t.filters.text} .value=${filters.value.text} @input=${typed} />
      </label>
      <div class="selects">
        ${choice("source", sources, t.filters.anySource)} ${span()} ${choice("direction", directions, t.filters.anyDirection)}
        ${choice("length", lengths, t.filters.anyLength)} ${choice("state", states, t.filters.anyState)}
      </div>
    </form>`;
}

/** @param {string} name @param {string} query @param {string} present */
function view(name, query, present) {
  const isHere = sorted(query) === sorted(present);
  return html`<a class="chip" href=${query ? `#/?${query}` : "#/"} aria-current=${isHere ? "true" : nothing}>${name}</a>`;
}

/** @param {string} query */
const sorted = (query) => [...new URLSearchParams(query)].map(String).sort().join("&");

/** @param {string} name @param {string} query @param {string} present */
const dropView = (name, query, present) =>
  sorted(query) === sorted(present)
    ? html`<button class="quiet tiny" aria-label=${t.filters.forget(name)} @click=${() => forgetView(name)}>${icon("close")}</button>`
    : nothing;

/** A view that is worth saving, and is not yet. @param {string} present */
function saving(present) {
  const known = [...USUAL.map(([, query]) => query), ...savedViews.value.map(({ query }) => query)].map(sorted);
  if (known.includes(sorted(present)) || !(isFiltered(filters.value) || present)) return nothing;
  return html`<button class="chip" popovertarget="save-view">${icon("add")} ${t.filters.save}</button>
    <form id="save-view" class="popover" popover @submit=${save}>
      <label>${t.filters.nameOfView} <input name="name" required maxlength="40" autocomplete="off" /></label>
      <button>${t.filters.save}</button>
    </form>`;
}

/** @param {SubmitEvent & { target: any }} event */
function save(event) {
  event.preventDefault();
  saveView(String(new FormData(event.target).get("name")).trim());
  event.target.hidePopover();
}

/** @param {keyof import("./filters.js").Filters} name @param {readonly (readonly [string, string])[]} options @param {string} none */
const choice = (name, options, none) =>
  select({ label: t.filters[name], value: filters.value[name], options, none, change: (value) => filter({ [name]: value }) });

/** The last days, or from one day to another. */
function span() {
  const { days, from, to } = filters.value;
  const options = DAYS.map((number) => /** @type {const} */ ([number, t.filters.lastDays(Number(number))]));
  const change = (/** @type {string} */ value) => filter(value === OWN ? { days: "", from: today() } : { days: value, from: "", to: "" });
  return html`${select({ label: t.filters.days, value: days || OWN, options: [...options, [OWN, t.filters.ownDays]], change })}
  ${
    days
      ? nothing
      : html`<label class="date">${t.filters.from} <input type="date" name="from" .value=${from} @change=${changed} /></label>
          <label class="date">${t.filters.to} <input type="date" name="to" .value=${to} @change=${changed} /></label>`
  }`;
}

const today = () => new Date().toLocaleDateString("sv"); // Swedish days are ISO 8601.

/** Browsers let an address be changed only so often. */
const TYPING_MS = 150;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;

/** @param {Event & { target: any }} event */
function typed({ target }) {
  clearTimeout(typing);
  typing = setTimeout(() => filter({ text: target.value }), TYPING_MS);
}

/** @param {Event & { target: any }} event */
const changed = ({ target }) => filter({ [target.name]: target.value });
