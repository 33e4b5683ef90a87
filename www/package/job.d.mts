// A job of the Worker.
import type { Succeeded } from "./answers.mjs";
import type { ApiError, ErrorCode } from "./error.mjs";
import type { CallOptions } from "./options.mjs";
import type { Inputs, Task } from "./tasks.mjs";
import type { Transcript } from "./transcript.mjs";

/** A job of the Worker; the fields are what was last heard of it, none but `id` after `resume`. */
export class Job<T extends Task = Task> {
  private constructor();
  /** The Worker's id of it. */
  readonly id: string;
  /** What it does. */
  readonly task?: T;
  /** Where it stands. */
  readonly status?: Status;
  /** Who does it. */
  readonly engine?: string;
  /** The job that it is once more. */
  readonly retryOf?: string;
  /** What its holders call it. */
  readonly label?: string;
  /** What they call its speakers, by their ids. */
  readonly speakers?: Readonly<Record<string, string>>;
  /** What it waits for, until it has finished. */
  readonly waiting?: Waiting;
  /** How often it was sent. */
  readonly attempt?: number;
  /** What is tried of it now, or was in vain, and how often it is at most. */
  readonly tries?: Tries;
  /** RingCentral's id of it, once RingCentral has named one. */
  readonly ringcentralJobId?: string;
  /** What another engine than RingCentral calls it. */
  readonly engineJobId?: string;
  /** Without secrets. */
  readonly media?: JobMedia;
  /** RingCentral's own fields, as it was asked with. */
  readonly input?: Inputs[T];
  /** When it was written down, ISO 8601. */
  readonly createdAt?: string;
  /** When RingCentral took it, ISO 8601. */
  readonly submittedAt?: string;
  /** When it ended, ISO 8601. */
  readonly completedAt?: string;
  /** Until when the Worker keeps it and its result, ISO 8601. */
  readonly retainedUntil?: string;
  /** How the result came. */
  readonly via?: "callback" | "status";
  /** What came to its callback address, oldest first: the latest ten at most. */
  readonly deliveries?: readonly Delivery[];
  /** How far RingCentral has fetched its media through the Worker. */
  readonly fetched?: Fetched;
  /** How it stands with whoever is told of its end. */
  readonly notify?: Notice;
  /** What was asked for and could not be had; the result is without it. */
  readonly missing?: readonly Missing[];
  /** Why it failed. */
  readonly error?: JobError;

  /**
   * Waits for the result, through failures of the network and of the Worker. A job that fails rejects with its error's code;
   * an abort ends the waiting, not the job.
   */
  wait(options?: WaitOptions<T>): Promise<JobResult<T>>;

  /** Waits for the end as `wait` does, and reads no result; the job itself, when it has succeeded. */
  ended(options?: WaitOptions<T>): Promise<Job<T>>;

  /** The job as a text to be stored: its id and the token that reads it and nothing else. */
  expose(): string;

  /** For people, without the token. */
  toString(): string;
}

/** `reserved` stands for the first three where you submit yourself. */
export type Status = "queued" | "unconfirmed" | "submitted" | "reserved" | "succeeded" | "failed" | "expired";

/** Something that a result does not hold although it was asked for. */
export interface Missing {
  /** Its name, as in `Topics`. */
  readonly name: string;
  /** Why, and what to do. */
  readonly reason: string;
}

/** A job's media as the Worker tells it: one of the three. */
export interface JobMedia {
  /** A recording of RingCentral's. */
  readonly recordingId?: string;
  /** A file that was uploaded. */
  readonly uploadId?: string;
  /** An address, its secrets masked. */
  readonly contentUri?: string;
}

/** Why a job failed. */
export interface JobError {
  /** The stable code. */
  readonly code: ErrorCode | (string & {});
  /** One sentence for people. */
  readonly message: string;
  /** RingCentral's own words, addresses masked. */
  readonly ringcentral?: readonly ApiError[];
}

/** How far a job's media was fetched. */
export interface Fetched {
  /** How often. */
  readonly times: number;
  /** When the latest fetch began. */
  readonly at: string;
  /** How many bytes have gone through, in all fetches that came to their end: the parts of media that is fetched in ranges add up. */
  readonly bytes: number;
  /** How many bytes the whole media has, where that is known. */
  readonly of?: number;
}

/** Whoever is told of a job's end. */
export interface Notice {
  /** The address, without its query. */
  readonly url: string;
  /** How far that is: nobody has taken it yet, somebody has, or nobody is asked any more. */
  readonly status: "waiting" | "delivered" | "failed";
  /** How often it was told. */
  readonly attempts: number;
  /** How often it is told at most. */
  readonly of: number;
  /** What it answered last. */
  readonly lastStatus?: number;
}

/** Something that came to a job's callback address, and what became of it. */
export interface Delivery {
  /** When it came, ISO 8601. */
  readonly at: string;
  /**
   * `result`: it is the job's result. `running`: it says that the job goes on. `duplicate`: the job had its result already.
   * `foreign`: it is another job's or another task's. `unproved`: what RingCentral calls the job was not known yet, so RingCentral is
   * asked for it. `unreadable`: it cannot be read.
   */
  readonly outcome: "result" | "running" | "duplicate" | "foreign" | "unproved" | "unreadable";
  /** Why it is foreign, unproved or unreadable, as a sentence. */
  readonly reason?: string;
}

/**
 * What an unfinished job waits for, and until when (ISO 8601) where that is known.
 * `turn`: others were there before; `until` it is expected. `rate_limit`: the end of RingCentral's penalty. `login`: a login.
 * `ringcentral`: an answer of use; it was not to be had. `recording`: it is not there yet; `until` it is given up. `confirmation`:
 * RingCentral's word for a submit, or its callback; `until` it is sent once more or given up. `result`: the callback; `until`
 * RingCentral is asked for it.
 */
export interface Waiting {
  /** What it is. */
  readonly for: "turn" | "rate_limit" | "login" | "ringcentral" | "recording" | "confirmation" | "result" | "making" | (string & {});
  /** For `turn`: how many jobs, this one counted, come until it is sent. */
  readonly place?: number;
  /** Until when, ISO 8601, where that is known. */
  readonly until?: string;
}

/**
 * How often something of a job is tried; `waiting.until` is when next, and of a job that has failed it was tried to its last number.
 * `engine`: to submit it, its engine was not to be had. `confirmation`: a submit whose answer is not known. `making`: the result, of what
 * its engine said.
 */
export interface Tries {
  /** What is tried. */
  readonly for: "engine" | "confirmation" | "making" | (string & {});
  /** How often, with the try that is under way. */
  readonly made: number;
  /** How often it is tried at most. */
  readonly of: number;
}

/** How a job is waited for. */
export interface WaitOptions<T extends Task = Task> extends CallOptions {
  /**
   * Called with the job whenever its status, what it waits for, its place there, how often it was tried, or how much of its media was
   * fetched has changed; first with the present one.
   */
  readonly onStatus?: (job: Job<T>) => void;
}

/** A job that has succeeded: where its task is not known, what `task` is compared with tells what `raw.response` has. */
export type JobResult<T extends Task = Task> = T extends Task ? ResultOf<T> : never;

/** The same of one task. */
export interface ResultOf<T extends Task> {
  /** The job, as it was heard of last. */
  readonly job: Job<T>;
  /** What it did. */
  readonly task: T;
  /** RingCentral's callback. */
  readonly raw: Succeeded<T>;
  /** Its words. */
  readonly transcript: Transcript;
}
