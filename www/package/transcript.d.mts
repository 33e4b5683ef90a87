// The words of a result.
import type { Envelope } from "./answers.mjs";

/**
 * The words of a result, none where nobody speaks. That of a task that never has words makes every method throw `no_transcript`,
 * what is no JSON `unexpected_answer`.
 */
export class Transcript {
  /** From a callback's body or a job's status, with names for speakers by their ids; needs `await ready()` first. */
  constructor(result: string | Envelope, names?: Readonly<Record<string, string>>);
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
  readonly words: readonly { readonly start: number; readonly end: number; readonly word: string }[];
}
