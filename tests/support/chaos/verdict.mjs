// What came of a run, held against what the sandbox knows: every job's end, every byte stored, every request sent.
import { createHash } from "node:crypto";
import { entriesOf } from "../api.mjs";
import { isHeard, isOf, uploads } from "./engines.mjs";

const RESULT_TTL_S = 30 * 86_400;
/** What the Worker was about to do when it was killed, it did within so long. */
const BUSY_MS = 3_000;
/** A request that was on its way when a penalty began could not know of it. */
const ON_ITS_WAY_MS = 50;
/** workerd sends a GET once more, at once and whatever the Worker wants, where a connection that it had used before is cut. */
const SENT_AGAIN_MS = 20;
const ASKED_AT_ONCE = 8;
const OURS = "sandbox-client";
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Judges a run whose jobs have ended, and stops the Worker: `{rows, broken}`. */
export async function judged({ stage, run }) {
  const [sandboxJobs, requests, { done }] = await Promise.all(["jobs", "requests", "faults"].map((what) => stage.told(what)));
  const jobs = await endsOf(stage, run.callers.jobs);
  await stage.stopWorker();
  const keys = entriesOf(stage.persistTo);
  const verdict = new Verdict({ stage, run, jobs, sandboxJobs, runs: Map.groupBy(sandboxJobs, ({ webhook }) => jobOf(webhook)), keys });
  return verdict.of({ requests, done });
}

/** The job whose callback address it is; none where there is no address. */
const jobOf = (webhook) => webhook && new URL(webhook).pathname.split("/")[2];

/** Every job as the Worker shows it in the end, with its result. */
async function endsOf(stage, acknowledged) {
  const jobs = [];
  const left = [...acknowledged];
  const askOne = async ([id, { wish }]) => {
    const job = (await stage.call.get(`/v1/jobs/${id}`)).json;
    const result = job.status === "succeeded" ? await stage.call.get(`/v1/jobs/${id}/result`) : undefined;
    const raw = wish.engine ? await stage.call.get(`/v1/jobs/${id}/raw`) : undefined;
    jobs.push({ id, wish, job, result, raw });
  };
  const askAll = async () => {
    for (let next; (next = left.pop()); ) await askOne(next);
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, askAll));
  return jobs;
}

class Verdict {
  #rows = [];
  #broken = [];

  constructor({ stage, run, jobs, sandboxJobs, runs, keys }) {
    Object.assign(this, { stage, run, jobs, sandboxJobs, runs, keys });
  }

  of({ requests, done }) {
    this.#load({ requests, done });
    this.#ends();
    this.#stored();
    this.#forged(done);
    this.#penalties(requests);
    this.#submits();
    this.#keysOfCallers();
    return { rows: this.#rows, broken: this.#broken };
  }

  #row = (what, value, remark = "") => this.#rows.push([what, value, remark]);

  /** A promise: what breaks it is named, three of a kind. */
  #promise(what, breaches, remark) {
    this.#row(what, breaches.length, remark);
    if (breaches.length) this.#broken.push(`${what}: ${breaches.length}, as ${breaches.slice(0, 3).join("; ")}`);
  }

  #wasKilled = (fromMs, toMs) => this.stage.kills.some(({ atMs }) => atMs >= fromMs && atMs <= toMs);

  #runsOf = (id) => this.runs.get(id) ?? [];

  #load({ requests, done }) {
    const { tookMs, callers, jobCount } = this.run;
    const ours = requests.filter(({ by }) => by?.endsWith(OURS));
    const count = (kinds) => kinds.map((kind) => `${done[kind]?.times ?? 0} ${kind}`).join(", ");
    const onRequests = ["rate-limit", "server-error", "cut", "silence", "dead-token", "latency"];
    const onCallbacks = ["dropped", "doubled", "late", "reordered", "forged-address", "forged-body", "another-job", "oversized"];
    const share = (times, of) => `${((100 * times) / of).toFixed(0)} %`;
    const times = (kinds) => kinds.reduce((sum, kind) => sum + (done[kind]?.times ?? 0), 0);
    this.#row("jobs acknowledged", callers.jobs.size, `${callers.unanswered} requests of callers asked again`);
    if (!this.run.isLate && callers.jobs.size < jobCount) this.#broken.push(`only ${callers.jobs.size} of ${jobCount} jobs were acknowledged`);
    this.#row("time", `${(tookMs / 1000).toFixed(0)} s`, `${(callers.jobs.size / (tookMs / 1000)).toFixed(1)} jobs a second`);
    this.#row("kills (SIGKILL)", this.stage.kills.length, `down ${(this.stage.kills.reduce((sum, { atMs, upMs }) => sum + upMs - atMs, 0) / 1000).toFixed(0)} s in all`);
    this.#row("requests at RingCentral's", ours.length, `${share(times(onRequests), requests.filter(({ in_penalty }) => !in_penalty).length)} of those admitted met a fault: ${count(onRequests)}`);
    this.#row("callbacks", [...this.runs.values()].flat().flatMap(({ callbacks }) => callbacks).length, count(onCallbacks));
  }

  /** Each ends, with what the sandbox meant for it, or for a reason that the faults are. */
  #ends() {
    const lost = [];
    const counts = {};
    for (const { id, wish, job, result } of this.jobs) {
      const how = [job.status, job.error?.code].filter(Boolean).join(" ");
      counts[how] = (counts[how] ?? 0) + 1;
      if (job.status === "succeeded") {
        const isWished = result.status === 200 && (wish.engine ? isHeard(id, wish.engine, result) : new RegExp(`number ${wish.number}\\b`).test(result.text));
        if (!this.#isOwn(id, result) || (!isWished && !this.#isBelieved(id, result))) lost.push(`${id}: its result (${result.status}) is not its own`);
      } else if (!this.#isExplained(id, job)) lost.push(`${id}: ${how}`);
    }
    const remark = Object.entries(counts).map(([how, count]) => `${count} ${how}`).join(", ");
    this.#promise("jobs lost", lost, remark);
    this.#row("… by their status", this.jobs.filter(({ job }) => job.via === "status").length, "results that came without a callback");
  }

  /** A result is what the sandbox had for a submit of this very job, or could not be told from it. */
  #isOwn = (id, result) => this.#isTrue(id, result) || this.#isBelieved(id, result);

  #isTrue(id, result) {
    const { wish, raw } = this.jobs.find((job) => job.id === id);
    if (wish.engine) return isOf(wish.engine, raw, this.#runsOf(id), this.stage.analysed);
    return this.#runsOf(id).some((run) => run.sha256 === sha256(result.text));
  }

  /**
   * What comes to a right address is believed where RingCentral will never tell the Worker what it calls the job, as its caller submits
   * it or the attempt was given up, and where no other job has the id in it: the address is all there is to go by.
   */
  #isBelieved(id, result) {
    const { wish, job } = this.jobs.find((job) => job.id === id);
    if (wish.engine) return false;
    const isUntold = wish.isReserved || job.attempt > 1;
    return isUntold && (this.#isMadeUp(result) || this.#isUnknownThen(job, result));
  }

  #isMadeUp = (result) => JSON.parse(result.text).response?.forged === true;

  /** Whether the job that a result is of had neither had an answer nor a result of its own when it was delivered. */
  #isUnknownThen({ deliveries }, result) {
    const run = [...this.runs.values()].flat().find((run) => run.sha256 === sha256(result.text));
    const owner = run && this.jobs.find(({ id }) => id === jobOf(run.webhook))?.job;
    const knownMs = Math.min(...[owner?.submittedAt, owner?.deliveries?.find(({ outcome }) => outcome === "result")?.at].map((at) => Date.parse(at) || Infinity));
    return Boolean(run) && Date.parse(deliveries?.find(({ outcome }) => outcome === "result")?.at) <= knownMs;
  }

  /** Without a result end those of which no callback was taken, and which could not be asked for. */
  #isExplained(id, { status, error }) {
    const runs = this.#runsOf(id);
    const isUnheard = runs.every(({ callbacks }) => !callbacks.includes(200));
    const isUnknown = error?.code === "submit_unconfirmed" || error?.code === "expired";
    const { wish, raw } = this.jobs.find((job) => job.id === id);
    // What the service itself says of a job ends it: the Worker was down when it came for the media.
    if (wish.engine && error?.code === "engine_job_failed") return isOf(wish.engine, raw, runs, this.stage.analysed);
    // Nobody else can ask for reserved jobs, nobody at all for Deepgram's.
    const isCallersOwn = wish.isReserved || wish.engine === "deepgram";
    const isAnswerLost = isCallersOwn || runs.every((run) => run.answerLost || this.#isNearKill(run.createdMs));
    return ["failed", "expired"].includes(status) && isUnknown && isUnheard && isAnswerLost;
  }

  #isNearKill(createdMs) {
    const realMs = this.stage.worldMs(createdMs);
    return this.#wasKilled(realMs - BUSY_MS, realMs + BUSY_MS);
  }

  /** One key a job; another one only where the Worker died before it could tell whether it was the result. */
  #stored() {
    const results = Map.groupBy(this.keys.filter(({ name }) => name.startsWith("result/")), ({ name }) => name.split("/")[1]);
    const twice = [];
    let orphans = 0;
    for (const [id, keys] of results) {
      const isKilled = ({ expiration }) => {
        const putMs = (expiration - RESULT_TTL_S) * 1000;
        return this.#wasKilled(putMs - BUSY_MS, putMs + BUSY_MS);
      };
      const explained = keys.filter(isKilled).length;
      // A result that is made lies beside what it was made of. A job whose caller never heard of it may be either.
      const known = this.jobs.find((job) => job.id === id);
      const own = !known || (known.wish.engine && known.result) ? 2 : 1;
      orphans += Math.max(0, keys.length - own);
      if (keys.length - own > explained) twice.push(`${id}: ${keys.length} keys`);
    }
    const missing = this.jobs.filter(({ id, job }) => job.status === "succeeded" && !results.has(id)).map(({ id }) => id);
    this.#promise("results stored twice", twice, `${this.keys.length} keys, ${orphans} of them left by a kill between KV and the Desk`);
    this.#promise("results that KV has not", missing);
    const dead = Map.groupBy(this.keys.filter(({ name }) => name.startsWith("dead/")), ({ name }) => name.split("/")[1]);
    this.#promise("jobs with more than two dead letters", [...dead].filter(([, keys]) => keys.length > 2).map(([id]) => id), `${dead.size} jobs have some`);
  }

  #forged(done) {
    const results = this.jobs.filter(({ result }) => result);
    const accepted = results.filter(({ id, result }) => !this.#isOwn(id, result));
    const believed = results.filter(({ id, result }) => !this.#isTrue(id, result) && this.#isBelieved(id, result));
    const answers = (kind) => Object.entries(done[kind]?.answers ?? {}).map(([status, count]) => `${count} × ${status}`).join(", ");
    const told = ["forged-address", "forged-body", "another-job", "oversized"].map((kind) => `${kind}: ${answers(kind)}`).join("; ");
    this.#promise("forged or foreign results accepted", accepted.map(({ id }) => id), told);
    const reserved = believed.filter(({ wish }) => wish.isReserved).length;
    this.#row("… believed at a right address, of a job that RingCentral tells nothing of", believed.length, `${reserved} of jobs that their callers submit`);
    const open = done["forged-address"]?.answers?.["200"] ?? 0;
    this.#promise("wrong signatures answered 200", Array(open).fill("forged-address"));
  }

  /** Nothing is sent when a penalty is known; what was on its way when it began is counted apart. */
  #penalties(requests) {
    const ours = requests.filter(({ by }) => by?.endsWith(OURS)).sort((a, b) => a.at_ms - b.at_ms || a.in_penalty - b.in_penalty);
    const real = this.stage.worldMs;
    const inside = [];
    const [counts, knownMs] = [{ onItsWay: 0, killed: 0, again: 0 }, {}]; // when the Worker was last told of a penalty, by group
    const cut = ours.filter(({ method, status }) => method === "GET" && !status);
    for (const { group, method, status, in_penalty, at_ms, answered_ms, path } of ours) {
      const sinceMs = (was) => real(at_ms) - real(was.answered_ms);
      const isSentAgain = method === "GET" && cut.some((was) => was.path === path && sinceMs(was) >= 0 && sinceMs(was) <= SENT_AGAIN_MS);
      const heardMs = knownMs[group] + ON_ITS_WAY_MS + 2 * this.#slownessAt(knownMs[group]);
      if (in_penalty && real(at_ms) <= heardMs) counts.onItsWay += 1;
      else if (in_penalty && isSentAgain) counts.again += 1;
      else if (in_penalty && this.#wasKilled(knownMs[group] - ON_ITS_WAY_MS, heardMs)) counts.killed += 1;
      else if (in_penalty) inside.push(`${path} ${(real(at_ms) - knownMs[group]).toFixed(0)} ms after it was told`);
      if (status === 429) knownMs[group] = Math.max(knownMs[group] ?? 0, real(answered_ms));
    }
    const penalties = ours.filter(({ status }) => status === 429).length;
    this.#promise("requests sent inside a penalty", inside, `${penalties} answers of 429; ${counts.onItsWay} requests were on their way, ${counts.again} were sent again by workerd itself, ${counts.killed} came after a kill that took the answer`);
  }

  /** How long an answer could lie before the Worker came to read it: it is as slow as the machine lets it be. */
  #slownessAt(realMs) {
    const near = this.stage.pings.filter(({ atMs, tookMs }) => atMs <= realMs + 500 && atMs + tookMs >= realMs - 500);
    return Math.max(0, ...near.map(({ tookMs }) => tookMs));
  }

  #submits() {
    const unexplained = [];
    const counts = { lost: 0, killed: 0, callers: 0 };
    for (const { id, wish } of this.jobs) {
      const runs = this.#runsOf(id);
      for (const [place] of runs.slice(1).entries()) {
        if (wish.isReserved) counts.callers += 1;
        else if (runs[place].answerLost) counts.lost += 1;
        else if (this.#isNearKill(runs[place].createdMs)) counts.killed += 1;
        else unexplained.push(id);
      }
    }
    const remark = `${counts.lost} after a lost answer, ${counts.killed} after a kill; ${counts.callers} by callers of reserved jobs`;
    this.#row("submits beyond one per job", counts.lost + counts.killed + unexplained.length, remark);
    this.#promise("… that nothing explains", unexplained);
    const { beyond, unexplained: paid } = uploads(this.sandboxJobs, this.jobs, (createdMs) => this.#isNearKill(createdMs));
    this.#row("uploads beyond one per job", beyond, "after a lost answer or a kill");
    this.#promise("… that nothing explains, of these", Array(paid).fill("openai"));
  }

  #keysOfCallers() {
    const { brokenKeys, repeated } = this.run.callers;
    this.#promise("idempotency keys that gave another job", brokenKeys.map((ids) => ids.join()), `${repeated} asked for again`);
  }
}
