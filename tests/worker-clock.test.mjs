// What takes hours and days, with a clock that runs faster: keys that are forgotten, answers that are lost, jobs that expire.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { RC_JOB, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const SUCCESS = { status: "Success", response: { texts: ["So it goes."] } };
const HOUR_S = 3_600;

/** Runs `act` with a Worker whose clock runs `rate` times as fast, beside a scripted RingCentral. */
async function beside({ script, rate, vars }, act) {
  const ringcentral = await startRingCentral(script);
  const worker = await startWorker({ sandboxUrl: ringcentral.url, rate, vars });
  try {
    await act({ ringcentral, worker, call: api(worker.url) });
  } finally {
    await worker.close();
    await ringcentral.close();
  }
}

/** The first of the answers that `get` gives which `fits`, within half a minute. */
async function until(get, fits) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = await get();
    if (fits(found)) return found;
    assert.ok(Date.now() < deadline, JSON.stringify(found));
    await sleep(100);
  }
}

test("an idempotency key is remembered for a day and no longer", () => {
  const rate = (24 * HOUR_S) / 4;
  return beside({ rate }, async ({ call }) => {
    const headers = { "idempotency-key": "k-1" };
    const first = await call.submit(JOB, headers);
    assert.equal((await call.submit(JOB, headers)).id, first.id);
    const other = { ...JOB, input: { texts: ["another"] } };
    assert.equal((await call.post("/v1/jobs", other, headers)).status, 409);
    await sleep(4_200);
    const later = await call.submit(other, headers);
    assert.notEqual(later.id, first.id);
  });
});

test("a submit whose answer is lost waits 45 minutes for its callback, is sent once more, then given up", () => {
  const rate = (HOUR_S * 0.75) / 1.5;
  const script = { submit: { cut: -1 } };
  return beside({ script, rate }, async ({ call, ringcentral }) => {
    const { id } = await call.submit(JOB);
    await until(() => call.get(`/v1/jobs/${id}`), ({ json }) => json.status === "unconfirmed");
    const ended = await call.finished(id);
    assert.deepEqual([ended.status, ended.error.code, ended.attempt], ["failed", "submit_unconfirmed", 2]);
    assert.deepEqual(ended.tries, { for: "confirmation", made: 2, of: 2 }, "by that it has failed");
    const [first, second, ...more] = ringcentral.submits();
    assert.equal(more.length, 0);
    assert.ok(((second.at - first.at) * rate) / 1000 >= 0.74 * HOUR_S);
    assert.notEqual(webhookOf(first), webhookOf(second), "each attempt has an address of its own");
    assert.ok(Date.parse(ended.completedAt) - Date.parse(ended.createdAt) >= 1.5 * HOUR_S * 1000);
    // It ran after all: what comes now is paid for, and is the result.
    assert.equal((await api(webhookOf(second), "").post("", SUCCESS)).status, 200);
    const { json } = await call.get(`/v1/jobs/${id}`);
    assert.deepEqual([json.status, json.error, json.via], ["succeeded", undefined, "callback"]);
    assert.deepEqual((await call.get(`/v1/jobs/${id}/result`)).json, SUCCESS);
  });
});

test("a callback ends a job whose answer was lost, once its engine has been asked, and nothing is sent twice", () => {
  const script = { submit: { cut: -1 }, status: { json: { ...SUCCESS, jobId: RC_JOB } } };
  return beside({ script, rate: 60 }, async ({ call, ringcentral }) => {
    const { id } = await call.submit(JOB);
    await until(() => call.get(`/v1/jobs/${id}`), ({ json }) => json.status === "unconfirmed");
    assert.equal((await api(webhookOf(ringcentral.submits()[0]), "").post("", { ...SUCCESS, jobId: RC_JOB })).status, 503);
    const { status, via, ringcentralJobId } = await call.finished(id);
    assert.deepEqual([status, via, ringcentralJobId], ["succeeded", "status", RC_JOB]);
    assert.equal(ringcentral.submits().length, 1);
  });
});

test("a job that nothing ends expires after a week, takes a result that still comes, and its record goes", () => {
  const rate = (7 * 24 * HOUR_S) / 3;
  return beside({ rate }, async ({ call, ringcentral }) => {
    const reserved = (await call.post("/v1/callbacks", { task: "punctuate" })).json;
    const forgotten = (await call.post("/v1/callbacks", { task: "punctuate" })).json;
    const submitted = await call.submit(JOB);
    for (const { id } of [reserved, submitted, forgotten]) {
      const ended = await call.finished(id);
      assert.deepEqual([ended.status, ended.error.code, ended.via], ["expired", "expired", undefined]);
      assert.ok(Date.parse(ended.completedAt) - Date.parse(ended.createdAt) >= 7 * 24 * HOUR_S * 1000);
    }
    assert.ok(ringcentral.questions().length > 10, "it was asked for all the time");
    assert.deepEqual((await call.get(`/v1/jobs/${submitted.id}/result`)).json.response.errors[0].errorCode, "expired");
    assert.equal((await api(reserved.callbackUrl, "").post("", SUCCESS)).status, 200);
    assert.equal((await call.get(`/v1/jobs/${reserved.id}`)).json.status, "succeeded");
    assert.equal((await call.get(`/v1/jobs/${reserved.id}/result`)).text, JSON.stringify(SUCCESS));
    const gone = await until(() => call.get(`/v1/jobs/${forgotten.id}`), ({ status }) => status === 404);
    assert.equal(gone.json.error.code, "not_found");
    assert.equal((await api(forgotten.callbackUrl, "").post("", SUCCESS)).status, 200, "a late callback is answered and dropped");
    assert.equal((await call.get(`/v1/jobs/${forgotten.id}`)).status, 404);
  });
});

test("while bodies fill the memory for them a further callback is told to come again", () =>
  beside({}, async ({ call }) => {
    const jobs = await Promise.all(Array.from({ length: 6 }, async () => (await call.post("/v1/callbacks", { task: "punctuate" })).json));
    const large = JSON.stringify({ status: "Success", response: { texts: ["x".repeat(18 << 20)] } });
    const deliver = ({ callbackUrl }) => api(callbackUrl, "").post("", large);
    const answers = await Promise.all(jobs.map(deliver));
    const busy = answers.filter(({ status }) => status === 503);
    assert.ok(busy.length > 0 && busy.length < jobs.length, answers.map(({ status }) => status).join());
    for (const { json, headers } of busy) assert.deepEqual([json.error.code, Number(headers.get("retry-after")) > 0], ["busy", true]);
    for (const [index, job] of jobs.entries()) {
      if (answers[index].status !== 200) assert.equal((await deliver(job)).status, 200, "sent again, it has room");
      assert.equal((await call.get(`/v1/jobs/${job.id}`)).json.status, "succeeded");
    }
  }));

test("another clock than the world's stays on one's own machine", async () => {
  const worker = await startWorker({ vars: { CLOCK: `${Date.now()}x60`, PUBLIC_URL: "https://jobs.example" } });
  try {
    const { status, json } = await api(worker.url).get("/v1/jobs/x");
    assert.deepEqual([status, json.error.code], [503, "not_configured"]);
    assert.match(json.error.message, /^CLOCK: /);
  } finally {
    await worker.close();
  }
});
