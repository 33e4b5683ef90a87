// The words of a result.
import type { Envelope } from "./answers.mjs";

/**
 * The words of a result, none where nobody speaks. That of a task that never has words makes every method throw `no_transcript`,
 * what is no JSON `unexpected_answer`. All times are in seconds.
 *
 * `structuredClone`, `postMessage` and `JSON.stringify` take its words along, names too, and nothing else: `{ segments }`, of which
 * `new Transcript` makes the same transcript again. Of a task without words they take nothing.
 */
export class Transcript {
  /**
   * From a callback's body or a job's status, with names for speakers by their ids; or from what `json`, `JSON.stringify` or
   * `structuredClone` made of one, whose names stay where `names` says nothing. Needs `await ready()` first.
   */
  constructor(result: string | Envelope | TranscriptData, names?: Readonly<Record<string, string>>);
  /** What was said, turn by turn, in the order of time. */
  readonly segments: readonly Segment[];
  /** Plain text, a line a paragraph, its speaker in front. */
  text(options?: TranscriptOptions): string;
  /** SubRip captions, which every player reads. */
  srt(options?: TranscriptOptions): string;
  /** Speakers are voices (`<v …>`) too, whatever `speakerLabels` says: players do not show those. */
  vtt(options?: TranscriptOptions): string;
  /** `{"segments": […]}`. */
  json(): string;
  /**
   * How long each speaker speaks, in the order in which they first speak. A speaker's time is that of their segments, pauses within
   * them included; where two segments of one speaker overlap, it counts once. Nothing where nobody speaks.
   */
  talkTime(): TalkTime[];
  /**
   * What one speaker says, by the id that `Segment.speaker` has; `undefined` is what nobody is known to have said. A transcript
   * without segments where that speaker says nothing.
   */
  bySpeaker(speaker: string | undefined): Transcript;
  /**
   * What is said from one time to another, as a transcript of its own. Words stay whole, and a word is in the slice in which it
   * begins: slices that follow each other at once hold each word once, and the last may end a little behind `to`.
   */
  slice(options?: SliceOptions): Transcript;
  /**
   * Each place at which something is said, in the order of `segments`: a word, a part of one, or several words in a row of one segment. Case, accents, width (`Ａ`), apostrophes and the punctuation between words do not matter. No word is in two
   * hits; a text without letters and digits is nowhere.
   */
  search(query: string, options?: SearchOptions): SearchHit[];
}

/** The words of a result as plain data: what `JSON.parse(transcript.json())` and `structuredClone(transcript)` give. */
export interface TranscriptData {
  /** What was said, turn by turn, in the order of time. */
  readonly segments: readonly Segment[];
}

/** How long a speaker speaks. */
export interface TalkTime {
  /** The speaker's id; absent for what nobody is known to have said. */
  readonly speaker?: string;
  /** The name that was given to it. */
  readonly name?: string;
  /** In seconds. */
  readonly seconds: number;
  /**
   * The part of all speakers' seconds, from 0 to 1, silence left out: all shares together are 1. Where several speak at once, it counts
   * for each of them.
   */
  readonly share: number;
}

/** Which part of a transcript; an option that does not exist and a value that may not be throw `invalid_field` with its name. */
export interface SliceOptions {
  /** Where it begins, in seconds; 0 by default. */
  readonly from?: number;
  /** Where it ends, in seconds: a word that begins here is not in it. The end of the transcript by default. */
  readonly to?: number;
  /** Whether its times count from `from` on, as those of a clip that is cut there; else they stay those of the recording. */
  readonly startAtZero?: boolean;
}

/** How something is looked for. */
export interface SearchOptions {
  /** Whether only whole words are found: `can` is in `I can`, not in `cancel`. By default any part of a word is found. */
  readonly wholeWords?: boolean;
}

/** A place at which something is said. */
export interface SearchHit {
  /** The words there, whole, as the transcript has them. */
  readonly text: string;
  /** When the first of them begins, in seconds. */
  readonly start: number;
  /** When the last of them ends, in seconds. */
  readonly end: number;
  /** The id of who says it. */
  readonly speaker?: string;
  /** The name that was given to it. */
  readonly name?: string;
  /** All that is said there in one go. */
  readonly segment: Segment;
}

/** How captions are to look; an option that does not exist and a value that may not be throw `invalid_field` with its name. */
export interface TranscriptOptions {
  /** The width of a line, 10 to 100, 42 by default: what readers take for one character; ideographs, kana and Hangul count two. */
  readonly maxCharsPerLine?: number;
  /** The lines of a caption, 1 to 4, 2 by default. */
  readonly maxLines?: number;
  /** How long a caption is shown at most, 2 to 30 seconds, 7 by default. */
  readonly maxDurationS?: number;
  /** Whether speakers are named in the text, where they change; the one option that `text` has too. By default they are. */
  readonly speakerLabels?: boolean;
}

/** What one speaker said in one go; times are in seconds. */
export interface Segment {
  /** The speaker's id. */
  readonly speaker?: string;
  /** The name that was given to it. */
  readonly name?: string;
  /** When it begins. */
  readonly start: number;
  /** When it ends. */
  readonly end: number;
  /** What was said. */
  readonly text: string;
  /** Its words with their times. */
  readonly words: readonly SegmentWord[];
}

/** A word of a segment; times are in seconds. */
export interface SegmentWord {
  /** When it begins. */
  readonly start: number;
  /** When it ends. */
  readonly end: number;
  /** The word, with its punctuation. */
  readonly word: string;
}
