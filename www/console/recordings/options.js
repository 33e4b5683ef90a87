// The options of a job: which task has which, what is usual, and what of it goes into the request.

/**
 * @typedef {"speech-to-text" | "analyze-interaction" | "speaker-diarize" | "speaker-identify"} MediaTask
 * @typedef {{ name: string, kind: "switch" | "number" | "text" | "lines" | "choice" | "several", tasks: readonly MediaTask[], values?: readonly string[], usual?: boolean, isFirst?: boolean }} Option
 */

const SPEECH = "speech-to-text";
const ANALYSIS = "analyze-interaction";
const DIARIZE = "speaker-diarize";
const IDENTIFY = "speaker-identify";

/** @type {readonly MediaTask[]} */
export const TASKS = [SPEECH, ANALYSIS, DIARIZE, IDENTIFY];

/** Those that are shown without a click are `isFirst`. @type {readonly Option[]} */
const OPTIONS = [
  { name: "enableSpeakerDiarization", kind: "switch", tasks: [SPEECH], usual: true, isFirst: true },
  { name: "speakerIds", kind: "lines", tasks: [IDENTIFY], isFirst: true },
  {
    name: "insights",
    kind: "several",
    tasks: [ANALYSIS],
    values: [
      "KeyPhrases",
      "AbstractiveSummaryLong",
      "AbstractiveSummaryShort",
      "ExtractiveSummary",
      "Topics",
      "TalkToListenRatio",
      "Pace",
      "QuestionsAsked",
      "Emotion",
      "Energy",
    ],
  },
  {
    name: "audioType",
    kind: "choice",
    tasks: TASKS,
    values: ["CallCenter", "Meeting", "Voicemail", "Interview", "EarningsCalls", "PressConference"],
  },
  { name: "speakerCount", kind: "number", tasks: [SPEECH, ANALYSIS, DIARIZE] },
  { name: "separateSpeakerPerChannel", kind: "switch", tasks: [SPEECH, ANALYSIS, DIARIZE], usual: false },
  { name: "enablePunctuation", kind: "switch", tasks: [SPEECH], usual: true },
  { name: "enableVoiceActivityDetection", kind: "switch", tasks: TASKS, usual: false },
  { name: "phrases", kind: "lines", tasks: [SPEECH, ANALYSIS] },
  { name: "languageCode", kind: "text", tasks: TASKS },
  { name: "encoding", kind: "choice", tasks: TASKS, values: ["Mpeg", "Mp4", "Wav", "Webm", "Ogg", "Aac", "Avi", "Webp"] },
  { name: "source", kind: "text", tasks: TASKS },
];

/** @param {MediaTask} task */
export const optionsOf = (task) => OPTIONS.filter(({ tasks }) => tasks.includes(task));

/** The request's `input`: what is usual is left out where it is usual at RingCentral's too. @param {MediaTask} task @param {FormData} form */
export function inputOf(task, form) {
  /** @type {Record<string, unknown>} */
  const input = {};
  for (const option of optionsOf(task)) {
    const value = valueOf(option, form);
    if (value === undefined) continue;
    if (option.name === "phrases") input.speechContexts = [{ phrases: value }];
    else input[option.name] = value;
  }
  if (task === ANALYSIS) input.insights ??= ["All"];
  return input;
}

/** @param {Option} option @param {FormData} form */
function valueOf({ name, kind, usual, isFirst }, form) {
  const text = String(form.get(name) ?? "").trim();
  if (kind === "switch") return form.has(name) === usual && !isFirst ? undefined : form.has(name);
  if (kind === "several") return form.getAll(name).length ? form.getAll(name) : undefined;
  if (!text) return undefined;
  if (kind === "number") return Number(text);
  return kind === "lines"
    ? text
        .split(/[\n,]/)
        .map((line) => line.trim())
        .filter(Boolean)
    : text;
}
