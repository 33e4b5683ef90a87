// A run: jobs are asked for, the Worker is killed at moments that the seed chooses, until every job has ended.
import { setTimeout as sleep } from "node:timers/promises";
import { Callers, wishes } from "./callers.mjs";
import { shared } from "./engines.mjs";
import { randomFrom } from "./random.mjs";
import { startStage } from "./stage.mjs";
import { judged } from "./verdict.mjs";

/** So many jobs are unfinished at a time: more would only wait in the queue. */
const MOST_UNFINISHED = 1_000;
const ASKERS = 4;
/** So many jobs are asked for a second, in case a line of the log was lost with the Worker. */
const LOOKED_AT = 10;
/** A turn is a tenth of a second. */
const LOOK_EVERY = 10;
const ENDED = ["succeeded", "failed", "expired"];
/** What a job waits for that long by the world's clock is not waited for: the Worker's clock is put forward. */
const LONG_MS = 8_000;
/** No callback is under way any more when none has come for so long. */
const QUIET_MS = 20_000;
/** RingCentral forgets a job after a week. */
const FORGOTTEN_MS = 7.1 * 86_400_000;

/**
 * Runs `jobs` jobs through `kills` kills, by a clock that runs `rate` times as fast as the world's, and judges what came of it:
 * `{rows, broken, lines}`. Some jobs are those `engines`'; all of them are RingCentral's where none is named. After `minutes` it is given up: what has not ended by then counts as lost. `say` is told how it goes on.
 */
export async function chaos({ jobs, seed, kills, rate, minutes, engines = [], say = () => {} }) {
  const stage = await startStage({ seed, rate, engines });
  try {
    const run = new Run({ stage, jobs, seed, kills, engines, endMs: Date.now() + minutes * 60_000, say });
    await run.through();
    return await judged({ stage, run });
  } finally {
    await stage.close();
  }
}

class Run {
  finished = new Set();
  beganMs = Date.now();
  #wishes;
  #killAt;
  #random;
  #error;
  #endedMs = Date.now();
  /** Whom to look at next, and those of whom it was seen that they wait. */
  #queue = [];
  #waiting = [];

  constructor({ stage, jobs, seed, kills, engines, endMs, say }) {
    Object.assign(this, { stage, endMs, say, jobCount: jobs });
    this.callers = new Callers(stage);
    this.#wishes = shared(wishes(jobs, seed), engines, seed);
    this.#random = randomFrom(seed ^ 0x6b696c6c);
    this.#killAt = Array.from({ length: kills }, (_, place) => Math.floor(((place + this.#random()) / kills) * 0.9 * jobs)).reverse();
  }

  async through() {
    const asked = Promise.all([...Array.from({ length: ASKERS }, () => this.#askAll(false)), this.#askAll(true)]).then(() => (this.allAsked = true));
    const failed = asked.then(() => undefined, (error) => (this.#error = error));
    for (let turn = 0; !this.#isOver(); turn++) {
      if (this.#error) throw this.#error;
      for (const id of this.stage.finished()) this.#note(id);
      if (turn % LOOK_EVERY === 0) await this.#lookAround();
      if (turn % 200 === 0) this.say(this.#standing());
      if (this.#killAt.length && this.finished.size >= this.#killAt.at(-1)) {
        this.#killAt.pop();
        await sleep(this.#random() * 400);
        await this.stage.kill();
      }
      await sleep(100);
    }
    this.isLate = Date.now() >= this.endMs;
    await failed;
    this.tookMs = Date.now() - this.beganMs;
    this.say(this.#standing());
  }

  #isOver = () => Date.now() >= this.endMs || (this.allAsked && this.#unfinished().length === 0);

  #unfinished = () => [...this.callers.jobs.keys()].filter((id) => !this.finished.has(id));

  #standing() {
    const seconds = Math.round((Date.now() - this.beganMs) / 1000);
    return `${seconds} s: ${this.callers.jobs.size} acknowledged, ${this.finished.size} ended, ${this.stage.kills.length} kills`;
  }

  async #askAll(reserved) {
    for (let wish; (wish = this.#nextWish(reserved)); ) {
      while (this.callers.jobs.size - this.finished.size >= MOST_UNFINISHED) await sleep(50);
      if (Date.now() >= this.endMs) return;
      await this.callers.ask(wish);
      if (reserved) await sleep(this.stage.realMs(7_000)); // A careful caller keeps below ten a minute.
    }
  }

  #nextWish(reserved) {
    const at = this.#wishes.findIndex((wish) => wish.isReserved === reserved);
    return at < 0 ? undefined : this.#wishes.splice(at, 1)[0];
  }

  /** Asks for some of the jobs that the log did not tell the end of. */
  async #lookAround() {
    this.#queue = this.#queue.filter((id) => !this.finished.has(id));
    if (this.#queue.length === 0) this.#queue = this.#unfinished();
    const seen = await Promise.all(this.#queue.splice(0, LOOKED_AT).map((id) => this.#look(id)));
    const waits = seen.filter(Boolean);
    this.#waiting = [...this.#waiting.filter(({ id }) => !this.finished.has(id)), ...waits];
    if (this.allAsked && this.#queue.length === 0) await this.#leap(this.#waiting.splice(0));
  }

  #note(id) {
    this.finished.add(id);
    this.#endedMs = Date.now();
  }

  async #look(id) {
    const { status, json } = await this.stage.call.get(`/v1/jobs/${id}`).catch(() => ({}));
    if (status === 404 || ENDED.includes(json?.status)) this.#note(id);
    else if (json) return { id, status: json.status, untilMs: Date.parse(json.waiting?.until) || 0 };
  }

  /**
   * Where all that is left waits for long, the clock is put forward to where the first goes on. Reserved jobs whose callback was dropped
   * end when RingCentral forgets them: of those that are bound the Worker asks until then, in vain, for they are another app's.
   */
  async #leap(waiting) {
    const left = this.#unfinished().map((id) => waiting.find((seen) => seen.id === id));
    if (left.length === 0 || left.includes(undefined)) return;
    const firstMs = Math.min(...left.map(({ untilMs }) => untilMs));
    const isQuiet = Date.now() - this.#endedMs > QUIET_MS;
    const areForgotten = isQuiet && left.every(({ status }) => status === "reserved");
    if (!areForgotten && firstMs < this.stage.nowMs(Date.now() + LONG_MS)) return;
    this.say(`${left.length} jobs wait for longer: the clock is put forward`);
    await this.stage.leapTo(areForgotten ? this.stage.nowMs() + FORGOTTEN_MS : firstMs);
  }
}
