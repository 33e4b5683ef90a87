// No callback comes: the engine is asked how the job stands, and what it says is the result.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { RC_JOB, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { freePort, startSandbox, startWorker } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const RESULT = { jobId: RC_JOB, api: "/ai/text/v1/async/punctuate", status: "Success", completionTime: "2026-01-01T00:00:00.000Z", response: { texts: ["So it goes."] } };
const RUNS = { json: { jobId: RC_JOB, status: "InProgress" } };
const MINUTE_MS = 60_000;
const MADE_UP = "80800e1a-a663-11ee-b548-00000000f0f0";

/** Waits until RingCentral has been asked for that. */
async function ringcentralHas(isSo) {
  for (const deadline = Date.now() + 10_000; !isSo(); await sleep(20)) assert.ok(Date.now() < deadline, "it was not asked");
}

/** Runs `act` with a Worker whose clock runs `rate` times as fast, beside a scripted RingCentral. */
async function beside(script, options, act) {
  const ringcentral = await startRingCentral(script);
  const worker = await startWorker({ sandboxUrl: ringcentral.url, ...options });
  try {
    await act({ ringcentral, worker, call: api(worker.url) });
  } finally {
    await worker.close();
    await ringcentral.close();
  }
}

const sentAfterMs = ({ ringcentral }, rate) => ringcentral.questions().map(({ at }) => (at - ringcentral.submits()[0].at) * rate);

test("a callback that is lost for ten minutes is asked for, and the status's bytes are the result", async () => {
  const text = JSON.stringify(RESULT, null, 1);
  const status = [RUNS, RUNS, { body: text }];
  await beside({ status }, { rate: 600 }, async (scene) => {
    const { call, ringcentral } = scene;
    const { id } = await call.submit(JOB);
    const ended = await call.finished(id);
    assert.deepEqual([ended.status, ended.via, ended.ringcentralJobId, ended.attempt], ["succeeded", "status", RC_JOB, 1]);
    assert.equal(ended.completedAt, RESULT.completionTime);
    const stored = await call.get(`/v1/jobs/${id}/result`);
    assert.deepEqual([stored.status, stored.text], [200, text]);
    assert.ok(ringcentral.questions().every(({ path, method }) => method === "GET" && path === `/ai/status/v1/jobs/${RC_JOB}`));
    const [first, second, third, ...more] = sentAfterMs(scene, 600);
    assert.ok(first >= 9.9 * MINUTE_MS, `asked after ${first / MINUTE_MS} minutes`);
    assert.ok(third - second > second - first, "the pauses grow");
    assert.equal(more.length, 0, "whoever has finished is not asked for");
    // The callback that comes after all is not wanted any more.
    const late = await api(webhookOf(ringcentral.submits()[0]), "").post("", { ...RESULT, response: { texts: ["Late."] } });
    assert.equal(late.status, 200);
    assert.equal((await call.get(`/v1/jobs/${id}/result`)).text, text);
  });
});

test("a job that its engine has failed says so by its status, in RingCentral's words", async () => {
  const errors = [{ errorCode: "CAI-101", message: "Parameter [texts] is invalid", parameterName: "texts" }];
  const status = { json: { jobId: RC_JOB, status: "Fail", response: { errors } } };
  await beside({ status }, { rate: 600 }, async ({ call }) => {
    const { id } = await call.submit(JOB);
    const ended = await call.finished(id);
    assert.deepEqual([ended.status, ended.via, ended.error.code, ended.error.ringcentral], ["failed", "status", "ringcentral_job_failed", errors]);
    assert.equal((await call.get(`/v1/jobs/${id}/result`)).json.status, "Fail");
  });
});

test("no answer of use, and another job's, are no result: it is asked again", async () => {
  const answers = [
    { status: 404, json: { errorCode: "CMN-102" } },
    { json: { ...RESULT, jobId: "another" } },
    { body: "<html>" },
    { cut: -1 },
  ];
  const status = [...answers, { json: RESULT }];
  await beside({ status }, { rate: 6_000 }, async ({ call, ringcentral }) => {
    const { id } = await call.submit(JOB);
    const ended = await call.finished(id);
    assert.deepEqual([ended.status, ended.via], ["succeeded", "status"]);
    assert.equal(ringcentral.questions().length, 5);
  });
});

test("where no callback can come, results come by polling alone", async () => {
  const sandbox = await startSandbox();
  // The address that the sandbox is given is nobody's.
  const vars = { RESULTS_BY: "polling", PUBLIC_URL: `http://127.0.0.1:${await freePort()}` };
  const worker = await startWorker({ sandboxUrl: sandbox.url, vars });
  try {
    const call = api(worker.url);
    const { items } = (await call.get("/v1/recordings?source=calls")).json;
    const began = Date.now();
    const job = await call.submit({ task: "speech-to-text", media: { recordingId: items[0].id } });
    const ended = await call.finished(job.id);
    assert.deepEqual([ended.status, ended.via], ["succeeded", "status"], JSON.stringify(ended.error));
    assert.ok(Date.now() - began < 30_000);
    assert.equal((await call.get(`/v1/jobs/${job.id}/result`)).json.jobId, ended.ringcentralJobId);
    assert.equal((await call.get(`/v1/jobs/${job.id}/transcript.txt`)).status, 200);
  } finally {
    await worker.close();
    await sandbox.close();
  }
});

test("what is delivered before RingCentral has said what it calls the job is held against its word", async () => {
  const none = { status: 404, json: { errors: [{ errorCode: "CMN-102", message: "The job doesn't exist" }] } };
  const status = ({ path }) => (path.endsWith(RC_JOB) ? { json: RESULT } : none);
  await beside({ submit: { cut: -1 }, status }, {}, async ({ call, ringcentral }) => {
    const { id } = await call.submit(JOB);
    await ringcentralHas(() => ringcentral.submits().length === 1);
    const callback = api(webhookOf(ringcentral.submits()[0]), "");
    const madeUp = await callback.post("", { ...RESULT, jobId: MADE_UP, response: { texts: ["Forged."] } });
    assert.deepEqual([madeUp.status, madeUp.json.error.code, madeUp.headers.get("retry-after")], [503, "result_delayed", "10"]);
    await ringcentralHas(() => ringcentral.questions().length === 1);
    assert.equal((await call.get(`/v1/jobs/${id}`)).json.status, "unconfirmed");
    assert.equal((await callback.post("", RESULT)).status, 503);
    const ended = await call.finished(id);
    assert.deepEqual([ended.status, ended.via, ended.ringcentralJobId], ["succeeded", "status", RC_JOB]);
    assert.deepEqual(ended.deliveries.map(({ outcome }) => outcome), ["unproved", "unproved"]);
    assert.deepEqual((await call.get(`/v1/jobs/${id}/result`)).json, RESULT);
    assert.deepEqual(ringcentral.questions().map(({ path }) => path.split("/").at(-1)), [MADE_UP, RC_JOB]);
    assert.deepEqual((await call.get("/v1/dead-letters")).json.items.map(({ outcome }) => outcome), ["unproved", "unproved"]);
  });
});

test("what RingCentral cannot say is believed when it is delivered again", async () => {
  await beside({ submit: { cut: -1 }, status: { status: 403, json: { errorCode: "CMN-401", message: "no" } } }, {}, async ({ call, ringcentral }) => {
    const { id } = await call.submit(JOB);
    await ringcentralHas(() => ringcentral.submits().length === 1);
    const deliver = () => api(webhookOf(ringcentral.submits()[0]), "").post("", RESULT);
    assert.equal((await deliver()).status, 503);
    for (const deadline = Date.now() + 10_000; (await deliver()).status !== 200; await sleep(100)) assert.ok(Date.now() < deadline, "it is not believed");
    const { status, via } = await call.finished(id);
    assert.deepEqual([status, via, ringcentral.questions().length], ["succeeded", "callback", 1]);
  });
});
