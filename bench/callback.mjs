// What a callback costs, and how soon whoever waits is told: this Worker beside the one in bench/bare/worker.mjs, both in workerd.
//
//   cargo xtask bench callback
//
// CPU is that of the workerd which runs the Worker, its KV and its Durable Object. Each row has Workers that were just started, so that
// nothing of an earlier row is still at work in them; they are warmed up, their rounds alternate, and what is shown are medians of the
// rounds. Rounds are short and many: a machine that is shared is fast for a while and slow for a while. `ROUNDS`, `WAIT_ROUNDS`, `SIZES`
// (bytes, with commas) and `WAITERS` (with commas) in the environment measure less, or for longer. `QUIET` silences the other one's log.
import { api } from "../tests/support/api.mjs";
import { CREDENTIALS, startWorker } from "../tests/support/services.mjs";
import { workerdOf } from "./cpu.mjs";
import { result } from "./results.mjs";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const numbers = (name, usual) => (process.env[name] ?? usual).split(",").filter(Boolean).map(Number);
const [ROUNDS] = numbers("ROUNDS", "25");
const [WAIT_ROUNDS] = numbers("WAIT_ROUNDS", "9");
const SIZES = numbers("SIZES", "2000,46000,900000,2000000,5000000,20000000");
const WAITERS = numbers("WAITERS", "1,50,200");
/** A round sends about so many bytes, in so many callbacks at most. */
const [ROUND_BYTES, ROUND_CALLBACKS] = [6_000_000, 15];
const WARM_UP_CALLBACKS = 75;
/** The body of an ordinary call. */
const ORDINARY = 46_000;
/** A callback's work goes on for a moment after its answer. */
const SETTLES_MS = 300;
/** Nobody answers at RingCentral's address, and nobody asks there: the jobs are their caller's own. */
const NOWHERE = "http://127.0.0.1:9";

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** This Worker; `reserve` gives a job as `{callbackUrl, waitUrl, headers}`. */
async function startOurs(options = {}) {
  const service = await startWorker({ sandboxUrl: NOWHERE, ...options });
  const headers = { authorization: `Bearer ${CREDENTIALS.API_TOKENS}` };
  const reserve = async () => {
    const { id, callbackUrl } = await api(service.url).reserve("speech-to-text");
    return { callbackUrl, waitUrl: `${service.url}/v1/jobs/${id}?wait=55`, headers };
  };
  return { service, cpu: await workerdOf(service), reserve };
}

/** The other, by the same configuration. */
async function startBare() {
  const service = await startWorker({ entry: "bench/bare/worker.mjs", vars: process.env.QUIET ? { QUIET: "1" } : {} });
  const reserve = async () => {
    const id = randomUUID();
    const signature = createHmac("sha256", CREDENTIALS.SIGNING_KEYS).update(`${id}/1`).digest("hex");
    return { callbackUrl: `${service.url}/callbacks/${id}/1/${signature}`, waitUrl: `${service.url}/jobs/${id}?wait=55`, headers: {} };
  };
  return { service, cpu: await workerdOf(service), reserve };
}

/** Sends a request that has to be answered with 200. */
async function send(url, { method = "GET", headers = {}, body }) {
  const described = body && { "content-length": body.length, "content-type": "application/json" };
  const sent = request(url, { agent, method, headers: { ...headers, ...described } });
  sent.end(body);
  const [response] = await once(sent, "response");
  const text = Buffer.concat(await response.toArray()).toString();
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${text.slice(0, 300)}`);
}

const deliver = (callbackUrl, body) => send(callbackUrl, { method: "POST", body });

/** CPU of one of `count` callbacks with that body, in milliseconds. */
async function callbacks({ cpu, reserve }, body, count) {
  const jobs = [];
  while (jobs.length < count) jobs.push(await reserve());
  const ms = await cpu.of(async () => {
    for (const { callbackUrl } of jobs) await deliver(callbackUrl, body);
    await sleep(SETTLES_MS);
  });
  return ms / count;
}

/** From one callback to `count` clients that wait: CPU, and the time after which half of them know, in milliseconds. */
async function telling({ cpu, reserve }, body, count) {
  const { callbackUrl, waitUrl, headers } = await reserve();
  const told = [];
  const waiting = Array.from({ length: count }, () => send(waitUrl, { headers }).then(() => told.push(performance.now())));
  await sleep(1_000 + 10 * count); // until all of them wait
  if (told.length > 0) throw new Error("somebody was told before the callback");
  let began;
  const cpuMs = await cpu.of(async () => {
    began = performance.now();
    await deliver(callbackUrl, body);
    await Promise.all(waiting);
    await sleep(SETTLES_MS);
  });
  return [cpuMs, median(told) - began];
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/** A row for each number that `measure` gives of a Worker: the medians of both over so many rounds. */
async function compare(names, roundCount, measure) {
  const workers = [await startOurs(), await startBare()];
  try {
    for (const worker of workers) await callbacks(worker, result(ORDINARY), WARM_UP_CALLBACKS);
    const rounds = workers.map(() => []);
    for (let round = -1; round < roundCount; round++) {
      for (const [at, worker] of workers.entries()) {
        const measured = [await measure(worker)].flat();
        if (round >= 0) rounds[at].push(measured);
      }
    }
    for (const [column, name] of names.entries()) {
      const [ours, bare] = rounds.map((values) => median(values.map((value) => value[column])));
      console.log(`| ${name} | ${ours.toFixed(1)} | ${bare.toFixed(1)} | ${(ours / bare).toFixed(2)} |`);
    }
  } finally {
    await Promise.all(workers.map(({ service }) => service.close()));
  }
}

/** What is left to do for a result after two minutes: KV is asked for it. A clock of its own makes them two seconds. */
async function check() {
  const worker = await startOurs({ rate: 60 });
  try {
    const jobs = [];
    while (jobs.length < ROUND_CALLBACKS) jobs.push(await worker.reserve());
    for (const { callbackUrl } of jobs) await deliver(callbackUrl, result(ORDINARY));
    const ms = await worker.cpu.of(() => sleep(6_000));
    console.log(`| 46 KB, two minutes later: KV is asked whether it gives it back, CPU | ${(ms / ROUND_CALLBACKS).toFixed(1)} | | |`);
  } finally {
    await worker.service.close();
  }
}

console.log("| one callback, milliseconds | this Worker | JavaScript | ratio |\n|---|---|---|---|");
for (const bytes of SIZES) {
  const count = Math.max(2, Math.min(ROUND_CALLBACKS, Math.floor(ROUND_BYTES / bytes)));
  const body = result(bytes);
  await compare([`${(bytes / 1000).toLocaleString("en")} KB, CPU`], ROUNDS, (worker) => callbacks(worker, body, count));
}
for (const count of WAITERS) {
  const names = [`46 KB while ${count} wait${count === 1 ? "s" : ""}, CPU`, `from there until half of them are told`];
  await compare(names, WAIT_ROUNDS, (worker) => telling(worker, result(ORDINARY), count));
}
await check();
agent.destroy();
