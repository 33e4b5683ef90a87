// The speakers: their names, given once for everything including exports, how long they speak, and moments to hear them.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { clock, percent } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { problem } from "../app/problem.js";
import { heeded } from "../app/server.js";
import { patch } from "../jobs/acts.js";
import { play } from "../player/player.js";
import { t } from "../texts/texts.js";
import { loaded } from "./result.js";

const SAMPLES = 3;
/** Where they stand beside the words, and not before them. */
const BESIDE = "(min-width: 1101px)";
const failure = signal(/** @type {any} */ (undefined));

/** @typedef {import("../jobs/store.js").JobFacts} JobFacts */
/** @typedef {import("./voices.js").Voice} Voice */

/** @param {JobFacts} job @param {import("./open.js").Open} present */
export function speakersPanel(job, { voices, hasMedia }) {
  const people = [...new Set(voices.values())].filter(({ ids: [id] }) => id !== undefined);
  if (!people.length) return nothing;
  const talk = loaded.value.data?.transcript.talkTime() ?? [];
  return html`<aside class="card speakers" aria-label=${t.transcript.speakers}>
    <details ?open=${matchMedia(BESIDE).matches}>
      <summary><h2>${t.transcript.speakers}</h2> <span class="muted">${people.length}</span></summary>
      ${problem(failure.value)}
      <ul>
        ${people.map((voice) =>
          person(
            job,
            voice,
            people,
            talk.filter(({ speaker }) => voice.ids.includes(speaker)),
            hasMedia,
          ),
        )}
      </ul>
    </details>
  </aside>`;
}

/** @param {JobFacts} job @param {Voice} voice @param {Voice[]} people @param {{ seconds: number, share: number }[]} talk @param {boolean} hasMedia */
function person(job, voice, people, talk, hasMedia) {
  const { ids, index, shape, name } = voice;
  const [seconds, share] = talk.reduce(([seconds, share], each) => [seconds + each.seconds, share + each.share], [0, 0]);
  return html`<li data-voice=${index}>
    <span class="who"><span class="shape" aria-hidden="true">${shape}</span> <b>${name}</b></span>
    <button class="quiet tiny" popovertarget=${`speaker-${people.indexOf(voice)}`} aria-label=${t.transcript.rename(name)}>${icon("edit")}</button>
    <small class="muted">${t.transcript.talks(clock(seconds), percent(share))}</small>
    ${hasMedia ? html`<span class="samples">${samplesOf(ids).map((start) => sample(name, start))}</span>` : nothing} ${naming(job, voice, people)}
  </li>`;
}

/** @param {string} name @param {number} start */
const sample = (name, start) =>
  html`<button class="quiet tiny" aria-label=${t.transcript.sample(name, clock(start))} @click=${() => play(start)}>▶ ${clock(start)}</button>`;

/** @param {JobFacts} job @param {Voice} voice @param {Voice[]} people */
function naming(job, voice, people) {
  const { ids, name } = voice;
  const others = people.filter((other) => other !== voice);
  return html`<form
    id=${`speaker-${people.indexOf(voice)}`}
    class="popover"
    popover
    @submit=${(/** @type {any} */ event) => rename(event, job, voice, people)}
  >
    <label
      >${t.transcript.nameOf(name)}
      <input name="name" maxlength="200" autocomplete="off" .value=${job.speakers?.[ids[0] ?? ""] ?? ""} placeholder=${name}
    /></label>
    <small class="muted">${t.transcript.namedOnce}</small>
    ${
      others.length
        ? html`<label
            >${t.transcript.sameAs}
            <select name="same">
              <option value="">${t.transcript.nobodyElse}</option>
              ${others.map((other) => html`<option value=${people.indexOf(other)}>${other.name}</option>`)}
            </select></label
          >`
        : nothing
    }
    ${ids.length > 1 ? html`<button type="button" class="plain" @click=${(/** @type {any} */ event) => apart(event, job, ids)}>${t.transcript.apart(ids.length)}</button>` : nothing}
    <button>${t.jobs.save}</button>
  </form>`;
}

/** @param {SubmitEvent & { currentTarget: any }} event @param {JobFacts} job @param {Voice} voice @param {Voice[]} people */
function rename(event, job, voice, people) {
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  event.currentTarget.hidePopover();
  const same = people.find((_, place) => String(place) === form.get("same"));
  const name = same?.name ?? (String(form.get("name")).trim() || null);
  give(
    job,
    [...voice.ids, ...(same?.ids ?? [])].map((id) => [id, name]),
  );
}

/** Takes the names away from all but the first. @param {MouseEvent & { currentTarget: any }} event @param {JobFacts} job @param {(string | undefined)[]} ids */
function apart(event, job, ids) {
  event.currentTarget.closest("form").hidePopover();
  give(
    job,
    ids.slice(1).map((id) => [id, null]),
  );
}

/** @param {JobFacts} job @param {(string | undefined | null)[][]} names */
async function give(job, names) {
  failure.value = undefined;
  await patch(job.id, { speakers: Object.fromEntries(names) }).catch((error) => (failure.value = heeded(error)));
}

/** Where somebody speaks longest: there one hears who it is. @param {(string | undefined)[]} ids */
function samplesOf(ids) {
  const own = (loaded.peek().data?.segments ?? []).filter(({ speaker }) => ids.includes(speaker));
  const longest = own.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, SAMPLES);
  return longest.map(({ start }) => start).sort((a, b) => a - b);
}
