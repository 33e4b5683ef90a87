// How a job comes along: a line for each status, with its time, and what it waits for.
import { at, clock, element, timeOf } from "./page.js";

const WORDS = {
  queued: "Queued: the Worker sends it in its turn",
  unconfirmed: "Sent: RingCentral has not confirmed it yet",
  submitted: "Submitted: RingCentral is at work",
  reserved: "Reserved: waiting for the result",
  succeeded: "Succeeded: the result is here",
  failed: "Failed",
  expired: "Expired",
};
const FINISHED = ["succeeded", "failed", "expired"];

let ticking;

/** Begins the list for a new job. */
export function beginProgress() {
  at("steps").replaceChildren(step("Asking the Worker", "", "busy"));
}

/** Shows the job's present status below those that it has passed. */
export function showProgress(job) {
  const isFinished = FINISHED.includes(job.status);
  const passed = [
    ["queued", job.createdAt],
    ["submitted", job.submittedAt],
  ];
  const times = new Map(passed.filter(([, time]) => time));
  if (isFinished || !times.has(job.status)) times.set(job.status, job.completedAt);
  const kind = (status) => (status === "failed" || status === "expired" ? "bad" : status === job.status && !isFinished ? "busy" : "done");
  at("steps").replaceChildren(...[...times].map(([status, time]) => step(WORDS[status] ?? status, timeOf(time), kind(status))));
  at("job-title").textContent = job.task === "analyze-interaction" ? "Analyze interaction" : "Speech to text";
  tick(job.createdAt);
}

function step(text, time, kind) {
  const line = element("li", { className: kind }, element("span", {}, text), element("time", {}, time));
  if (kind === "busy") line.append(element("span", { className: "elapsed", ariaHidden: "true" }));
  return line;
}

/** Counts the seconds beside the step under way. */
function tick(since) {
  clearInterval(ticking);
  const elapsed = document.querySelector(".elapsed");
  if (!elapsed || !since) return;
  const write = () => (elapsed.textContent = clock(Math.max(0, Date.now() - Date.parse(since)) / 1000));
  write();
  ticking = setInterval(write, 1000);
}

/** Stops counting where the job's end is not known. */
export function stopProgress() {
  clearInterval(ticking);
  for (const line of document.querySelectorAll("#steps .busy")) line.className = "";
}
