// What needs attention: jobs that run, those that failed and nobody has looked at, deliveries that were of no use.
import { computed, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { icon } from "../app/icons.js";
import { keep, kept } from "../app/kept.js";
import { address } from "../app/route.js";
import { retry } from "../jobs/acts.js";
import { stageOf } from "../jobs/stages.js";
import { all, hasFailed, unfinished } from "../jobs/store.js";
import { stats } from "../operator/stats.js";
import { t } from "../texts/texts.js";
import { nameOf } from "./names.js";

const SHOWN = 3;
/** What failed longer ago needs no attention any more. */
const RECENT_MS = 7 * 86_400_000;

/** Failures that were looked at. */
const seen = signal(/** @type {string[]} */ (kept("seen", [])));

const failed = computed(() => all.value.filter((job) => hasFailed(job) && isRecent(job) && !seen.value.includes(job.id)));

/** @param {import("../jobs/store.js").JobFacts} job */
const isRecent = ({ completedAt }) => Date.now() - Date.parse(completedAt ?? "") < RECENT_MS;

/** @param {string[]} ids */
function see(ids) {
  seen.value = [...ids, ...seen.peek()].slice(0, 500);
  keep("seen", seen.value);
}

export function attention() {
  const dead = stats.value?.deadLetters ?? 0;
  const [running, bad] = [unfinished.value, failed.value];
  if (!dead && !running.length && !bad.length) return nothing;
  return html`<section class="attention" aria-label=${t.attention.title}>
    ${running.length ? card("busy", t.attention.running(running.length), "#/jobs?state=running", running.slice(0, SHOWN).map(runningLine)) : nothing}
    ${bad.length ? card("bad", t.attention.failed(bad.length), "#/jobs?state=failed", bad.slice(0, SHOWN).map(failedLine), () => see(bad.map(({ id }) => id))) : nothing}
    ${dead ? card("bad", t.attention.deadLetters(dead), "#/operator", [html`<li class="muted">${t.attention.deadLettersMean}</li>`]) : nothing}
  </section>`;
}

/** @param {string} kind @param {string} title @param {string} href @param {unknown[]} lines @param {() => void} [dismiss] */
function card(kind, title, href, lines, dismiss) {
  return html`<article class="card ${kind}">
    <h2>${icon(kind === "busy" ? "running" : "warning")} <a href=${href}>${title}</a></h2>
    <ul>
      ${lines}
    </ul>
    ${dismiss ? html`<button class="quiet" @click=${dismiss}>${t.attention.seen}</button>` : nothing}
  </article>`;
}

/** @param {import("../jobs/store.js").JobFacts} job */
const runningLine = (job) => html`<li><a href=${address(["jobs", job.id])}>${nameOf(job)}</a> <small class="muted">${stageOf(job).text}</small></li>`;

/** @param {import("../jobs/store.js").JobFacts} job */
const failedLine = (job) =>
  html`<li>
    <a href=${address(["jobs", job.id])}>${nameOf(job)}</a> <small class="muted">${job.error?.message ?? ""}</small>
    <button class="quiet tiny" aria-label=${`${t.jobs.retry}: ${nameOf(job)}`} @click=${() => retry(job.id)}>${t.jobs.retry}</button>
  </li>`;
