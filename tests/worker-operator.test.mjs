// For whoever runs the Worker: what was of no use, looked at and delivered once more; what was not taken, counted; how it all stands.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api, keysOf } from "./support/api.mjs";
import { RC_JOB, startRingCentral } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

const TOKENS = "sandbox-token,submit:a-token-that-submits,read:a-token-that-reads";
const UUID = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

let ringcentral, worker, call;
before(async () => {
  ringcentral = await startRingCentral();
  worker = await startWorker({ sandboxUrl: ringcentral.url, vars: { API_TOKENS: TOKENS } });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const success = (jobId, note = "") => JSON.stringify({ jobId, status: "Success", response: { texts: ["So it goes.", note] } });
const deliver = async (url, body) => (await api(url, "").post("", body)).status;
const letters = async (query = "") => (await call.get(`/v1/dead-letters${query}`)).json;
const replay = (id, body) => call.post(`/v1/dead-letters/${id}/replay`, body);
const stats = async () => (await call.get("/v1/stats")).json;
const refusal = ({ status, json }) => [status, json.error.code, json.error.message];

/** What is answered to a body that is announced, begins, and does not go on. */
function stall(url) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const sending = request(url, { method: "POST", headers: { "content-length": "100" } }, (answer) => resolve(answer.statusCode));
  sending.on("error", reject).write("{");
  return promise.finally(() => sending.destroy());
}

/** A job that is bound to one id, and the dead letter of a delivery that names another. */
async function foreign(body = success("another")) {
  const job = await call.reserve();
  assert.equal((await call.ask("PUT", `/v1/callbacks/${job.id}`, { ringcentralJobId: RC_JOB })).status, 200);
  assert.equal(await deliver(job.callbackUrl, body), 422);
  const letter = (await letters()).items.find(({ jobId }) => jobId === job.id);
  assert.ok(letter, "it is listed");
  return { job, letter };
}

test("what is set so that something does not work is said to whoever runs the Worker, without a secret", async () => {
  const tokens = "sandbox-token,reserve:S3CRET-of-a-page-that-is-long";
  const vars = { API_TOKENS: tokens, DEEPGRAM_MODEL: "S3CRET", RC_SERVER: "https://platform.example.com" };
  const [well, other] = await Promise.all([startWorker({ sandboxUrl: ringcentral.url }), startWorker({ vars, hasBucket: false })]);
  try {
    assert.deepEqual((await api(well.url).get("/v1/stats")).json.settings, []);
    const { text, json } = await api(other.url).get("/v1/stats");
    assert.deepEqual(json.settings.map(({ setting }) => setting), ["PUBLIC_URL", "DEEPGRAM_MODEL", "ALLOWED_ORIGINS", "MEDIA"]);
    assert.match(json.settings[0].message, /^nobody can call this Worker back at http:\/\/127\.0\.0\.1:\d+, which is not on the internet: set it/);
    assert.doesNotMatch(text, /S3CRET/);
  } finally {
    await Promise.all([well.close(), other.close()]);
  }
});

test("what is of no use is listed, the latest first, and its bytes are as they came", async () => {
  const odd = Buffer.from([0xff, 0x00, 0x7b, 0x0a]);
  const job = await call.reserve();
  assert.equal(await deliver(job.callbackUrl, odd), 422);
  assert.equal(await deliver(job.callbackUrl, odd), 422, "the same bytes are one letter");
  const { letter: second } = await foreign();
  const { letter: third } = await foreign(success("a third"));
  const { items } = await letters("?limit=100");
  assert.deepEqual(items.slice(0, 2).map(({ id }) => id), [third.id, second.id]);
  const [first, ...more] = items.filter(({ jobId }) => jobId === job.id);
  assert.deepEqual(more, []);
  assert.match(first.id, UUID);
  assert.deepEqual([first.attempt, first.outcome, first.bytes], [1, "unreadable", odd.length]);
  assert.ok(first.reason.length > 5 && Date.parse(first.at) < Date.parse(first.retainedUntil));
  assert.deepEqual([second.outcome, second.reason], ["foreign", "jobId is another job's"]);
  const page = await letters("?limit=1");
  assert.deepEqual([page.items.length, page.nextCursor], [1, third.id]);
  assert.equal((await letters(`?limit=1&cursor=${page.nextCursor}`)).items[0].id, second.id);

  const got = await fetch(`${worker.url}/v1/dead-letters/${first.id}`, { headers: { authorization: "Bearer sandbox-token" } });
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), odd);
  const header = (name) => got.headers.get(name);
  assert.deepEqual([got.status, header("content-type"), header("x-content-type-options")], [200, "application/octet-stream", "nosniff"]);
  assert.match(header("content-security-policy"), /default-src 'none'.*sandbox/, "what somebody sent is no page of the console's origin");

  for (const token of ["a-token-that-submits", "a-token-that-reads", job.readToken]) {
    for (const path of ["/v1/dead-letters", `/v1/dead-letters/${first.id}`, "/v1/stats"]) {
      assert.equal((await api(worker.url, token).get(path)).status, 403, path);
    }
    assert.equal((await api(worker.url, token).post(`/v1/dead-letters/${first.id}/replay`)).status, 403);
  }
  for (const path of ["/v1/dead-letters/7", "/v1/dead-letters/7/replay"]) {
    assert.equal((await call.ask(path.endsWith("replay") ? "POST" : "GET", path)).json.error.code, "not_found");
  }
  for (const query of ["?limit=0", "?cursor=x", "?order=asc"]) assert.equal((await call.get(`/v1/dead-letters${query}`)).status, 422);
});

test("a letter that was another job's becomes the result of the job that it is replayed to", async () => {
  const { job, letter } = await foreign(success("another", "the lost one"));
  const target = await call.reserve();
  const again = await replay(letter.id);
  assert.deepEqual(refusal(again), [422, "foreign_callback", "jobId is another job's"]);
  assert.equal((await call.get(`/v1/jobs/${job.id}`)).json.deliveries.length, 1, "what is refused again changes nothing");
  assert.ok((await letters()).items.some(({ id }) => id === letter.id));

  assert.equal((await replay(letter.id, { jobId: "7" })).json.error.code, "not_found");
  for (const body of [{ jobId: 7 }, { job: "x" }]) assert.equal((await replay(letter.id, body)).json.error.code, "invalid_field");
  const taken = await replay(letter.id, { jobId: target.id });
  assert.deepEqual([taken.status, taken.json.outcome, taken.json.job.status], [200, "result", "succeeded"], taken.text);
  assert.match((await call.get(`/v1/jobs/${target.id}/result`)).text, /the lost one/);
  assert.equal((await call.get(`/v1/jobs/${job.id}`)).json.status, "reserved");
  assert.equal((await letters()).items.some(({ id }) => id === letter.id), false, "it is no dead letter any more");
  assert.equal((await replay(letter.id, { jobId: target.id })).status, 404);
  assert.equal((await call.get(`/v1/dead-letters/${letter.id}`)).status, 404);
});

test("a letter that says that a job runs, or whose job has its result, changes nothing, and stays", async () => {
  const running = await foreign(JSON.stringify({ jobId: "one-that-runs", status: "InProgress" }));
  const target = await call.reserve();
  const taken = await replay(running.letter.id, { jobId: target.id });
  assert.deepEqual([taken.status, taken.json.outcome, taken.json.job.status], [200, "running", "reserved"]);

  const { job, letter } = await foreign(success("another", "too late"));
  assert.equal(await deliver(job.callbackUrl, success(RC_JOB)), 200);
  const late = await replay(letter.id);
  assert.deepEqual([late.status, late.json.outcome, late.json.job.status], [200, "duplicate", "succeeded"]);
  const ids = (await letters()).items.map(({ id }) => id);
  assert.ok(ids.includes(running.letter.id) && ids.includes(letter.id));
});

test("letters go with their job, and the keys of what was replayed are let go of", async () => {
  const other = await startWorker({ sandboxUrl: ringcentral.url });
  const its = api(other.url);
  const bad = async (body) => {
    const job = await its.reserve();
    await its.ask("PUT", `/v1/callbacks/${job.id}`, { ringcentralJobId: RC_JOB });
    assert.equal(await deliver(job.callbackUrl, body), 422);
    const { items } = (await its.get("/v1/dead-letters")).json;
    return { job, letter: items.find(({ jobId }) => jobId === job.id) };
  };
  const [deleted, replayed] = [await bad(success("x")), await bad(success("y"))];
  const target = await its.reserve();
  assert.equal((await its.post(`/v1/dead-letters/${replayed.letter.id}/replay`, { jobId: target.id })).json.outcome, "result");
  assert.equal((await its.ask("DELETE", `/v1/jobs/${deleted.job.id}`)).status, 204);
  assert.deepEqual((await its.get("/v1/dead-letters")).json.items, []);
  await sleep(1_000);
  await other.kill();
  const keys = keysOf(other.persistTo);
  assert.equal(keys.length, 1, `the result, and nothing else: ${keys}`);
  assert.ok(keys[0].startsWith(`result/${target.id}/`));
  await other.close();
});

test("what is not taken is counted by reason, and a flood of forged callbacks does not reach the Desk one by one", async () => {
  const before = (await stats()).rejected;
  const job = await call.reserve();
  const forged = job.callbackUrl.replace(/.{4}$/, "0000");
  const stalls = stall((await call.reserve()).callbackUrl);
  const statuses = await Promise.all(Array.from({ length: 200 }, () => deliver(forged, "{}")));
  assert.ok(statuses.every((status) => status === 403));
  const deleted = await call.reserve();
  await call.ask("DELETE", `/v1/jobs/${deleted.id}`);
  assert.equal(await deliver(deleted.callbackUrl, success()), 200);
  assert.equal(await deliver(job.callbackUrl, "no JSON"), 422);
  assert.equal(await deliver(job.callbackUrl, Buffer.alloc(26 << 20, " ")), 413);
  for (let count = 0; count < 3; count++) assert.equal(await deliver(job.callbackUrl, success()), 200);
  assert.equal(await stalls, 503);
  await sleep(2_500);
  const now = (await stats()).rejected;
  const more = Object.fromEntries(Object.entries(now).map(([reason, count]) => [reason, count - (before[reason] ?? 0)]).filter(([, count]) => count));
  assert.deepEqual(more, { wrong_signature: 200, unknown_job: 1, unreadable: 1, too_large: 1, duplicate: 2, stalled: 1 });
  assert.equal(await deliver(forged, "{}"), 403);
  await sleep(1_500);
  assert.equal((await stats()).rejected.wrong_signature, now.wrong_signature + 1, "the last ones are handed over too");
});

test("how the Worker stands is told in one answer", async () => {
  const other = await startWorker({ sandboxUrl: ringcentral.url });
  try {
    const its = api(other.url);
    const empty = (await its.get("/v1/stats")).json;
    assert.deepEqual(Object.values(empty.jobs), [0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual([empty.oldest, empty.submitToResult, empty.via], [{}, { count: 0 }, { callback: 0, status: 0 }]);
    const [first, second] = [await its.reserve(), await its.reserve()];
    const submitted = await its.submit({ task: "punctuate", input: { texts: ["so it goes"] } });
    await its.ask("PUT", `/v1/callbacks/${first.id}`, { ringcentralJobId: RC_JOB });
    for (const deadline = Date.now() + 10_000; (await its.get(`/v1/jobs/${submitted.id}`)).json.status !== "submitted"; await sleep(20)) assert.ok(Date.now() < deadline);
    assert.equal(await deliver(first.callbackUrl, success(RC_JOB)), 200);
    assert.equal(await deliver(second.callbackUrl, "no JSON"), 422);
    const waits = its.get(`/v1/jobs/${second.id}?wait=2`);
    await sleep(300);
    const now = (await its.get("/v1/stats")).json;
    assert.deepEqual(now.jobs, { reserved: 1, queued: 0, unconfirmed: 0, submitted: 1, succeeded: 1, failed: 0, expired: 0 });
    assert.deepEqual(now.oldest, { reserved: second.createdAt, submitted: submitted.createdAt });
    assert.deepEqual([now.waiting, now.inFlight, now.deadLetters, now.rejected], [1, 0, 1, { unreadable: 1 }]);
    assert.deepEqual(now.notices, { waiting: 0, delivered: 0, failed: 0 });
    assert.deepEqual([now.submitToResult.count, now.via], [1, { callback: 1, status: 0 }]);
    assert.ok(now.submitToResult.p50S <= 5 && now.submitToResult.p99S <= 5);
    assert.deepEqual(now.pacer.ringcentral.map(({ group }) => group), ["light", "heavy", "auth"]);
    const heavy = now.pacer.ringcentral[1];
    assert.deepEqual([heavy.limit, heavy.windowS, heavy.waiting, heavy.heldUntil], [1000, 60, 0, undefined]);
    assert.ok(heavy.taken >= 1 && typeof now.version === "string" && Math.abs(Date.parse(now.at) - Date.now()) < 5_000);
    await waits;
  } finally {
    await other.close();
  }
});

test("a request's id is the caller's own, in its answer and in every line of the log that it causes", async () => {
  const id = "Order-7.a_b";
  const reserved = await call.post("/v1/callbacks", { task: "punctuate" }, { "x-request-id": id });
  assert.equal(reserved.headers.get("x-request-id"), id);
  const lines = () => worker.log().split("\n").filter((line) => line.includes(id)).map((line) => JSON.parse(line.slice(line.indexOf("{"))));
  for (const deadline = Date.now() + 5_000; lines().length < 2; await sleep(20)) assert.ok(Date.now() < deadline, JSON.stringify(lines()));
  const [desk, edge] = [lines().find(({ desk }) => desk), lines().find(({ route }) => route)];
  assert.deepEqual([desk.desk, desk.job, desk.requestId], ["reserved", reserved.json.id, id]);
  assert.deepEqual([edge.route, edge.status, edge.requestId], ["reserve_callback", 201, id]);
  const refused = await call.post("/v1/jobs", { task: "sing" }, { "x-request-id": "refused-1" });
  assert.deepEqual([refused.json.error.requestId, refused.headers.get("x-request-id")], ["refused-1", "refused-1"]);
  const ids = await Promise.all(Array.from({ length: 20 }, async (_, number) => {
    const own = `many-${number}`;
    const job = await call.post("/v1/callbacks", { task: "punctuate" }, { "x-request-id": own });
    return [job.json.id, own];
  }));
  const causes = () => Object.fromEntries(worker.log().split("\n").filter((line) => line.includes('"desk":"reserved"')).map((line) => JSON.parse(line.slice(line.indexOf("{")))).map(({ job, requestId }) => [job, requestId]));
  for (const [job, own] of ids) assert.equal(causes()[job], own, "requests at the same time do not mix");
  for (const odd of ["a b", "x".repeat(65), "a/b", '"'] ) {
    const answer = await call.get("/healthz", { "x-request-id": odd });
    assert.match(answer.headers.get("x-request-id"), /^[\da-f]{32}$/);
  }
});
