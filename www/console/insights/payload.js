// What a result holds, read with care: any part of it may be missing, null or of another kind, and the rest is of use.

/**
 * @typedef {{ start: number, end?: number | undefined, text: string, speaker?: string | undefined }} Moment
 * @typedef {{ name: string, values: any[] }} Group
 */

/** The objects of a list, whatever else is in it. @param {unknown} value @returns {any[]} */
export const objects = (value) =>
  Array.isArray(value) ? value.filter((entry) => entry !== null && typeof entry === "object" && !Array.isArray(entry)) : [];

/** @param {unknown} value */
export const textOf = (value) => (typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value).trim() : "");

/** @param {unknown} value */
export const numberOf = (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

/** @param {any} raw */
const responseOf = (raw) => (raw?.response !== null && typeof raw?.response === "object" ? raw.response : {});

/** Groups of insights that have something, by name. @param {unknown} value @returns {Group[]} */
const groupsOf = (value) =>
  objects(value).flatMap(({ name, values }) => (textOf(name) && objects(values).length ? [{ name: textOf(name), values: objects(values) }] : []));

/** What the whole conversation shows: summaries, topics, phrases. A job that only sums up has the same. @param {any} raw */
export const conversationGroups = (raw) => [...groupsOf(responseOf(raw).conversationalInsights), ...groupsOf(responseOf(raw).summaries)];

/** What shows of each speaker. @param {any} raw */
export const speakerGroups = (raw) => groupsOf(responseOf(raw).speakerInsights?.insights);

/** Each kind of thing that single turns show, as in an emotion, with its moments. @param {any} raw @returns {{ name: string, value: string, moments: Moment[] }[]} */
export function turnFindings(raw) {
  const found = /** @type {Map<string, { name: string, value: string, moments: Moment[] }>} */ (new Map());
  for (const { start, end, text, speakerId, insights } of objects(responseOf(raw).utteranceInsights)) {
    for (const { name, value } of objects(insights)) {
      const [kind, what] = [textOf(name), textOf(value)];
      if (!kind || !what || numberOf(start) === undefined) continue;
      const entry = found.get(`${kind} ${what}`) ?? { name: kind, value: what, moments: [] };
      entry.moments.push({ start, end: numberOf(end), text: textOf(text), speaker: textOf(speakerId) || undefined });
      found.set(`${kind} ${what}`, entry);
    }
  }
  return [...found.values()];
}

/** Texts in a result that are none of a conversation's, as punctuated ones. @param {any} raw */
export const bareTexts = (raw) => (Array.isArray(responseOf(raw).texts) ? responseOf(raw).texts.map(textOf).filter(Boolean) : []);

/**
 * Who speaks when: by the transcript, or for a task without words by its times.
 * @param {import("../transcript/result.js").Data} data @returns {Moment[]}
 */
export function spansOf({ segments, raw }) {
  if (segments) return segments.map(({ start, end, text, speaker }) => ({ start, end, text, speaker }));
  const spans = objects(responseOf(raw).utterances).flatMap(({ start, end, speakerId }) => {
    const [from, to] = [numberOf(start), numberOf(end)];
    return from === undefined || to === undefined || to < from ? [] : [{ start: from, end: to, text: "", speaker: textOf(speakerId) || undefined }];
  });
  return spans.sort((a, b) => a.start - b.start);
}
