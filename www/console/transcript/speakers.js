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
const failure = signal(/** @type {any} */ (undefined));

/** @param {import("../jobs/store.js").JobFacts} job @param {import("./open.js").Open} present */
export function speakersPanel(job, { voices, hasMedia }) {
  const named = [...voices.values()].filter(({ id }) => id !== undefined);
  if (!named.length) return nothing;
  const shares = new Map(loaded.value.data?.transcript.talkTime().map(({ speaker, seconds, share }) => [speaker, { seconds, share }]));
  return html`<aside class="card speakers" aria-label=${t.transcript.speakers}>
    <h2>${t.transcript.speakers}</h2>
    ${problem(failure.value)}
    <ul>
      ${named.map((voice) => speaker(job, voice, shares.get(voice.id), hasMedia))}
    </ul>
  </aside>`;
}

/** @param {import("../jobs/store.js").JobFacts} job @param {import("./voices.js").Voice} voice @param {{ seconds: number, share: number } | undefined} talk @param {boolean} hasMedia */
function speaker(job, { id = "", index, shape, name }, talk, hasMedia) {
  const rename = async (/** @type {any} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = String(new FormData(form).get("name")).trim();
    form.hidePopover();
    failure.value = undefined;
    await patch(job.id, { speakers: { [id]: given || null } }).catch((error) => (failure.value = heeded(error)));
  };
  const popover = `name-speaker-${index}`;
  return html`<li data-voice=${index}>
    <span class="who"><span class="shape" aria-hidden="true">${shape}</span> <b>${name}</b></span>
    <button class="quiet tiny" popovertarget=${popover} aria-label=${t.transcript.rename(name)}>${icon("edit")}</button>
    <small class="muted">${talk ? t.transcript.talks(clock(talk.seconds), percent(talk.share)) : ""}</small>
    ${hasMedia ? html`<span class="samples">${samplesOf(id).map((start) => html`<button class="quiet tiny" aria-label=${t.transcript.sample(name, clock(start))} @click=${() => play(start)}>▶ ${clock(start)}</button>`)}</span>` : nothing}
    <form id=${popover} class="popover" popover @submit=${rename}>
      <label>${t.transcript.nameOf(name)} <input name="name" maxlength="200" autocomplete="off" .value=${job.speakers?.[id] ?? ""} placeholder=${name} /></label>
      <small class="muted">${t.transcript.namedOnce}</small>
      <button>${t.jobs.save}</button>
    </form>
  </li>`;
}

/** Where somebody speaks longest: there one hears who it is. @param {string} id */
function samplesOf(id) {
  const own = (loaded.peek().data?.segments ?? []).filter(({ speaker }) => speaker === id);
  const longest = own.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, SAMPLES);
  return longest.map(({ start }) => start).sort((a, b) => a - b);
}
