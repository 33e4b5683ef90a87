// Those who want jobs done: some through the Worker, some by themselves with a callback address of the Worker's. Each job has a text
// of its own, so that results can be told apart; whoever gets no answer asks again, as callers do.
import { setTimeout as sleep } from "node:timers/promises";
import { randomFrom } from "./random.mjs";

const RESERVED = 0.12;
const WITH_KEY = 0.3;
const ASKED_AGAIN = 0.5;
const BOUND = 0.5;
/** An app of its own, with rate limits of its own. */
const APP = { id: "sandbox-nocalllog", secret: "sandbox-secret", jwt: "sandbox-jwt" };
const SUMMARIZE = "/ai/text/v1/async/summarize";

/** What is asked for, the same for the same seed. */
export function wishes(count, seed) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, number) => {
    const isReserved = random() < RESERVED;
    const key = random() < WITH_KEY ? `chaos-${seed}-${number}` : undefined;
    return { number, isReserved, key, isAskedAgain: random() < ASKED_AGAIN, isBound: random() < BOUND, text: `this is the wish with the number ${number}` };
  });
}

/** Asks the Worker for jobs and keeps what it has acknowledged. */
export class Callers {
  /** Every acknowledged job by its id: `{wish}`. */
  jobs = new Map();
  /** How often a key gave another job than before: never, as is promised. */
  brokenKeys = [];
  repeated = 0;
  unanswered = 0;
  #stage;
  #token;

  constructor(stage) {
    this.#stage = stage;
  }

  /** Has a wish taken. */
  async ask(wish) {
    const job = await this.#acknowledged(wish);
    this.jobs.set(job.id, { wish });
    if (wish.key && wish.isAskedAgain) {
      const again = await this.#acknowledged(wish);
      this.repeated += 1;
      if (again.id !== job.id) this.brokenKeys.push([job.id, again.id]);
    }
    if (!wish.isReserved) return;
    const ringcentralJobId = await this.#submit(wish, job.callbackUrl);
    if (wish.isBound) await this.#bind(job.id, ringcentralJobId);
  }

  async #acknowledged(wish) {
    const { key } = wish;
    const [path, body] = this.#asked(wish);
    for (;;) {
      const answer = await this.#stage.call.post(path, body, key && { "idempotency-key": key }).catch(() => undefined);
      if ([200, 201, 202].includes(answer?.status)) return answer.json;
      if (answer && answer.status < 500) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
      this.unanswered += 1;
      await sleep(200);
    }
  }

  #asked({ isReserved, engine, text }) {
    if (isReserved) return ["/v1/callbacks", { task: "summarize" }];
    if (engine) return ["/v1/jobs", { task: "speech-to-text", engine, media: this.#stage.mediaOf(engine) }];
    return ["/v1/jobs", { task: "punctuate", input: { texts: [text] } }];
  }

  /** Submits a reserved job, by itself and until it is taken: it knows no better than to ask again where no answer comes. */
  async #submit({ text }, webhook) {
    const summary = { summaryType: "Extractive", utterances: [{ text, speakerId: "1", start: 0, end: 3 }] };
    for (;;) {
      const answer = await this.#sent(`${SUMMARIZE}?webhook=${encodeURIComponent(webhook)}`, summary).catch(() => undefined);
      if (answer?.status === 202) return answer.jobId;
      const waitS = answer?.status === 429 ? 61 : 6;
      await sleep(this.#stage.realMs(waitS * 1000));
    }
  }

  async #sent(path, json) {
    if (!this.#token) {
      const login = await this.#login();
      if (login.status !== 200) return login;
      this.#token = login.token;
    }
    const headers = { authorization: `Bearer ${this.#token}`, "content-type": "application/json" };
    const response = await fetch(this.#stage.sandbox.url + path, { method: "POST", headers, body: JSON.stringify(json) });
    if (response.status === 401) this.#token = undefined;
    const { jobId } = await response.json().catch(() => ({}));
    return { status: response.status, jobId };
  }

  /** Tells the Worker what RingCentral calls the job, so that it can ask for it. */
  async #bind(id, ringcentralJobId) {
    for (;;) {
      const answer = await this.#stage.call.ask("PUT", `/v1/callbacks/${id}`, { ringcentralJobId }).catch(() => undefined);
      if (answer && answer.status < 500) return;
      await sleep(200);
    }
  }

  async #login() {
    const form = new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: APP.jwt });
    const authorization = `Basic ${btoa(`${APP.id}:${APP.secret}`)}`;
    const response = await fetch(`${this.#stage.sandbox.url}/restapi/oauth/token`, { method: "POST", headers: { authorization }, body: form });
    const { access_token: token } = await response.json().catch(() => ({}));
    return { status: response.status, token };
  }
}
