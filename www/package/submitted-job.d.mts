// A job that RingCentral has taken from here.
import type { Succeeded } from "./answers.mjs";
import type { CallOptions } from "./options.mjs";
import type { Task } from "./tasks.mjs";
import type { Transcript } from "./transcript.mjs";

/** A job that RingCentral has taken from here, without a Worker between. */
export class SubmittedJob<T extends Task = Task> {
  private constructor();
  /** RingCentral's id of it; it may have named none. */
  readonly jobId?: string;
  /** What it does. */
  readonly task: T;
  /** When RingCentral took it. */
  readonly submittedAt: Date;

  /**
   * Asks RingCentral for its status until it has ended, 5 seconds later first, then less and less often, through failures of the network
   * and penalties. What has not ended an hour after its submit is `expired`; one that fails, `ringcentral_job_failed`. An abort ends the
   * waiting, not the job. A job of `jobs.reserve` is rather waited for by `job.wait()`, which hears of it at once.
   */
  wait(options?: SubmittedWaitOptions<T>): Promise<SubmittedResult<T>>;

  /** The job as a text to be stored, without a secret: `rc.resume(text)` goes on with it. */
  expose(): string;
}

/** How a submitted job is waited for. */
export interface SubmittedWaitOptions<T extends Task = Task> extends CallOptions {
  /** Called with the job and its status whenever that has changed. */
  readonly onStatus?: (job: SubmittedJob<T>, status: "InProgress" | "Success" | "Fail") => void;
}

/** A submitted job that has succeeded. */
export interface SubmittedResult<T extends Task = Task> {
  /** The job. */
  readonly job: SubmittedJob<T>;
  /** RingCentral's answer. */
  readonly raw: Succeeded<T>;
  /** Its words. */
  readonly transcript: Transcript;
}
