import { sleep } from "./abortable.mjs";
import { parseCallback } from "./callback.mjs";
import { results } from "./results.mjs";
import { checked } from "./how.mjs";
import { invalid, textOf } from "./invalid.mjs";
import { RingCentralError } from "./error.mjs";

/** The first pause between two looks, the longest, and how much longer each is than the one before. */
const [FIRST_MS, LONGEST_MS, GROWTH] = [5_000, 60_000, 1.5];
/** RingCentral's FAQ: a job takes half an hour at most. */
const OVER_AFTER_MS = 3_600_000;

/** A job that RingCentral has taken from here, without a Worker: its status is asked for until it has ended. */
export class SubmittedJob {
  #rc;

  constructor(rc, { jobId, task, submittedAt = new Date() }) {
    this.#rc = rc;
    Object.assign(this, { jobId, task, submittedAt });
  }

  /** What `expose()` wrote down. */
  static resumed(rc, exposed) {
    const [task, jobId, at] = textOf(exposed, "exposed").split("#");
    if (!jobId || !Number(at)) throw invalid("exposed", "it must be what job.expose() gave");
    return new SubmittedJob(rc, { task, jobId, submittedAt: new Date(Number(at)) });
  }

  expose() {
    if (!this.jobId) throw nameless();
    return `${this.task}#${this.jobId}#${this.submittedAt.getTime()}`;
  }

  async wait(options) {
    const { signal, onStatus } = checked(options);
    await results.ready();
    if (!this.jobId) throw nameless();
    let told;
    for (let pauseMs = FIRST_MS; ; pauseMs = Math.min(pauseMs * GROWTH, LONGEST_MS)) {
      const { status, askedMs = 0, ...end } = await this.#look(options);
      if (status && status !== told) onStatus?.(this, status);
      told = status ?? told;
      if (status === "Success") return { job: this, raw: end.raw, transcript: end.transcript };
      if (status === "Fail") throw refusal("ringcentral_job_failed", sentence(end.errors), { ringcentral: end.errors });
      if (Date.now() - this.submittedAt >= OVER_AFTER_MS) throw refusal("expired", "RingCentral has not finished the job within an hour of its submit");
      await sleep(Math.max(pauseMs, askedMs), signal);
    }
  }

  /** How it stands; nothing where that is not to be had for now. */
  async #look(options) {
    try {
      return parseCallback(await this.#rc.jobStatus(this.jobId, options), { task: this.task });
    } catch (error) {
      if (!error?.retryable) throw error;
      return { askedMs: (error.retryAfter ?? 0) * 1_000 };
    }
  }
}

const sentence = ([first]) => (first ? `RingCentral could not do the job: ${first.errorCode}: ${first.message}` : "RingCentral could not do the job");

const refusal = (code, message, more) => new RingCentralError({ code, message, retryable: false, ...more });

const nameless = () => refusal("not_found", "RingCentral named no id for this job: its result comes to its webhook alone");
