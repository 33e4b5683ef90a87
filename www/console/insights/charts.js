// Charts of one's own in SVG; each has a table with the same figures.
import { html, svg } from "lit-html";
import { clock, count, percent } from "../app/formats.js";
import { seek } from "../player/player.js";
import { t } from "../texts/texts.js";
import { by } from "./moments.js";

/** @typedef {import("./moments.js").Who} Who */

const WIDTH = 1000;
const LANE = 22;

/** @param {unknown} drawing @param {readonly string[]} heads @param {readonly (readonly unknown[])[]} rows */
const withTable = (drawing, heads, rows) =>
  html`${drawing}
    <details class="as-table">
      <summary>${t.insights.asTable}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${t.insights.asTable}>
        <table>
          <thead>
            <tr>
              ${heads.map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;

/** How the speech is shared. @param {import("./measures.js").Talk[]} talk @param {Who} who */
export const shares = (talk, who) =>
  html`<ul class="shares">
    ${talk.map(
      ({ speaker, seconds, share }) =>
        html`<li data-voice=${who(speaker).index}>
          ${by({ start: 0, text: "", speaker }, who)}<span class="number">${percent(share)} <small class="muted">${clock(seconds)}</small></span>
          <svg class="share" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">
            ${svg`<rect class="track" width=${WIDTH} height="10" /><rect class="voice" width=${share * WIDTH} height="10" />`}
          </svg>
        </li>`,
    )}
  </ul>`;

/** Who speaks when: a lane each. @param {readonly import("./payload.js").Moment[]} spans @param {import("./measures.js").Talk[]} talk @param {number} durationS @param {Who} who */
export function timeline(spans, talk, durationS, who) {
  const lanes = new Map(talk.map(({ speaker }, index) => [speaker, index]));
  const x = (/** @type {number} */ seconds) => (durationS ? (seconds / durationS) * WIDTH : 0);
  const height = Math.max(1, talk.length) * LANE;
  const drawing = html`<div class="timeline">
    <div class="names">${talk.map(({ speaker }) => html`<span>${by({ start: 0, text: "", speaker }, who)}</span>`)}</div>
    ${overTime(t.insights.whoWhen, height, durationS, [
      talk.map((_, index) => svg`<rect class="track" y=${index * LANE + 3} width=${WIDTH} height=${LANE - 6} />`),
      spans.map(({ speaker, start, end = start }) => {
        const [top, width] = [(lanes.get(speaker) ?? 0) * LANE + 3, Math.max(1.5, x(end) - x(start))];
        return svg`<rect class="voice" data-voice=${who(speaker).index} x=${x(start)} y=${top} width=${width} height=${LANE - 6} />`;
      }),
    ])}
  </div>`;
  const rows = spans.slice(0, 500).map(({ speaker, start, end = start }) => [who(speaker).name, clock(start), clock(end)]);
  return withTable(drawing, [t.insights.speaker, t.insights.from, t.insights.to], rows);
}

/** What lies over time, on which a click goes to its moment. @param {string} name @param {number} height @param {number} durationS @param {unknown} shapes */
const overTime = (name, height, durationS, shapes) =>
  html`<svg
      class="chart"
      viewBox="0 0 ${WIDTH} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${name}
      @click=${(/** @type {any} */ event) => seek(timeOf(event, durationS))}
    >
      ${shapes}
    </svg>
    ${scale(durationS)}`;

/** @param {number} durationS */
const scale = (durationS) => html`<p class="scale muted"><span>0:00</span><span>${clock(durationS / 2)}</span><span>${clock(durationS)}</span></p>`;

/** @param {MouseEvent & { currentTarget: any }} event @param {number} durationS */
function timeOf({ clientX, currentTarget }, durationS) {
  const { left, width } = currentTarget.getBoundingClientRect();
  return ((clientX - left) / width) * durationS;
}

/** Words a minute over time. @param {import("./measures.js").PaceBin[]} pace @param {number} durationS */
export function paceChart(pace, durationS) {
  const most = Math.max(1, ...pace.map(({ wordsPerMinute }) => wordsPerMinute));
  const height = 120;
  const each = WIDTH / pace.length;
  const drawing = html`<div class="pace">
    ${overTime(
      t.insights.pace,
      height,
      durationS,
      pace.map(({ wordsPerMinute }, index) => {
        const tall = (wordsPerMinute / most) * height;
        return svg`<rect class="bin" x=${index * each + each * 0.1} y=${height - tall} width=${each * 0.8} height=${tall} />`;
      }),
    )}
    <p class="muted"><small>${t.insights.highest(count(Math.round(most)))}</small></p>
  </div>`;
  return withTable(
    drawing,
    [t.insights.from, t.insights.wordsPerMinute],
    pace.map(({ from, wordsPerMinute }) => [clock(from), count(Math.round(wordsPerMinute))]),
  );
}
