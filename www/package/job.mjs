import { Inbox } from "./core.js";
import { RingCentralError } from "./error.mjs";
import { run } from "./run.mjs";
import { Transcript } from "./transcript.mjs";

/** A job of the Worker; its public fields are what was last heard of it. */
export class Job {
  #inbox;
  #readToken;

  constructor(url, inboxOfClient, { readToken, ...fields }) {
    let inbox;
    this.#inbox = () => (inbox ??= readToken ? new Inbox(url, readToken) : inboxOfClient());
    this.#readToken = readToken;
    this.#update(fields);
  }

  async wait({ signal, onStatus } = {}) {
    const report = (job) => {
      this.#update(job);
      onStatus?.(this);
    };
    this.#update(await run((signal) => this.#inbox().wait(this.id, signal, report), { signal }));
    const [raw, text] = await run((signal) => this.#inbox().result(this.id, signal), { signal });
    return { job: this, raw, transcript: new Transcript(text, this.speakers) };
  }

  expose() {
    if (this.#readToken) return `${this.id}#${this.#readToken}`;
    throw new RingCentralError({ code: "no_read_token", message: "the job was not read with an API token", retryable: false });
  }

  toString() {
    return `job ${this.id} (${this.status ?? "not asked yet"})`;
  }

  /** What is not named is not there any more. */
  #update({ readToken, ...fields }) {
    for (const name of ["waiting", "label", "speakers"]) delete this[name];
    Object.assign(this, fields);
  }
}
