// What a job costs in the terms in which Cloudflare charges: each story is one job's, counted until nothing more comes of it.
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./api.mjs";
import { CREDENTIALS, freePort, startSandbox, startWorker, temporaryFolder } from "./services.mjs";

/** Both clocks: the ten minutes after which a job is asked for are ten seconds. */
const RATE = 60;
/** An alarm that is farther away belongs to what comes later. */
const SOON_MS = 60_000;
const PATIENCE_MS = 60_000;
/** A record goes before its result does. */
const GOES_EARLIER_MS = 3_600_000;
const STARTS_WITHIN_MS = 15_000;
const SUMMARIZE = "/ai/text/v1/async/summarize";
const TEXT = { utterances: [{ text: "so it goes", speakerId: "1", start: 0, end: 3 }] };

/** Starts the sandbox and a Worker that counts, by the same clock, and has one job done: the login and the tables are not the next one's. */
export async function startCounting() {
  const anchorMs = Date.now();
  const sandbox = await startSandbox({ args: ["--clock", `${anchorMs}x${RATE}`] });
  const options = { sandboxUrl: sandbox.url, entry: "tests/support/counting-entry.mjs", persistTo: temporaryFolder(), port: await freePort() };
  const counting = new Counting(sandbox, options);
  await counting.start(anchorMs);
  await counting.prepare();
  return counting;
}

class Counting {
  #options;
  #longest;
  #token;

  constructor(sandbox, options) {
    this.sandbox = sandbox;
    this.#options = options;
  }

  async start(anchorMs) {
    this.worker = await startWorker({ ...this.#options, vars: { CLOCK: `${anchorMs}x${RATE}` } });
    this.call = api(this.worker.url);
  }

  async prepare() {
    const { json } = await this.call.get("/v1/recordings?source=calls");
    this.#longest = json.items.toSorted((a, b) => b.durationS - a.durationS)[0].id;
    await this.count(() => this.submitted());
  }

  /** What has been counted so far, and how it stands. */
  told = async () => (await this.call.get("/counts")).json;

  /** What is counted from the beginning of `work` until the Desk is at rest. */
  async count(work) {
    const { counts: before } = await this.told();
    await work();
    const { counts } = await this.#rest();
    return difference(counts, before);
  }

  /** What `count` jobs with that story cost each, one after another: the medians. */
  async each(count, story) {
    const all = [];
    while (all.length < count) all.push(await this.count(story));
    return Object.fromEntries(Object.keys(all[0]).map((name) => [name, median(all.map((counts) => counts[name]))]));
  }

  #rest = () => this.#until(({ alarmMs }) => alarmMs === null || alarmMs > Date.now() + SOON_MS);

  async #until(isSo) {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
      const told = await this.told();
      if (told.state.underWay === 0 && isSo(told.state)) return told;
    }
    throw new Error("the Desk does not come to rest");
  }

  /** Waits for a job's end by the Worker's log, which costs no request. */
  async #ended({ id }) {
    const isOver = () => ["succeeded", "failed", "expired"].some((state) => this.#logged(state, id));
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(50)) if (isOver()) return;
    throw new Error(`job ${id} has not finished`);
  }

  #logged = (state, id) => this.worker.log().split("\n").some((line) => line.startsWith(`{"desk":"${state}"`) && line.includes(id));

  #submit = (more) => this.call.submit({ task: "speech-to-text", media: { recordingId: this.#longest }, ...more });

  #read = async ({ id }) => {
    const { status, text } = await this.call.get(`/v1/jobs/${id}/result`);
    if (status !== 200) throw new Error(`${status}: ${text}`);
  };

  /** A recording is submitted, its callback comes, and its result is read by whoever knows that it is there. */
  async submitted(more) {
    const job = await this.#submit(more);
    await this.#ended(job);
    await this.#read(job);
  }

  /** The same, but its caller waits for it. */
  async waitedFor() {
    const job = await this.#submit();
    await this.call.finished(job.id);
    await this.#read(job);
  }

  /** The same, but its callback is lost: its status is asked for. */
  async askedFor() {
    await this.#faults([{ kind: "dropped", chance: 1 }]);
    await this.submitted();
    await this.#faults([]);
  }

  /** Its caller submits a text, for a callback address that was reserved. */
  async reserved() {
    const job = await this.call.reserve("summarize");
    const headers = { authorization: `Bearer ${await this.#login()}`, "content-type": "application/json" };
    const address = `${this.sandbox.url}${SUMMARIZE}?webhook=${encodeURIComponent(job.callbackUrl)}`;
    const { status } = await fetch(address, { method: "POST", headers, body: JSON.stringify({ summaryType: "Extractive", ...TEXT }) });
    if (status !== 202) throw new Error(`the sandbox answers ${status}`);
    await this.#ended(job);
    await this.#read(job);
  }

  /** A job of a reserved address whose result is that body. */
  async delivered(body) {
    const job = await this.call.reserve("speech-to-text");
    const { status } = await api(job.callbackUrl, "").post("", body);
    if (status !== 200) throw new Error(`a callback is answered ${status}`);
    await this.#read(job);
  }

  /** So many at the same time. */
  together = async (count) => void (await Promise.all(Array.from({ length: count }, () => this.submitted())));

  /** The Heavy requests of a recording's job as the sandbox saw them, the fetch of its content among them: `GET /restapi/…`. */
  async heavy() {
    const told = async () => (await fetch(`${this.sandbox.url}/sandbox/requests`)).json();
    const before = (await told()).length;
    await this.submitted();
    const requests = (await told()).slice(before).filter(({ group }) => group === "heavy");
    return requests.map(({ method, path }) => `${method} ${path.split("?")[0].replace(/\d{5,}/g, "{id}")}`);
  }

  /** What it costs to forget all jobs when their time is over; the Worker starts anew shortly before the first one's. */
  async end() {
    const { items } = (await this.call.get("/v1/jobs?limit=100")).json;
    const firstMs = Math.min(...items.map(({ retainedUntil }) => Date.parse(retainedUntil))) - GOES_EARLIER_MS;
    await this.worker.close();
    await this.start(Math.floor((RATE * (Date.now() + STARTS_WITHIN_MS) - firstMs) / (RATE - 1)));
    await this.cron(); // the alarm that was set goes by the other clock
    const { counts: before } = await this.#until(({ alarmMs }) => alarmMs !== null);
    const { counts } = await this.#until(({ alarmMs }) => alarmMs === null);
    return difference(counts, before);
  }

  /** How many bytes of the Desk's database a job takes when it has ended. */
  async bytes(jobs, atOnce) {
    const before = (await this.told()).state.databaseBytes;
    for (let done = 0; done < jobs; done += atOnce) await this.count(() => this.together(atOnce));
    return ((await this.told()).state.databaseBytes - before) / jobs;
  }

  cron = () => fetch(`${this.worker.url}/cdn-cgi/handler/scheduled`);

  #faults = (faults) => fetch(`${this.sandbox.url}/sandbox/faults`, { method: "PUT", body: JSON.stringify({ faults }) });

  async #login() {
    if (this.#token) return this.#token;
    const { RC_CLIENT_ID, RC_CLIENT_SECRET, RC_JWT } = CREDENTIALS;
    const body = new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: RC_JWT });
    const headers = { authorization: `Basic ${btoa(`${RC_CLIENT_ID}:${RC_CLIENT_SECRET}`)}` };
    const response = await fetch(`${this.sandbox.url}/restapi/oauth/token`, { method: "POST", headers, body });
    return (this.#token = (await response.json()).access_token);
  }

  async close() {
    await this.worker.close();
    await this.sandbox.close();
  }
}

const difference = (counts, before) => Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count - before[name]]));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
