// Local files, and media that needs headers: both reach RingCentral through the Worker alone, and are gone with their job.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { wav } from "./support/audio.mjs";
import { startServer } from "./support/http.mjs";
import { installPackage } from "./support/package.mjs";
import { RC_JOB, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";
import { MEDIA } from "./support/spoken.mjs";

const PART_BYTES = 16 << 20;
const DONE = { status: "Success", response: { transcript: "so it goes" } };
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let ringcentral, worker, call;
const persistTo = temporaryFolder();
before(async () => {
  ringcentral = await startRingCentral({ submit: (_, count) => ({ status: 202, json: { jobId: RC_JOB.replace("0805", String(1000 + count)) } }) });
  worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const begin = async (bytes, name, to = call) => {
  const { status, json, headers, text } = await to.post("/v1/uploads", { bytes, name });
  assert.equal(status, 201, text);
  assert.equal(headers.get("location"), `/v1/uploads/${json.id}`);
  return json;
};
const put = (id, part, bytes, to = call) => to.ask("PUT", `/v1/uploads/${id}/parts/${part}`, bytes);
const complete = (id, to = call) => to.post(`/v1/uploads/${id}/complete`);

/** A file that is there, whole. */
async function upload(bytes, name, to = call) {
  const { id } = await begin(bytes.length, name, to);
  for (let part = 1; (part - 1) * PART_BYTES < bytes.length; part++) {
    const { status, text } = await put(id, part, bytes.subarray((part - 1) * PART_BYTES, part * PART_BYTES), to);
    assert.equal(status, 200, text);
  }
  const { status, json, text } = await complete(id, to);
  assert.equal(status, 200, text);
  return json;
}

/** A job that RingCentral has taken, where it fetches its media, and what sends its result. */
async function submitted(job, headers) {
  const before = ringcentral.submits().length;
  const { id } = await call.submit({ task: "speech-to-text", ...job }, headers);
  for (let tries = 0; ringcentral.submits().length === before && tries < 60; tries++) await call.get(`/v1/jobs/${id}?wait=1`);
  const sent = ringcentral.submits().at(-1);
  const { contentUri, encoding } = JSON.parse(sent.body);
  return { id, contentUri, encoding, deliver: () => api(webhookOf(sent), "").post("", DONE) };
}

const refused = async (field, job, code = "invalid_field") => {
  const { status, json } = await call.post("/v1/jobs", { task: "speech-to-text", ...job });
  assert.deepEqual([status, json.error.code, json.error.field], [422, code, field], JSON.stringify(json));
  return json.error.message;
};

/** Files of the bucket on the Worker's disk; the store's own databases are none. */
const blobs = () => readdirSync(persistTo, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.parentPath.includes("/r2/") && entry.parentPath.endsWith("/blobs"));

test("a file comes in parts, in any order and again, and is hashed and looked at", async () => {
  const sound = Buffer.concat([wav({ seconds: 1 }), randomBytes(2 * PART_BYTES)]);
  const begun = await begin(sound.length, "a call.wav");
  assert.deepEqual([begun.bytes, begun.name, begun.partBytes, begun.parts, begun.sha256], [sound.length, "a call.wav", PART_BYTES, [], undefined]);
  const part = (number) => sound.subarray((number - 1) * PART_BYTES, number * PART_BYTES);
  assert.equal((await put(begun.id, 3, part(3))).status, 200);
  assert.equal((await put(begun.id, 1, randomBytes(PART_BYTES))).status, 200);
  assert.equal((await complete(begun.id)).json.error.code, "upload_conflict");
  const { json } = await call.get(`/v1/uploads/${begun.id}`);
  assert.deepEqual(json.parts, [{ part: 1, bytes: PART_BYTES }, { part: 3, bytes: sound.length - 2 * PART_BYTES }]);
  for (const number of [2, 1]) assert.equal((await put(begun.id, number, part(number))).status, 200);
  const { json: whole } = await complete(begun.id);
  assert.deepEqual([whole.id, whole.bytes, whole.contentType, whole.sha256], [begun.id, sound.length, "audio/wav", sha256(sound)]);
  assert.deepEqual((await complete(begun.id)).json, whole, "to complete it again changes nothing");
  assert.equal((await put(begun.id, 1, part(1))).json.error.code, "upload_conflict");
  assert.equal((await call.ask("DELETE", `/v1/uploads/${begun.id}`)).status, 204);
  assert.equal((await call.get(`/v1/uploads/${begun.id}`)).status, 404);
});

test("what is no file, and no part of it, is refused by its name", async () => {
  const field = ({ status, json }) => [status, json.error.field];
  for (const bytes of [0, -1, 1.5, "7", null, 4e9, undefined]) {
    assert.deepEqual(field(await call.post("/v1/uploads", { bytes })), [422, "bytes"], String(bytes));
  }
  assert.deepEqual(field(await call.post("/v1/uploads", { bytes: 1, name: "a\nb" })), [422, "name"]);
  const { id } = await begin(PART_BYTES + 7);
  for (const part of ["0", "3", "x", "1.0"]) assert.deepEqual(field(await put(id, part, randomBytes(7))), [422, "part"], part);
  const { json } = await put(id, 2, randomBytes(8));
  assert.deepEqual([json.error.field, json.error.message], ["Content-Length", "Content-Length: part 2 of this file has 7 bytes"]);
  assert.equal((await call.get(`/v1/uploads/${crypto.randomUUID()}`)).status, 404);
});

test("RingCentral fetches an uploaded file through the Worker, whole or in ranges, until its job has ended", async () => {
  const sound = wav({ seconds: 2 });
  const { id: uploadId } = await upload(sound, "a.wav");
  const blobsThen = blobs().length;
  const key = { "idempotency-key": "a-file" };
  const { id, contentUri, encoding, deliver } = await submitted({ media: { uploadId } }, key);
  assert.equal(encoding, "Wav");
  assert.match(contentUri, new RegExp(`^${worker.url}/media/${id}/\\d+/[0-9a-f]{64}/1\\.wav$`));
  const whole = await fetch(contentUri);
  const etag = whole.headers.get("etag");
  assert.deepEqual(Buffer.from(await whole.arrayBuffer()), sound);
  const told = ["content-type", "content-length", "accept-ranges"].map((name) => whole.headers.get(name));
  assert.deepEqual([whole.status, ...told, etag], [200, "audio/wav", String(sound.length), "bytes", `"${sha256(sound)}"`]);
  const ranged = async (range, more) => {
    const response = await fetch(contentUri, { headers: { range, ...more } });
    return [response.status, response.headers.get("content-range"), Buffer.from(await response.arrayBuffer())];
  };
  const end = sound.length - 1;
  assert.deepEqual(await ranged("bytes=100-199"), [206, `bytes 100-199/${sound.length}`, sound.subarray(100, 200)]);
  assert.deepEqual(await ranged("bytes=-100"), [206, `bytes ${end - 99}-${end}/${sound.length}`, sound.subarray(-100)]);
  assert.deepEqual((await ranged(`bytes=${sound.length}-`)).slice(0, 2), [416, `bytes */${sound.length}`]);
  assert.deepEqual((await ranged("bytes=1-2", { "if-range": etag }))[0], 206);
  assert.deepEqual((await ranged("bytes=1-2", { "if-range": '"other"' }))[0], 200);
  const head = await fetch(contentUri, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length"), head.headers.get("content-type")], [200, String(sound.length), "audio/wav"]);
  assert.equal((await call.get(`/v1/jobs/${id}/media`)).status, 200);
  const { media, fetched } = (await call.get(`/v1/jobs/${id}`)).json;
  assert.deepEqual([media, fetched.of], [{ uploadId }, sound.length]);
  assert.equal(ringcentral.of("content").length, 0, "it costs no slot");

  await deliver();
  assert.equal((await call.finished(id)).status, "succeeded");
  assert.equal((await fetch(contentUri)).status, 403);
  assert.deepEqual([(await call.get(`/v1/uploads/${uploadId}`)).status, (await call.get(`/v1/jobs/${id}/media`)).status], [404, 404]);
  for (const deadline = Date.now() + 10_000; blobs().length >= blobsThen; await sleep(100)) assert.ok(Date.now() < deadline, "its bytes are still there");
  assert.equal((await call.submit({ task: "speech-to-text", media: { uploadId } }, key)).id, id, "who repeats themselves has the same job");
  const { status, json } = await call.post(`/v1/jobs/${id}/retry`);
  assert.deepEqual([status, json.error.field], [422, "media.uploadId"]);
});

test("a file that several jobs use goes with the last of them, and with one that is deleted", async () => {
  const { id: uploadId } = await upload(wav({ seconds: 1 }));
  const first = await submitted({ media: { uploadId } });
  const second = await submitted({ media: { uploadId } });
  const conflict = await call.ask("DELETE", `/v1/uploads/${uploadId}`);
  assert.deepEqual([conflict.status, conflict.json.error.code], [409, "upload_conflict"]);
  await first.deliver();
  await call.finished(first.id);
  assert.deepEqual([(await fetch(first.contentUri)).status, (await fetch(second.contentUri)).status], [403, 200]);
  assert.equal((await call.post(`/v1/jobs/${first.id}/retry`)).status, 202, "as long as it is there a job may use it");
  await call.ask("DELETE", `/v1/jobs/${second.id}`);
  assert.equal((await fetch(second.contentUri)).status, 403);
  assert.equal((await call.get(`/v1/uploads/${uploadId}`)).status, 200);
});

test("what RingCentral cannot read, and what is not there, is refused before a job is made", async () => {
  const unknown = async (bytes, name) => refused("input.encoding", { media: { uploadId: (await upload(Buffer.from(bytes), name)).id } }, "encoding_unknown");
  assert.match(await unknown("%PDF-1.7 and more", "call.mp3"), /\(its first bytes are application\/pdf\): give one of Mpeg, Mp4, Wav, /);
  assert.match(await unknown("fLaC\0\0\0\x22", "call.flac"), /audio\/flac/);
  assert.match(await unknown("so it goes", "call"), /of no known kind/);
  const { id: named } = await upload(Buffer.from("\0\x01\0\x02"), "samples.aac");
  assert.equal((await submitted({ media: { uploadId: named } })).encoding, "Aac");
  const { id: given } = await upload(Buffer.from("fLaC\0\0\0\x22"));
  assert.equal((await submitted({ media: { uploadId: given }, input: { encoding: "Ogg" } })).encoding, "Ogg");
  const { id: half } = await begin(7);
  assert.match(await refused("media.uploadId", { media: { uploadId: half } }), /not complete/);
  await refused("media.uploadId", { media: { uploadId: half }, input: { encoding: "Wav" } });
  await refused("media.uploadId", { media: { uploadId: crypto.randomUUID() } });
  await refused("contentAccess", { media: { uploadId: given }, input: { encoding: "Ogg" }, contentAccess: "access-token" });
});

test("media that needs headers is fetched with them by the Worker alone, and shows them to nobody", async (t) => {
  const sound = wav({ seconds: 1 });
  const files = await startServer(({ headers, path }) => {
    if (path.startsWith("/moved")) return { redirect: "/b.wav?sig=S3CRET" };
    if (path.startsWith("/away")) return { redirect: `${elsewhere.url}/b.wav` };
    return headers["x-key"] === "S3CRET-key" ? { headers: { "content-type": "audio/x-wav" }, body: sound } : { status: 403 };
  });
  const elsewhere = await startServer(() => ({ body: sound }));
  t.after(() => Promise.all([files.close(), elsewhere.close()]));
  const headers = { "X-Key": "S3CRET-key" };
  const { id, contentUri, encoding, deliver } = await submitted({ media: { contentUri: `${files.url}/a.wav?sig=S3CRET`, headers } });
  assert.equal(encoding, "Wav");
  assert.ok(contentUri.startsWith(`${worker.url}/media/${id}/`), contentUri);
  assert.deepEqual(Buffer.from(await (await fetch(contentUri)).arrayBuffer()), sound);
  assert.equal((await call.get(`/v1/jobs/${id}/media`)).status, 200);
  const moved = await submitted({ media: { contentUri: `${files.url}/moved`, headers }, input: { encoding: "Wav" } });
  assert.equal((await fetch(moved.contentUri)).status, 200, "to the same origin they go along");
  const away = await submitted({ media: { contentUri: `${files.url}/away`, headers }, input: { encoding: "Wav" } });
  assert.equal((await fetch(away.contentUri)).status, 200);
  assert.ok(elsewhere.requests.length > 0 && elsewhere.requests.every(({ headers }) => !headers["x-key"]), "to another they do not");

  assert.deepEqual((await call.get(`/v1/jobs/${id}`)).json.media, { contentUri: `${files.url}/a.wav` });
  const disk = () => readdirSync(persistTo, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1")).join("");
  assert.doesNotMatch(disk() + worker.log() + (await call.get("/v1/jobs")).text, /S3CRET/);
  await deliver();
  await call.finished(id);
  assert.deepEqual([(await fetch(contentUri)).status, (await call.get(`/v1/jobs/${id}/media`)).status], [403, 404]);

  await refused("media.headers.Host", { media: { contentUri: `${files.url}/a.wav`, headers: { Host: "h" } } });
  await refused("contentAccess", { media: { contentUri: `${files.url}/a.wav`, headers }, contentAccess: "access-token" });
  assert.match(await refused("input.encoding", { media: { contentUri: `${files.url}/a`, headers: { "x-key": "no" } } }, "encoding_unknown"), /answered 403/);
});

test("an upload that nobody touches is gone after a day, and one that is half there too", async (t) => {
  const hurried = await startWorker({ sandboxUrl: ringcentral.url, rate: 86_400 / 4 });
  t.after(() => hurried.close());
  const to = api(hurried.url);
  const { id: whole } = await upload(wav({ seconds: 1 }), "a.wav", to);
  const { id: half } = await begin(7, "b", to);
  assert.equal((await to.get(`/v1/uploads/${whole}`)).status, 200);
  const gone = async () => (await Promise.all([whole, half].map((id) => to.get(`/v1/uploads/${id}`)))).every(({ status }) => status === 404);
  for (const deadline = Date.now() + 20_000; !(await gone()); await sleep(200)) assert.ok(Date.now() < deadline, "they are still there");
});

test("the sandbox transcribes a local file that was uploaded in parts of an interrupted upload", async (t) => {
  const sandbox = await startSandbox();
  const store = temporaryFolder();
  let beside = await startWorker({ sandboxUrl: sandbox.url, persistTo: store });
  t.after(() => Promise.all([beside.close(), sandbox.close()]));
  const sound = readFileSync(join(MEDIA, "planning-2.mp4"));
  const { id } = await begin(sound.length, "planning.mp4", api(beside.url));
  await put(id, 1, sound.subarray(0, PART_BYTES), api(beside.url));
  await beside.kill();
  beside = await startWorker({ sandboxUrl: sandbox.url, persistTo: store });
  const to = api(beside.url);
  const { json } = await to.get(`/v1/uploads/${id}`);
  for (let part = 1; part <= Math.ceil(sound.length / PART_BYTES); part++) {
    if (!json.parts.some((known) => known.part === part)) await put(id, part, sound.subarray((part - 1) * PART_BYTES, part * PART_BYTES), to);
  }
  assert.equal((await complete(id, to)).json.contentType, "video/mp4");
  const job = await to.submit({ task: "speech-to-text", media: { uploadId: id } });
  const { status, error } = await to.finished(job.id);
  assert.equal(status, "succeeded", JSON.stringify(error));
  assert.match((await to.get(`/v1/jobs/${job.id}/transcript.txt`)).text, /\w+ \w+ \w+/);

  const { api: { JobsClient }, close } = await installPackage();
  t.after(close);
  const jobs = new JobsClient(beside.url, { token: "sandbox-token" });
  const uploaded = await jobs.upload(new Blob([sound]));
  assert.deepEqual([uploaded.bytes, uploaded.contentType, uploaded.sha256], [sound.length, "video/mp4", sha256(sound)]);
  const { transcript } = await (await jobs.submit({ task: "speech-to-text", media: { uploadId: uploaded.id } })).wait();
  assert.match(transcript.text(), /\w+ \w+ \w+/);
});
