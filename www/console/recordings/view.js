// Home: what needs attention, and below it the recordings.
import { effect } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { copy, curl } from "../app/copy.js";
import { dayOf } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { problem } from "../app/problem.js";
import { filter } from "../app/route.js";
import { byRecording } from "../jobs/store.js";
import { t } from "../texts/texts.js";
import { attention } from "./attention.js";
import { chooseNone, chosen } from "./chosen.js";
import { filterBar } from "./filter-bar.js";
import { asked, filters, isFiltered, passes, span } from "./filters.js";
import { list, listed, more } from "./list.js";
import { order } from "./order.js";
import { row } from "./row.js";

/** Opens the view. */
export function open() {
  const stop = effect(() => list(asked.value));
  return { title: t.recordings.title, template, close: stop };
}

function template() {
  return html`${attention()}
    <header class="heading">
      <h1 tabindex="-1">${t.recordings.title}</h1>
      <button class="plain" @click=${pickFile}>${icon("upload")} ${t.recordings.useFile}</button>
      <input id="file" type="file" accept="audio/*,video/*" aria-label=${t.recordings.fileField} hidden @change=${fileChosen} />
    </header>
    ${filterBar()}
    ${failures()}
    ${recordings()} ${selection()}`;
}

/** What could not be read, said once where several sources fail alike. */
function failures() {
  const alike = Map.groupBy(listed.value.errors, ({ error }) => `${error.code} ${error.message}`);
  return [...alike.values()].map((errors) => {
    const about = html`<p>${t.recordings.without(errors.map(({ source }) => t.sources[source]))}</p>`;
    return problem(errors[0]?.error, { again, about });
  });
}

const again = () => list(asked.peek(), true);

function pickFile() {
  document.getElementById("file")?.click();
}

/** @param {Event & { target: any }} event */
function fileChosen({ target }) {
  const file = /** @type {HTMLInputElement} */ (target).files?.[0];
  if (file) order({ file });
  target.value = "";
}

function recordings() {
  const { recordings, isBusy, hasMore, errors } = listed.value;
  const analysed = byRecording.value;
  const shown = recordings.filter((recording) => passes(recording, filters.value, analysed.has(recording.id)));
  const isEmpty = !shown.length && !isBusy && !hasMore;
  return html`<section class="recordings" aria-label=${t.recordings.list} aria-busy=${String(isBusy)}>
    ${byDay(shown).map(
      ([day, those]) =>
        html`<h2 class="day">${day}</h2>
          <ul class="rows">
            ${repeat(
              those,
              ({ id }) => id,
              (recording) => row(recording, analysed.get(recording.id)),
            )}
          </ul>`,
    )}
    ${hasMore && !isBusy && !shown.length ? html`<p class="muted">${t.empty.noneYet(recordings.length)}</p>` : nothing}
    ${isBusy && !shown.length ? waiting() : nothing} ${isEmpty && !errors.length ? empty() : nothing}
    ${hasMore || (isBusy && shown.length) ? html`<p class="more"><button class="plain" ?disabled=${isBusy} @click=${more}>${isBusy ? t.loading : t.recordings.more}</button></p>` : nothing}
    <p class="more"><button class="quiet tiny" @click=${copyCalls}>${icon("terminal")} ${t.listAsCurl}</button></p>
  </section>`;
}

/** Copies the calls that the list comes of, one a source. */
function copyCalls() {
  const { sources, ...dates } = span(asked.peek());
  const calls = sources.map((source) => {
    const times = Object.entries(dates).map(([name, date]) => [name, date.toISOString()]);
    return curl("GET", `/v1/recordings?${new URLSearchParams([["source", source], ...times])}`);
  });
  copy(calls.join("\n"), t.curlCopied);
}

/** Rows in the place of those to come. */
const waiting = () =>
  html`<p class="unseen" role="status">${t.recordings.looking}</p>
    <ul class="rows ghosts" aria-hidden="true">
      ${[1, 2, 3, 4, 5].map(() => html`<li></li>`)}
    </ul>`;

function empty() {
  const isNarrow = isFiltered(filters.value);
  return html`<div class="empty">
    ${icon("search")}
    <p>${isNarrow ? t.empty.filtered : t.empty.noRecordings}</p>
    ${
      isNarrow
        ? html`<button class="plain" @click=${() => filter({ source: "", direction: "", length: "", state: "", text: "" })}>
            ${t.empty.clearFilters}
          </button>`
        : html`<button class="plain" @click=${() => filter({ days: "365", from: "", to: "" })}>${t.empty.lookFurther}</button>`
    }
  </div>`;
}

function selection() {
  const picked = chosen.value;
  if (!picked.length) return nothing;
  return html`<div class="bar" role="region" aria-label=${t.recordings.selection}>
    <b>${t.recordings.chosen(picked.length)}</b>
    <button class="quiet" @click=${chooseNone}>${t.recordings.chooseNone}</button>
    <button @click=${() => order({ recordings: picked })}>${t.order.begin(picked.length)}</button>
  </div>`;
}

/** @param {import("./list.js").Recording[]} those */
function byDay(those) {
  const days = /** @type {Map<string, import("./list.js").Recording[]>} */ (new Map());
  for (const recording of those) {
    const day = dayOf(recording.startedAt) || t.recordings.noDate;
    days.set(day, [...(days.get(day) ?? []), recording]);
  }
  return [...days];
}
