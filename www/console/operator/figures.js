// The Worker's own figures: jobs by state with the age of the oldest, rate limits, how long results take, what was turned away.
import { html, nothing } from "lit-html";
import { ago, clock, count, secondOf } from "../app/formats.js";
import { t } from "../texts/texts.js";

/** @typedef {import("./stats.js").Stats} Stats */

/** @param {Stats} stats */
export function figuresSection({ jobs, oldest, waiting, inFlight, submitToResult, via, notices, rejected, pacer, at, version }) {
  const { operator } = t;
  return html`<section class="figures" aria-label=${operator.states}>
      ${Object.entries(jobs ?? {}).map(([state, number]) => {
        const name = /** @type {Record<string, string>} */ (operator.stateNames)[state] ?? state;
        const since = /** @type {Record<string, string | undefined>} */ (oldest ?? {})[state];
        return card(count(number), name, since ? operator.oldest(ago(since, Date.parse(at))) : "");
      })}
    </section>
    <section class="figures" aria-label=${operator.now}>
      ${card(count(inFlight ?? 0), operator.inFlight, operator.inFlightMeans)} ${card(count(waiting ?? 0), operator.waiting, operator.waitingMeans)}
      ${submitToResult?.p50S === undefined ? nothing : card(clock(submitToResult.p50S), operator.half, operator.latest(submitToResult.count))}
      ${submitToResult?.p99S === undefined ? nothing : card(clock(submitToResult.p99S), operator.most, operator.latest(submitToResult.count))}
      ${card(`${count(via?.callback ?? 0)} · ${count(via?.status ?? 0)}`, operator.via, operator.viaMeans)}
      ${card(`${count(notices?.delivered ?? 0)} · ${count(notices?.waiting ?? 0)} · ${count(notices?.failed ?? 0)}`, operator.notices, operator.noticesMean)}
    </section>
    <section class="card group">
      <h2>${operator.limits}</h2>
      ${limits(pacer ?? {})}
    </section>
    ${
      Object.keys(rejected ?? {}).length
        ? html`<section class="card group">
            <h2>${operator.rejected}</h2>
            <ul>
              ${Object.entries(rejected).map(([reason, number]) => html`<li><b>${count(number)}</b> ${reason}</li>`)}
            </ul>
          </section>`
        : nothing
    }
    <p class="muted"><small>${operator.asOf(secondOf(at), version)}</small></p>`;
}

/** @param {string} value @param {string} name @param {string} means */
const card = (value, name, means) =>
  html`<div class="card figure">
    <div><b class="number">${value}</b><span class="name">${name}</span><small class="muted">${means}</small></div>
  </div>`;

/** @param {Stats["pacer"]} pacer */
function limits(pacer) {
  const rows = Object.entries(pacer).flatMap(([engine, groups]) => groups.map((group) => ({ engine, ...group })));
  if (!rows.length) return html`<p class="muted">${t.operator.noLimits}</p>`;
  const { operator } = t;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${operator.limits}>
    <table>
      <thead>
        <tr>
          ${[operator.group, operator.taken, operator.queue, operator.held].map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ engine, group, taken, limit, windowS, waiting, heldUntil }) =>
            html`<tr>
              <th scope="row">${engine} ${group}</th>
              <td>${operator.ofLimit(taken, limit, windowS)}</td>
              <td>${count(waiting)}</td>
              <td>${heldUntil ? secondOf(heldUntil) : "–"}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
