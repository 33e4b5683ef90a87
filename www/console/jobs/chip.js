// A job's state in a word or two.
import { html } from "lit-html";
import { icon } from "../app/icons.js";
import { t } from "../texts/texts.js";
import { stageOf } from "./stages.js";
import { hasFailed, isFinished } from "./store.js";

/** @param {import("./store.js").JobFacts} job */
export function chip(job) {
  if (!isFinished(job)) return html`<span class="chip busy">${icon("running")} ${stageOf(job).text}</span>`;
  if (hasFailed(job)) return html`<span class="chip bad">${icon("warning")} ${job.status === "expired" ? t.stages.expired : t.stages.failed}</span>`;
  return html`<span class="chip good">${icon("done")} ${t.tasks[job.task ?? "speech-to-text"]?.result ?? t.stages.result}</span>`;
}
