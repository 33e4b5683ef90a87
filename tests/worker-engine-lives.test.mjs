// What becomes of jobs of the speech services whose callbacks go astray, whose Worker dies, and who are asked for once more.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api, keysOf } from "./support/api.mjs";
import { engineSettings, faults, PAID, paidFor, startDoor, told } from "./support/engines.mjs";
import { freePort, startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";
import { letters, MEDIA, textOf, writtenDown } from "./support/spoken.mjs";

const HEARING = Object.keys(PAID);
const CALLING = ["assemblyai", "deepgram"];
const CHAT = "/openai/v1/chat/completions";
const PART_BYTES = 16 << 20;
const HOUR_MS = 3_600_000;
const persistTo = temporaryFolder();

let sandbox, door, worker, call, port, recordings;
before(async () => {
  sandbox = await startSandbox();
  door = await startDoor(sandbox.url);
  port = await freePort();
  await up();
  recordings = (await call.get("/v1/recordings?source=calls")).json.items.filter(({ submittable }) => submittable);
});
after(async () => {
  for (const service of [worker, door, sandbox]) await service?.close();
});

/** Starts the Worker, by a clock that is so far ahead. */
async function up(aheadMs = 0, vars = {}) {
  const clock = aheadMs && { CLOCK: `${Date.now() - aheadMs}x2` };
  worker = await startWorker({ sandboxUrl: sandbox.url, persistTo, port, vars: { ...engineSettings(door.url), ...clock, ...vars } });
  call = api(worker.url);
  await fetch(`${worker.url}/cdn-cgi/handler/scheduled`); // what has become due meanwhile is looked at by the cron
}

const transcript = (engine, media = { recordingId: recordings[0].id }) => ({ task: "speech-to-text", engine, media });

async function succeeded(id) {
  const job = await call.finished(id);
  assert.equal(job.status, "succeeded", JSON.stringify(job.error));
  return job;
}

const resultOf = async ({ id }) => (await call.get(`/v1/jobs/${id}/result`)).json.response.transcript;

/** A job reaches a state. */
async function reached(id, wanted) {
  for (let tries = 0; tries < 300; tries++) {
    if ((await call.get(`/v1/jobs/${id}`)).json.status === wanted) return;
    await sleep(20);
  }
  assert.fail(`the job is never ${wanted}`);
}

/** A file that is there, whole. */
async function uploaded(bytes, name) {
  const { id } = (await call.post("/v1/uploads", { bytes: bytes.length, name })).json;
  for (let part = 1; (part - 1) * PART_BYTES < bytes.length; part++) {
    const { status, text } = await call.ask("PUT", `/v1/uploads/${id}/parts/${part}`, bytes.subarray((part - 1) * PART_BYTES, part * PART_BYTES));
    assert.equal(status, 200, text);
  }
  assert.equal((await call.post(`/v1/uploads/${id}/complete`)).status, 200);
  return id;
}

describe("jobs of the speech services", { concurrency: 1 }, () => {
  const known = {};

  test("a callback that comes twice makes one result", async () => {
    await faults(sandbox, ...CALLING.map((engine) => ({ kind: "doubled", chance: 1, path: PAID[engine] })));
    for (const engine of CALLING) {
      const job = await succeeded((await call.submit(transcript(engine))).id);
      known[engine] = await resultOf(job);
      await sleep(300);
      const { deliveries } = (await call.get(`/v1/jobs/${job.id}`)).json;
      // AssemblyAI's callback says that the job has ended; the result is asked for.
      const results = deliveries.filter(({ outcome }) => outcome === "result");
      assert.deepEqual([deliveries.length, results.length], [2, engine === "deepgram" ? 1 : 0], `${engine} ${JSON.stringify(deliveries)}`);
      assert.equal((await call.get(`/v1/jobs/${job.id}`)).json.completedAt, job.completedAt);
    }
  });

  test("what is no result, or is forged, is set aside, and the true one is taken still", async () => {
    const strays = { garbage: "unreadable", "forged-body": "foreign", "another-job": "foreign", "forged-address": undefined };
    for (const [kind, outcome] of Object.entries(strays)) {
      await faults(sandbox, ...CALLING.map((engine) => ({ kind, chance: 1, path: PAID[engine] })));
      for (const engine of CALLING) {
        const paid = await paidFor(sandbox, engine);
        const job = await succeeded((await call.submit(transcript(engine))).id);
        assert.equal(await resultOf(job), known[engine], `${engine} ${kind}`);
        assert.equal(await paidFor(sandbox, engine), paid + 1);
        if (!outcome) continue;
        const { items } = (await call.get("/v1/dead-letters")).json;
        assert.ok(items.some(({ jobId, outcome: noted }) => jobId === job.id && noted === outcome), `${engine} ${kind} ${JSON.stringify(job.deliveries)}`);
      }
    }
    await faults(sandbox);
  });

  test("a file of one's own is heard by each, and is gone when its job has ended", async () => {
    const bytes = readFileSync(join(MEDIA, "voicemail.wav"));
    for (const engine of HEARING) {
      const uploadId = await uploaded(bytes, "voicemail.wav");
      const job = await succeeded((await call.submit(transcript(engine, { uploadId }))).id);
      assert.equal(letters(await resultOf(job)), letters(textOf(writtenDown("voicemail"))), engine);
      const again = await call.post(`/v1/jobs/${job.id}/retry`);
      assert.deepEqual([again.status, again.json.error?.field], [422, "media.uploadId"], again.text);
    }
  });

  test("the same key is the same job, and a job that is done once more is another one of the same engine", async () => {
    for (const engine of HEARING) {
      const paid = await paidFor(sandbox, engine);
      const headers = { "idempotency-key": `once-${engine}` };
      const [first, second] = [await call.submit(transcript(engine), headers), await call.submit(transcript(engine), headers)];
      assert.equal(second.id, first.id);
      const done = await succeeded(first.id);
      const retried = await call.post(`/v1/jobs/${done.id}/retry`);
      assert.deepEqual([retried.status, retried.json.engine, retried.json.retryOf], [202, engine, done.id], retried.text);
      assert.equal(await resultOf(await succeeded(retried.json.id)), await resultOf(done));
      assert.equal(await paidFor(sandbox, engine), paid + 2);
    }
  });

  test("a Worker that dies in a pause that the language model asked for keeps to it", async () => {
    const pauseMs = 12_000;
    const asked = async () => (await told(sandbox, "requests")).filter(({ method, path }) => method === "POST" && path === CHAT);
    const before = (await asked()).length;
    await faults(sandbox, { kind: "server-error", chance: 1, status: [503], retry_after_s: pauseMs / 1_000, path: CHAT });
    const punctuate = { task: "punctuate", engine: "openai", input: { texts: ["so it goes"] } };
    await call.submit(punctuate);
    for (let tries = 0; (await asked()).length === before; tries++) {
      assert.ok(tries < 200, "the language model is never asked");
      await sleep(50);
    }
    await sleep(500); // its answer has come
    await worker.kill();
    await faults(sandbox);
    await up();
    await succeeded((await call.submit(punctuate)).id);
    const [refused, again] = (await asked()).slice(before);
    assert.equal(refused.status, 503);
    assert.ok(again.at_ms - refused.answered_ms >= pauseMs, `${again.at_ms - refused.answered_ms} ms`);
  });

  const left = {};
  test("a Worker that dies between what the service said and the result makes it when it is there again", async () => {
    let answers;
    door.is.chatWaits = new Promise((resolve) => (answers = resolve));
    const analysis = (engine) => ({ task: "analyze-interaction", engine, media: { recordingId: recordings[0].id }, input: { insights: ["All"] } });
    const paid = await Promise.all(HEARING.map((engine) => paidFor(sandbox, engine)));
    const ids = [];
    for (const engine of HEARING) ids.push((await call.submit(analysis(engine))).id);
    for (const id of ids) {
      for (let tries = 0; (await call.get(`/v1/jobs/${id}/raw`)).status !== 200; tries++) {
        assert.ok(tries < 200, "the service never spoke");
        await sleep(50);
      }
    }
    // Lost callbacks, and a recording that is never analysed, for what comes after.
    await faults(sandbox, ...CALLING.map((engine) => ({ kind: "dropped", chance: 1, path: PAID[engine] })));
    const silent = (await call.get("/v1/recordings?source=calls&dateFrom=2020-01-01")).json.items.at(-1); // the oldest, in which nobody speaks
    for (const engine of CALLING) left[engine] = (await call.submit(transcript(engine))).id;
    left.ace = (await call.submit(transcript("ace", { recordingId: silent.id }))).id;
    for (const id of Object.values(left)) await reached(id, "submitted");
    await faults(sandbox);
    for (let tries = 0; (await told(sandbox, "jobs")).some(({ sha256 }) => !sha256); tries++) {
      assert.ok(tries < 200, "the services never end their jobs");
      await sleep(50);
    }
    // And one whose media is on its way.
    door.is.holds = PAID.openai;
    left.openai = (await call.submit(transcript("openai"))).id;
    await reached(left.openai, "unconfirmed");
    await worker.kill();
    Object.assign(door.is, { chatWaits: undefined, holds: undefined });
    answers();
    await up(HOUR_MS);
    for (const [place, engine] of HEARING.entries()) {
      const job = await succeeded(ids[place]);
      const { response } = (await call.get(`/v1/jobs/${job.id}/result`)).json;
      assert.ok(response.conversationalInsights.some(({ name, values }) => name === "AbstractiveSummaryLong" && values.length), engine);
    }
    assert.equal((await succeeded(left.openai)).attempt, 2, "its upload was cut, and is sent once more");
    // Two jobs of each, and nothing twice.
    for (const [place, engine] of HEARING.entries()) assert.equal(await paidFor(sandbox, engine), paid[place] + 2, engine);
  });

  test("where a callback is lost the service is asked, if it can be", async () => {
    const job = await succeeded(left.assemblyai);
    assert.equal(job.via, "status");
    assert.equal(await resultOf(job), known.assemblyai);
    assert.equal((await call.get(`/v1/jobs/${left.deepgram}`)).json.status, "submitted");
  });

  test("what was lost for good ends, and says so", async () => {
    await worker.close();
    const ofOpenAi = { DEFAULT_ENGINE: "openai", OPENAI_BASE_URL: "", ASSEMBLYAI_API_KEY: "", RC_CLIENT_ID: "sandbox-noace" };
    await up(27 * HOUR_MS, ofOpenAi);
    const deepgram = await call.finished(left.deepgram);
    assert.deepEqual([deepgram.status, deepgram.error.code], ["expired", "expired"]);
    assert.match(deepgram.error.message, /cannot be asked for it: the job may have run/);
    const ace = await call.finished(left.ace);
    assert.deepEqual([ace.status, ace.error.code], ["expired", "expired"]);
    assert.match(ace.error.message, /no result within 24 hours of the submit/);
  });

  test("ACE without its permission says which one is missing", async () => {
    const { status, error } = await call.finished((await call.submit(transcript("ace"))).id);
    assert.deepEqual([status, error.code], ["failed", "ringcentral_permission_missing"]);
    assert.match(error.message, /RingSense/);
  });

  test("an engine that is not configured is named with the secret that it needs", async () => {
    const { status, json } = await call.post("/v1/jobs", transcript("assemblyai"));
    assert.deepEqual([status, json.error.field], [422, "engine"]);
    assert.match(json.error.message, /assemblyai is not configured: it needs the secret ASSEMBLYAI_API_KEY/);
  });

  test("what is too large for the usual engine is said before anything is sent", async () => {
    const uploadId = await uploaded(Buffer.concat([readFileSync(join(MEDIA, "voicemail.wav")), Buffer.alloc(25 << 20)]), "long.wav");
    const { engine, status, error } = await call.finished((await call.submit({ task: "speech-to-text", media: { uploadId } })).id);
    assert.deepEqual([engine, status, error.code], ["openai", "failed", "invalid_field"]);
    assert.match(error.message, /it has \d+ bytes, and the engine takes 26198016 at most/);
  });

  test("a job that is deleted leaves neither its result nor what was said of it", async () => {
    const [kept, dropped] = await Promise.all([transcript("deepgram"), transcript("deepgram")].map(async (job) => succeeded((await call.submit(job)).id)));
    assert.equal((await call.ask("DELETE", `/v1/jobs/${dropped.id}`)).status, 204);
    for (const what of ["", "/result", "/raw"]) assert.equal((await call.get(`/v1/jobs/${dropped.id}${what}`)).status, 404);
    await sleep(1_500);
    await worker.close();
    const of = ({ id }) => keysOf(persistTo).filter((name) => name.includes(id));
    assert.deepEqual([of(kept).length, of(dropped)], [2, []]);
  });
});
