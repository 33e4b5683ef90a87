// One figure of several jobs in the order of time, as a chart of one's own; the table above has the same figures.
import { signal } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { dateOf } from "../app/formats.js";
import { select } from "../app/select.js";
import { t } from "../texts/texts.js";
import { COMPARED, valueOf } from "./measures.js";

const chosen = signal("pace");
const WIDTH = 1000;
const HEIGHT = 160;
const EDGE = 20;

/** @param {{ at: string, name: string, data: import("../transcript/result.js").Data }[]} jobs */
export function overTime(jobs) {
  const measure = COMPARED.find(({ name }) => name === chosen.value) ?? COMPARED[0];
  if (jobs.length < 2 || !measure) return nothing;
  const points = jobs
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .flatMap(({ at, name, data }) => {
      const value = valueOf(measure, data);
      return value === undefined ? [] : [{ at, name, value }];
    });
  const most = Math.max(...points.map(({ value }) => value)) || 1;
  const x = (/** @type {number} */ index) => EDGE + (points.length > 1 ? (index / (points.length - 1)) * (WIDTH - 2 * EDGE) : WIDTH / 2);
  const y = (/** @type {number} */ value) => HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE);
  return html`<section class="card group">
    <header class="heading">
      <h2>${t.compare.overTime}</h2>
      ${select({ label: t.compare.measure, value: measure.name, options: COMPARED.map(({ name }) => [name, t.compare.measures[name]]), isSet: false, change: (value) => (chosen.value = value) })}
    </header>
    <svg
      class="trend"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label=${t.compare.trend(t.compare.measures[measure.name], points.map(({ at, value }) => `${dateOf(at)}: ${measure.write(value)}`).join("; "))}
    >
      ${svg`<line class="base" x1=${EDGE} x2=${WIDTH - EDGE} y1=${y(0)} y2=${y(0)} />
        <polyline points=${points.map(({ value }, index) => `${x(index)},${y(value)}`).join(" ")} />`}
      ${points.length > 1 ? [day(points.at(0), EDGE, "start"), day(points.at(-1), WIDTH - EDGE, "end")] : nothing}
      ${points.map(({ name, at, value }, index) => {
        const said = measure.write(value);
        return svg`<circle cx=${x(index)} cy=${y(value)} r="6"><title>${`${name}, ${dateOf(at)}: ${said}`}</title></circle>
          <text x=${x(index)} y=${y(value) - 10} text-anchor="middle">${said}</text>`;
      })}
    </svg>
  </section>`;
}

/** When a point is. @param {{ at: string } | undefined} point @param {number} x @param {string} anchor */
const day = (point, x, anchor) => svg`<text class="day-of" x=${x} y=${HEIGHT - 3} text-anchor=${anchor}>${dateOf(point?.at)}</text>`;
