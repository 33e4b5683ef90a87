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
    const base = textOf(url, "url").replace(/\/*([?#].*)?$/s, ""); // Sentences name it, and a query may be secret.
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
    return this.#job(await this.#ask("submit", { body, key }, options));
  }

  async retry(id, options) {
    return this.#job(await this.#ask("retry", { id, key: keyOf(options) }, options));
  }

  async update(id, changes, options) {
    return this.#job(await this.#ask("update", { id, body: write(changes, "changes") }, options));
  }

  async reserve(request, options) {
    const job = await this.#ask("reserve", { body: write(request, "request") }, options);
    if (!URL.canParse(job.callbackUrl)) throw unexpected("a callback of the Worker's");
    return { job: this.#job(job), callbackUrl: new SecretUrl(job.callbackUrl) };
  }

  async get(id, options) {
    return this.#job(await this.#ask("get", { id }, options));
  }

  async *list(filters) {
    for await (const fields of this.#items("jobs", filters)) yield this.#job(fields);
  }

  async delete(id, options) {
    await this.#ask("delete", { id }, options);
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
    return this.#ask("stats", {}, options);
  }

  deadLetters(filters) {
    return this.#items("dead-letters", filters);
  }

  deadLetter(id, options) {
    return this.#ask("deadLetter", { id }, options);
  }

  async replay(id, options) {
    const { jobId } = options ?? {};
    const { outcome, job } = await this.#ask("replay", { id, body: write({ jobId }, "options") }, options);
    if (typeof job?.id !== "string") throw unexpected("what became of a delivery");
    return { outcome, job: this.#job(job) };
  }

  upload(file, options) {
    return this.#run(async () => this.#how.of(options) && (await import("./upload.mjs")).upload(this.#worker, RingCentralError, file, options));
  }

  #items(list, filters) {
    return items(filters, (body, options) => this.#ask(list, { body }, options));
  }

  /** Asks a question by its name, about what may have an id. */
  #ask(question, { body = "", key = "", ...about }, options) {
    return this.#run((inbox) => {
      const id = "id" in about ? textOf(about.id, "id") : "";
      return inbox.ask(question, id, body, key, this.#how.of(options, this.#worker));
    });
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
