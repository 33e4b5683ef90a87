import { client } from "./cores.mjs";
import { RingCentralError } from "./error.mjs";
import { Job } from "./job.mjs";
import { items } from "./pages.mjs";
import { SecretUrl, write } from "./secret-url.mjs";

/** The Worker: it submits jobs, catches their callbacks and keeps the results. */
export class JobsClient {
  #worker;
  #run;

  constructor(url, { token = "" } = {}) {
    this.#worker = { url: String(url), token };
    this.#run = client.caller(({ Inbox }) => new Inbox(this.#worker.url, token));
  }

  async submit(request, { idempotencyKey = newKey(), signal } = {}) {
    const body = write(request);
    return this.#job(await this.#run((inbox) => inbox.submit(body, idempotencyKey, signal)));
  }

  async reserve(request, { signal } = {}) {
    const body = write(request);
    const job = await this.#run((inbox) => inbox.reserve(body, signal));
    return { job: this.#job(job), callbackUrl: new SecretUrl(job.callbackUrl) };
  }

  async get(id, { signal } = {}) {
    return this.#job(await this.#run((inbox) => inbox.job(String(id), signal)));
  }

  resume(exposed) {
    const [id, readToken] = String(exposed).split("#");
    if (!readToken) throw new RingCentralError({ code: "invalid_field", field: "exposed", message: "it must be what job.expose() gave", retryable: false });
    return new Job(this.#worker, { id, readToken });
  }

  recordings(filters) {
    return items(filters, (query, signal) => this.#run((inbox) => inbox.recordings(query, signal)));
  }

  upload(file, options) {
    return this.#run(async () => (await import("./upload.mjs")).upload(this.#worker, RingCentralError, file, options));
  }

  #job(fields) {
    return new Job(this.#worker, fields);
  }
}

/** 128 random bits; `crypto.randomUUID` is missing in pages that came over plain http. */
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
