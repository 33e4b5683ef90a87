// The transcript of a job: what can be done with it, its speakers, its words.
import { html, nothing } from "lit-html";
import { clock } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { address } from "../app/route.js";
import { isPlaying, play, second, time } from "../player/player.js";
import { t } from "../texts/texts.js";
import { copyDialog, exportDialog, openExport, openCopy } from "./export-dialog.js";
import { followAgain, isFollowing, stopFollowing } from "./follow.js";
import { textAt } from "./highlights.js";
import { opened, presentTurn, repeatTurn } from "./open.js";
import { askWho, whoDialog } from "./reassign.js";
import { at, hasSearched, hits, query, search, step, stopSearch, toHit } from "./search.js";
import { speakersPanel } from "./speakers.js";
import { placesOf, turnAt } from "./turns.js";
import { unsureSwitch } from "./unsure.js";

export { begin, end } from "./open.js";

function focusSearch() {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".tools input[type=search]"));
  if (!field) return false;
  field.scrollIntoView({ block: "nearest" });
  return field.select();
}

/** What the keys do while a job is open. @type {Record<string, import("../app/keys.js").Act>} */
export const acts = {
  search: focusSearch,
  next: () => step(1),
  previous: () => step(-1),
  repeat: repeatTurn,
  follow: () => (isFollowing.peek() ? stopFollowing() : followNow()),
  export: openExport,
};

function followNow() {
  const present = opened.peek();
  followAgain(present?.page.rows[turnAt(present.turns, time.peek())]);
}

/** @param {import("../jobs/store.js").JobFacts} job @param {import("./result.js").Data} data */
export function transcriptTab(job, data) {
  const present = opened.value;
  if (!data.segments) return noWords(job, t.empty.noWords);
  if (!data.segments.length) return noWords(job, t.empty.nobody, true);
  if (present?.id !== job.id) return html`<p class="muted" role="status">${t.loading}</p>`;
  return html`<div class="transcript">
    <div class="tools" role="search">
      ${searchField()}
      <div class="acts">
        ${unsureSwitch(data, present)}
        ${present.voices.has(undefined) ? nothing : html`<button class="plain" @click=${() => askWho(presentTurn()?.segment)}>${icon("edit")} <span>${t.transcript.whoSaysNow}</span></button>`}
        <button class="plain" @click=${openCopy}>${icon("copy")} <span>${t.transcript.copy}</span></button>
        <button class="plain" @click=${openExport}>${icon("export")} <span>${t.transcript.export}</span></button>
        <button class="plain" @click=${() => print()}>${icon("print")} <span>${t.transcript.print}</span></button>
      </div>
    </div>
    ${speakersPanel(job, present)}
    <section class="said-all" aria-label=${t.jobs.transcript} @click=${clicked}>${present.page.root}</section>
    ${present.hasMedia ? backTo() : html`<p class="muted">${t.transcript.noMedia}</p>`} ${exportDialog(job, data)} ${copyDialog(job, data)} ${whoDialog(job, present.voices)}
  </div>`;
}

/** @param {import("../jobs/store.js").JobFacts} job @param {string} why @param {boolean} [canListen] */
function noWords(job, why, canListen = false) {
  const present = opened.value?.id === job.id ? opened.value : undefined;
  return html`<div class="empty">
    ${icon("voicemail")}
    <p>${why}</p>
    ${
      canListen && present?.hasMedia
        ? html`<button class="plain" @click=${() => play()}>${icon("play")} ${t.empty.listen}</button>`
        : html`<a class="button plain" href=${address(["jobs", job.id], { tab: "details" })}>${t.empty.toDetails}</a>`
    }
  </div>`;
}

function searchField() {
  const all = hits.value;
  return html`<div class="find">
    <label class="search"
      ><span class="unseen">${t.transcript.search}</span>${icon("search")}
      <input
        type="search"
        placeholder=${t.transcript.search}
        .value=${query.value}
        @input=${(/** @type {any} */ { target }) => search(target.value)}
        @keydown=${searchKey}
      />
    </label>
    ${
      hasSearched.value
        ? html`<span class="found" role="status">${all.length ? t.transcript.hit(at.value + 1, all.length) : t.transcript.noHit}</span>
            <button class="quiet" aria-label=${t.keys.previous} ?disabled=${!all.length} @click=${() => step(-1)}>↑</button>
            <button class="quiet" aria-label=${t.keys.next} ?disabled=${!all.length} @click=${() => step(1)}>↓</button>`
        : nothing
    }
  </div>`;
}

/** @param {KeyboardEvent & { target: any }} event */
function searchKey({ key, shiftKey, target }) {
  if (key === "Enter") {
    step(shiftKey ? -1 : 1);
    toHit();
  }
  if (key === "Escape") {
    stopSearch();
    target.blur();
  }
}

function backTo() {
  if (isFollowing.value || !isPlaying.value) return nothing;
  return html`<button class="back-to" @click=${followNow}>${icon("follow")} ${t.transcript.backTo(clock(second.value))}</button>`;
}

/** A click on a time plays its row, one on a word that word; a selection plays nothing. @param {MouseEvent & { target: any }} event */
function clicked({ target, clientX, clientY }) {
  const present = opened.peek();
  const row = /** @type {Element} */ (target).closest("li");
  const turn = row && present?.turns[Number(row.dataset.row)];
  if (!turn || !present || getSelection()?.isCollapsed === false) return;
  if (target.closest(".who")) return askWho(turn.segment);
  const start = target.closest(".at")
    ? turn.start
    : target.closest(".said")
      ? wordUnder(turn, present.page.texts[Number(row.dataset.row)], clientX, clientY)
      : undefined;
  if (start === undefined) return;
  if (!present.hasMedia) return;
  isFollowing.value = true;
  play(start);
}

/** @param {import("./turns.js").Turn} turn @param {Text | undefined} text @param {number} x @param {number} y */
function wordUnder(turn, text, x, y) {
  const place = textAt(x, y);
  if (!place || place.node !== text) return undefined;
  const index = placesOf(turn).findIndex((span) => span && span[0] <= place.offset && place.offset <= span[1]);
  return turn.segment.words[turn.first + index]?.start;
}
