// What is said of jobs, in English.
import { plural } from "./en-plural.js";

const number = new Intl.NumberFormat("en");

/** As `2 to 4 minutes`. @param {number} fromS @param {number} toS */
function span(fromS, toS) {
  const isLong = toS >= 120;
  const [from, to] = [fromS, toS].map((seconds) => Math.max(1, Math.round(isLong ? seconds / 60 : seconds)));
  const unit = isLong ? "minute" : "second";
  return from === to ? plural(to ?? 0, unit) : `${number.format(from ?? 0)} to ${plural(to ?? 0, unit)}`;
}

/** @typedef {import("ringcentral-ai").Tries} Tries */

/** @param {Tries} tries */
const times = ({ made, of }) => `${number.format(made)} of ${number.format(of)}`;

export const work = {
  jobs: {
    title: "Jobs",
    changed: "Saved.",
    deleted: "The job and its result are deleted.",
    retry: "Do it again",
    /** @param {string} why */
    notRetried: (why) => `It was not begun again: ${why}`,
    /** @param {string} why */
    notDeleted: (why) => `It was not deleted: ${why}`,
    remove: "Delete",
    state: "State",
    task: "Task",
    anyState: "All states",
    anyTask: "All tasks",
    states: { running: "Running", done: "Finished", failed: "Failed" },
    more: "Show more",
    compare: "Compare",
    /** @param {number} count */
    chosen: (count) => `${plural(count, "job")} chosen`,
    /** @param {string} name */
    choose: (name) => `Choose ${name}`,
    transcript: "Transcript",
    insights: "Insights",
    details: "Details",
    rename: "Rename",
    name: "Name of the job",
    save: "Save",
    /** 8 of 10 took that long. @param {number} fromS @param {number} toS @param {number} count */
    similar: (fromS, toS, count) => `Similar jobs took ${span(fromS, toS)} (${plural(count, "job")}).`,
    missing: "Asked for, and not in the result",
    noSuch: "Back to the jobs",
    idCopied: "The job's id is copied.",
    copyId: "Copy the id",
    copyItsId: "Copy the job's id",
    /** @param {number} attempt @param {number} [most] */
    attempt: (attempt, most) => (most === undefined ? `Attempt ${attempt}` : `Attempt ${attempt} of ${most}`),
    told: "Told of its end",
    notices: { waiting: "nobody has taken it yet", delivered: "taken", failed: "given up" },
    curl: {
      job: "The job",
      result: "Its result",
      transcript: "Its transcript",
      retry: "Do it again",
      remove: "Delete it",
    },
    safeRecording: "The recording itself is untouched where it lies.",
    safeFile: "The uploaded copy is kept until a job ends: choose the file once more.",
    safeAddress: "The Worker keeps no copy of media at an address.",
    fields: {
      id: "Id",
      task: "Task",
      engine: "Engine",
      status: "State",
      attempt: "Attempts",
      ringcentralJobId: "RingCentral's id",
      engineJobId: "The engine's id",
      createdAt: "Begun",
      submittedAt: "Sent",
      completedAt: "Ended",
      retainedUntil: "Kept until",
      via: "The result came by",
      media: "Media",
      input: "Options",
    },
    deliveries: "What came to its callback address",
    original: "The job that it repeats",
  },
  stages: {
    /** @param {number | undefined} place */
    queued: (place) => (place ? `Queued: number ${place} in line` : "Queued"),
    wasQueued: "Queued",
    unconfirmed: "Sent, not confirmed yet",
    sent: "Sent",
    /** @param {string} bytes @param {string | undefined} of */
    fetched: (bytes, of) => (of === undefined ? `Media fetched: ${bytes} MB` : `Media fetched: ${bytes} of ${of} MB`),
    waiting: "Waiting for the result",
    waited: "Waited for the result",
    result: "Result here",
    resultNext: "Result",
    failed: "Failed",
    expired: "Expired without a result",
    /** @param {string} clock */
    elapsed: (clock) => `${clock} elapsed`,
    /** @param {string} ago */
    lastNews: (ago) => `last news ${ago}`,
    /** @param {string} what @param {string | undefined} until */
    waitsFor: (what, until) => {
      const names = /** @type {Record<string, string>} */ ({
        turn: "its turn",
        rate_limit: "the end of a rate limit",
        login: "a login",
        ringcentral: "its engine to answer",
        recording: "the recording to be there",
        confirmation: "a confirmation",
        result: "the result",
        making: "its result to be made",
      });
      return `waits for ${names[what] ?? what}${until ? `, next step ${until}` : ""}`;
    },
  },
  tries: {
    /** What is tried of a job that runs. @param {Tries} tries @param {string} until @param {boolean} isNamed The engine can be asked for it. */
    running: (tries, until, isNamed) => {
      const isLast = tries.made >= tries.of;
      if (tries.for === "engine") return `tried ${times(tries)} times${until ? `, next at ${until}` : ""}`;
      const ends = isLast ? "given up" : "begun again";
      if (tries.for === "making") return `makes the result, try ${times(tries)}${until ? `; ${ends} at ${until} unless it is here` : ""}`;
      if (tries.for !== "confirmation") return `try ${times(tries)}`;
      if (!until) return `sent ${times(tries)} times, without an answer`;
      if (isNamed) return `sent, try ${times(tries)}; its engine is asked for it at ${until}`;
      return `sent, try ${times(tries)}; ${isLast ? "given up" : "sent again"} at ${until} unless an answer comes`;
    },
    /** Of one that has failed, which was tried to the last. @param {Tries} tries */
    ended: (tries) => {
      const done = /** @type {Record<string, string>} */ ({ confirmation: "Sent", making: "Making its result was tried" })[tries.for] ?? "Tried";
      return `${done} ${times(tries)} times.`;
    },
    /** Of one whose failure was no matter of a number. @param {number} attempt */
    once: (attempt) => `Attempt ${number.format(attempt)}; no other follows by itself.`,
  },
};
