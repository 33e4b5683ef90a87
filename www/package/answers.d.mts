// What RingCentral says of a job.
import type { ApiError } from "./error.mjs";
import type { Insight, SummaryType, Task } from "./tasks.mjs";

/** RingCentral's words on a job: in its callback and as its status. */
export interface Envelope {
  /** RingCentral's id of the job. */
  readonly jobId?: string;
  /** The path that the job was submitted to. */
  readonly api?: string;
  /** When the job was taken, ISO 8601. */
  readonly creationTime?: string;
  /** When it ended, ISO 8601; absent while it runs. */
  readonly completionTime?: string;
  /** When RingCentral forgets it, ISO 8601: seven days after it was taken. */
  readonly expirationTime?: string;
}

/** A job that has a result. */
export interface Succeeded<T extends Task = Task> extends Envelope {
  /** It has a result. */
  readonly status: "Success";
  /** The result; its fields are those of the task. */
  readonly response: Responses[T];
}

/** A job that ended without one. */
export interface Failed extends Envelope {
  /** It has none. */
  readonly status: "Fail";
  /** Why, in RingCentral's words. */
  readonly response?: Refusal;
}

/** What RingCentral says instead of a result. */
export interface Refusal {
  /** What was wrong. */
  readonly errors?: readonly ApiError[];
}

/** A job that goes on. */
export interface InProgress extends Envelope {
  /** It has not ended. */
  readonly status: "InProgress";
}

/** How a job stands at RingCentral; `status` tells which of the three it is. */
export type JobStatus<T extends Task = Task> = Succeeded<T> | Failed | InProgress;

/** What each task results in; RingCentral may add fields. */
export interface Responses {
  /** What was said. */
  "speech-to-text": SpeechToTextResponse;
  /** Who speaks when. */
  "speaker-diarize": SpeakerDiarizeResponse;
  /** Which enrolled speaker speaks when. */
  "speaker-identify": SpeakerIdentifyResponse;
  /** What was said, and what it was about. */
  "analyze-interaction": AnalyzeInteractionResponse;
  /** The texts with punctuation. */
  punctuate: PunctuateResponse;
  /** Summaries of a conversation. */
  summarize: SummarizeResponse;
}

/** All times are in seconds. */
export interface SpeechToTextResponse {
  /** All that was said, as one text. */
  readonly transcript: string;
  /** Each word with its time. */
  readonly words: readonly RecognisedWord[];
  /** How sure RingCentral is, from 0 to 1. */
  readonly confidence?: number;
  /** With `enableSpeakerDiarization`. */
  readonly utterances?: readonly Utterance[];
  /** How many speakers there are; with `enableSpeakerDiarization`. */
  readonly speakerCount?: number;
  /** How long the recording is. */
  readonly audio_duration?: number;
}

/** A word and when it was said, in seconds from the beginning. */
export interface RecognisedWord {
  /** When it begins. */
  readonly start: number;
  /** When it ends. */
  readonly end: number;
  /** The word, with its punctuation. */
  readonly word: string;
  /** Who said it, where speakers are told apart. */
  readonly speakerId?: string;
  /** How sure RingCentral is, from 0 to 1. */
  readonly confidence?: number;
}

/** What one speaker said in one go; times are in seconds from the beginning. */
export interface Utterance {
  /** When it begins. */
  readonly start: number;
  /** When it ends. */
  readonly end: number;
  /** What was said. */
  readonly text: string;
  /** Who said it. */
  readonly speakerId?: string;
  /** How sure RingCentral is, from 0 to 1. */
  readonly confidence?: number;
  /** Its words with their times. */
  readonly wordTimings?: readonly RecognisedWord[];
}

/** Who speaks when. */
export interface SpeakerDiarizeResponse {
  /** How many speakers there are. */
  readonly speakerCount: number;
  /** Each time that somebody speaks. */
  readonly utterances: readonly SpeakerTime[];
}

/** Which of the enrolled speakers speaks when. */
export interface SpeakerIdentifyResponse {
  /** `speakerId` is an enrolled speaker's, or `UserNotIdentified`. */
  readonly utterances: readonly SpeakerTime[];
}

/** A time at which somebody speaks, in seconds from the beginning. */
export interface SpeakerTime {
  /** Who speaks. */
  readonly speakerId: string;
  /** When it begins. */
  readonly start: number;
  /** When it ends. */
  readonly end: number;
  /** Not from 0 to 1: values like 36.99 are seen. */
  readonly confidence?: number;
}

/** In the order that they were given in. */
export interface PunctuateResponse {
  /** The texts with punctuation. */
  readonly texts: readonly string[];
}

/** Summaries of a conversation. */
export interface SummarizeResponse {
  /** Each kind of summary that was asked for, with its sentences. */
  readonly summaries: readonly Summary[];
}

/** A summary of one kind. */
export interface Summary {
  /** Which kind it is. */
  readonly name: Exclude<SummaryType, "All" | "AbstractiveAll"> | (string & {});
  /** Its sentences. */
  readonly values: readonly SummaryValue[];
}

/** The times are there where they were given. */
export interface SummaryValue {
  /** The sentence. */
  readonly value: string;
  /** When what it sums up begins, in seconds. */
  readonly start?: number;
  /** When that ends, in seconds. */
  readonly end?: number;
  /** How sure RingCentral is, from 0 to 1. */
  readonly confidence?: number;
  /** Who said it, where it is one speaker's. */
  readonly speakerId?: string;
}

/** What was said, and what it was about. */
export interface AnalyzeInteractionResponse {
  /** What was said, turn by turn, with what each turn shows. */
  readonly utteranceInsights?: readonly AnalyzedUtterance[];
  /** What shows of each speaker: pace, share of the talk, questions. */
  readonly speakerInsights?: SpeakerInsights;
  /** What the whole conversation shows: summaries, topics, key phrases. */
  readonly conversationalInsights?: readonly InsightGroup[];
}

/** What one speaker said in one go, and what it shows. */
export interface AnalyzedUtterance extends Utterance {
  /** What it shows. */
  readonly insights?: readonly InsightValue[];
}

/** What shows of each speaker. */
export interface SpeakerInsights {
  /** How many speakers there are. */
  readonly speakerCount?: number;
  /** What shows: each value is a speaker's. */
  readonly insights?: readonly InsightGroup[];
}

/** The values of one insight; there may be none. */
export interface InsightGroup {
  /** Which insight it is, as in `KeyPhrases`. */
  readonly name: Exclude<Insight, "All"> | (string & {});
  /** What was found. */
  readonly values: readonly InsightValue[];
}

/** The fields differ from insight to insight. */
export interface InsightValue {
  /** Its name, where it has one. */
  readonly name?: string;
  /** What was found: a text, or a number. */
  readonly value?: string | number;
  /** When it begins, in seconds. */
  readonly start?: number;
  /** When it ends, in seconds. */
  readonly end?: number;
  /** How sure RingCentral is, from 0 to 1. */
  readonly confidence?: number;
  /** Whose it is, where it is one speaker's. */
  readonly speakerId?: string;
  readonly [field: string]: unknown;
}
