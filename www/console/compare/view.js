// Several finished jobs side by side, and over time.
import { effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { dateOf } from "../app/formats.js";
import { problem } from "../app/problem.js";
import { address, filter, route } from "../app/route.js";
import { heeded, isAbort } from "../app/server.js";
import { all, jobOf, read as readJob, state } from "../jobs/store.js";
import { nameOf } from "../recordings/names.js";
import { t } from "../texts/texts.js";
import { withPeople } from "../transcript/people.js";
import { read } from "../transcript/result.js";
import { COMPARED, valueOf } from "./measures.js";
import { overTime } from "./over-time.js";

const MOST = 12;
const OFFERED = 30;

/** @typedef {{ data?: import("../transcript/result.js").Data, error?: any }} Read */

export function open() {
  const ending = new AbortController();
  const results = signal(/** @type {ReadonlyMap<string, Read>} */ (new Map()));
  const set = (/** @type {string} */ id, /** @type {Read} */ result) =>
    ending.signal.aborted || (results.value = new Map(results.peek()).set(id, result));
  const begun = new Set();
  const stop = effect(() => {
    for (const id of chosen()) {
      if (begun.has(id)) continue;
      begun.add(id);
      queueMicrotask(() =>
        readOne(id, ending.signal).then(
          (data) => set(id, { data }),
          (error) => isAbort(error) || set(id, { error: heeded(error) }),
        ),
      );
    }
  });
  const close = () => {
    stop();
    ending.abort();
  };
  return { title: t.compare.title, template: () => template(results.value), close };
}

const chosen = () => (route.value.query.get("jobs") ?? "").split(",").filter(Boolean).slice(0, MOST);

/** @param {string} id @param {AbortSignal} signal */
const readOne = async (id, signal) => read(jobOf(id) ?? (await readJob(id, signal)), signal);

/** @param {ReadonlyMap<string, Read>} results */
function template(results) {
  const ids = chosen();
  return html`<header class="heading"><h1 tabindex="-1">${t.compare.title}</h1></header>
    ${ids.length ? comparison(ids, results) : html`<p class="muted">${t.compare.how}</p>`} ${offer(ids)}`;
}

/** @param {string[]} ids @param {ReadonlyMap<string, Read>} results */
function comparison(ids, results) {
  const columns = ids.map((id) => {
    const [job, result] = [jobOf(id), results.get(id)];
    return { id, job, error: result?.error, data: result?.data && withPeople(result.data, job?.speakers) };
  });
  const failed = columns.filter(({ error }) => error);
  const shown = COMPARED.filter((measure) => columns.some(({ data }) => data && valueOf(measure, data) !== undefined));
  return html`${failed.map(({ error, job, id }) => problem(error, { about: html`<p>${job ? nameOf(job) : id}</p>` }))}
    <div class="card scroll compared" tabindex="0" role="region" aria-label=${t.compare.sideBySide}>
      <table>
        <thead>
          <tr>
            <td></td>
            ${columns.map(({ id, job }) => html`<th scope="col"><a href=${address(["jobs", id])}>${job ? nameOf(job) : id}</a><br /><small>${t.tasks[job?.task ?? ""]?.name ?? job?.task} · ${dateOf(job?.createdAt)}</small></th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (measure) =>
              html`<tr>
                <th scope="row">${t.compare.measures[measure.name]}</th>
                ${columns.map(({ data }) => cell(measure, data))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${overTime(columns.flatMap(({ job, data }) => (job && data ? [{ at: job.createdAt ?? "", name: nameOf(job), data }] : [])))}`;
}

/** @param {import("./measures.js").Compared} measure @param {import("../transcript/result.js").Data | undefined} data */
function cell(measure, data) {
  if (!data) return html`<td class="muted">…</td>`;
  const value = valueOf(measure, data);
  return html`<td>${value === undefined ? "–" : measure.write(value)}</td>`;
}

/** Finished jobs to choose from. @param {string[]} ids */
function offer(ids) {
  const finished = all.value.filter(({ status }) => status === "succeeded").slice(0, OFFERED);
  if (!finished.length)
    return state.value.isLoaded
      ? html`<div class="empty">
          <p>${t.compare.none}</p>
          <a class="button plain" href="#/">${t.empty.toRecordings}</a>
        </div>`
      : nothing;
  const choose = (/** @type {string} */ id, /** @type {boolean} */ isWanted) =>
    filter({ jobs: (isWanted ? [...ids, id] : ids.filter((other) => other !== id)).join(",") });
  return html`<section class="group">
    <h2>${t.compare.choose}</h2>
    <ul class="rows">
      ${finished.map(
        (job) =>
          html`<li class="row job">
            <label class="pick"
              ><input
                type="checkbox"
                aria-label=${t.jobs.choose(nameOf(job))}
                .checked=${ids.includes(job.id)}
                ?disabled=${ids.length >= MOST && !ids.includes(job.id)}
                @change=${(/** @type {any} */ { target }) => choose(job.id, target.checked)}
            /></label>
            <div class="what"><b>${nameOf(job)}</b><small>${t.tasks[job.task ?? ""]?.name ?? job.task} · ${dateOf(job.createdAt)}</small></div>
          </li>`,
      )}
    </ul>
  </section>`;
}
