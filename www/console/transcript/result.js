// A job's result, once a transcript is opened: what reads results is loaded then, and not before.
import { signal } from "@preact/signals-core";
import { Transcript } from "ringcentral-ai";
import { heeded, isAbort, jobs } from "../app/server.js";
import { waitable } from "../jobs/store.js";
import { turnNames } from "./people.js";

/**
 * @typedef {import("ringcentral-ai").Segment} Segment
 * @typedef {{ id: string, raw: any, transcript: Transcript, segments: readonly Segment[] | undefined, durationS: number, turnNames: string }} Data
 */

/** What is open, or why it is not. */
export const loaded = signal(/** @type {{ data?: Data, error?: any }} */ ({}));

/** Reads a finished job's result. @param {import("../jobs/store.js").JobFacts} job @param {AbortSignal} ending */
export async function load(job, ending) {
  loaded.value = {};
  try {
    const data = await read(job, ending);
    if (!ending.aborted) loaded.value = { data };
  } catch (error) {
    if (!isAbort(error) && !ending.aborted) loaded.value = { error: heeded(error) };
  }
}

/** @param {import("../jobs/store.js").JobFacts} job @param {AbortSignal} signal @returns {Promise<Data>} */
export async function read(job, signal) {
  const known = await waitable(jobs(), job.id, signal);
  const { raw, transcript } = await known.wait({ signal });
  const segments = segmentsOf(transcript);
  return { id: job.id, raw, transcript, segments, durationS: durationOf(raw, segments), turnNames: turnNames(known.speakers) };
}

export const unload = () => (loaded.value = {});

/** The turns of the conversation; none when the task has no words. @param {Transcript} transcript */
function segmentsOf(transcript) {
  try {
    return transcript.segments;
  } catch (error) {
    if (/** @type {any} */ (error).code === "no_transcript") return undefined;
    throw error;
  }
}

/** How long the recording is, as far as its result tells. @param {any} raw @param {readonly Segment[] | undefined} segments */
function durationOf(raw, segments) {
  const told = Number(raw?.response?.audio_duration);
  const last = (segments ?? []).reduce((latest, { end }) => Math.max(latest, end), 0);
  return Math.max(Number.isFinite(told) ? told : 0, last);
}

/** The same with its turns as the job's holders have given them to speakers. @param {Data} data @param {Readonly<Record<string, string>> | undefined} names @returns {Data} */
export function reassigned(data, names) {
  const transcript = named(data, names);
  return { ...data, transcript, segments: segmentsOf(transcript), turnNames: turnNames(names) };
}

/** The same transcript with the names that the job's speakers have now. @param {Data} data @param {Readonly<Record<string, string>> | undefined} names */
export const named = ({ raw }, names) => new Transcript(raw, names ?? {});
