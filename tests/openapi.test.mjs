// What the Worker says of itself is true: each route, in good and in bad ways, answers as `GET /openapi.json` describes; and a client
// that is generated from it works.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { api } from "./support/api.mjs";
import { startServer } from "./support/http.mjs";
import { Description, codeOf } from "./support/openapi.mjs";
import { logIn } from "./support/oauth.mjs";
import { startRingCentral } from "./support/ringcentral.mjs";
import { ROOT, startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";

const run = promisify(execFile);
const PAGE = "https://page.example";
const TOKENS = "sandbox-token,submit:a-token-that-submits,read:a-token-that-reads,reserve:a-token-of-a-page";
const NOBODY = "0199aaaa-0000-7000-8000-000000000000";
const TEXTS = { task: "punctuate", input: { texts: ["so it goes"] } };
/** What each operation with a body takes. */
const BODIES = { submit_job: TEXTS, call_job: { label: "x" }, reserve_callback: { task: "punctuate" }, bind_callback: { ringcentralJobId: "x" }, take_callback: {}, take_event: {}, replay_dead_letter: {}, begin_upload: { bytes: 7 }, put_part: new Uint8Array(7), submit_as_ringcentral: TEXTS.input };
/** What RingCentral's own paths say in the place of our codes; what stands not here, as we do. */
const SAID = { unauthorized: "OAU-213", forbidden: "CMN-401", not_found: "CAI-101", invalid_json: "CMN-103", invalid_field: "CAI-101" };

/** A payload of RingCentral's, with an id of its own: no two jobs have the same. */
const payload = (name) => JSON.stringify({ ...JSON.parse(readFileSync(join(ROOT, "tests/payloads", `${name}.json`))), jobId: crypto.randomUUID() });

let sandbox, worker, description;
before(async () => {
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: { API_TOKENS: TOKENS, ALLOWED_ORIGINS: PAGE, ACE: "1" } });
  description = new Description((await api(worker.url, "").get("/openapi.json")).json);
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

/** Asks and holds the answer against the description. */
async function ask(method, path, { body, headers, token = "sandbox-token", url = worker.url } = {}) {
  return description.check(method, path, await api(url, token).ask(method, path, body, headers));
}
async function answered(expected, method, path, options) {
  const answer = await ask(method, path, options);
  const code = answer.status < 400 ? [] : [codeOf(answer.json)];
  assert.deepEqual([answer.status, ...code], [expected].flat(), `${method} ${path} ${answer.text.slice(0, 300)}`);
  return answer;
}

/** A path of the operation, with what its captures stand for, and a body where it takes one. */
function request({ name, path, description: { requestBody } }, id = NOBODY) {
  const filled = path.replace("{id}", id).replace("{engine}", "ace").replace("{format}", "srt").replace("{attempt}", "1").replace("{signature}", "0".repeat(64)).replace("{expires}", "0").replace("{name}", "1").replace("{part}", "1").replace("{group}", "text").replace("{task}", "punctuate");
  return [filled, requestBody ? { body: BODIES[name] } : {}];
}
const operations = (passes) => description.operations.filter(passes);
/** Status and code, as the path says them. */
const said = (status, code, path) => (path.startsWith("/ai/") ? [status === 422 ? 400 : status, SAID[code]] : [status, code]);
const takesToken = ({ description }) => description.security.length > 0;
const takesJson = ({ description }) => description.requestBody?.content["application/json"];

const deliver = (callbackUrl, body) => answered(200, "POST", new URL(callbackUrl).pathname, { body, token: "" });
const reserve = (task) => answered(201, "POST", "/v1/callbacks", { body: { task } }).then(({ json }) => json);
async function succeeded(task, name) {
  const job = await reserve(task);
  await deliver(job.callbackUrl, payload(name));
  return job;
}

test("jobs are had, listed, named, watched, bound, done again and deleted as is described", async () => {
  const key = { "idempotency-key": "once" };
  const { json: job } = await answered(202, "POST", "/v1/jobs", { body: { ...TEXTS, label: "first" }, headers: key });
  description.checkValue("PunctuateInput", job.input);
  await answered([409, "idempotency_conflict"], "POST", "/v1/jobs", { body: { ...TEXTS, label: "other" }, headers: key });
  const { json: done } = await answered(200, "GET", `/v1/jobs/${job.id}?wait=30`);
  assert.equal(done.status, "succeeded");
  await answered(200, "GET", "/v1/jobs?limit=1&status=succeeded&task=punctuate");
  await answered(200, "PATCH", `/v1/jobs/${job.id}`, { body: { label: null, speakers: { 0: "Ann" } } });
  await answered(200, "GET", `/v1/jobs/${job.id}/events`);
  const { json: again } = await answered(202, "POST", `/v1/jobs/${job.id}/retry`, { headers: { "idempotency-key": "again" } });
  assert.equal(again.retryOf, job.id);
  const reserved = await reserve("summarize");
  await answered([409, "idempotency_conflict"], "POST", "/v1/callbacks", { body: { task: "summarize" }, headers: key });
  await answered([409, "not_finished"], "POST", `/v1/jobs/${reserved.id}/retry`);
  await answered([409, "idempotency_conflict"], "POST", `/v1/jobs/${reserved.id}/retry`, { headers: key });
  await answered(200, "PUT", `/v1/callbacks/${reserved.id}`, { body: { ringcentralJobId: "rc-1" } });
  await answered([422, "invalid_field"], "PUT", `/v1/callbacks/${reserved.id}`, { body: { ringcentralJobId: "rc-2" } });
  const { json: unfinished } = await answered(200, "GET", `/v1/jobs/${reserved.id}`);
  assert.equal(unfinished.waiting.for, "result");
  await answered(204, "DELETE", `/v1/jobs/${reserved.id}`);
  await answered(200, "GET", "/v1/jobs");
});

test("the engines are listed as they are described", async () => {
  const { json } = await answered(200, "GET", "/v1/engines");
  assert.deepEqual(json.items.map(({ engine, isDefault }) => [engine, isDefault]), [["ringcentral", true], ["ace", false]]);
  assert.ok(json.items[0].tasks["speech-to-text"].fields.includes("languageCode"));
});

test("results and transcripts come in the forms that are described", async () => {
  const { id, readToken } = await succeeded("speech-to-text", "stt-success-diarized-2024-01-09");
  const { headers } = await answered(200, "GET", `/v1/jobs/${id}/result`);
  await answered(304, "GET", `/v1/jobs/${id}/result`, { headers: { "if-none-match": headers.get("etag") } });
  await answered(200, "GET", `/v1/jobs/${id}/result?token=${readToken}`, { token: "" });
  // RingCentral's words are the result.
  const raw = await answered(200, "GET", `/v1/jobs/${id}/raw`);
  assert.equal(raw.headers.get("etag"), headers.get("etag"));
  await answered(304, "GET", `/v1/jobs/${id}/raw`, { headers: { "if-none-match": headers.get("etag") } });
  for (const format of ["txt", "srt", "vtt", "json"]) {
    const { text } = await answered(200, "GET", `/v1/jobs/${id}/transcript.${format}?maxLines=1&maxDurationS=2.5&speakerLabels=false`);
    assert.ok(text.length > 100, text);
  }
  await answered([404, "not_found"], "GET", `/v1/jobs/${id}/transcript.doc`);
  const failed = await succeeded("punctuate", "fail-punctuate-texts-invalid");
  const { json } = await answered(200, "GET", `/v1/jobs/${failed.id}`);
  assert.equal(json.error.code, "ringcentral_job_failed");
  await answered(200, "GET", `/v1/jobs/${failed.id}/result`);
  await answered([404, "no_transcript"], "GET", `/v1/jobs/${failed.id}/transcript.txt`);
  const { id: unfinished } = await reserve("punctuate");
  for (const what of ["result", "raw", "transcript.vtt"]) await answered([409, "not_finished"], "GET", `/v1/jobs/${unfinished}/${what}`);
  const large = await reserve("speech-to-text");
  await deliver(large.callbackUrl, JSON.stringify({ status: "Success", response: { transcript: "x".repeat(9 << 20), words: [] } }));
  await answered([413, "too_large"], "GET", `/v1/jobs/${large.id}/transcript.txt`);
});

test("a delivery is answered as is described", async () => {
  const { id, callbackUrl } = await reserve("punctuate");
  const { pathname } = new URL(callbackUrl);
  await answered([422, "unreadable_callback"], "POST", pathname, { body: "what?", token: "" });
  await answered([422, "foreign_callback"], "POST", pathname, { body: payload("stt-success-diarized-2024-01-09"), token: "" });
  await answered([413, "too_large"], "POST", pathname, { body: new Uint8Array((25 << 20) + 1), token: "" });
  await deliver(callbackUrl, payload("punctuate-success"));
  await deliver(callbackUrl, payload("punctuate-success"));
  const { json } = await answered(200, "GET", `/v1/jobs/${id}`);
  assert.deepEqual(json.deliveries.map(({ outcome }) => outcome), ["unreadable", "foreign", "unreadable", "result", "duplicate"]);
  await answered([403, "forbidden"], "POST", `/callbacks/${NOBODY}/1/${"0".repeat(64)}`, { body: {}, token: "" });
});

test("what an engine tells is answered as is described", async () => {
  const { json } = await answered(200, "GET", "/v1/engines");
  const { eventsPath } = json.items.find(({ engine }) => engine === "ace");
  const told = { body: { event: "/ai/ringsense/v1/public/accounts/~/domains/pbx/insights", body: { sourceRecordId: "1" } }, token: "" };
  const { headers } = await answered(200, "POST", eventsPath, { ...told, headers: { "validation-token": "a-token" } });
  assert.equal(headers.get("validation-token"), "a-token");
  await answered([413, "too_large"], "POST", eventsPath, { ...told, headers: { "x-long": "x".repeat(33 << 10) } });
  await answered([403, "forbidden"], "POST", `/events/ace/${"0".repeat(64)}`, told);
});

test("what was of no use is listed, read and delivered once more as is described", async () => {
  const { id, callbackUrl } = await reserve("punctuate");
  const { pathname } = new URL(callbackUrl);
  for (const [body, code] of [["what?", "unreadable_callback"], [payload("stt-success-diarized-2024-01-09"), "foreign_callback"]]) {
    await answered([422, code], "POST", pathname, { body, token: "" });
  }
  const { json: page } = await answered(200, "GET", "/v1/dead-letters?limit=2");
  const [foreign, unreadable] = page.items;
  assert.deepEqual([foreign.jobId, foreign.outcome, unreadable.outcome], [id, "foreign", "unreadable"]);
  assert.equal((await answered(200, "GET", `/v1/dead-letters/${unreadable.id}`)).text, "what?");
  const replay = (letter, body = {}) => [`/v1/dead-letters/${letter.id}/replay`, { body }];
  await answered([422, "unreadable_callback"], "POST", ...replay(unreadable));
  await answered([422, "foreign_callback"], "POST", ...replay(foreign));
  const { id: jobId } = await reserve("speech-to-text");
  const { json } = await answered(200, "POST", ...replay(foreign, { jobId }));
  assert.deepEqual([json.outcome, json.job.id, json.job.status], ["result", jobId, "succeeded"]);
  await answered(200, "GET", "/v1/stats");
});

test("who is told of a job's end is told as is described", async (t) => {
  const receiver = await startServer(() => ({ status: 204 }));
  t.after(() => receiver.close());
  const url = `${receiver.url}/end?token=S3CRET`;
  const { json: job } = await answered(201, "POST", "/v1/callbacks", { body: { task: "punctuate", notify: { url } } });
  await deliver(job.callbackUrl, payload("punctuate-success"));
  const told = async () => (await answered(200, "GET", `/v1/jobs/${job.id}`)).json.notify;
  for (const deadline = Date.now() + 10_000; (await told()).status !== "delivered"; await sleep(50)) assert.ok(Date.now() < deadline, "it is not told");
  assert.equal((await told()).lastStatus, 204);
  description.checkWebhook("jobFinished", receiver.requests[0]);
  const { json } = await answered(200, "GET", "/v1/notify-keys");
  assert.equal(json.keys.length, 1);
});

test("RingCentral's own paths answer, and deliver, as is described", async (t) => {
  const receiver = await startServer(() => ({ status: 200 }));
  t.after(() => receiver.close());
  const submit = `/ai/text/v1/async/punctuate?webhook=${encodeURIComponent(receiver.url)}`;
  const key = { "idempotency-key": "own-path" };
  const { json } = await answered(202, "POST", submit, { body: TEXTS.input, headers: key });
  await answered([409, "idempotency_conflict"], "POST", submit, { body: { texts: ["other"] }, headers: key });
  await answered([404, "AGW-404"], "POST", "/ai/audio/v1/async/punctuate", { body: TEXTS.input });
  const status = async () => (await answered(200, "GET", `/ai/status/v1/jobs/${json.jobId}`)).json.status;
  for (const deadline = Date.now() + 30_000; (await status()) !== "Success" || receiver.requests.length === 0; await sleep(50)) assert.ok(Date.now() < deadline, "it is not delivered");
  description.checkWebhook("jobDelivered", receiver.requests[0]);

  const other = await startWorker({ sandboxUrl: sandbox.url, vars: { RC_CLIENT_ID: "stranger" } });
  t.after(() => other.close());
  const { access_token: token } = await logIn(sandbox.url);
  const both = async (expected, token) => {
    await answered(expected, "POST", submit, { body: TEXTS.input, token, url: other.url });
    await answered(expected, "GET", `/ai/status/v1/jobs/${NOBODY}`, { token, url: other.url });
  };
  await both([502, "ringcentral_login_refused"], token);
  for (let count = 0; count < 30; count++) await ask("POST", submit, { token: `nobodys-${count}`, url: other.url });
  await both([429, "CMN-301"], "nobodys");
});

test("media is fetched through the Worker as is described", async (t) => {
  let content = { headers: { "content-type": "audio/mpeg" }, body: "sound" };
  const ringcentral = await startRingCentral({ content: () => content });
  const relay = await startWorker({ sandboxUrl: ringcentral.url });
  t.after(() => Promise.all([relay.close(), ringcentral.close()]));
  const { json: job } = await answered(202, "POST", "/v1/jobs", { body: { task: "speech-to-text", media: { recordingId: "7" }, contentAccess: "relay" }, url: relay.url });
  for (const deadline = Date.now() + 10_000; ringcentral.submits().length === 0; await sleep(50)) assert.ok(Date.now() < deadline, "it is not submitted");
  const { pathname } = new URL(JSON.parse(ringcentral.submits()[0].body).contentUri);
  const fetched = (expected, headers, path = pathname) => answered(expected, "GET", path, { headers, token: "", url: relay.url });
  await fetched(200);
  const told = async () => (await answered(200, "GET", `/v1/jobs/${job.id}`, { url: relay.url })).json.fetched;
  for (const deadline = Date.now() + 10_000; !(await told())?.bytes; await sleep(50)) assert.ok(Date.now() < deadline, "it is not told");
  assert.equal((await told()).times, 1);
  const listened = (expected, headers) => answered(expected, "GET", `/v1/jobs/${job.id}/media`, { headers, url: relay.url });
  await listened(200);
  content = { status: 206, headers: { "content-type": "audio/mpeg", "content-range": "bytes 1-2/5" }, body: "ou" };
  await fetched(206, { range: "bytes=1-2" });
  await listened(206, { range: "bytes=1-2" });
  await fetched([403, "forbidden"], {}, `${pathname.slice(0, -5)}2.mp3`);
  await fetched([413, "too_large"], { "x-long": "x".repeat(33 << 10) });
  content = { status: 404, json: { errorCode: "CMN-102" } };
  await fetched([502, "ringcentral_refused"]);
  await listened([502, "ringcentral_refused"]);
  content = { status: 429, headers: { "retry-after": "300" } };
  await fetched([429, "rate_limited"]);
  await listened([429, "rate_limited"]);
});

test("a file is uploaded, used and deleted as is described", async () => {
  const { json: upload } = await answered(201, "POST", "/v1/uploads", { body: { bytes: 7, name: "a.wav" } });
  const path = `/v1/uploads/${upload.id}`;
  await answered([409, "upload_conflict"], "POST", `${path}/complete`);
  await answered([422, "invalid_field"], "PUT", `${path}/parts/1`, { body: new Uint8Array(8) });
  await answered(200, "PUT", `${path}/parts/1`, { body: new TextEncoder().encode("RIFFxxx") });
  await answered(200, "GET", path);
  const { json: complete } = await answered(200, "POST", `${path}/complete`);
  assert.match(complete.sha256, /^[0-9a-f]{64}$/);
  await answered([409, "upload_conflict"], "PUT", `${path}/parts/1`, { body: new Uint8Array(7) });
  const { json: job } = await answered(202, "POST", "/v1/jobs", { body: { task: "speech-to-text", media: { uploadId: upload.id } } });
  await answered([409, "upload_conflict"], "DELETE", path);
  await answered(204, "DELETE", `/v1/jobs/${job.id}`);
  await answered([404, "not_found"], "DELETE", path);
  const { json: other } = await answered(201, "POST", "/v1/uploads", { body: { bytes: 7 } });
  await answered(204, "DELETE", `/v1/uploads/${other.id}`);
});

test("recordings come in one shape, whatever the list, and by its filters", async () => {
  for (const query of ["", "?source=meetings", "?source=voicemail&dateFrom=2020-01-01", "?direction=Inbound&direction=Outbound&perPage=2&view=Detailed"]) {
    const { json } = await answered(200, "GET", `/v1/recordings${query}`);
    assert.ok(json.items.length > 0, query);
  }
});

test("who may not, and what there is not, is answered as is described", async () => {
  for (const operation of operations(takesToken)) {
    const [path, options] = request(operation);
    await answered(said(401, "unauthorized", path), operation.method, path, { ...options, token: "" });
    await answered(said(403, "forbidden", path), operation.method, path, { ...options, token: "a-token-of-a-page" });
    await answered([413, "too_large"], operation.method, path, { ...options, headers: { "x-long": "x".repeat(33 << 10) } });
    if (path.includes(NOBODY)) await answered(said(404, "not_found", path), operation.method, path, options);
  }
});

test("what cannot be used is answered as is described", async () => {
  for (const operation of operations((operation) => takesToken(operation) && takesJson(operation))) {
    const [path] = request(operation);
    await answered(said(400, "invalid_json", path), operation.method, path, { body: "{" });
    await answered(said(422, "invalid_field", path), operation.method, path, { body: { surprise: 1 } });
  }
  for (const path of ["/v1/jobs?surprise=1", "/v1/dead-letters?surprise=1", `/v1/jobs/${NOBODY}?wait=x`, `/v1/jobs/${NOBODY}/transcript.txt?maxLines=5`, "/v1/recordings?surprise=1"]) {
    await answered([422, "invalid_field"], "GET", path);
  }
  const media = { contentUri: `${sandbox.url}/healthz` };
  await answered([422, "invalid_field"], "POST", "/v1/jobs", { body: { task: "speech-to-text", media: { ...media, recordingId: "1" } } });
  const { id } = await succeeded("punctuate", "punctuate-success");
  await answered([422, "invalid_field"], "POST", `/v1/jobs/${id}/retry`);
});

test("each path tells the methods that it is for", async () => {
  const routes = operations(({ name }) => name !== "describe_api"); // the platform serves that file by itself
  for (const path of new Set(routes.map((operation) => request(operation)[0]))) {
    const known = description.of(path).map(({ method }) => method);
    const other = ["DELETE", "PUT", "POST", "PATCH", "GET"].find((method) => !known.includes(method));
    const { headers } = await answered([405, "method_not_allowed"], other, path);
    assert.deepEqual(headers.get("allow").split(", ").filter((method) => method !== "HEAD").toSorted(), known.toSorted(), path);
  }
});

test("a page reserves sixty callbacks a minute, and is told when there are more", async () => {
  const page = { body: { task: "punctuate" }, token: "a-token-of-a-page", headers: { origin: PAGE } };
  for (let count = 0; count < 60; count++) await answered(201, "POST", "/v1/callbacks", page);
  await answered([429, "rate_limited"], "POST", "/v1/callbacks", page);
});

test("a Worker that lacks a setting, a bucket, or RingCentral's trust, says so as is described", async () => {
  const [bare, stranger] = await Promise.all([
    startWorker({ sandboxUrl: sandbox.url, vars: { RC_JWT: "" } }),
    startWorker({ sandboxUrl: sandbox.url, vars: { RC_CLIENT_ID: "stranger" }, hasBucket: false }),
  ]);
  try {
    for (const operation of operations(({ name }) => !["health", "describe_api"].includes(name))) {
      const [path, options] = request(operation);
      await answered([503, "not_configured"], operation.method, path, { ...options, url: bare.url });
    }
    for (const path of ["/healthz", "/openapi.json"]) await answered(200, "GET", path, { url: bare.url });
    await answered([502, "ringcentral_login_refused"], "GET", "/v1/recordings", { url: stranger.url });
    for (const operation of operations(({ path }) => path.startsWith("/v1/uploads"))) {
      const [path, options] = request(operation);
      await answered([501, "uploads_not_configured"], operation.method, path, { ...options, url: stranger.url });
    }
  } finally {
    await bare.close();
    await stranger.close();
  }
});

test("any page may read the description, whatever the settings say", async () => {
  const { headers } = await ask("GET", "/openapi.json", { headers: { origin: "https://elsewhere.example" }, token: "" });
  assert.equal(headers.get("access-control-allow-origin"), "*");
});

/** What needs a fault of the Worker's own, a broken connection or an exhausted limit of RingCentral's. */
const NOT_PROVOKED = ({ name, description }) =>
  name === "describe_api" ? [] : [description.responses[500] ? `${name} 500` : `${name} 503`, name.startsWith("take_") && `${name} 400`, name === "list_recordings" && `${name} 429`].filter(Boolean);

test("every answer that is described was given above, but those that need a fault", () => {
  const missing = description.all().filter((answer) => !description.seen.has(answer));
  assert.deepEqual(missing.toSorted(), description.operations.flatMap(NOT_PROVOKED).toSorted());
});

test("a client in TypeScript is generated from it, takes no wrong request, and does the main job", async () => {
  const folder = temporaryFolder();
  const node = (program, ...args) => run(process.execPath, [join(ROOT, program), ...args], { cwd: folder, env: { ...process.env, WORKER: worker.url, TOKEN: "sandbox-token" } });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "dir");
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  copyFileSync(join(ROOT, "tests/openapi/client.ts"), join(folder, "client.ts"));
  await node("tests/openapi/node_modules/openapi-typescript/bin/cli.js", new URL("/openapi.json", worker.url).href, "-o", "worker.d.ts");
  await node("node_modules/typescript/bin/tsc", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "", "client.ts").catch(({ stdout }) => assert.fail(stdout));
  const { stdout } = await run(process.execPath, [join(folder, "client.js"), worker.url, "sandbox-token"]);
  const { status, srt, words } = JSON.parse(stdout);
  assert.equal(status, "succeeded");
  assert.match(srt, /^1\n00:00:\d\d,\d{3} --> /);
  assert.ok(words > 10, `${words} words`);
});
