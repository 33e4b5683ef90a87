// What a job is asked with: RingCentral's own fields.

/** What a job does. */
export type Task = "speech-to-text" | "analyze-interaction";

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
  readonly separateSpeakerPerChannel?: boolean;
  /** -1 where it is not known. */
  readonly speakerCount?: number;
  /** Speakers that were enrolled. */
  readonly speakerIds?: readonly string[];
  readonly enableVoiceActivityDetection?: boolean;
  /** Words that are likely to be said. */
  readonly speechContexts?: readonly SpeechContext[];
}

/** 1 to 50 phrases. */
export interface SpeechContext {
  readonly phrases: readonly string[];
}

export interface SpeechToTextInput extends AudioInput {
  readonly enablePunctuation?: boolean;
  readonly enableSpeakerDiarization?: boolean;
}

export interface AnalyzeInteractionInput extends AudioInput {
  readonly insights?: readonly Insight[];
}

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
  "analyze-interaction": AnalyzeInteractionInput;
}
