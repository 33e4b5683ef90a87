// What RingCentral says of a job.
import type { ApiError } from "./error.mjs";
import type { Task } from "./tasks.mjs";

/** RingCentral's words on a job: in its callback and as its status. */
export interface Envelope {
  readonly jobId?: string;
  /** The path that the job was submitted to. */
  readonly api?: string;
  readonly creationTime?: string;
  readonly completionTime?: string;
  readonly expirationTime?: string;
}

/** A job that has a result. */
export interface Succeeded<T extends Task = Task> extends Envelope {
  readonly status: "Success";
  readonly response: Responses[T];
}

/** A job that ended without one. */
export interface Failed extends Envelope {
  readonly status: "Fail";
  readonly response?: { readonly errors?: readonly ApiError[] };
}

export interface InProgress extends Envelope {
  readonly status: "InProgress";
}

export type JobStatus<T extends Task = Task> = Succeeded<T> | Failed | InProgress;

/** What each task results in; RingCentral may add fields. */
export interface Responses {
  "speech-to-text": SpeechToTextResponse;
  "speaker-diarize": SpeakerDiarizeResponse;
  "speaker-identify": SpeakerIdentifyResponse;
  "analyze-interaction": AnalyzeInteractionResponse;
  punctuate: PunctuateResponse;
  summarize: SummarizeResponse;
}

/** All times are in seconds. */
export interface SpeechToTextResponse {
  readonly transcript: string;
  readonly words: readonly RecognisedWord[];
  readonly confidence?: number;
  /** With `enableSpeakerDiarization`. */
  readonly utterances?: readonly Utterance[];
  readonly speakerCount?: number;
  readonly audio_duration?: number;
}

export interface RecognisedWord {
  readonly start: number;
  readonly end: number;
  readonly word: string;
  readonly speakerId?: string;
  readonly confidence?: number;
}

export interface Utterance {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly speakerId?: string;
  readonly confidence?: number;
  readonly wordTimings?: readonly RecognisedWord[];
}

export interface SpeakerDiarizeResponse {
  readonly speakerCount: number;
  readonly utterances: readonly SpeakerTime[];
}

export interface SpeakerIdentifyResponse {
  /** `speakerId` is an enrolled speaker's, or `UserNotIdentified`. */
  readonly utterances: readonly SpeakerTime[];
}

export interface SpeakerTime {
  readonly speakerId: string;
  readonly start: number;
  readonly end: number;
  /** Not from 0 to 1: values like 36.99 are seen. */
  readonly confidence?: number;
}

/** In the order that they were given in. */
export interface PunctuateResponse {
  readonly texts: readonly string[];
}

export interface SummarizeResponse {
  readonly summaries: readonly { readonly name: string; readonly values: readonly SummaryValue[] }[];
}

/** The times are there where they were given. */
export interface SummaryValue {
  readonly value: string;
  readonly start?: number;
  readonly end?: number;
  readonly confidence?: number;
  readonly speakerId?: string;
}

export interface AnalyzeInteractionResponse {
  readonly utteranceInsights?: readonly (Utterance & { readonly insights?: readonly InsightValue[] })[];
  readonly speakerInsights?: {
    readonly speakerCount?: number;
    readonly insights?: readonly InsightGroup[];
  };
  readonly conversationalInsights?: readonly InsightGroup[];
}

/** The values of one insight; there may be none. */
export interface InsightGroup {
  readonly name: string;
  readonly values: readonly InsightValue[];
}

/** The fields differ from insight to insight. */
export interface InsightValue {
  readonly name?: string;
  readonly value?: string | number;
  readonly start?: number;
  readonly end?: number;
  readonly confidence?: number;
  readonly speakerId?: string;
  readonly [field: string]: unknown;
}
