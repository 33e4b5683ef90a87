// What the relay costs: this Worker beside the one in bench/bare/relay.mjs, which checks nothing, both in workerd.
//
//   cargo xtask bench relay
//
// Rounds alternate, what is shown are medians. Time is from the request to the last byte, CPU is that of the workerd which runs the Worker,
// memory its resident set. `ROUNDS` and `SLOW` (how many slow readers) in the environment measure less, or for longer.
import { api } from "../tests/support/api.mjs";
import { startServer } from "../tests/support/http.mjs";
import { TOKEN } from "../tests/support/ringcentral.mjs";
import { startWorker } from "../tests/support/services.mjs";
import { workerdOf } from "./cpu.mjs";
import { once } from "node:events";
import { Agent, get } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const SLOW = Number(process.env.SLOW ?? 200);
const BYTES = 100_000_000;
/** Five times what an isolate may hold. */
const LARGE_BYTES = 500_000_000;
const SMALL_BYTES = 1_000_000;
/** What a slow reader reads, and how often. */
const [SLOW_BYTES, SLOW_EVERY_MS] = [16_384, 200];
const PIECE = Buffer.alloc(1 << 20, "sound");
const LIMITS = { "x-rate-limit-limit": "5000", "x-rate-limit-remaining": "4999", "x-rate-limit-window": "60" };

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** RingCentral, with a recording of each length. */
function startRingCentral() {
  const server = startServer(async ({ method, path, headers }, response) => {
    if (path.includes("/oauth/")) return { json: TOKEN };
    if (method === "POST") return { status: 202, json: { jobId: crypto.randomUUID() }, headers: LIMITS };
    const [, bytes] = /\/recording\/(\d+)/.exec(path);
    if (!path.endsWith("/content")) return { json: { id: bytes, contentUri: `http://${headers.host}${path}/content`, contentType: "audio/mpeg" }, headers: LIMITS };
    response.writeHead(200, { "content-type": "audio/mpeg", "content-length": bytes, ...LIMITS });
    await pipeline(Readable.from(sound(Number(bytes))), response).catch(() => {}); // who reads may leave
  });
  return server;
}

function* sound(bytes) {
  for (let left = bytes; left > 0; left -= PIECE.length) yield PIECE.subarray(0, Math.min(left, PIECE.length));
}

async function startOurs(ringcentral) {
  const service = await startWorker({ sandboxUrl: ringcentral.url });
  const addresses = {};
  for (const bytes of [SMALL_BYTES, BYTES, LARGE_BYTES]) {
    const before = ringcentral.requests.length;
    await api(service.url).submit({ task: "speech-to-text", media: { recordingId: String(bytes) }, contentAccess: "relay" });
    const sent = () => ringcentral.requests.slice(before).find(({ path }) => path.startsWith("/ai/"));
    while (!sent()) await sleep(50);
    addresses[bytes] = JSON.parse(sent().body).contentUri;
  }
  return { service, cpu: await workerdOf(service), at: (bytes) => addresses[bytes] };
}

async function startBare(ringcentral) {
  const source = `${ringcentral.url}/restapi/v1.0/account/~/recording/${BYTES}/content`;
  const service = await startWorker({ entry: "bench/bare/relay.mjs", vars: { SOURCE: source } });
  return { service, cpu: await workerdOf(service), at: () => `${service.url}/v1/media` };
}

/** Reads an address to its end. */
async function read(address) {
  const [response] = await once(get(address, { agent }), "response");
  let bytes = 0;
  for await (const chunk of response) bytes += chunk.length;
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}`);
  return bytes;
}

/** Seconds and milliseconds of CPU for a file. */
async function relayed({ cpu, at }) {
  const began = performance.now();
  let endedMs;
  const cpuMs = await cpu.of(async () => {
    if ((await read(at(BYTES))) !== BYTES) throw new Error("it was cut off");
    endedMs = performance.now();
    await sleep(200);
  });
  return [endedMs - began, cpuMs];
}

/** Somebody who reads slowly until `ends` is called. */
async function readSlowly(address) {
  const request = get(address);
  const [response] = await once(request, "response");
  const timer = setInterval(() => response.read(SLOW_BYTES), SLOW_EVERY_MS);
  return () => {
    clearInterval(timer);
    request.destroy();
  };
}

async function timeOfSmall({ at }) {
  const times = [];
  for (let count = 0; count < 9; count++) {
    const began = performance.now();
    await read(at(SMALL_BYTES));
    times.push(performance.now() - began);
  }
  return median(times);
}

const mb = (bytes) => (bytes / 1e6).toFixed(0);
const ringcentral = await startRingCentral();
const workers = [await startOurs(ringcentral), await startBare(ringcentral)];
const [ours, bare] = workers;
try {
  const rounds = workers.map(() => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, worker] of workers.entries()) {
      const measured = await relayed(worker);
      if (round >= 0) rounds[index].push(measured);
    }
  }
  const [ms, cpu] = [0, 1].map((column) => rounds.map((values) => median(values.map((value) => value[column]))));
  console.log("| 100 MB through a Worker | this Worker | JavaScript | ratio |\n|---|---|---|---|");
  console.log(`| MB a second | ${ms.map((each) => mb((BYTES / each) * 1000)).join(" | ")} | ${(ms[1] / ms[0]).toFixed(2)} |`);
  console.log(`| CPU, ms | ${cpu.map((each) => each.toFixed(0)).join(" | ")} | ${(cpu[0] / cpu[1]).toFixed(2)} |`);
  const before = ours.cpu.residentBytes();
  await read(ours.at(LARGE_BYTES));
  console.log(`\nMemory of workerd: ${mb(before)} MB, and ${mb(ours.cpu.residentBytes())} MB after a file of 500 MB.`);
  const alone = await timeOfSmall(ours);
  for (const [name, worker] of [["this Worker", ours], ["JavaScript", bare]]) {
    const atRest = worker.cpu.residentBytes();
    const ends = await Promise.all(Array.from({ length: SLOW }, () => readSlowly(worker.at(BYTES))));
    const soon = worker.cpu.residentBytes();
    await sleep(10_000);
    const memory = [atRest, soon, worker.cpu.residentBytes()].map(mb).join(", ");
    console.log(`${SLOW} slow readers of 100 MB, ${name}: ${memory} MB at rest, as they have come, ten seconds later.`);
    if (worker === ours) console.log(`1 MB beside them takes ${(await timeOfSmall(ours)).toFixed(0)} ms, ${alone.toFixed(0)} ms alone.`);
    for (const end of ends) end();
  }
} finally {
  await Promise.all(workers.map(({ service }) => service.close()));
  await ringcentral.close();
}
agent.destroy();
