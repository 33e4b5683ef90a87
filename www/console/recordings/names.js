// What a recording, a job's media and a job are called.
import { t } from "../texts/texts.js";
import { dateOf } from "../app/formats.js";
import { listed } from "./list.js";

/** @typedef {import("ringcentral-ai").Recording} Recording */

/** @param {import("ringcentral-ai").Party | undefined} party */
const party = ({ name, phoneNumber } = {}) => name ?? phoneNumber ?? t.recordings.unknown;

/** Whoever is at the other end first: who called, or who was called. @param {Recording} recording */
export function partiesOf({ source, direction, from, to }) {
  if (source === "meetings") return { first: t.recordings.meeting, then: "" };
  if (source === "voicemail") return { first: party(from), then: "" };
  return direction === "Outbound"
    ? { first: party(to), then: t.recordings.calledBy(party(from)) }
    : { first: party(from), then: t.recordings.to(party(to)) };
}

/** @param {Recording} recording */
export function titleOf(recording) {
  const { first, then } = partiesOf(recording);
  return [`${first} ${then}`.trim(), dateOf(recording.startedAt)].filter(Boolean).join(", ");
}

/** What a job is called: its label, its recording where that is listed, or what its media is. @param {import("../jobs/store.js").JobFacts} job */
export function nameOf({ label, media, task }) {
  if (label) return label;
  const recording = media?.recordingId && listed.value.recordings.find(({ id }) => id === media.recordingId);
  if (recording) return titleOf(recording);
  if (media?.recordingId) return t.recordings.named(media.recordingId);
  if (media?.uploadId) return t.recordings.file;
  if (media?.contentUri) return media.contentUri.split("/").at(-1) || media.contentUri;
  return t.tasks[task ?? "speech-to-text"]?.name ?? String(task);
}
