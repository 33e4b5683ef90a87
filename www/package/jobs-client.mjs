import { client } from "./client.mjs";
import { RingCentralError } from "./error.mjs";
import { How } from "./how.mjs";
import { invalid, textOf } from "./invalid.mjs";
import { Job } from "./job.mjs";
import { items } from "./pages.mjs";
import { reaching } from "./reach.mjs";
import { SecretUrl, write } from "./secret-url.mjs";

/** The Worker: it submits jobs, catches their callbacks and keeps the results. */
export class JobsClient {
  #worker;
  #how;
  #run;

  constructor(url, options) {
    const how = new How(options);
    const token = options?.token ?? "";
    if (typeof token !== "string") throw invalid("token", "it must be a text");
    const base = textOf(url, "url").replace(/\/+$/, "");
    this.#worker = { url: base, token, ...reaching(base, how.send) };
    this.#how = how;
    this.#run = client.caller(({ Inbox }) => new Inbox(base, token));
  }

  withOptions(options) {
    const { url, token } = this.#worker;
    return new JobsClient(url, { token, ...this.#how.with(options).options });
  }

  async submit(request, options) {
    const [body, key] = [write(request, "request"), keyOf(options)];
    return this.#job(await this.#ask((inbox, how) => inbox.submit(body, key, how), options));
  }

  async retry(id, options) {
    const key = keyOf(options);
    return this.#job(await this.#ask((inbox, how) => inbox.retry(textOf(id, "id"), key, how), options));
  }

  async update(id, changes, options) {
    const body = write(changes, "changes");
    return this.#job(await this.#ask((inbox, how) => inbox.update(textOf(id, "id"), body, how), options));
  }

  async reserve(request, options) {
    const body = write(request, "request");
    const job = await this.#ask((inbox, how) => inbox.reserve(body, how), options);
    if (!URL.canParse(job.callbackUrl)) throw unexpected("a callback of the Worker's");
    return { job: this.#job(job), callbackUrl: new SecretUrl(job.callbackUrl) };
  }

  async get(id, options) {
    return this.#job(await this.#ask((inbox, how) => inbox.job(textOf(id, "id"), how), options));
  }

  async *list(filters) {
    for await (const fields of this.#items("jobs", filters)) yield this.#job(fields);
  }

  async delete(id, options) {
    await this.#ask((inbox, how) => inbox.delete(textOf(id, "id"), how), options);
  }

  async transcribe(media, options) {
    const { engine, input, contentAccess } = options ?? {};
    const job = await this.submit({ task: "speech-to-text", engine, media: mediaOf(media), input, contentAccess }, options);
    return job.wait(options);
  }

  resume(exposed) {
    const [id, readToken] = textOf(exposed, "exposed").split("#");
    if (!readToken) throw invalid("exposed", "it must be what job.expose() gave");
    return this.#job({ id, readToken });
  }

  recordings(filters) {
    return this.#items("recordings", filters);
  }

  async engines(options) {
    const engines = [];
    for await (const engine of this.#items("engines", options)) engines.push(engine);
    return engines;
  }

  stats(options) {
    return this.#ask((inbox, how) => inbox.stats(how), options);
  }

  deadLetters(filters) {
    return this.#items("dead-letters", filters);
  }

  deadLetter(id, options) {
    return this.#ask((inbox, how) => inbox.deadLetter(textOf(id, "id"), how), options);
  }

  async replay(id, options) {
    const { jobId } = options ?? {};
    const { outcome, job } = await this.#ask((inbox, how) => inbox.replay(textOf(id, "id"), write({ jobId }, "options"), how), options);
    if (typeof job?.id !== "string") throw unexpected("what became of a delivery");
    return { outcome, job: this.#job(job) };
  }

  upload(file, options) {
    return this.#run(async () => this.#how.of(options) && (await import("./upload.mjs")).upload(this.#worker, RingCentralError, file, options));
  }

  #items(list, filters) {
    return items(filters, (query, options) => this.#ask((inbox, how) => inbox.list(list, query, how), options));
  }

  #ask(begin, options) {
    return this.#run((inbox) => begin(inbox, this.#how.of(options, this.#worker)));
  }

  #job(fields) {
    return new Job(this.#worker, this.#how, fields);
  }
}

/** The key of a job that is had once, however often it is asked for. */
function keyOf(options) {
  const key = textOf(options?.idempotencyKey ?? newKey(), "idempotencyKey");
  if (!/^[!-~]+$/.test(key)) throw invalid("idempotencyKey", "it must be visible characters of ASCII");
  return key;
}

/** What a job calls it: a recording of a list, an upload, or an address. */
function mediaOf(media) {
  if (media?.source) return { recordingId: media.id };
  if (media?.sha256) return { uploadId: media.id };
  return typeof media === "string" || typeof media?.href === "string" || media instanceof SecretUrl ? { contentUri: media } : media;
}

const unexpected = (what) => new RingCentralError({ code: "unexpected_answer", message: `the answer is not ${what}`, retryable: false });

/** 128 random bits; `crypto.randomUUID` is missing in pages that came over plain http. */
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
