// What a transcript is written as: the package's own formats, and two for tables and notes.
import { clock } from "../app/formats.js";
import { nameOf } from "../recordings/names.js";
import { named } from "./result.js";
import { nameOf as speakerName } from "./voices.js";

/**
 * @typedef {import("../jobs/store.js").JobFacts} JobFacts
 * @typedef {import("./result.js").Data} Data
 * @typedef {"txt" | "srt" | "vtt" | "json" | "csv" | "md" | "raw"} FormatName
 * @typedef {{ name: FormatName, label: string, ending: string, type: string, isCaption?: boolean, hasLabels?: boolean, isServed?: boolean }} Format
 */

/** @type {readonly Format[]} */
export const FORMATS = [
  { name: "srt", label: "SRT", ending: "srt", type: "application/x-subrip", isCaption: true, hasLabels: true, isServed: true },
  { name: "vtt", label: "VTT", ending: "vtt", type: "text/vtt", isCaption: true, hasLabels: true, isServed: true },
  { name: "txt", label: "Text", ending: "txt", type: "text/plain", hasLabels: true, isServed: true },
  { name: "md", label: "Markdown", ending: "md", type: "text/markdown" },
  { name: "csv", label: "CSV", ending: "csv", type: "text/csv" },
  { name: "json", label: "JSON", ending: "json", type: "application/json", isServed: true },
  { name: "raw", label: "Result", ending: "result.json", type: "application/json" },
];

export const CAPTION_OPTIONS = /** @type {const} */ ([
  { name: "maxCharsPerLine", min: 10, max: 100, usual: 42 },
  { name: "maxLines", min: 1, max: 4, usual: 2 },
  { name: "maxDurationS", min: 2, max: 30, usual: 7 },
]);

/** @param {FormatName} name @param {JobFacts} job @param {Data} data @param {FormData} form */
export function write(name, job, data, form) {
  const transcript = named(data, job.speakers);
  const speakerLabels = form.has("speakerLabels");
  const captions = {
    speakerLabels,
    ...Object.fromEntries(CAPTION_OPTIONS.flatMap(({ name }) => (form.has(name) ? [[name, Number(form.get(name))]] : []))),
  };
  if (name === "srt") return transcript.srt(captions);
  if (name === "vtt") return transcript.vtt(captions);
  if (name === "txt") return transcript.text({ speakerLabels });
  if (name === "json") return transcript.json();
  if (name === "raw") return JSON.stringify(data.raw, null, 2);
  return name === "csv" ? csv(job, data) : markdown(job, data);
}

/** What is shown, as text. @param {JobFacts} job @param {Data} data @param {boolean} hasTimes */
export function plainText(job, data, hasTimes) {
  const lines = (data.segments ?? []).map(({ start, speaker, name, text }) => {
    const who = speakerName(speaker, job.speakers ?? {}, name);
    return [hasTimes ? clock(start) : "", who ? `${who}:` : "", text].filter(Boolean).join(" ");
  });
  return `${lines.join("\n")}\n`;
}

/** A spreadsheet takes a text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** @param {string | number} value */
function cell(value) {
  const text = typeof value === "number" ? String(value) : FORMULA.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/** @param {JobFacts} job @param {Data} data */
function csv(job, data) {
  const rows = (data.segments ?? []).map(({ start, end, speaker, name, text }) => [start, end, speakerName(speaker, job.speakers ?? {}, name), text]);
  return [["start", "end", "speaker", "text"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** What has a meaning in Markdown is written so that it has none. @param {string} text */
const plain = (text) => text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");

/** @param {JobFacts} job @param {Data} data */
function markdown(job, data) {
  const turns = (data.segments ?? []).map(({ start, speaker, name, text }) => {
    const who = speakerName(speaker, job.speakers ?? {}, name);
    return `${who ? `**${plain(who)}** ` : ""}(${clock(start)})\n\n${plain(text)}\n`;
  });
  return [`# ${plain(nameOf(job))}\n`, ...turns].join("\n");
}
