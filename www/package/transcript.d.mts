// The words of a result.
import type { Envelope } from "./answers.mjs";

/**
 * The words of a result, none where nobody speaks. That of a task that never has words makes every method throw `no_transcript`,
 * what is no JSON `unexpected_answer`.
 */
export class Transcript {
  /** From a callback's body or a job's status; needs `await ready()` first. */
  constructor(result: string | Envelope);
  /** What was said, turn by turn, in the order of time. */
  readonly segments: readonly Segment[];
  /** Plain text, a line a turn. */
  text(): string;
  srt(): string;
  vtt(): string;
  /** `{"segments": […]}`. */
  json(): string;
}

/** What one speaker said in one go; times are in seconds. */
export interface Segment {
  readonly speaker?: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly words: readonly { readonly start: number; readonly end: number; readonly word: string }[];
}
