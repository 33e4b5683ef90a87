// Moments that can be played: the lines behind a number.
import { html, nothing } from "lit-html";
import { clock } from "../app/formats.js";
import { play } from "../player/player.js";
import { t } from "../texts/texts.js";

const SHOWN = 100;

/** @typedef {import("./payload.js").Moment} Moment */
/** @typedef {(speaker: string | undefined) => { name: string, shape: string, index: number }} Who */

/** @param {readonly Moment[]} moments @param {Who} who */
export const momentList = (moments, who) =>
  html`<ol class="moments">
      ${moments.slice(0, SHOWN).map((moment) => html`<li>${playButton(moment)} ${by(moment, who)} <span>${moment.text}</span></li>`)}
    </ol>
    ${moments.length > SHOWN ? html`<p class="muted">${t.insights.more(moments.length - SHOWN)}</p>` : nothing}`;

/** @param {Moment} moment */
export const playButton = ({ start }) =>
  html`<button class="quiet tiny" aria-label=${t.transcript.playFrom(clock(start))} @click=${() => play(start)}>▶ ${clock(start)}</button>`;

/** @param {Moment} moment @param {Who} who */
export function by({ speaker }, who) {
  if (speaker === undefined) return nothing;
  const { name, shape, index } = who(speaker);
  return html`<span class="who" data-voice=${index}><span class="shape" aria-hidden="true">${shape}</span> ${name}</span>`;
}

/**
 * A number with what it is; where there are moments, it opens them.
 * @param {{ value: string, name: string, means: string, moments?: readonly Moment[] | undefined, who: Who }} figure
 */
export function figure({ value, name, means, moments = [], who }) {
  const head = html`<b class="number">${value}</b><span class="name">${name}</span><small class="muted">${means}</small>`;
  return moments.length
    ? html`<details class="card figure">
        <summary>${head}</summary>
        ${momentList(moments, who)}
      </details>`
    : html`<div class="card figure"><div>${head}</div></div>`;
}
