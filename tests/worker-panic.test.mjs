// The wasm instance traps, as it does after a panic: the calls in its hands fail, and the next one finds a new instance.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { TOKEN, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startSandbox, startWorker } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const SUCCESS = JSON.stringify({ status: "Success", response: { texts: ["one"] } });
/** Long enough for a busy machine, and much shorter than anything that a trap could leave waiting. */
const SOON_MS = 2_000;
const entry = "tests/support/trapping-entry.mjs";

let ringcentral, worker, call, logins;
before(async () => {
  const login = () => (logins ? new Promise((resolve) => logins.push(() => resolve({ json: TOKEN }))) : { json: TOKEN });
  ringcentral = await startRingCentral({ login });
});
// A Worker of its own for each: one that is logged in asks for no login.
beforeEach(async () => {
  logins = undefined;
  ringcentral.requests.length = 0;
  await worker?.close();
  worker = await startWorker({ sandboxUrl: ringcentral.url, entry });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

async function until(what, holds, limitMs = SOON_MS) {
  for (const deadline = Date.now() + limitMs; !(await holds()); await sleep(20)) assert.ok(Date.now() < deadline, what);
}

const reserve = () => call.reserve();
const deliver = (url) => api(url, "").post("", SUCCESS);
const sent = (count, limitMs) => until(`${count} submits`, () => ringcentral.submits().length >= count, limitMs);
const instances = async () => (await call.get("/instances")).json;
/** What the log holds comes a little later than the answers. */
const logged = (count) => until(`${count} traps in the log`, () => (worker.log().match(/"route":"trap"/g)?.length ?? 0) === count);
/** What comes of a call, and how long it took: `{…answer, ms}`; the status is 0 when the connection ended. */
const timed = async (promise, began = Date.now()) => {
  const answer = await promise.catch((error) => ({ status: 0, text: error.message }));
  return { ...answer, ms: Date.now() - began };
};

/** Whether an answer says that the Worker was interrupted, in the shape of all errors. */
function isInterrupted({ status, text, json, headers }) {
  assert.deepEqual([status, json?.error?.code], [503, "busy"], text);
  assert.match(json.error.message, /interrupted.+ask again/);
  assert.equal(json.error.requestId, headers.get("x-request-id"));
  assert.deepEqual(["retry-after", "content-type", "cache-control"].map((name) => headers.get(name)), ["1", "application/json", "no-store"]);
}

test("after a trap one call has failed, nothing that was acknowledged is lost, and the Worker goes on", async () => {
  const reserved = await reserve();
  const submitted = await call.submit(JOB);
  await sent(1);
  for (let round = 1; round <= 3; round++) {
    const before = await instances();
    await call.get("/trap/call");
    const failed = await call.get(`/v1/jobs/${reserved.id}`);
    isInterrupted(failed);
    const found = await call.get(`/v1/jobs/${reserved.id}`);
    assert.deepEqual([found.status, found.json?.status], [200, "reserved"], found.text);
    await logged(round);
    const present = await instances();
    assert.ok(present > before, "it is another instance");
    assert.equal((await call.get(`/v1/jobs/${reserved.id}`)).status, 200);
    assert.equal(await instances(), present, "which stays");
  }
  for (const address of [reserved.callbackUrl, webhookOf(ringcentral.submits()[0])]) assert.equal((await deliver(address)).status, 200);
  for (const { id } of [reserved, submitted]) assert.equal((await call.get(`/v1/jobs/${id}/result`)).text, SUCCESS);
  const next = await call.submit(JOB);
  await sent(2, 15_000);
  assert.equal((await deliver(webhookOf(ringcentral.submits()[1]))).status, 200);
  assert.equal((await call.finished(next.id)).status, "succeeded");
  assert.equal(ringcentral.submits().length, 2, "nothing was sent twice");
});

test("a callback that a trap swallows is sent again, and its job ends once", async () => {
  const { id, callbackUrl } = await reserve();
  await call.get("/trap/call");
  isInterrupted(await deliver(callbackUrl));
  assert.equal((await call.get(`/v1/jobs/${id}`)).json.status, "reserved");
  assert.equal((await deliver(callbackUrl)).status, 200);
  assert.equal((await call.get(`/v1/jobs/${id}/result`)).text, SUCCESS);
});

/** A job on its way, three who wait for it, one who waits for another, and a list, all held up by RingCentral's login. */
async function heldUp() {
  logins = [];
  const reserved = await reserve();
  const job = await call.submit(JOB);
  await until("a login", () => logins.length > 0);
  const paths = [job, job, job, reserved].map(({ id }) => `/v1/jobs/${id}?wait=50`);
  const calls = [...paths, "/v1/recordings?source=calls"].map((path) => timed(call.get(path)));
  await sleep(200); // They have reached the Desk.
  return { reserved, job, calls };
}

/** All of them are told within two seconds from now. */
const endSoon = async (calls) => {
  const began = Date.now();
  (await Promise.all(calls)).forEach(isInterrupted);
  assert.ok(Date.now() - began < SOON_MS, `${Date.now() - began} ms`);
};

test("whoever waits when it traps is told at once, and a job on its way goes on by its own alarm", async () => {
  const { job, calls } = await heldUp();
  await call.get("/trap/call");
  const [told] = await Promise.all([call.get(`/v1/jobs/${job.id}`), endSoon(calls)]);
  isInterrupted(told);
  for (const path of [`/v1/jobs/${job.id}`, "/healthz"]) {
    const next = await timed(call.get(path));
    assert.ok(next.status === 200 && next.ms < SOON_MS, `${path}: ${next.status} after ${next.ms} ms`);
  }
  logins = undefined;
  await sent(1, 15_000);
  assert.equal((await deliver(webhookOf(ringcentral.submits()[0]))).status, 200);
  const ended = await call.finished(job.id);
  assert.deepEqual([ended.status, ended.attempt], ["succeeded", 1]);
});

/** Watches a job: what was told, and when the stream ended, and how. */
async function watched(id) {
  const response = await fetch(`${worker.url}/v1/jobs/${id}/events`, { headers: { authorization: "Bearer sandbox-token" } });
  let text = "";
  const read = async () => {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) text += chunk;
  };
  const ended = read().then(() => "closed", () => "broken off");
  await until("the first event", () => text.includes("data: "));
  return { ended, text: () => text };
}

for (const [what, command, wait] of [["a handler panics", "/panic", 50], ["it traps", "/trap/call", 0]]) {
  test(`${what} while twenty wait: each is told within two seconds, and every job that was acknowledged ends`, async () => {
    const jobs = await Promise.all(Array.from({ length: 5 }, reserve));
    const waits = Array.from({ length: 20 }, (_, client) => timed(call.get(`/v1/jobs/${jobs[Math.max(0, client - 15)].id}?wait=50`)));
    const streams = await Promise.all([watched(jobs[0].id), watched(jobs[1].id)]);
    await sleep(1_000); // The requests that came first have ended, and their timers with them.
    const before = await instances();
    await call.get(command);
    const trapped = Date.now();
    const last = timed(call.get(`/v1/jobs/${jobs[0].id}?wait=${wait}`));
    await endSoon([...waits, last]);
    for (const { ended } of streams) assert.equal(await ended, "broken off");
    assert.ok(Date.now() - trapped < SOON_MS, `the last stream ended after ${Date.now() - trapped} ms`);
    assert.equal(await instances(), before + 1, "there is one new instance");
    if (command === "/panic") assert.match(worker.log(), /Rust panic/);
    const again = jobs.map(({ id }) => call.get(`/v1/jobs/${id}?wait=50`));
    const next = await watched(jobs[0].id);
    for (const { callbackUrl } of jobs) assert.equal((await deliver(callbackUrl)).status, 200);
    for (const { json } of await Promise.all(again)) assert.equal(json.status, "succeeded");
    for (const { id } of jobs) assert.equal((await call.get(`/v1/jobs/${id}/result`)).text, SUCCESS);
    assert.equal(await next.ended, "closed");
    assert.match(next.text(), /"succeeded"/);
  });
}

test("a trap in a task that nobody awaits is survived too, be it the alarm's at its work", async () => {
  const { job, calls } = await heldUp();
  const before = await instances();
  await call.get("/trap/task");
  logins.splice(0).forEach((give) => give()); // It wakes the alarm.
  logins = undefined;
  await sleep(200);
  const next = await timed(call.get(`/v1/jobs/${job.id}`));
  assert.ok(next.status === 200 && next.ms < SOON_MS, `${next.status} after ${next.ms} ms`);
  assert.ok((await instances()) > before);
  await endSoon(calls);
  await call.submit(JOB);
  await sent(2); // What is new wakes the alarm, and the former one is sent with it.
  assert.equal((await call.get(`/v1/jobs/${job.id}`)).json.attempt, 1);
});

test("jobs on their way while it traps again and again all succeed, each sent once", async () => {
  const sandbox = await startSandbox();
  const other = await startWorker({ sandboxUrl: sandbox.url, entry });
  try {
    call = api(other.url);
    const { items } = (await call.get("/v1/recordings?source=calls")).json;
    const jobs = [];
    for (let round = 0; round < 12; round++) {
      jobs.push(await call.submit({ task: "speech-to-text", media: { recordingId: items[0].id } }));
      await sleep(round * 8); // At another moment of its way.
      const before = await instances();
      await call.get("/trap/call");
      // Either this traps, or a callback that came first.
      await until("another instance", async () => (await call.get(`/v1/jobs/${jobs[0].id}`)).status === 200 && (await instances()) > before, 5 * SOON_MS);
    }
    for (const { id } of jobs) {
      // What was sent when it trapped, and whose answer nobody heard, counts for a window of the rate limit.
      const ended = await call.finished(id, 130);
      assert.deepEqual([ended.status, ended.attempt], ["succeeded", 1], JSON.stringify(ended.error));
    }
    const requests = await (await fetch(`${sandbox.url}/sandbox/requests`)).json();
    const submits = requests.filter(({ method, path }) => method === "POST" && path.includes("speech-to-text"));
    assert.equal(submits.length, jobs.length);
  } finally {
    await other.close();
    await sandbox.close();
  }
});
