// What a job is asked with: RingCentral's own fields.

/** What a job does. */
export type Task = MediaTask | TextTask;

/** RingCentral removed `speaker-identify` from its public description on 2026-03-25. */
export type MediaTask = "speech-to-text" | "speaker-diarize" | "speaker-identify" | "analyze-interaction";

export type TextTask = "punctuate" | "summarize";

export type Encoding = "Mpeg" | "Mp4" | "Wav" | "Webm" | "Webp" | "Aac" | "Avi" | "Ogg";

export type AudioType = "CallCenter" | "Meeting" | "EarningsCalls" | "Interview" | "PressConference" | "Voicemail";

/** The fields of every job on media: RingCentral's own, same names. */
export interface AudioInput {
  /** Needed when you submit yourself; the Worker finds it out. */
  readonly encoding?: Encoding;
  /** Default: `en-US`. */
  readonly languageCode?: string;
  /** As in `RingCentral`, `Phone`, `Zoom`. */
  readonly source?: string;
  readonly audioType?: AudioType;
}

/** The fields about speakers. */
export interface SpeakerInput extends AudioInput {
  readonly separateSpeakerPerChannel?: boolean;
  /** -1 where it is not known. */
  readonly speakerCount?: number;
  /** Speakers that were enrolled; RingCentral removed this from its public description on 2026-03-25. */
  readonly speakerIds?: readonly string[];
  readonly enableVoiceActivityDetection?: boolean;
}

/** 1 to 50 phrases. */
export interface SpeechContext {
  readonly phrases: readonly string[];
}

export interface SpeechToTextInput extends SpeakerInput {
  readonly enablePunctuation?: boolean;
  readonly enableSpeakerDiarization?: boolean;
  /** Words that are likely to be said. */
  readonly speechContexts?: readonly SpeechContext[];
}

export type SpeakerDiarizeInput = SpeakerInput;

export interface SpeakerIdentifyInput extends AudioInput {
  /** Speakers that were enrolled, one at least. */
  readonly speakerIds: readonly string[];
  readonly enableVoiceActivityDetection?: boolean;
}

export interface AnalyzeInteractionInput extends SpeakerInput {
  readonly insights?: readonly Insight[];
  /** Words that are likely to be said. */
  readonly speechContexts?: readonly SpeechContext[];
  /** In Hz; in RingCentral's guide only. */
  readonly sampleRate?: number;
  /** In no document of RingCentral's, and taken in 2023. */
  readonly enableWordTimings?: boolean;
}

export interface PunctuateInput {
  /** One at least; they come back in the same order. */
  readonly texts: readonly string[];
}

export interface SummarizeInput {
  /** Default: `Extractive`. */
  readonly summaryType?: "Extractive" | "AbstractiveShort" | "AbstractiveLong" | "AbstractiveAll" | "All";
  /** One at least. */
  readonly utterances: readonly SpokenText[];
}

/** RingCentral's description requires all four, its guide only the text. */
export interface SpokenText {
  readonly text: string;
  readonly speakerId?: string;
  /** In seconds, as `end` is. */
  readonly start?: number;
  readonly end?: number;
}

/** RingCentral removed `Emotion` and `Energy` from its public description on 2026-03-25. */
export type Insight =
  | "All"
  | "KeyPhrases"
  | "Emotion"
  | "AbstractiveSummaryLong"
  | "AbstractiveSummaryShort"
  | "ExtractiveSummary"
  | "Topics"
  | "TalkToListenRatio"
  | "Energy"
  | "Pace"
  | "QuestionsAsked";

export interface Inputs {
  "speech-to-text": SpeechToTextInput;
  "speaker-diarize": SpeakerDiarizeInput;
  "speaker-identify": SpeakerIdentifyInput;
  "analyze-interaction": AnalyzeInteractionInput;
  punctuate: PunctuateInput;
  summarize: SummarizeInput;
}
