// Dead letters on the page: cause by age, each with its attempt and its bytes, and a replay whose number is said first.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { copyCurl } from "../app/copy.js";
import { count, dateOf } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { modal } from "../app/modal.js";
import { problem } from "../app/problem.js";
import { address } from "../app/route.js";
import { heeded } from "../app/server.js";
import { t } from "../texts/texts.js";
import { AGES_S, bytesOf, letters, outcomes, readLetters, replay, table } from "./letters.js";

/** @typedef {import("./letters.js").Letter} Letter */

/** Those of one cause and age. */
const narrowed = signal(/** @type {readonly string[] | undefined} */ (undefined));
const asked = signal(/** @type {readonly string[] | undefined} */ (undefined));
const isReplaying = signal(false);
const seen = signal(/** @type {ReadonlyMap<string, string>} */ (new Map()));

/** @param {AbortSignal} ending */
export function lettersSection(ending) {
  const { letters: all, hasMore, isBusy, error } = letters.value;
  const shown = narrowed.value ? all.filter(({ id }) => narrowed.value?.includes(id)) : all;
  const ids = shown.map(({ id }) => id).filter((id) => !outcomes.value.get(id)?.isGood);
  return html`<section class="card group">
    <header class="heading">
      <h2>${t.operator.letters}</h2>
      ${ids.length ? html`<button class="plain" @click=${() => (asked.value = ids)}>${icon("repeat")} ${t.operator.replayAll(ids.length)}</button>` : nothing}
    </header>
    <p class="muted">${t.operator.lettersMean}</p>
    ${problem(error, { again: () => void readLetters(ending) })}
    ${all.length ? matrix(all) : isBusy || error ? nothing : html`<p>${t.operator.noLetters}</p>`}
    <ul class="letters">
      ${shown.map(letterRow)}
    </ul>
    ${hasMore ? html`<p class="more"><button class="plain" ?disabled=${isBusy} @click=${() => readLetters(ending, true)}>${t.recordings.more}</button></p>` : nothing}
    ${question()}
  </section>`;
}

/** @param {readonly Letter[]} all */
function matrix(all) {
  const cell = (/** @type {Letter[]} */ those) => {
    if (!those.length) return html`<td class="muted">0</td>`;
    const ids = those.map(({ id }) => id);
    const isHere = narrowed.value?.join() === ids.join();
    return html`<td>
      <button class="quiet tiny" aria-pressed=${String(isHere)} @click=${() => (narrowed.value = isHere ? undefined : ids)}>
        ${count(those.length)}
      </button>
    </td>`;
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t.operator.letters}>
    <table>
      <thead>
        <tr>
          <th scope="col">${t.operator.cause}</th>
          ${[...AGES_S, Infinity].map((limit) => html`<th scope="col">${t.operator.age(limit)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table(all, Date.now()).map(
          ([cause, row]) =>
            html`<tr>
              <th scope="row">${/** @type {Record<string, string>} */ (t.operator.causes)[cause] ?? cause}</th>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param {Letter} letter */
function letterRow({ id, jobId, attempt, at, outcome, reason, bytes }) {
  const became = outcomes.value.get(id);
  const text = seen.value.get(id);
  return html`<li>
    <p><b>${/** @type {Record<string, string>} */ (t.operator.causes)[outcome] ?? outcome}</b> <time datetime=${at}>${dateOf(at)}</time></p>
    <p>${reason}</p>
    <p class="muted">
      <a href=${address(["jobs", jobId])}>${t.operator.job}</a> ·
      ${t.jobs.attempt(attempt)}${bytes === undefined ? "" : ` · ${t.operator.bytes(bytes)}`}
    </p>
    ${became ? html`<p role="status" class=${became.isGood ? "good-text" : "bad-text"}>${became.text}</p>` : nothing}
    <p class="acts">
      <button class="quiet tiny" @click=${() => look(id)}>${t.operator.look}</button>
      <button class="quiet tiny" @click=${() => (asked.value = [id])}>${t.operator.replay}</button>
      <button class="quiet tiny" @click=${() => copyCurl("GET", `/v1/dead-letters/${id}`)}>${t.operator.curlBytes}</button>
      <button class="quiet tiny" @click=${() => copyCurl("POST", `/v1/dead-letters/${id}/replay`)}>${t.operator.curlReplay}</button>
    </p>
    ${text === undefined ? nothing : html`<pre tabindex="0">${text}</pre>`}
  </li>`;
}

/** @param {string} id */
async function look(id) {
  const next = new Map(seen.peek());
  if (!next.delete(id)) next.set(id, await bytesOf(id).catch((error) => heeded(error).message));
  seen.value = next;
}

/** How many, before anything is done. */
function question() {
  const ids = asked.value;
  if (!ids) return nothing;
  const close = () => (asked.value = undefined);
  const run = async () => {
    isReplaying.value = true;
    await replay(ids, (outcome) => /** @type {Record<string, string>} */ (t.operator.replayed)[outcome] ?? outcome);
    isReplaying.value = false;
    close();
  };
  return modal(
    { label: t.operator.replay, close },
    html`<div>
      <h2>${t.operator.replayQuestion(ids.length)}</h2>
      <p>${t.operator.replayMeans}</p>
      <footer class="acts">
        <button class="quiet" @click=${close}>${t.cancel}</button
        ><button ?disabled=${isReplaying.value} @click=${run}>${t.operator.replayAll(ids.length)}</button>
      </footer>
    </div>`,
  );
}
