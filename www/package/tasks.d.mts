// What a job is asked with: RingCentral's own fields.

/** What a job does. */
export type Task = MediaTask | TextTask;

/** RingCentral removed `speaker-identify` from its public description on 2026-03-25. */
export type MediaTask = "speech-to-text" | "speaker-diarize" | "speaker-identify" | "analyze-interaction";

/** The tasks on text. */
export type TextTask = "punctuate" | "summarize";

/** RingCentral's names of formats: MP3 is `Mpeg`, M4A and MOV are `Mp4`. */
export type Encoding = "Mpeg" | "Mp4" | "Wav" | "Webm" | "Webp" | "Aac" | "Avi" | "Ogg";

/** What kind of talk a recording is: `CallCenter` for two or three speakers, `Meeting` for more. */
export type AudioType = "CallCenter" | "Meeting" | "EarningsCalls" | "Interview" | "PressConference" | "Voicemail";

/** The fields of every job on media: RingCentral's own, same names. */
export interface AudioInput {
  /** Needed when you submit yourself; the Worker finds it out. */
  readonly encoding?: Encoding;
  /** Default: `en-US`. */
  readonly languageCode?: string;
  /** As in `RingCentral`, `Phone`, `Zoom`. */
  readonly source?: string;
  /** What kind of talk it is; RingCentral's default is `CallCenter`. */
  readonly audioType?: AudioType;
}

/** The fields about speakers. */
export interface SpeakerInput extends AudioInput {
  /** Whether each channel is one speaker; RingCentral's default is false. */
  readonly separateSpeakerPerChannel?: boolean;
  /** -1 where it is not known. */
  readonly speakerCount?: number;
  /** Speakers that were enrolled; RingCentral removed this from its public description on 2026-03-25. */
  readonly speakerIds?: readonly string[];
  /** Whether silence is found and left out; RingCentral recommends it. */
  readonly enableVoiceActivityDetection?: boolean;
}

/** 1 to 50 phrases. */
export interface SpeechContext {
  /** The phrases. */
  readonly phrases: readonly string[];
}

/** The fields of `speech-to-text`. */
export interface SpeechToTextInput extends SpeakerInput {
  /** Whether the words get punctuation; RingCentral's default is true. */
  readonly enablePunctuation?: boolean;
  /** Whether speakers are told apart; RingCentral's default is false. */
  readonly enableSpeakerDiarization?: boolean;
  /** Words that are likely to be said. */
  readonly speechContexts?: readonly SpeechContext[];
}

/** The fields of `speaker-diarize`. */
export type SpeakerDiarizeInput = SpeakerInput;

/** The fields of `speaker-identify`. */
export interface SpeakerIdentifyInput extends AudioInput {
  /** Speakers that were enrolled, one at least. */
  readonly speakerIds: readonly string[];
  /** Whether silence is found and left out; RingCentral recommends it. */
  readonly enableVoiceActivityDetection?: boolean;
}

/** The fields of `analyze-interaction`. */
export interface AnalyzeInteractionInput extends SpeakerInput {
  /** Which insights; `All` is all of them. */
  readonly insights?: readonly Insight[];
  /** Words that are likely to be said. */
  readonly speechContexts?: readonly SpeechContext[];
  /** In Hz; in RingCentral's guide only. */
  readonly sampleRate?: number;
  /** In no document of RingCentral's, and taken in 2023. */
  readonly enableWordTimings?: boolean;
}

/** The fields of `punctuate`. */
export interface PunctuateInput {
  /** One at least; they come back in the same order. */
  readonly texts: readonly string[];
}

/** The fields of `summarize`. */
export interface SummarizeInput {
  /** Default: `Extractive`. */
  readonly summaryType?: SummaryType;
  /** One at least. */
  readonly utterances: readonly SpokenText[];
}

/** Which summaries. */
export type SummaryType = "Extractive" | "AbstractiveShort" | "AbstractiveLong" | "AbstractiveAll" | "All";

/** RingCentral's description requires all four, its guide only the text. */
export interface SpokenText {
  /** What was said. */
  readonly text: string;
  /** Who said it. */
  readonly speakerId?: string;
  /** In seconds, as `end` is. */
  readonly start?: number;
  /** When it ends. */
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

/** The fields of each task. */
export interface Inputs {
  /** How words are written down. */
  "speech-to-text": SpeechToTextInput;
  /** How speakers are told apart. */
  "speaker-diarize": SpeakerDiarizeInput;
  /** Which speakers are looked for. */
  "speaker-identify": SpeakerIdentifyInput;
  /** What is looked for. */
  "analyze-interaction": AnalyzeInteractionInput;
  /** Bare texts. */
  punctuate: PunctuateInput;
  /** A conversation's text. */
  summarize: SummarizeInput;
}
