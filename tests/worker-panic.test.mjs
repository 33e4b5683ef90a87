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
/** What comes of a call, and how long it took: `{status, ms}`; the status is 0 when the connection ended. */
const timed = async (promise, began = Date.now()) => {
  const { status } = await promise.catch(() => ({ status: 0 }));
  return { status, ms: Date.now() - began };
};

test("after a trap one call has failed, nothing that was acknowledged is lost, and the Worker goes on", async () => {
  const reserved = await reserve();
  const submitted = await call.submit(JOB);
  await sent(1);
  for (let round = 1; round <= 3; round++) {
    const before = await instances();
    await call.get("/trap/call");
    const failed = await call.get(`/v1/jobs/${reserved.id}`);
    assert.equal(failed.status, 500, failed.text);
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
  assert.equal((await deliver(callbackUrl)).status, 500);
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

const endSoon = async (calls) => {
  for (const { status, ms } of await Promise.all(calls)) assert.ok([0, 500].includes(status) && ms < 2 * SOON_MS, `${status} after ${ms} ms`);
};

test("whoever waits when it traps is told at once, and a job on its way goes on by its own alarm", async () => {
  const { job, calls } = await heldUp();
  await call.get("/trap/call");
  assert.equal((await call.get(`/v1/jobs/${job.id}`)).status, 500);
  for (const path of [`/v1/jobs/${job.id}`, "/healthz"]) {
    const next = await timed(call.get(path));
    assert.ok(next.status === 200 && next.ms < SOON_MS, `${path}: ${next.status} after ${next.ms} ms`);
  }
  await endSoon(calls);
  logins = undefined;
  await sent(1, 15_000);
  assert.equal((await deliver(webhookOf(ringcentral.submits()[0]))).status, 200);
  const ended = await call.finished(job.id);
  assert.deepEqual([ended.status, ended.attempt], ["succeeded", 1]);
});

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
    for (let round = 0; round < 3; round++) {
      jobs.push(await call.submit({ task: "speech-to-text", media: { recordingId: items[0].id } }));
      await sleep(round * 30); // At another moment of its way.
      const before = await instances();
      await call.get("/trap/call");
      // Either this traps, or a callback that came first.
      await until("another instance", async () => (await call.get(`/v1/jobs/${jobs[0].id}`)).status === 200 && (await instances()) > before);
    }
    for (const { id } of jobs) {
      const ended = await call.finished(id);
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
