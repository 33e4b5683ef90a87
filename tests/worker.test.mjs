// The Worker in workerd beside the sandbox: a job's whole round, and what the API promises.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startSandbox, startWorker } from "./support/services.mjs";
import { letters, textOf, writtenDown } from "./support/spoken.mjs";

let sandbox, worker, call;
before(async () => {
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: { ALLOWED_ORIGINS: "https://page.example", API_TOKENS: "sandbox-token,read:only-reads,reserve:only-reserves" } });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

async function recordings(query = "") {
  const answer = await call.get(`/v1/recordings?source=calls${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

const longest = async () => (await recordings()).items.toSorted((a, b) => b.durationS - a.durationS)[0];

test("a recording becomes a transcript", async () => {
  const recording = await longest();
  assert.equal(recording.source, "calls");
  assert.equal(recording.submittable, true);
  assert.ok(!recording.contentUri.includes("access_token"));
  const job = await call.submit({ task: "speech-to-text", media: { recordingId: recording.id }, input: { enableSpeakerDiarization: true } });
  assert.match(job.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  const ended = await call.finished(job.id);
  assert.equal(ended.status, "succeeded");
  assert.equal(ended.via, "callback");
  assert.deepEqual(ended.media, { recordingId: recording.id });
  for (const time of [ended.createdAt, ended.submittedAt, ended.completedAt, ended.retainedUntil]) assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

  const result = await call.get(`/v1/jobs/${job.id}/result`);
  assert.equal(result.status, 200);
  assert.equal(result.json.jobId, ended.ringcentralJobId);
  assert.equal(result.json.api, "/ai/audio/v1/async/speech-to-text");
  const again = await call.get(`/v1/jobs/${job.id}/result`, { "if-none-match": result.headers.get("etag") });
  assert.equal(again.status, 304);

  const text = await call.get(`/v1/jobs/${job.id}/transcript.txt`);
  assert.match(text.headers.get("content-type"), /^text\/plain/);
  const known = textOf(writtenDown("support-call"));
  assert.ok(known.length > 250, "the recording's words are known");
  const withoutNames = text.text.replace(/^Speaker \S+: /gm, "");
  assert.equal(letters(withoutNames), letters(known));
});

test("analyze-interaction gives insights and a transcript", async () => {
  const { id } = await longest();
  const job = await call.submit({ task: "analyze-interaction", media: { recordingId: id }, input: { insights: ["All"], separateSpeakerPerChannel: true } });
  assert.equal((await call.finished(job.id)).status, "succeeded");
  const { json } = await call.get(`/v1/jobs/${job.id}/result`);
  assert.ok(json.response.utteranceInsights.length > 5);
  assert.ok(json.response.speakerInsights.insights.some(({ name }) => name === "TalkToListenRatio"));
  const vtt = await call.get(`/v1/jobs/${job.id}/transcript.vtt`);
  assert.match(vtt.text, /^WEBVTT\n/);
  assert.match(vtt.text, /<v /);
});

test("a recording's own address is enough: its encoding is found with our token, which no record shows", async () => {
  const { contentUri } = await longest();
  const job = await call.submit({ task: "speech-to-text", media: { contentUri } });
  assert.deepEqual(job.media, { contentUri });
  const ended = await call.finished(job.id);
  assert.equal(ended.status, "succeeded", JSON.stringify(ended.error));
  assert.match((await call.get(`/v1/jobs/${job.id}/transcript.txt`)).text, /Thank you for calling/);
});

test("recordings come page by page, each once", async () => {
  const all = (await recordings("&dateFrom=2020-01-01")).items.map(({ id }) => id);
  assert.ok(all.length >= 2);
  const seen = [];
  let cursor = "";
  for (let page = 0; page < 50; page++) {
    const { items, nextCursor } = await recordings(cursor ? `&cursor=${cursor}` : "&perPage=1&dateFrom=2020-01-01");
    seen.push(...items.map(({ id }) => id));
    if (!nextCursor) break;
    cursor = nextCursor;
  }
  assert.deepEqual(seen, all);
});

test("a waiting caller is told when the job ends, and not before", async () => {
  const { id } = await longest();
  const job = await call.submit({ task: "speech-to-text", media: { recordingId: id } });
  const unfinished = await call.get(`/v1/jobs/${job.id}/result`);
  assert.deepEqual([unfinished.status, unfinished.json.error.code], [409, "not_finished"]);
  assert.ok(Number(unfinished.headers.get("retry-after")) > 0);
  const began = Date.now();
  const waited = await call.get(`/v1/jobs/${job.id}?wait=30`);
  assert.equal(waited.json.status, "succeeded");
  assert.ok(Date.now() - began < 20_000);
});

test("the same idempotency key gives the same job, and with another body a conflict", async () => {
  const headers = { "idempotency-key": "k-1" };
  const body = { task: "speech-to-text", media: { recordingId: (await longest()).id } };
  const [first, second] = [await call.submit(body, headers), await call.submit(body, headers)];
  assert.equal(first.id, second.id);
  const other = await call.post("/v1/jobs", { ...body, input: { speakerCount: 2 } }, headers);
  assert.deepEqual([other.status, other.json.error.code], [409, "idempotency_conflict"]);
});

test("bad input is refused with the field's name, before anything is written", async () => {
  const media = { recordingId: "1" };
  const table = [
    ["{", 400, "invalid_json"],
    ["[]", 400, "invalid_json"],
    [{ media }, 422, "invalid_field", "task"],
    [{ task: "translate", media }, 422, "invalid_field", "task"],
    [{ task: "speech-to-text" }, 422, "invalid_field", "media"],
    [{ task: "speech-to-text", media: {} }, 422, "invalid_field", "media"],
    [{ task: "speech-to-text", media: { recordingId: "a/../b" } }, 422, "invalid_field", "media.recordingId"],
    [{ task: "speech-to-text", media: { contentUri: "ftp://h/a.wav" } }, 422, "invalid_field", "media.contentUri"],
    [{ task: "speech-to-text", media, input: { encoding: "MP3" } }, 422, "invalid_field", "input.encoding"],
    [{ task: "speech-to-text", media, input: { colour: 1 } }, 422, "invalid_field", "input.colour"],
    [{ task: "speech-to-text", media, input: [] }, 422, "invalid_field", "input"],
    [{ task: "analyze-interaction", media, input: { insights: ["Everything"] } }, 422, "invalid_field", "input.insights"],
    [{ task: "speech-to-text", media, webhook: "https://h" }, 422, "invalid_field", "webhook"],
  ];
  for (const [body, status, code, field] of table) {
    const answer = await call.post("/v1/jobs", body);
    const { error } = answer.json;
    assert.deepEqual([answer.status, error.code, error.field], [status, code, field], JSON.stringify(body));
    assert.ok(error.message && error.requestId);
  }
  const large = await call.post("/v1/jobs", JSON.stringify({ task: "x".repeat(1_100_000) }));
  assert.deepEqual([large.status, large.json.error.code], [413, "too_large"]);
  const query = await call.get("/v1/recordings?source=faxes");
  assert.deepEqual([query.status, query.json.error.field], [422, "source"]);
});

test("who may do what", async () => {
  const { id } = await longest();
  const job = await call.submit({ task: "speech-to-text", media: { recordingId: id } });
  await call.finished(job.id);
  const anyone = api(worker.url, "");
  const reader = api(worker.url, job.readToken);
  const codes = async (answer) => [answer.status, answer.json?.error?.code];
  assert.deepEqual(await codes(await anyone.get(`/v1/jobs/${job.id}`)), [401, "unauthorized"]);
  assert.deepEqual(await codes(await api(worker.url, "wrong").get(`/v1/jobs/${job.id}`)), [401, "unauthorized"]);
  assert.equal((await reader.get(`/v1/jobs/${job.id}`)).json.readToken, undefined);
  assert.equal((await reader.get(`/v1/jobs/${job.id}/result`)).status, 200);
  assert.equal((await anyone.get(`/v1/jobs/${job.id}/transcript.srt?token=${job.readToken}`)).status, 200);
  assert.equal((await anyone.get(`/v1/jobs/${job.id}/result?token=sandbox-token`)).status, 401);
  assert.notEqual((await reader.get("/v1/recordings?source=calls")).status, 200);
  const other = await call.submit({ task: "speech-to-text", media: { recordingId: id } });
  assert.equal((await reader.get(`/v1/jobs/${other.id}`)).status, 404);
  assert.deepEqual(await codes(await api(worker.url, "only-reads").post("/v1/jobs", {})), [403, "forbidden"]);
  assert.equal((await api(worker.url, "only-reads").get(`/v1/jobs/${job.id}`)).status, 200);
  const reserve = (origin) => api(worker.url, "only-reserves").post("/v1/callbacks", { task: "speech-to-text" }, { origin });
  assert.equal((await reserve("https://page.example")).status, 201);
  assert.equal((await reserve("https://other.example")).status, 403);
  assert.equal((await api(worker.url, "only-reserves").get(`/v1/jobs/${job.id}`)).status, 403);
  assert.deepEqual(await codes(await call.get("/v1/jobs/0199aaaa-0000-7000-8000-000000000000")), [404, "not_found"]);
  assert.deepEqual(await codes(await call.get("/v1/nothing")), [404, "not_found"]);
});

test("pages on allowed origins may call, others may not", async () => {
  const preflight = (origin, path) =>
    fetch(new URL(path, worker.url), { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" } });
  const allowed = await preflight("https://page.example", "/v1/jobs");
  assert.equal(allowed.headers.get("access-control-allow-origin"), "https://page.example");
  assert.match(allowed.headers.get("access-control-allow-headers"), /idempotency-key/i);
  assert.equal(allowed.headers.get("access-control-allow-methods"), "POST, GET, HEAD");
  const job = await preflight("https://page.example", "/v1/jobs/0199aaaa-0000-7000-8000-000000000000");
  assert.equal(job.headers.get("access-control-allow-methods"), "GET, HEAD, PATCH, DELETE");
  assert.equal((await preflight("https://other.example", "/v1/jobs")).headers.get("access-control-allow-origin"), null);
  for (const path of ["/callbacks/a/1/b", "/events/ace/b"]) {
    assert.equal((await preflight("https://page.example", path)).headers.get("access-control-allow-origin"), null, path);
  }
  const answer = await call.get("/v1/nothing", { origin: "https://page.example" });
  assert.match(answer.headers.get("access-control-expose-headers"), /retry-after/i);
});

test("healthz says which version answers", async () => {
  const health = await api(worker.url, "").get("/healthz");
  assert.equal(health.status, 200);
  assert.match(health.text, /\d+\.\d+\.\d+/);
});
