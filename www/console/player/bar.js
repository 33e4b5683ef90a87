// The player at the bottom of the page: what is played, where it is, and the waveform.
import { html, nothing } from "lit-html";
import { clock } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { select } from "../app/select.js";
import { place, view } from "../app/views.js";
import { address } from "../app/route.js";
import { t } from "../texts/texts.js";
import { durationS, failure, isPlaying, isWaiting, loop, media, rate, second, setRate, skip, toggle, closeMedia } from "./player.js";
import { waveform } from "./waveform.js";

/** How fast it may be played. @type {readonly (readonly [string, string])[]} */
const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2].map((speed) => [String(speed), `${speed} ×`]);

export function playerBar() {
  const given = media.value;
  if (!given) return nothing;
  return html`<section class="player" aria-label=${t.player.title}>
    ${waveform(given)}
    <div class="controls">
      <button class="quiet" aria-label=${t.keys.back} title=${t.keys.back} @click=${() => skip(-10)}>${icon("back")}</button>
      <button class="play" aria-label=${isPlaying.value ? t.player.pause : t.player.play} aria-busy=${String(isWaiting.value)} @click=${toggle}>
        ${icon(isPlaying.value ? "pause" : "play")}
      </button>
      <button class="quiet" aria-label=${t.keys.ahead} title=${t.keys.ahead} @click=${() => skip(10)}>${icon("ahead")}</button>
      <span class="clock"><time>${clock(second.value)}</time> <span class="muted">/ ${clock(durationS.value)}</span></span>
      ${view.value?.acts?.repeat ? repeatButton(view.value.acts.repeat) : nothing} ${speed()} ${place.value === "job" ? nothing : elsewhere(given)}
      ${failure.value ? html`<span class="failed" role="alert">${failure.value === "network" ? t.player.network : t.player.unplayable}</span>` : nothing}
    </div>
  </section>`;
}

/** @param {() => void} repeat */
const repeatButton = (repeat) =>
  html`<button class="quiet" aria-label=${t.player.repeat} title=${t.keys.repeat} aria-pressed=${String(Boolean(loop.value))} @click=${repeat}>
    ${icon("repeat")}
  </button>`;

const speed = () =>
  select({ label: t.player.speed, value: String(rate.value), options: RATES, isSet: false, change: (value) => setRate(Number(value)) });

/** What is played, where its job is not what is shown. @param {import("./player.js").Media} media */
const elsewhere = ({ id, name }) =>
  html`<a href=${address(["jobs", id])}>${name}</a> <button class="quiet" aria-label=${t.close} @click=${closeMedia}>${icon("close")}</button>`;
