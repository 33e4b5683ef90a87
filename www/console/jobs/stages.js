// A job's way in named stages, as far as the Worker knows them: nothing here is guessed.
import { html, nothing } from "lit-html";
import { ago, clock, megabytes, nextOf, secondOf } from "../app/formats.js";
import { now } from "../app/now.js";
import { t } from "../texts/texts.js";
import { heardAt } from "./live.js";
import { isFinished } from "./store.js";

/** @typedef {import("./store.js").JobFacts} JobFacts */
/** @typedef {{ name: string, text: string, at?: string | undefined, kind: "done" | "busy" | "next" | "bad" }} Stage */

const ORDER = ["queued", "sent", "fetched", "waiting", "result"];

/** How far a job is: the index of the stage under way. @param {JobFacts} job */
function placeOf({ status, fetched }) {
  if (status === "queued") return 0;
  if (status === "unconfirmed") return 1;
  if (status === "submitted" || status === "reserved") return fetched && fetched.of !== undefined && fetched.bytes < fetched.of ? 2 : 3;
  return 4;
}

/** @param {JobFacts} job @returns {Stage[]} */
function stagesOf(job) {
  const place = placeOf(job);
  const hasFetch = Boolean(job.fetched);
  const isOver = isFinished(job);
  const stages = ORDER.map((name, index) => ({ name, index })).filter(({ name }) => isPassed(name, job, hasFetch));
  return stages.map(({ name, index }) => {
    const isHere = index === place && !isOver;
    const isBad = name === "result" && isOver && job.status !== "succeeded";
    const kind = isBad ? "bad" : isHere ? "busy" : index < place || isOver ? "done" : "next";
    return { name, kind, text: textOf(name, job, kind), at: timeOf(name, job) };
  });
}

/** A stage that a job of its kind does not have is not shown. @param {string} name @param {JobFacts} job @param {boolean} hasFetch */
function isPassed(name, job, hasFetch) {
  if (job.status === "reserved") return name === "waiting" || name === "result";
  if (name === "fetched") return hasFetch;
  if (isFinished(job) && !job.submittedAt) return name === "queued" || name === "result";
  return true;
}

/** @param {string} name @param {JobFacts} job @param {Stage["kind"]} kind */
function textOf(name, job, kind) {
  const { stages } = t;
  if (name === "queued") return kind === "busy" ? stages.queued(job.waiting?.place) : stages.wasQueued;
  if (name === "sent") return kind === "busy" ? stages.unconfirmed : stages.sent;
  if (name === "fetched")
    return stages.fetched(megabytes(job.fetched?.bytes ?? 0), job.fetched?.of === undefined ? undefined : megabytes(job.fetched.of));
  if (name === "waiting") return kind === "done" ? stages.waited : stages.waiting;
  return job.status === "failed"
    ? stages.failed
    : job.status === "expired"
      ? stages.expired
      : job.status === "succeeded"
        ? stages.result
        : stages.resultNext;
}

/** @param {string} name @param {JobFacts} job */
function timeOf(name, job) {
  if (name === "queued") return job.createdAt;
  if (name === "sent") return job.submittedAt;
  if (name === "fetched") return job.fetched?.at;
  if (name === "result") return job.completedAt;
  return undefined;
}

/** The stage under way, or the last, in a few words. @param {JobFacts} job */
export function stageOf(job) {
  const stages = stagesOf(job);
  return stages.find(({ kind }) => kind === "busy") ?? stages.at(-1) ?? { name: "", text: "", kind: "next" };
}

/** All stages as a list, with what is waited for and since when. @param {JobFacts} job */
export function stageList(job) {
  return html`<ol class="stages">
      ${stagesOf(job).map(
        ({ text, kind, at }) => html`<li class=${kind}><span>${text}</span> <time datetime=${at ?? ""}>${secondOf(at)}</time></li>`,
      )}
    </ol>
    ${isFinished(job) ? nothing : running(job)}`;
}

/** How long a job has run. @param {JobFacts} job */
export const elapsed = (job) =>
  html`<span class="elapsed" aria-hidden="true">${t.stages.elapsed(clock((now.value - Date.parse(job.createdAt ?? "")) / 1000 || 0))}</span>`;

/** @param {JobFacts} job */
function running(job) {
  const heard = heardAt.value.get(job.id);
  const { waiting } = job;
  return html`<p class="muted running">
    ${elapsed(job)}
    ${tried(job)}
    ${waiting ? html`<span>${t.stages.waitsFor(waiting.for, isTried(job) ? undefined : nextOf(waiting.until))}</span>` : nothing}
    ${heard ? html`<span aria-hidden="true">${t.stages.lastNews(ago(new Date(heard).toISOString(), now.value))}</span>` : nothing}
  </p>`;
}

/** How often what is tried of it was, and when it is next. @param {JobFacts} job */
export function tried(job) {
  const { tries, waiting } = job;
  if (!tries) return nothing;
  const isNamed = Boolean(job.ringcentralJobId ?? job.engineJobId);
  return html`<span>${t.tries.running(tries, isTried(job) ? nextOf(waiting?.until) : "", isNamed)}</span>`;
}

/** Whether what it waits for is the next try. @param {JobFacts} job */
const isTried = ({ waiting, tries }) => tries !== undefined && waiting?.for === (tries.for === "engine" ? "ringcentral" : tries.for);
