// How a Worker stands, for whoever runs it.
import type { Job, Status } from "./job.mjs";
import type { CallOptions } from "./options.mjs";
import type { Task } from "./tasks.mjs";

/** A Worker's figures; times are ISO 8601. */
export interface Stats {
  /** Its version. */
  readonly version: string;
  /** When it said so. */
  readonly at: string;
  /** How many jobs stand so. */
  readonly jobs: Readonly<Record<Status, number>>;
  /** Since when the oldest unfinished job of each status is there. */
  readonly oldest: { readonly [S in Status]?: string };
  /** Clients that wait for a job. */
  readonly waiting: number;
  /** Calls to engines under way. */
  readonly inFlight: number;
  /** Deliveries that were not taken, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** How many deliveries of no use are kept. */
  readonly deadLetters: number;
  /** How many of those who are to be told of a job's end wait for it, know it, or could not be told. */
  readonly notices: Readonly<Record<"waiting" | "delivered" | "failed", number>>;
  /** Each engine's rate limits. */
  readonly pacer: Readonly<Record<string, readonly RateLimit[]>>;
  /** Seconds from the submit to the result, of the latest 1,000: half took `p50S` at most. */
  readonly submitToResult: Durations;
  /** The same of each engine and task. */
  readonly similar: readonly SimilarJobs[];
  /** How the latest 1,000 results came. */
  readonly via: Readonly<Record<"callback" | "status", number>>;
  /** What is set so that something does not work, or is open to others. */
  readonly settings: readonly SettingAdvice[];
}

/** What is to be said of one of a Worker's settings. */
export interface SettingAdvice {
  /** Its name. */
  readonly setting: string;
  /** What does not work, and what to do, as a sentence; no secret is in it. */
  readonly message: string;
}

/** How long something took, in seconds. */
export interface Durations {
  /** How often it was measured. */
  readonly count: number;
  /** Half took so long at most. */
  readonly p50S?: number;
  /** All but a hundredth took so long at most. */
  readonly p99S?: number;
}

/** How long jobs of one engine and task took. */
export interface SimilarJobs {
  /** Who did them. */
  readonly engine: string;
  /** What they did. */
  readonly task: Task;
  /** How many are looked at. */
  readonly count: number;
  /** One of ten took up to so many seconds. */
  readonly p10S?: number;
  /** Nine of ten took up to so many seconds. */
  readonly p90S?: number;
}

/** Which deliveries. */
export interface DeadLetterFilters {
  /** How many a page has. */
  readonly limit?: number;
}

/** How one is delivered once more. */
export interface ReplayOptions extends CallOptions {
  /** The job that it is meant for, where that is another. */
  readonly jobId?: string;
}

/** A rate limit of a group of requests. */
export interface RateLimit {
  /** The group. */
  readonly group: string;
  /** How many requests a window takes. */
  readonly limit: number;
  /** How long a window is, in seconds. */
  readonly windowS: number;
  /** How many of them are used now. */
  readonly taken: number;
  /** How many wait. */
  readonly waiting: number;
  /** When a penalty ends, if there is one. */
  readonly heldUntil?: string;
}

/** A delivery that was of no use. */
export interface DeadLetter {
  /** Its id. */
  readonly id: string;
  /** The job that it was delivered to. */
  readonly jobId: string;
  /** The attempt in the address. */
  readonly attempt: number;
  /** When it came, ISO 8601. */
  readonly at: string;
  /** Why it was of no use: another job's, too early to be believed, or unreadable. */
  readonly outcome: "foreign" | "unproved" | "unreadable";
  /** The same as a sentence. */
  readonly reason: string;
  /** How long it is, where it is kept. */
  readonly bytes?: number;
  /** Until when it is kept, ISO 8601. */
  readonly retainedUntil: string;
}

/** What became of a delivery that was replayed. */
export interface Replay {
  /** Whether it is the job's result now, or the job had one. */
  readonly outcome: "result" | "running" | "duplicate";
  /** The job. */
  readonly job: Job;
}
