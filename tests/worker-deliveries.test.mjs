// Deliveries as the world sends them: whatever is signed is kept, what can be read is read, and the job says what became of it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { api, keysOf } from "./support/api.mjs";
import { RC_JOB, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker, temporaryFolder } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const RESPONSE = { transcript: "één", words: [{ word: "één", start: 0, end: 1 }] };
const BODY = { status: "Success", response: RESPONSE };
const ERRORS = [{ errorCode: "CAI-101", message: "no", parameterName: "contentUri" }];
const text = JSON.stringify(BODY);
const bytes = Buffer.from(text);
const swapped = (buffer) => Buffer.from(buffer).swap16();
const utf16 = Buffer.from(text, "utf16le");

const persistTo = temporaryFolder();
let ringcentral, worker, call;
/** What RingCentral answers when it is asked for a job. */
let status = { json: { jobId: RC_JOB, status: "InProgress" } };
before(async () => {
  ringcentral = await startRingCentral({ status: () => status });
  worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const reserve = (task = "speech-to-text") => call.reserve(task);

/** A job that the Worker has submitted, and where its callback goes. */
async function submitted() {
  const before = ringcentral.submits().length;
  const job = await call.submit(JOB);
  while (!ringcentral.submits()[before] || (await read(job)).status !== "submitted") await sleep(20);
  return { ...job, callbackUrl: webhookOf(ringcentral.submits()[before]) };
}

const read = async ({ id }) => (await call.get(`/v1/jobs/${id}`)).json;
const outcomes = async (job) => ((await read(job)).deliveries ?? []).map(({ outcome }) => outcome);
const deliver = (url, body, headers = {}) => fetch(url, { method: "POST", body, headers, duplex: "half" });
const result = async ({ id }) => Buffer.from(await (await fetch(new URL(`/v1/jobs/${id}/result`, worker.url), { headers: { authorization: "Bearer sandbox-token" } })).arrayBuffer());
const transcript = ({ id }) => call.get(`/v1/jobs/${id}/transcript.txt`);
const sha256 = (body) => createHash("sha256").update(body).digest("hex");
const latin1 = Buffer.from(text, "latin1");
const withFields = (fields) => JSON.stringify({ ...BODY, ...fields });
const raw = (fields) => text.replace("{", `{${fields},`);

async function* inPieces(body) {
  for (let at = 0; at < body.length; at += 10) yield body.subarray(at, at + 10);
}

/** What is sent, its headers, and the bytes that come out of `/result` where they are others. */
const FORMS = {
  "with a byte order mark": [Buffer.concat([Buffer.from("\ufeff"), bytes])],
  gzip: [gzipSync(bytes), { "content-encoding": "gzip" }, bytes],
  "x-gzip in capitals": [gzipSync(bytes), { "content-encoding": "X-GZIP" }, bytes],
  deflate: [deflateSync(bytes), { "content-encoding": "deflate" }, bytes],
  "deflate without its head": [deflateRawSync(bytes), { "content-encoding": "deflate" }, bytes],
  brotli: [brotliCompressSync(bytes), { "content-encoding": "br" }, bytes],
  "gzip in brotli": [brotliCompressSync(gzipSync(bytes)), { "content-encoding": "gzip, br" }, bytes],
  "gzip that nobody names": [gzipSync(bytes), {}, bytes],
  "gzip in name alone": [bytes, { "content-encoding": "gzip" }],
  "deflate in name alone": [bytes, { "content-encoding": "deflate" }],
  "an encoding that nobody knows, in name alone": [bytes, { "content-encoding": "pied-piper" }],
  "gzip of what is longer than a short body": [gzipSync(JSON.stringify({ ...BODY, note: "n".repeat(3_000_000) })), { "content-encoding": "gzip" }, Buffer.from(JSON.stringify({ ...BODY, note: "n".repeat(3_000_000) }))],
  "UTF-16 with a mark, low byte first": [Buffer.concat([Buffer.from("\ufeff", "utf16le"), utf16]), {}, bytes],
  "UTF-16 with a mark, high byte first": [swapped(Buffer.concat([Buffer.from("\ufeff", "utf16le"), utf16])), {}, bytes],
  "UTF-16 without a mark": [swapped(utf16), { "content-type": "application/json; charset=utf-16" }, bytes],
  "UTF-16 in gzip": [gzipSync(utf16), { "content-encoding": "gzip", "content-type": "application/json; charset=utf-16le" }, bytes],
  "Latin 1 that says so": [latin1, { "content-type": "application/json; charset=ISO-8859-1" }, bytes],
  "UTF-8 that is said to be UTF-16": [bytes, { "content-type": "application/json; charset=utf-16" }],
  "UTF-8 that is said to be Latin 1": [bytes, { "content-type": "application/json; charset=iso-8859-1" }],
  "a charset that nobody knows": [bytes, { "content-type": "application/json; charset=klingon" }],
  "another content type": [bytes, { "content-type": "text/html" }],
  "in pieces, its length unknown": [bytes, { pieces: true }],
  "times as numbers": [withFields({ creationTime: 1_700_000_000_000, completionTime: 1_700_000_001, expirationTime: "1700000002000" })],
  "times of no kind": [withFields({ creationTime: true, completionTime: "soon", expirationTime: {} })],
  "a time after KV's end": [withFields({ expirationTime: "2099-01-01T00:00:00.000Z" })],
  "an id as a number": [withFields({ jobId: 4711 })],
  "an id of no kind": [withFields({ jobId: { a: [1] } })],
  "words that nobody knows": [withFields({ mood: "good", api: "/ai/next/v9/sing", "": null })],
  "a path in capitals, with a server, a slash and a query": [withFields({ api: "https://p.example/AI/Audio/v1/async/Speech-To-Text/?webhook=x" })],
  "a status in small letters": [withFields({ status: "success" })],
  "a status that nobody knows": [withFields({ status: "Completed" })],
  "a status that is none": [withFields({ status: 7 })],
  "without a status": [JSON.stringify({ response: RESPONSE })],
  "without an envelope": [JSON.stringify(RESPONSE)],
  "a field twice": [raw('"status":"InProgress","jobId":"a","jobId":"b"')],
  "no number": [raw('"score":NaN,"other":-Infinity')],
  "half a surrogate pair": [raw('"note":"\\ud83d"')],
  "a control character": [raw('"note":"a\tb"')],
};

for (const [name, [body, { pieces, ...headers } = {}, stored = Buffer.from(body)]] of Object.entries(FORMS)) {
  test(`a result is taken as it comes: ${name}`, async () => {
    const job = await reserve();
    const answer = await deliver(job.callbackUrl, pieces ? ReadableStream.from(inPieces(body)) : body, headers);
    assert.equal(answer.status, 200, await answer.text());
    assert.ok((await result(job)).equals(stored), "byte for byte");
    assert.deepEqual([(await read(job)).status, await outcomes(job)], ["succeeded", ["result"]]);
    const { status, text } = await transcript(job);
    assert.deepEqual([status, text.normalize()], [200, "één\n"]);
  });
}

test("what stands behind the signature does not matter", async () => {
  for (const end of ["/", "//", "?a=b", "/?a=b"]) {
    const job = await reserve();
    assert.equal((await deliver(job.callbackUrl + end, text)).status, 200, end);
    assert.equal((await read(job)).status, "succeeded");
  }
});

test("the job's own id is known in any case", async () => {
  const job = await submitted();
  const body = JSON.stringify({ ...BODY, jobId: RC_JOB.toUpperCase() });
  assert.equal((await deliver(job.callbackUrl, body)).status, 200);
  assert.deepEqual([(await read(job)).status, await outcomes(job)], ["succeeded", ["result"]]);
});

test("a job fails with the errors of its callback, wherever they stand, and has no transcript then", async () => {
  const bodies = [
    { status: "Fail", errors: ERRORS },
    { status: "Fail", response: { errors: ERRORS } },
    { status: "fail", errors: ERRORS, response: {} },
    { status: "Failed", errors: ERRORS },
    { status: "FAILURE", response: { errors: ERRORS } },
    { status: "Aborted", errors: ERRORS },
  ];
  for (const body of bodies) {
    const job = await reserve();
    assert.equal((await deliver(job.callbackUrl, JSON.stringify(body))).status, 200);
    const { status, error } = await read(job);
    assert.deepEqual([status, error.code, error.ringcentral], ["failed", "ringcentral_job_failed", ERRORS], JSON.stringify(body));
    assert.equal((await transcript(job)).status, 404);
  }
  for (const body of [{ status: "Fail" }, { status: "failed" }, { status: "FAIL", response: RESPONSE }]) {
    const job = await reserve();
    assert.equal((await deliver(job.callbackUrl, JSON.stringify(body))).status, 200);
    assert.deepEqual([(await read(job)).status, (await transcript(job)).status], ["failed", 404], JSON.stringify(body));
    assert.deepEqual(JSON.parse(await result(job)), body);
  }
});

test("what says no more than that the job goes on is no result", async () => {
  const job = await reserve();
  for (const body of [{ status: "InProgress" }, { status: "in_progress", response: {} }, { status: "Completed" }]) {
    assert.equal((await deliver(job.callbackUrl, JSON.stringify(body))).status, 200);
  }
  assert.deepEqual([(await read(job)).status, await outcomes(job)], ["reserved", ["running", "running", "running"]]);
  assert.equal((await deliver(job.callbackUrl, text)).status, 200);
  assert.equal((await deliver(job.callbackUrl, text)).status, 200);
  assert.deepEqual(await outcomes(job), ["running", "running", "running", "result", "duplicate"]);
});

/** Bodies that tell nothing, their headers, and why. */
const UNREADABLE = [
  ["", {}, "it is empty"],
  ["<html>Bad Gateway</html>", {}, "it is not a JSON object"],
  [text.slice(0, -9), {}, "it is not JSON, or only a part of it"],
  ["{}", {}, "it says neither how the job stands nor what came of it"],
  [gzipSync(bytes).subarray(0, 40), { "content-encoding": "gzip" }, "it is not a JSON object (its Content-Encoding is not one that can be undone, or it becomes too large)"],
  ["\u0028\u00b5\u002f\u00fd", { "content-encoding": "pied-piper" }, "it is not a JSON object (its Content-Encoding is not one that can be undone, or it becomes too large)"],
  [gzipSync(Buffer.alloc(26 << 20)), { "content-encoding": "gzip" }, "it is not a JSON object (its Content-Encoding is not one that can be undone, or it becomes too large)"],
  ["x".repeat(100_000), {}, "it is not a JSON object"],
];

test("what cannot be read is kept, stands on the job, and keeps nothing out that comes after it", async () => {
  for (const [body, headers, reason] of UNREADABLE) {
    const job = await reserve();
    const answer = await deliver(job.callbackUrl, body, headers);
    assert.deepEqual([answer.status, (await answer.json()).error], [422, { code: "unreadable_callback", message: `the callback cannot be read: ${reason}`, requestId: answer.headers.get("x-request-id") }]);
    const { status, deliveries } = await read(job);
    assert.deepEqual([status, deliveries.map(({ outcome, reason }) => [outcome, reason])], ["reserved", [["unreadable", reason]]]);
    assert.ok(Math.abs(Date.parse(deliveries[0].at) - Date.now()) < 60_000);
    assert.equal((await deliver(job.callbackUrl, text)).status, 200);
    assert.deepEqual(await outcomes(job), ["unreadable", "result"]);
  }
});

test("a job whose callback cannot be read is asked for at once, and ends by its status", async () => {
  const asked = () => ringcentral.questions().length;
  const before = asked();
  const job = await submitted();
  for (let again = 0; again < 3; again++) assert.equal((await deliver(job.callbackUrl, "<html>")).status, 422);
  for (let tries = 0; asked() === before; tries++) {
    assert.ok(tries < 200, "nobody asked");
    await sleep(50);
  }
  await sleep(300);
  assert.equal(asked(), before + 1, "once for the same bytes");
  status = { json: { jobId: RC_JOB, status: "success", response: { texts: ["So it goes."] } } };
  assert.equal((await deliver(job.callbackUrl, "<html><p>")).status, 422);
  const ended = await call.finished(job.id, 10);
  assert.deepEqual([ended.status, ended.via], ["succeeded", "status"]);
  assert.equal((await deliver(job.callbackUrl, JSON.stringify({ jobId: RC_JOB, ...BODY }))).status, 200);
  assert.deepEqual(await outcomes(job), ["unreadable", "unreadable", "unreadable", "unreadable", "duplicate"]);
  assert.equal((await call.get(`/v1/jobs/${job.id}/result`)).text, JSON.stringify(status.json));
});

test("a status decides as a callback does", async () => {
  const says = async (json) => {
    status = { json: { jobId: RC_JOB, ...json } };
    const job = await submitted();
    await deliver(job.callbackUrl, "?");
    return call.finished(job.id, 10);
  };
  const failed = await says({ status: "FAILED", errors: ERRORS });
  assert.deepEqual([failed.status, failed.via, failed.error.ringcentral], ["failed", "status", ERRORS]);
  const succeeded = await says({ response: { texts: ["So it goes."] }, completionTime: 1_700_000_000 });
  assert.deepEqual([succeeded.status, succeeded.completedAt], ["succeeded", "2023-11-14T22:13:20.000Z"]);
});

test("another job's result and another task's are refused, kept and noted", async () => {
  const job = await submitted();
  const others = [{ ...BODY, jobId: "another" }, { ...BODY, api: "/ai/audio/v1/async/speech-to-text" }, { ...BODY, jobId: "a third" }];
  for (const body of others) {
    const answer = await deliver(job.callbackUrl, JSON.stringify(body));
    assert.deepEqual([answer.status, (await answer.json()).error.code], [422, "foreign_callback"]);
  }
  const { status, deliveries } = await read(job);
  assert.equal(status, "submitted");
  assert.deepEqual(deliveries.map(({ outcome, reason }) => [outcome, reason]), [
    ["foreign", "jobId is another job's"],
    ["foreign", "api names another task than the job has"],
    ["foreign", "jobId is another job's"],
  ]);
  await worker.close();
  const own = keysOf(persistTo).filter((key) => key.includes(job.id));
  assert.deepEqual(own.sort(), others.slice(0, 2).map((body) => `dead/${job.id}/${sha256(JSON.stringify(body))}`).sort(), "two at most");
  worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo });
  call = api(worker.url);
});

test("an id that another job has is no job's whose own id is not known", async () => {
  const [first, second] = await Promise.all([call.reserve(), call.reserve()]);
  const own = (job) => JSON.stringify({ ...BODY, jobId: `id-of-${job.id}` });
  assert.equal((await deliver(first.callbackUrl, own(first))).status, 200);
  const misdirected = await deliver(second.callbackUrl, own(first).replace(first.id, first.id.toUpperCase()));
  assert.equal(misdirected.status, 422);
  assert.equal((await deliver(second.callbackUrl, own(first))).status, 422);
  assert.equal((await deliver(second.callbackUrl, own(second))).status, 200);
  assert.equal((await call.get(`/v1/jobs/${second.id}/result`)).text, own(second));
});

/** Announces a body to an address and sends its beginning, and goes on with a byte in so many milliseconds: `{answer, end}`. */
async function announce(url, length, beginning = "", byteEveryMs) {
  const sent = request(url, { method: "POST", headers: { "content-length": length } });
  sent.on("error", () => {});
  sent.flushHeaders();
  sent.write(beginning);
  const answer = once(sent, "response").then(([response]) => (response.resume(), response.statusCode));
  answer.catch(() => {});
  await once(sent, "socket");
  const drip = byteEveryMs && setInterval(() => sent.write(" "), byteEveryMs).unref();
  const end = () => {
    clearInterval(drip);
    sent.destroy();
  };
  return { answer, end };
}

test("a finished job's address keeps no body: nobody waits for it", async () => {
  const job = await reserve();
  assert.equal((await deliver(job.callbackUrl, text)).status, 200);
  const began = Date.now();
  const { answer, end } = await announce(job.callbackUrl, 20 << 20);
  assert.equal(await answer, 200);
  assert.ok(Date.now() - began < 5_000);
  end();
  assert.deepEqual(await outcomes(job), ["result", "duplicate"]);
  const long = JSON.stringify({ ...BODY, note: "n".repeat(8 << 20) });
  assert.equal((await deliver(job.callbackUrl, long)).status, 200, "whoever goes on sending sees it too");
});

test("bodies that are announced and do not come keep nobody out, and are given up", async () => {
  const jobs = await Promise.all([1, 2, 3].map(() => reserve()));
  const began = Date.now();
  const stalled = await Promise.all(jobs.map(({ callbackUrl }) => announce(callbackUrl, 20 << 20, "{")));
  await sleep(300);
  const other = await reserve();
  assert.equal((await deliver(other.callbackUrl, text)).status, 200);
  assert.ok(Date.now() - began < 5_000, "the others are served meanwhile");
  // The same address takes one body at a time: the second waits until the first is given up.
  const second = deliver(jobs[0].callbackUrl, text);
  assert.deepEqual(await Promise.all(stalled.map(({ answer }) => answer)), [503, 503, 503]);
  assert.ok(Date.now() - began > 9_000, "ten seconds without progress");
  assert.equal((await second).status, 200);
  assert.equal((await read(jobs[0])).status, "succeeded");
  stalled.forEach(({ end }) => end());
});

test("what is larger than KV takes stands on the job too", async () => {
  const job = await reserve();
  assert.equal((await deliver(job.callbackUrl, Buffer.alloc((25 << 20) + 1, " "))).status, 413);
  const { status, deliveries } = await read(job);
  assert.deepEqual([status, deliveries.map(({ outcome, reason }) => [outcome, reason])], ["reserved", [["unreadable", "the body may have 25 MiB at most"]]]);
});

test("senders of a byte a second keep nobody else waiting, be it at the address of a job that has finished", async () => {
  const [open, finished] = [await reserve(), await reserve()];
  assert.equal((await deliver(finished.callbackUrl, text)).status, 200);
  const slow = await Promise.all([open, open, finished, finished].map(({ callbackUrl }) => announce(callbackUrl, 20 << 20, "{", 1_000)));
  const others = {
    submit: () => call.submit(JOB),
    read: async () => assert.equal((await read(finished)).status, "succeeded"),
    result: async () => assert.ok((await result(finished)).equals(bytes)),
    callback: async () => assert.equal((await deliver((await reserve()).callbackUrl, text)).status, 200),
  };
  const before = ringcentral.submits().length;
  let rounds = 0;
  for (const deadline = Date.now() + 6_000; Date.now() < deadline; rounds++) {
    for (const [name, ask] of Object.entries(others)) {
      const began = Date.now();
      await ask();
      assert.ok(Date.now() - began < 2_000, `${name}: ${Date.now() - began} ms`);
    }
    await sleep(200);
  }
  assert.ok(rounds > 3, `${rounds} rounds`);
  for (const deadline = Date.now() + 5_000; ringcentral.submits().length < before + rounds; await sleep(20)) assert.ok(Date.now() < deadline, "they are sent meanwhile too");
  const [first, second, ...unwanted] = await Promise.all(slow.map(({ answer }) => Promise.race([answer, "none yet"])));
  assert.deepEqual([first, second, ...unwanted], ["none yet", "none yet", 200, 200], "a body that nobody wants is not waited for");
  slow.forEach(({ end }) => end());
});
