import { Inbox } from "./core.js";
import { RingCentralError } from "./error.mjs";
import { Job } from "./job.mjs";
import { items } from "./pages.mjs";
import { run } from "./run.mjs";
import { SecretUrl, write } from "./secret-url.mjs";

/** The Worker: it submits jobs, catches their callbacks and keeps the results. */
export class JobsClient {
  #url;
  #inbox;

  constructor(url, { token = "" } = {}) {
    this.#url = String(url);
    let inbox;
    this.#inbox = () => (inbox ??= new Inbox(this.#url, token));
  }

  async submit(request, { idempotencyKey = newKey(), signal } = {}) {
    const body = write(request);
    return this.#job(await this.#run((inbox, signal) => inbox.submit(body, idempotencyKey, signal), { signal }));
  }

  async reserve(request, options) {
    const body = write(request);
    const job = await this.#run((inbox, signal) => inbox.reserve(body, signal), options);
    return { job: this.#job(job), callbackUrl: new SecretUrl(job.callbackUrl) };
  }

  async get(id, options) {
    return this.#job(await this.#run((inbox, signal) => inbox.job(String(id), signal), options));
  }

  resume(exposed) {
    const [id, readToken] = String(exposed).split("#");
    if (!readToken) throw new RingCentralError({ code: "invalid_field", field: "exposed", message: "it must be what job.expose() gave", retryable: false });
    return new Job(this.#url, this.#inbox, { id, readToken });
  }

  recordings(filters) {
    return items(filters, (query, options) => this.#run((inbox, signal) => inbox.recordings(query, signal), options));
  }

  #job(fields) {
    return new Job(this.#url, this.#inbox, fields);
  }

  #run(begin, options) {
    return run((signal) => begin(this.#inbox(), signal), options);
  }
}

/** 128 random bits; `crypto.randomUUID` is missing in pages that came over plain http. */
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
