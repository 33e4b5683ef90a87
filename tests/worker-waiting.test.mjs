// An unfinished job says what it waits for and until when, and answers of something in between do not end it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { RC_JOB, TOKEN, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker, temporaryFolder } from "./support/services.mjs";

const TEXT_JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const RECORDED = { task: "speech-to-text", media: { recordingId: "7" } };
const SUCCESS = { status: "Success", response: { texts: ["So it goes."] } };
const ACCEPTED = { status: 202, json: { jobId: RC_JOB } };
const MISSING = { status: 404, json: { errorCode: "CMN-102", message: "Resource for parameter [recordingId] is not found" } };
const PAGE = "<!doctype html><title>404 Not Found</title>";
const MINUTE_MS = 60_000;

/** Runs `act` with a Worker whose clock runs `rate` times as fast, beside a scripted RingCentral. */
async function beside(script, { rate, ...options }, act) {
  const ringcentral = await startRingCentral(script);
  const worker = await startWorker({ sandboxUrl: ringcentral.url, rate, ...options });
  try {
    await act({ ringcentral, worker, call: api(worker.url) });
  } finally {
    await worker.close();
    await ringcentral.close();
  }
}

/** The job once it waits for that, and how many milliseconds there are left, on the Worker's clock, since it was created. */
async function waitsFor(call, id, what) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { json } = await call.get(`/v1/jobs/${id}`);
    if (json.waiting?.for === what) return { job: json, untilMs: Date.parse(json.waiting.until) - Date.parse(json.createdAt) };
    assert.ok(Date.now() < deadline && !["succeeded", "failed"].includes(json.status), JSON.stringify(json));
    await sleep(50);
  }
}

const deliver = (ringcentral) => api(webhookOf(ringcentral.submits().at(-1)), "").post("", SUCCESS);

test("a penalty: every queued job waits for its end, nothing is sent inside, and a restart does not forget it", async () => {
  const persistTo = temporaryFolder();
  const ringcentral = await startRingCentral({ submit: [{ status: 429, headers: { "retry-after": "8.5" } }, ACCEPTED] });
  let worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo });
  try {
    let call = api(worker.url);
    const first = await call.submit(TEXT_JOB);
    assert.equal(first.waiting.for, "turn");
    const { job, untilMs } = await waitsFor(call, first.id, "rate_limit");
    assert.equal(job.status, "queued");
    assert.ok(untilMs >= 8_500 && untilMs < 13_000, String(untilMs));
    const second = await call.submit(TEXT_JOB);
    assert.equal((await waitsFor(call, second.id, "rate_limit")).job.waiting.until, job.waiting.until);
    await worker.kill();
    worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo });
    call = api(worker.url);
    const { json } = await call.get(`/v1/jobs/${first.id}`);
    if (Date.parse(job.waiting.until) > Date.now() + 500) assert.deepEqual(json.waiting, job.waiting);
    await waitsFor(call, first.id, "result");
    const [refused, again] = ringcentral.submits();
    assert.ok(again.at - refused.at >= 8_500, String(again.at - refused.at));
  } finally {
    await worker.close();
    await ringcentral.close();
  }
});

test("a pause of a year closes the queue for a quarter of an hour", () => {
  const submit = [{ status: 429, headers: { "retry-after": "31536000" } }, ACCEPTED];
  const rate = 240;
  return beside({ submit }, { rate }, async ({ call, ringcentral }) => {
    const { id } = await call.submit(TEXT_JOB);
    const { untilMs } = await waitsFor(call, id, "rate_limit");
    assert.ok(untilMs >= 15 * MINUTE_MS && untilMs < 25 * MINUTE_MS, String(untilMs));
    await waitsFor(call, id, "result");
    const [refused, again] = ringcentral.submits();
    assert.ok((again.at - refused.at) * rate >= 15 * MINUTE_MS - 2_000);
  });
});

test("a recording that is not there yet is waited for until ten minutes after the job was asked for", () =>
  beside({ recording: [MISSING, MISSING, { status: 404, body: PAGE }, { json: { id: "7", contentUri: "https://media.ringcentral.com/7", contentType: "audio/mpeg" } }] }, { rate: 20, vars: { RC_MEDIA_HOSTS: "media.ringcentral.com" } }, async ({ call, ringcentral }) => {
    const { id } = await call.submit(RECORDED);
    const { untilMs, job } = await waitsFor(call, id, "recording");
    assert.deepEqual([untilMs, job.status], [10 * MINUTE_MS, "queued"]);
    const { job: sent, untilMs: asked } = await waitsFor(call, id, "result");
    assert.equal(sent.status, "submitted");
    assert.ok(asked >= 10 * MINUTE_MS, "its status is asked for after ten minutes");
    assert.ok(ringcentral.of("recording").length >= 4);
    await deliver(ringcentral);
    const ended = await call.finished(id);
    assert.deepEqual([ended.status, ended.waiting], ["succeeded", undefined]);
  }));

test("jobs whose recordings are missing do not keep others from being sent", () =>
  beside({ recording: MISSING }, { rate: 20 }, async ({ call, ringcentral }) => {
    const missing = await Promise.all(Array.from({ length: 12 }, () => call.submit(RECORDED)));
    await waitsFor(call, missing[9].id, "recording");
    const { id } = await call.submit(TEXT_JOB);
    await waitsFor(call, id, "result");
    assert.equal(ringcentral.submits().length, 1);
  }));

test("a recording that never comes fails the job with a sentence that says so", () =>
  beside({ recording: MISSING }, { rate: 300 }, async ({ call }) => {
    const { id } = await call.submit(RECORDED);
    const { status, error } = await call.finished(id);
    assert.deepEqual([status, error.code, error.ringcentral[0].errorCode], ["failed", "ringcentral_refused", "CMN-102"]);
    assert.match(error.message, /ten minutes after the job was asked for it is still not there/);
  }));

test("a server that is down, a login that must wait, an answer that is lost: each is said", async () => {
  await beside({ recording: { status: 503, body: PAGE } }, {}, async ({ call }) => {
    const { id } = await call.submit(RECORDED);
    const { job } = await waitsFor(call, id, "ringcentral");
    assert.equal(job.status, "queued");
  });
  await beside({ login: [{ status: 429, headers: { "retry-after": "30" } }, { json: TOKEN }] }, { rate: 5 }, async ({ call }) => {
    const { id } = await call.submit(TEXT_JOB);
    const { untilMs } = await waitsFor(call, id, "login");
    assert.ok(untilMs > 0 && untilMs < 2 * MINUTE_MS, String(untilMs));
    await waitsFor(call, id, "result");
  });
  await beside({ submit: { cut: -1 } }, {}, async ({ call }) => {
    const { id } = await call.submit(TEXT_JOB);
    const { job, untilMs } = await waitsFor(call, id, "confirmation");
    assert.deepEqual([job.status, job.tries], ["unconfirmed", { for: "confirmation", made: 1, of: 2 }]);
    assert.ok(untilMs >= 45 * MINUTE_MS && untilMs < 46 * MINUTE_MS, String(untilMs));
    const { json: reserved } = await call.post("/v1/callbacks", { task: "punctuate" });
    assert.equal(reserved.waiting.for, "result");
  });
});

test("a job makes its way through pages of something in between", () => {
  const page = (status) => ({ status, body: PAGE, headers: { "content-type": "text/html" } });
  const script = {
    login: [page(200), page(403), { json: TOKEN }],
    recording: [page(200), page(404), { status: 408 }, { json: { id: "7", contentUri: "https://media.ringcentral.com/7", contentType: "audio/mpeg" } }],
    submit: [{ status: 425 }, page(403), { status: 408, body: PAGE }, ACCEPTED],
  };
  return beside(script, { rate: 10, vars: { RC_MEDIA_HOSTS: "media.ringcentral.com" } }, async ({ call, ringcentral }) => {
    const { id } = await call.submit(RECORDED);
    await waitsFor(call, id, "result");
    await deliver(ringcentral);
    assert.equal((await call.finished(id)).status, "succeeded");
    assert.equal(ringcentral.submits().length, 4);
  });
});

test("a page that answers a submit leaves it unconfirmed: it is not sent again, and its callback ends it", () =>
  beside({ submit: { status: 200, body: PAGE } }, {}, async ({ call, ringcentral }) => {
    const { id } = await call.submit(TEXT_JOB);
    await waitsFor(call, id, "confirmation");
    await sleep(2_000);
    assert.equal(ringcentral.submits().length, 1);
    await deliver(ringcentral);
    assert.equal((await call.finished(id)).status, "succeeded");
  }));
