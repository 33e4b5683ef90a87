// What a callback costs, and how soon whoever waits is told: this Worker beside the JavaScript one in bench/bare, both in workerd.
//
//   cargo xtask bench callback
//
// CPU is user and system time of the workerd that runs the Worker, its KV and its Durable Object, less what it takes when nothing
// happens. Rounds of both alternate; what is shown are medians of the rounds.
import { api } from "../tests/support/api.mjs";
import { CREDENTIALS, startWorker } from "../tests/support/services.mjs";
import { workerdOf } from "./cpu.mjs";
import { result } from "./results.mjs";
import { createHmac, randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { request } from "node:http";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const ROUNDS = Number(process.env.ROUNDS ?? 7);
/** Bytes of a body, and how many callbacks a round sends. */
const SIZES = [[2_000, 25], [46_000, 25], [900_000, 8], [2_000_000, 5], [5_000_000, 3], [20_000_000, 2]];
const WAITERS = [1, 50, 200];
/** A callback's work goes on for a moment after its answer. */
const SETTLES_MS = 300;

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Sends a request, and answers its status and its body. */
async function send(url, method = "GET", headers = {}, body) {
  const sent = request(url, { agent, method, headers: { ...headers, ...(body && { "content-length": body.length, "content-type": "application/json" }) } });
  sent.end(body);
  const [response] = await once(sent, "response");
  const text = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode, text };
}

async function expect(status, answer) {
  const { status: got, text } = await answer;
  if (got !== status) throw new Error(`${got} in the place of ${status}: ${text.slice(0, 300)}`);
  return text;
}

/** Both Workers: `reserve()` gives a job as `{callbackUrl, waitUrl, headers}`. */
async function start() {
  // Nobody answers at RingCentral's address, and nobody asks there: the jobs are their caller's own.
  const ours = await startWorker({ sandboxUrl: "http://127.0.0.1:9" });
  const bare = await startWorker({ entry: "bench/bare/worker.mjs" });
  const call = api(ours.url);
  const headers = { authorization: `Bearer ${CREDENTIALS.API_TOKENS}` };
  const reserveOurs = async () => {
    const { id, callbackUrl } = await call.reserve("speech-to-text");
    return { callbackUrl, waitUrl: `${ours.url}/v1/jobs/${id}?wait=55`, headers };
  };
  const reserveBare = async () => {
    const id = randomUUID();
    const signature = createHmac("sha256", CREDENTIALS.SIGNING_KEYS).update(`${id}/1`).digest("hex");
    return { callbackUrl: `${bare.url}/callbacks/${id}/1/${signature}`, waitUrl: `${bare.url}/jobs/${id}?wait=55`, headers: {} };
  };
  return [
    { name: "this Worker", service: ours, cpu: await workerdOf(ours), reserve: reserveOurs },
    { name: "JavaScript", service: bare, cpu: await workerdOf(bare), reserve: reserveBare },
  ];
}

/** CPU of one of `count` callbacks with that body, in milliseconds. */
async function callbacks({ cpu, reserve }, body, count) {
  const jobs = [];
  for (let left = count; left > 0; left--) jobs.push(await reserve());
  return (await cpu.of(async () => {
    for (const { callbackUrl } of jobs) await expect(200, send(callbackUrl, "POST", {}, body));
    await sleep(SETTLES_MS);
  })) / count;
}

/** From one callback to `count` clients that wait: CPU in milliseconds, and the time after which half of them know. */
async function telling({ cpu, reserve }, body, count) {
  const { callbackUrl, waitUrl, headers } = await reserve();
  let began;
  const told = [];
  const waiting = Array.from({ length: count }, async () => {
    await expect(200, send(waitUrl, "GET", headers));
    told.push(performance.now() - began);
  });
  await sleep(500 + 10 * count); // until all of them wait
  if (told.length > 0) throw new Error("somebody was told before the callback");
  const ms = await cpu.of(async () => {
    began = performance.now();
    await expect(200, send(callbackUrl, "POST", {}, body));
    await Promise.all(waiting);
    await sleep(SETTLES_MS);
  });
  return { ms, half: median(told) };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/** The medians of what `measure` gives for each Worker, in turn. */
async function inTurn(workers, rounds, measure) {
  const measured = workers.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, worker] of workers.entries()) measured[at].push(await measure(worker));
  }
  return measured;
}

function row(name, unit, [ours, bare]) {
  const cells = [name, `${ours.toFixed(1)} ${unit}`, `${bare.toFixed(1)} ${unit}`, (ours / bare).toFixed(2)];
  console.log(`| ${cells.join(" | ")} |`);
}

const workers = await start();
const sizes = process.env.SIZES ? SIZES.filter(([bytes]) => process.env.SIZES.split(",").includes(String(bytes))) : SIZES;
try {
  for (const worker of workers) for (let left = 3; left > 0; left--) await callbacks(worker, result(46_000), 25);
  console.log("| one callback | this Worker | JavaScript | ratio |\n|---|---|---|---|");
  for (const [bytes, count] of sizes) {
    const body = result(bytes);
    for (const worker of workers) await callbacks(worker, body, count);
    const measured = await inTurn(workers, ROUNDS, (worker) => callbacks(worker, body, count));
    row(`${(bytes / 1000).toLocaleString("en")} KB, CPU`, "ms", measured.map(median));
  }
  const body = result(46_000);
  for (const count of process.env.WAITERS?.split(",").map(Number) ?? WAITERS) {
    for (const worker of workers) await telling(worker, body, count);
    const measured = await inTurn(workers, ROUNDS, (worker) => telling(worker, body, count));
    row(`46 KB with ${count} waiting, CPU`, "ms", measured.map((told) => median(told.map(({ ms }) => ms))));
    row(`… until half of them are told`, "ms", measured.map((told) => median(told.map(({ half }) => half))));
  }
} finally {
  agent.destroy();
  await Promise.all(workers.map(({ service }) => service.close()));
}
