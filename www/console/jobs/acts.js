// What can be done with a job: once more, another name, away (and back again while that is shown).
import { copyCurl } from "../app/copy.js";
import { heeded, jobs, sending } from "../app/server.js";
import { dismiss, notify } from "../app/notices.js";
import { address, goTo } from "../app/route.js";
import { t } from "../texts/texts.js";
import { factsOf, forget, leaving, learn } from "./store.js";

const UNDO_MS = 8000;

/** Those that are being done once more: a second click is none. */
const retrying = new Set();

/** Does a finished job once more, and shows the new one. @param {string} id */
export async function retry(id) {
  if (retrying.has(id)) return;
  retrying.add(id);
  try {
    const job = await jobs().retry(id);
    learn(factsOf(job));
    goTo(address(["jobs", job.id]));
  } catch (error) {
    notify(t.jobs.notRetried(heeded(error).message));
  } finally {
    retrying.delete(id);
  }
}

/** Changes a job's label or its speakers' names; null takes one away. @param {string} id @param {import("ringcentral-ai").JobChanges} changes */
export async function patch(id, changes) {
  learn(factsOf(await jobs().update(id, changes)));
  notify(t.jobs.changed, { label: t.curl, run: () => void copyCurl("PATCH", `/v1/jobs/${id}`, changes) });
}

/** Those that go when the time to undo is over. @type {Map<string, ReturnType<typeof setTimeout>>} */
const going = new Map();

/** Deletes a job, unless that is undone in time. @param {string} id */
export function remove(id) {
  leaving.value = new Set(leaving.peek()).add(id);
  const notice = notify(t.jobs.deleted, { label: t.undo, run: () => restore(id, notice) });
  going.set(
    id,
    setTimeout(() => finish(id), UNDO_MS),
  );
}

/** @param {string} id @param {number} notice */
function restore(id, notice) {
  clearTimeout(going.get(id));
  going.delete(id);
  dismiss(notice);
  show(id);
}

/** @param {string} id */
function show(id) {
  const next = new Set(leaving.peek());
  next.delete(id);
  leaving.value = next;
}

/** @param {string} id @param {boolean} [isLast] */
async function finish(id, isLast = false) {
  going.delete(id);
  try {
    await jobs().withOptions({ fetch: sending({ keepalive: isLast }) }).delete(id);
    forget(id);
  } catch (error) {
    if (heeded(error).code !== "not_found") notify(t.jobs.notDeleted(heeded(error).message));
  }
  show(id);
}

// Whoever leaves has not undone it.
addEventListener("pagehide", () => {
  for (const id of going.keys()) finish(id, true);
});
