// What the engine found: summaries, topics, phrases, and what shows of each speaker, each line with its moment where there is one.
import { html, nothing } from "lit-html";
import { count, tenth } from "../app/formats.js";
import { t } from "../texts/texts.js";
import { by, figure, momentList, playButton } from "./moments.js";
import { numberOf, objects, textOf } from "./payload.js";

/** @typedef {import("./moments.js").Who} Who */
/** @typedef {import("./payload.js").Moment} Moment */

/** Lines of these are words that are looked for in the transcript. */
const WORDS = ["KeyPhrases", "Topics", "Keywords"];

/** @param {string} name */
export const titleOf = (name) => /** @type {Record<string, string>} */ (t.insightNames)[name] ?? name.replace(/([a-z])([A-Z])/g, "$1 $2");

/** @param {import("./payload.js").Group} group @param {import("../transcript/result.js").Data} data @param {Who} who */
export function conversationGroup({ name, values }, data, who) {
  const lines = values.filter((value) => saidOf(value));
  if (!lines.length) return nothing;
  const body = WORDS.includes(name) ? lines.map((value) => phrase(value, data, who)) : lines.map((value) => line(value, who));
  return html`<section class="card group">
    <h2>${titleOf(name)}</h2>
    ${
      WORDS.includes(name)
        ? html`<div class="phrases">${body}</div>`
        : html`<ul class="lines">
            ${body}
          </ul>`
    }
  </section>`;
}

/** @param {any} value */
const saidOf = ({ value, text, question }) => textOf(value) || textOf(text) || textOf(question);

/** @param {any} value @param {Who} who */
function line(value, who) {
  const start = numberOf(value.start);
  const speaker = textOf(value.speakerId) || undefined;
  return html`<li>
    ${start === undefined ? nothing : playButton({ start, text: "" })} ${by({ start: 0, text: "", speaker }, who)} <span>${saidOf(value)}</span>
  </li>`;
}

/** A phrase opens the places where it is said. @param {any} value @param {import("../transcript/result.js").Data} data @param {Who} who */
function phrase(value, data, who) {
  const said = saidOf(value);
  const moments = data.segments
    ? data.transcript.search(said).map(({ start, end, segment, speaker }) => ({ start, end, text: segment.text, speaker }))
    : [];
  const own = numberOf(value.start);
  const all =
    moments.length || own === undefined
      ? moments
      : [{ start: own, end: numberOf(value.end), text: "", speaker: textOf(value.speakerId) || undefined }];
  if (!all.length) return html`<span class="chip">${said}</span>`;
  return html`<details>
    <summary class="chip">${said} <small class="muted">${count(all.length)}</small></summary>
    ${momentList(all, who)}
  </details>`;
}

/** One figure for each speaker. @param {import("./payload.js").Group} group @param {Who} who */
export const speakerGroup = ({ name, values }, who) =>
  html`<section class="group">
    <h2>${titleOf(name)}</h2>
    <div class="figures">${values.map((value) => speakerFigure(name, value, who))}</div>
  </section>`;

/** @param {string} name @param {any} entry @param {Who} who */
function speakerFigure(name, entry, who) {
  const speaker = textOf(entry.speakerId) || undefined;
  const number = numberOf(entry.wpm) ?? numberOf(entry.value);
  const value = number === undefined ? textOf(entry.value) || "–" : tenth(number);
  const questions = (Array.isArray(entry.questions) ? entry.questions : []).flatMap((/** @type {any} */ question) =>
    typeof question === "string" ? [{ text: question }] : objects([question]),
  );
  const moments = questions.flatMap((/** @type {any} */ question) =>
    numberOf(question.start) === undefined ? [] : [{ start: question.start, end: numberOf(question.end), text: saidOf(question), speaker }],
  );
  const bare = questions.filter((/** @type {any} */ question) => numberOf(question.start) === undefined && saidOf(question));
  const means = /** @type {Record<string, string>} */ (t.insights.means)[name] ?? t.insights.byEngine;
  return html`<div>
    ${figure({ value, name: speaker === undefined ? titleOf(name) : who(speaker).name, means, moments, who })}${
      bare.length
        ? html`<ul class="lines">
            ${bare.map((/** @type {any} */ question) => html`<li>${saidOf(question)}</li>`)}
          </ul>`
        : nothing
    }
  </div>`;
}
