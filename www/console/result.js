// A result: the transcript with speakers and times, what RingCentral makes of it, and files to take along.
import { at, clock, element } from "./page.js";

const FILES = [
  ["SRT", "srt", "application/x-subrip", (transcript) => transcript.srt()],
  ["VTT", "vtt", "text/vtt", (transcript) => transcript.vtt()],
  ["Text", "txt", "text/plain", (transcript) => transcript.text()],
];

let addresses = [];

/** Shows a job's result. */
export function showResult({ job, raw, transcript }) {
  for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
  const segments = segmentsOf(transcript);
  const files = segments ? FILES.map(([label, ending, type, write]) => link(job, label, ending, type, write(transcript))) : [];
  at("downloads").replaceChildren(...files, link(job, "JSON", "json", "application/json", JSON.stringify(raw, null, 2)));
  at("transcript").replaceChildren(segments?.length ? conversation(segments) : element("p", { className: "hint" }, segments ? "Nobody speaks." : "No words were recognised."));
  at("insights").replaceChildren(...insights(raw.response ?? {}));
}

/** The turns of the conversation; none when the task has no words. */
function segmentsOf(transcript) {
  try {
    return transcript.segments;
  } catch (error) {
    if (error.code === "no_transcript") return undefined;
    throw error;
  }
}

function link(job, label, ending, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  addresses.push(href);
  return element("a", { href, download: `${job.task ?? "result"}-${job.id}.${ending}`, className: "button" }, label);
}

function conversation(segments) {
  const speakers = [...new Set(segments.map(({ speaker }) => speaker))];
  const turns = segments.map(({ speaker, start, text }) => {
    const name = speaker === undefined ? [] : [element("b", {}, `Speaker ${speaker}`)];
    const turn = element("li", {}, element("div", { className: "who" }, ...name, element("time", {}, clock(start))), element("p", {}, text));
    turn.dataset.voice = String(speakers.indexOf(speaker) % 4);
    return turn;
  });
  return element("ol", { className: "conversation" }, ...turns);
}

function insights({ conversationalInsights = [], speakerInsights = {} }) {
  const groups = [...conversationalInsights, ...(speakerInsights.insights ?? [])];
  return groups.filter(({ values }) => values?.length).map(({ name, values }) => {
    const lines = values.map((value) => element("li", {}, told(value)));
    return element("section", {}, element("h3", {}, spaced(name)), element("ul", {}, ...lines));
  });
}

/** One value; the fields differ from insight to insight. */
function told({ speakerId, value, text, question, wpm, start }) {
  const who = speakerId ? `Speaker ${speakerId}: ` : "";
  const pace = wpm === undefined ? "" : ` (${Math.round(wpm)} words a minute)`;
  const when = typeof start === "number" && start > 0 ? ` · ${clock(start)}` : "";
  return `${who}${value ?? text ?? question ?? ""}${pace}${when}`;
}

const spaced = (name) => String(name).replace(/([a-z])([A-Z])/g, "$1 $2");
