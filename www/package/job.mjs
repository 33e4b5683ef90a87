import { client } from "./client.mjs";
import { RingCentralError } from "./error.mjs";
import { results } from "./results.mjs";
import { Transcript } from "./transcript.mjs";

/** What the Worker tells of a job: nothing else of an answer is taken over. */
const FIELDS = (
  "id task engine status retryOf label speakers waiting deliveries fetched notify attempt tries ringcentralJobId engineJobId missing " +
  "media input createdAt submittedAt completedAt retainedUntil via error"
).split(" ");

/** A job of the Worker; its public fields are what was last heard of it. */
export class Job {
  #worker;
  #how;
  #run;
  #readToken;

  constructor(worker, how, fields) {
    const { readToken } = fields;
    this.#worker = worker;
    this.#how = how;
    this.#run = client.caller(({ Inbox }) => new Inbox(worker.url, readToken || worker.token));
    this.#readToken = readToken;
    this.#update(fields);
  }

  async ended(options) {
    const report = (job) => {
      this.#update(job);
      options?.onStatus?.(this);
    };
    this.#update(await this.#run((inbox) => inbox.wait(this.id, this.#patiently(options), report)));
    return this;
  }

  async wait(options) {
    const how = this.#patiently(options);
    await results.ready(); // What cannot read the result says so before it has waited for it.
    await this.ended(options);
    const [raw, text] = await this.#run((inbox) => inbox.ask("result", this.id, "", "", how));
    return { job: this, task: this.task, raw, transcript: new Transcript(text, this.speakers) };
  }

  #patiently(options) {
    return this.#how.of(options, this.#worker, this.#worker.bounds);
  }

  expose() {
    if (this.#readToken) return `${this.id}#${this.#readToken}`;
    throw new RingCentralError({ code: "no_read_token", message: "the job was not read with an API token", retryable: false });
  }

  toString() {
    return `job ${this.id} (${this.status ?? "not asked yet"})`;
  }

  /** An answer is the whole job: what it does not name is not there any more. */
  #update(fields) {
    for (const name of FIELDS) {
      if (Object.hasOwn(fields, name)) this[name] = fields[name];
      else delete this[name];
    }
  }
}
