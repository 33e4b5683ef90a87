// Whoever is to be told of a job's end is told: signed, until they have it, and never at the cost of a job.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { api } from "./support/api.mjs";
import { startServer } from "./support/http.mjs";
import { startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { freePort, startWorker, temporaryFolder } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const SUCCESS = JSON.stringify({ status: "Success", response: { texts: ["So it goes."] } });
const ORIGIN = "https://page.example";
const [OLD_KEY, NEW_KEY] = ["an-old-signing-key-of-thirty-two-characters", "a-new-signing-key-of-thirty-two-characters"];
const TOKENS = "sandbox-token,submit:a-token-that-submits,reserve:a-token-of-a-page";
/** The pauses between the tries, in seconds. */
const PAUSES_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

let ringcentral, worker, call, hooks;
/** What the receiver answers by its path: an answer, or a function of how often it was asked before. */
const answers = {};
before(async () => {
  ringcentral = await startRingCentral();
  const counts = {};
  hooks = await startServer(async ({ path }, response) => {
    const name = new URL(path, "http://h").pathname;
    counts[name] = (counts[name] ?? 0) + 1;
    const answer = answers[name] ?? { status: 204 };
    return typeof answer === "function" ? answer(counts[name] - 1, response) : answer;
  });
  const vars = { API_TOKENS: TOKENS, SIGNING_KEYS: `${NEW_KEY},${OLD_KEY}`, ALLOWED_ORIGINS: ORIGIN };
  worker = await startWorker({ sandboxUrl: ringcentral.url, vars, rate: 5 });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
  await hooks?.close();
});

const deliver = async (url, body = SUCCESS) => (await api(url, "").post("", body)).status;
const notices = (path) => hooks.requests.filter((request) => new URL(request.path, "http://h").pathname === path);
const idOf = ({ headers }) => headers["webhook-id"];
async function until(what, limitMs = 15_000) {
  for (const deadline = Date.now() + limitMs; ; await sleep(20)) {
    const found = await what();
    if (found) return found;
    assert.ok(Date.now() < deadline, String(what));
  }
}

/** A reserved job whose end is told at `path`, and that has ended. */
async function ended(path, its = call) {
  const answer = await its.post("/v1/callbacks", { task: "punctuate", notify: { url: hooks.url + path } });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(await deliver(answer.json.callbackUrl), 200);
  return answer.json;
}
const notifyOf = async ({ id }, its = call) => (await its.get(`/v1/jobs/${id}`)).json.notify;

/** The notice as the reference library of Standard Webhooks reads it: its headers, its time, its signature by one of our keys. */
const verified = (key, { headers, body }) => new Webhook(key).verify(body, headers);

test("a receiver that fails once is told again, by the same id, signed by every key", async () => {
  answers["/twice"] = (count) => ({ status: count === 0 ? 500 : 200 });
  const job = await ended("/twice?token=S3CRET");
  assert.deepEqual(job.notify, { url: `${hooks.url}/twice`, status: "waiting", attempts: 0, of: 10 });
  const [first, second] = await until(() => notices("/twice").length === 2 && notices("/twice"));
  assert.equal(first.path, "/twice?token=S3CRET", "the query goes to the receiver alone");
  assert.deepEqual([first.method, first.headers["content-type"]], ["POST", "application/json"]);
  assert.deepEqual([idOf(first), idOf(second)], Array(2).fill(`msg_${job.id}_succeeded_1`));
  const { keys } = (await call.get("/v1/notify-keys")).json;
  assert.equal(keys.length, 2);
  for (const key of keys) for (const notice of [first, second]) assert.equal(verified(key, notice).id, job.id);
  const altered = (header, value) => ({ ...second, headers: { ...second.headers, [header]: value } });
  const later = String(Number(second.headers["webhook-timestamp"]) + 1);
  const forged = [{ ...second, body: second.body.replace("succeeded", "failed") }, altered("webhook-id", "msg_other"), altered("webhook-timestamp", later)];
  for (const notice of forged) assert.throws(() => verified(keys[0], notice), /No matching signature/);
  assert.throws(() => verified("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", second), /No matching signature/);
  await until(async () => (await notifyOf(job)).status === "delivered");
  const { readToken, notify, ...shown } = (await call.get(`/v1/jobs/${job.id}`)).json;
  assert.ok(readToken);
  assert.deepEqual(notify, { url: `${hooks.url}/twice`, status: "delivered", attempts: 2, of: 10, lastStatus: 200 });
  assert.deepEqual(JSON.parse(second.body), { ...shown, notify: { ...notify, status: "waiting", lastStatus: 500 } });
  assert.doesNotMatch(worker.log() + JSON.stringify(shown), /S3CRET/);
  assert.equal((await api(worker.url, "a-token-that-submits").get("/v1/notify-keys")).status, 403);
  assert.equal((await call.get("/v1/stats")).json.notices.delivered, 1);
});

test("410 ends it for good, and a redirect is a failure that nobody follows", async () => {
  answers["/gone"] = { status: 410 };
  answers["/moved"] = { redirect: `${hooks.url}/elsewhere`, status: 307 };
  const [gone, moved] = [await ended("/gone"), await ended("/moved")];
  await until(async () => (await notifyOf(gone)).status === "failed");
  assert.deepEqual(await notifyOf(gone), { url: `${hooks.url}/gone`, status: "failed", attempts: 1, of: 10, lastStatus: 410 });
  await until(() => notices("/moved").length === 2);
  await until(async () => (await notifyOf(moved)).attempts === 2);
  assert.deepEqual([(await notifyOf(moved)).status, (await notifyOf(moved)).lastStatus], ["waiting", 307]);
  assert.deepEqual([notices("/gone").length, notices("/elsewhere").length], [1, 0]);
});

test("Retry-After is kept", async () => {
  answers["/later"] = (count) => (count === 0 ? { status: 503, headers: { "retry-after": "15" } } : { status: 200 });
  await ended("/later");
  const [first, second] = await until(() => notices("/later").length === 2 && notices("/later"));
  assert.ok(second.at - first.at >= 15_000 / 5 - 100, `${second.at - first.at} ms`);
});

test("one that never answers is tried again, and delays neither jobs nor other receivers", async () => {
  answers["/silent"] = (count) => (count === 0 ? { slowMs: Infinity } : { status: 200 });
  const silent = await Promise.all(Array.from({ length: 12 }, () => ended("/silent")));
  await until(() => notices("/silent").length === 1);
  const began = Date.now();
  const { id } = await call.submit(JOB);
  await until(async () => (await call.get(`/v1/jobs/${id}`)).json.status === "submitted");
  await ended("/lively");
  await until(() => notices("/lively").length === 1);
  assert.ok(Date.now() - began < 5_000, `${Date.now() - began} ms`);
  assert.equal(notices("/silent").length, 1, "nothing more goes where nobody answers");
  await until(async () => (await Promise.all(silent.map((job) => notifyOf(job)))).every(({ status }) => status === "delivered"), 40_000);
  assert.equal(notices("/silent").length, 13);
});

test("a job that had failed and has a result after all is told of twice, each by its own id", async () => {
  const refusing = await startRingCentral({ submit: { status: 400, json: { errorCode: "CAI-101", message: "no" } } });
  const other = await startWorker({ sandboxUrl: refusing.url });
  try {
    const its = api(other.url);
    const job = await its.submit({ ...JOB, notify: { url: `${hooks.url}/late` } });
    await until(() => notices("/late").length === 1);
    assert.equal(await deliver(webhookOf(refusing.submits()[0])), 200);
    await until(() => notices("/late").length === 2);
    assert.deepEqual(notices("/late").map(idOf), [`msg_${job.id}_failed_1`, `msg_${job.id}_succeeded_1`]);
    assert.deepEqual(notices("/late").map(({ body }) => JSON.parse(body).status), ["failed", "succeeded"]);

    const again = (await its.post(`/v1/jobs/${job.id}/retry`)).json;
    assert.equal(again.notify.url, `${hooks.url}/late`);
    await until(() => notices("/late").length === 3);
    assert.equal(idOf(notices("/late")[2]), `msg_${again.id}_failed_1`);
  } finally {
    await other.close();
    await refusing.close();
  }
});

test("a notice survives the Worker's death", async () => {
  const persistTo = temporaryFolder();
  const port = await freePort();
  const up = () => startWorker({ sandboxUrl: ringcentral.url, persistTo, port });
  let other = await up();
  try {
    answers["/killed"] = (count) => ({ status: count === 0 ? 500 : 200 });
    const job = await ended("/killed", api(other.url));
    await until(async () => (await notifyOf(job, api(other.url))).lastStatus === 500);
    await other.kill();
    other = await up();
    await until(async () => (await notifyOf(job, api(other.url))).status === "delivered", 30_000);
    assert.deepEqual(await notifyOf(job, api(other.url)), { url: `${hooks.url}/killed`, status: "delivered", attempts: 2, of: 10, lastStatus: 200 });
    const [first, second, ...more] = notices("/killed");
    assert.deepEqual([idOf(first), more.length], [idOf(second), 0]);
  } finally {
    await other.close();
  }
});

test("one who always fails is told ten times in three days, after growing pauses, and no more", async () => {
  const rate = 20_000;
  const other = await startWorker({ sandboxUrl: ringcentral.url, rate });
  try {
    const its = api(other.url);
    answers["/down"] = { status: 503 };
    const job = await ended("/down", its);
    await until(async () => (await notifyOf(job, its)).status === "failed", 60_000);
    assert.deepEqual(await notifyOf(job, its), { url: `${hooks.url}/down`, status: "failed", attempts: 10, of: 10, lastStatus: 503 });
    const times = notices("/down").map(({ at }) => at);
    assert.equal(times.length, 10);
    const gaps = times.slice(1).map((at, index) => at - times[index]);
    gaps.forEach((gap, index) => {
      const pauseMs = (PAUSES_S[index] * 1_000) / rate;
      assert.ok(gap >= pauseMs - 60 && gap <= pauseMs * 1.2 + 1_500, `${index}: ${gap} ms, and not ${pauseMs}`);
    });
    await sleep(1_000);
    assert.equal(notices("/down").length, 10);
  } finally {
    await other.close();
  }
});

test("nobody is told of a job that was deleted, nor where anybody may not be told", async () => {
  const { json: job } = await call.post("/v1/callbacks", { task: "punctuate", notify: { url: `${hooks.url}/deleted` } });
  assert.equal((await call.ask("DELETE", `/v1/jobs/${job.id}`)).status, 204);
  await deliver(job.callbackUrl);
  const field = ({ status, json }) => [status, json.error.code, json.error.field];
  for (const [notify, name] of [[{ url: "http://hooks.example.com/" }, "notify.url"], [{ url: "https://me:x@hooks.example.com/" }, "notify.url"], [{ to: "x" }, "notify.to"], ["x", "notify"]]) {
    for (const [path, body] of [["/v1/jobs", JOB], ["/v1/callbacks", { task: "punctuate" }]]) {
      assert.deepEqual(field(await call.post(path, { ...body, notify })), [422, "invalid_field", name]);
    }
  }
  const page = api(worker.url, "a-token-of-a-page");
  const reserve = (more) => page.post("/v1/callbacks", { task: "punctuate", ...more }, { origin: ORIGIN });
  assert.deepEqual(field(await reserve({ notify: { url: "https://hooks.example.com/" } })), [422, "invalid_field", "notify"]);
  assert.equal((await reserve({ notify: null })).json.notify, undefined);
  await sleep(500);
  assert.equal(notices("/deleted").length, 0);
});
