// The sandbox with its faults and the Worker beside it, by the same fast clock; the Worker can be killed and comes up again.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "../api.mjs";
import { engineSettings } from "../engines.mjs";
import { startFiles } from "../http.mjs";
import { freePort, startSandbox, startWorker, temporaryFolder } from "../services.mjs";
import { MEDIA } from "../spoken.mjs";
import { analysedId, RECORDING } from "./engines.mjs";
import { faultsAt } from "./faults.mjs";

const FINISHED = /\{"desk":"(succeeded|failed|expired)","job":"([\w-]+)"/g;

/** Starts both. */
export async function startStage({ seed, rate, engines }) {
  const folder = temporaryFolder();
  const faults = join(folder, "faults.json");
  writeFileSync(faults, JSON.stringify(faultsAt(rate, engines)));
  const anchorMs = Date.now();
  const args = ["--limits", "real", "--seed", String(seed), "--clock", `${anchorMs}x${rate}`, "--faults", faults];
  const sandbox = await startSandbox({ args });
  const stage = new Stage({ folder, sandbox, anchorMs, rate, port: await freePort(), files: await startFiles([["/", `${MEDIA}/`]]) });
  await stage.up();
  if (engines.includes("ace")) stage.analysed = await analysedId(stage.call);
  return stage;
}

class Stage {
  /** When the Worker was killed and when it was up again, in milliseconds of the world's clock. */
  kills = [];
  /** How long the Worker took to answer the simplest question, over and over: `{atMs, tookMs}`. */
  pings = [];
  #worker;
  #read = 0;

  constructor({ folder, sandbox, anchorMs, rate, port, files }) {
    Object.assign(this, { sandbox, files, anchorMs, rate, persistTo: join(folder, "state") });
    this.port = port;
    this.sandboxAnchorMs = anchorMs;
    this.call = api(`http://127.0.0.1:${port}`);
    this.#ping();
  }

  /** The Worker's present. */
  nowMs = (realMs = Date.now()) => this.anchorMs + (realMs - this.anchorMs) * this.rate;

  /** When the sandbox's clock showed that, by the world's. */
  worldMs = (ms) => this.sandboxAnchorMs + (ms - this.sandboxAnchorMs) / this.rate;

  /** What an engine hears. */
  mediaOf = (engine) => (engine === "ace" ? { recordingId: this.analysed } : { contentUri: `${this.files.url}/${RECORDING}` });

  /** So many milliseconds of the Worker's clock, in the world's. */
  realMs = (ms) => ms / this.rate;

  /** What the sandbox tells about itself. */
  async told(what) {
    return (await fetch(`${this.sandbox.url}/sandbox/${what}`)).json();
  }

  async up() {
    const hosts = [this.sandbox, this.files].map(({ url }) => new URL(url).host).join();
    const own = { CLOCK: `${this.anchorMs}x${this.rate}`, PUBLIC_URL: `http://127.0.0.1:${this.port}`, RC_MEDIA_HOSTS: hosts };
    const vars = { ...engineSettings(this.sandbox.url), ...own };
    this.#worker = await startWorker({ sandboxUrl: this.sandbox.url, persistTo: this.persistTo, port: this.port, vars });
    this.#read = 0;
  }

  /** The jobs that the Worker has reported as finished since the last time. */
  finished() {
    const log = this.#worker.log().slice(this.#read);
    const end = log.lastIndexOf("\n") + 1;
    this.#read += end;
    return [...log.slice(0, end).matchAll(FINISHED)].map(([, , id]) => id);
  }

  /** The Worker dies, and comes up again on the same state and address. */
  async kill() {
    const atMs = Date.now();
    await this.#worker.kill();
    await this.up();
    this.kills.push({ atMs, upMs: Date.now() });
  }

  /** The Worker stops, and begins again at a time of its clock that has not come yet; it runs as fast as before. */
  async leapTo(ms) {
    await this.#worker.close();
    this.anchorMs = Math.floor((this.rate * Date.now() - ms) / (this.rate - 1));
    await this.up();
    await fetch(`http://127.0.0.1:${this.port}/cdn-cgi/handler/scheduled`); // what was due then is looked at by the cron
  }

  async #ping() {
    while (!this.#isClosed) {
      const atMs = Date.now();
      const answer = await this.call.get("/healthz").catch(() => undefined);
      if (answer?.status === 200) this.pings.push({ atMs, tookMs: Date.now() - atMs });
      await sleep(100);
    }
  }

  #isClosed = false;

  /** Stops the Worker; its state stays. */
  stopWorker = () => this.#worker.close();

  async close() {
    this.#isClosed = true;
    await this.#worker.close();
    await this.sandbox.close();
    await this.files.close();
  }
}
