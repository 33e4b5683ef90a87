// Each limit at its edge and beyond, and what is answered there: the code, the sentence, when to come again.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { TOKEN, startRingCentral } from "./support/ringcentral.mjs";
import { freePort, startWorker, temporaryFolder } from "./support/services.mjs";

const MIB = 1 << 20;
const persistTo = temporaryFolder();
let ringcentral, options, worker, call, isDown;
before(async () => {
  // While it is down nobody can log in, so that jobs wait for their turn.
  ringcentral = await startRingCentral({ login: () => (isDown ? { status: 503 } : { json: TOKEN }) });
  options = { sandboxUrl: ringcentral.url, persistTo, port: await freePort() };
  worker = await startWorker(options);
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const JOB = { task: "punctuate", input: { texts: ["one"] } };
const body = (bytes) => {
  const [before, after] = ['{"task":"punctuate","input":{"texts":["', '"]}}'];
  return before + "a".repeat(bytes - before.length - after.length) + after;
};
const nested = (depth) => `{"task":"punctuate","input":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
const padded = (bytes) => JSON.stringify({ status: "Success", response: RESPONSE }).padEnd(bytes, " ");
const RESPONSE = { transcript: "one", words: [{ word: "one", start: 0, end: 1 }] };

/** A reserved job whose result has so many bytes. */
async function finished(bytes) {
  const job = await call.reserve("speech-to-text");
  assert.equal((await api(job.callbackUrl, "").post("", padded(bytes))).status, 200);
  return job;
}

/** The answer's status, and what it says where it is an error. */
const said = ({ status, json, headers }) => {
  const { code, message, field } = json?.error ?? {};
  return [status, code, message, field, headers.get("retry-after")].filter((part) => part != null).slice(0, json?.error ? 5 : 1);
};

/** What is tried, at the edge and beyond, and what is answered there. */
const LIMITS = {
  "the headers": [
    () => call.post("/v1/jobs", JOB, { "x-long": "h".repeat(31 << 10) }),
    [202],
    () => call.post("/v1/jobs", JOB, { "x-long": "h".repeat(32 << 10) }),
    [413, "too_large", "the headers hold 33 KiB, and may hold 32 KiB together: send fewer or shorter ones"],
  ],
  "the headers of a read": [
    () => call.get("/v1/recordings", { "x-long": "h".repeat(31 << 10) }),
    [200],
    () => call.get("/v1/recordings", { "x-a": "h".repeat(16 << 10), "x-b": "h".repeat(16 << 10) }),
    [413, "too_large", "the headers hold 33 KiB, and may hold 32 KiB together: send fewer or shorter ones"],
  ],
  "a body of the API's": [
    () => call.post("/v1/jobs", body(MIB)),
    [202],
    () => call.post("/v1/jobs", body(MIB + 1)),
    [413, "too_large", "the body may have 1 MiB at most"],
  ],
  "its depth": [
    () => call.post("/v1/jobs", nested(64)),
    [422, "invalid_field", "input: it must be an object", "input"],
    () => call.post("/v1/jobs", nested(65)),
    [400, "invalid_json", "the body may have 64 lists and objects within each other at most"],
  ],
  "its depth, far beyond": [
    () => call.post("/v1/callbacks", '{"task":"punctuate"}'),
    [201],
    () => call.post("/v1/callbacks", "[".repeat(500_000)),
    [400, "invalid_json", "the body may have 64 lists and objects within each other at most"],
  ],
  "brackets in a text are no depth": [
    () => call.post("/v1/jobs", { ...JOB, input: { texts: ["[{".repeat(200), '\\"[['.repeat(200)] } }),
    [202],
    () => call.post("/v1/jobs", `{"task":"punctuate","input":{"texts":["\\\\"],"x":${"[".repeat(65)}`),
    [400, "invalid_json", "the body may have 64 lists and objects within each other at most"],
  ],
  "an Idempotency-Key": [
    () => call.post("/v1/jobs", JOB, { "idempotency-key": "k".repeat(255) }),
    [202],
    () => call.post("/v1/jobs", JOB, { "idempotency-key": "k".repeat(256) }),
    [422, "invalid_field", "Idempotency-Key: it must be 1 to 255 visible ASCII characters", "Idempotency-Key"],
  ],
  "a callback": [
    async () => api((await call.reserve()).callbackUrl, "").post("", padded(25 * MIB)),
    [200],
    async () => api((await call.reserve()).callbackUrl, "").post("", padded(25 * MIB + 1)),
    [413, "too_large", "the body may have 25 MiB at most"],
  ],
  "a result that a transcript is made of": [
    async () => call.get(`/v1/jobs/${(await finished(8 * MIB)).id}/transcript.srt`),
    [200],
    async () => call.get(`/v1/jobs/${(await finished(8 * MIB + 1)).id}/transcript.srt`),
    [413, "too_large", "a transcript is made here of a result of 8 MiB at most: take GET /v1/jobs/{id}/result, and the npm package ringcentral-ai makes it of that, as in new Transcript(text).srt()"],
  ],
};

for (const [name, [within, then, beyond, otherwise]] of Object.entries(LIMITS)) {
  test(`a limit at its edge and beyond: ${name}`, async () => {
    assert.deepEqual(said(await within()), then);
    assert.deepEqual(said(await beyond()), otherwise);
  });
}

test("what is too large for a transcript here is there whole", async () => {
  const job = await finished(8 * MIB + 1);
  assert.equal((await call.get(`/v1/jobs/${job.id}/result`)).text, padded(8 * MIB + 1));
});

test("a wait is cut, and says when to come again", async () => {
  const job = await call.reserve();
  const began = Date.now();
  const [waited, asked] = await Promise.all([call.get(`/v1/jobs/${job.id}?wait=1`), call.get(`/v1/jobs/${job.id}`)]);
  assert.ok(Date.now() - began >= 1_000);
  assert.deepEqual([waited.headers.get("retry-after"), asked.headers.get("retry-after")], ["1", "5"]);
  assert.deepEqual(said(await call.get(`/v1/jobs/${job.id}/result`)), [409, "not_finished", "the job has not finished: ask again", "5"]);
});

/** Puts so many jobs into the queue of the database that no running Worker uses, and takes RingCentral's session out of it. */
function fillQueue(count) {
  const [file] = readdirSync(persistTo, { recursive: true }).filter((name) => name.includes("Desk") && name.endsWith(".sqlite") && !name.includes("metadata"));
  const database = new DatabaseSync(join(persistTo, file));
  const { id } = database.prepare("SELECT id FROM jobs LIMIT 1").get();
  const columns = database.prepare("SELECT name FROM pragma_table_info('jobs') WHERE name NOT IN ('id', 'status')").all().map(({ name }) => name).join(", ");
  database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO jobs (id, status, ${columns}) SELECT printf('0196ffff-7c1e-7b52-9a2b-%012d', i), 'queued', ${columns} FROM n, jobs WHERE id = '${id}';
    DELETE FROM engine_states`);
  database.close();
}

test("a queue is full at ten thousand jobs, and only for those who have to stand in it", async () => {
  await call.reserve();
  await worker.close();
  isDown = true;
  fillQueue(9_999);
  worker = await startWorker(options);
  call = api(worker.url);
  const key = { "idempotency-key": "the-last-one" };
  const last = await call.submit(JOB, key);
  const full = [503, "busy", "the queue is full: RingCentral takes ten jobs a minute, so these wait for many hours already", "60"];
  assert.deepEqual(said(await call.post("/v1/jobs", JOB)), full);
  assert.equal((await call.submit(JOB, key)).id, last.id, "a job that is in it already is not a new one");
  await call.reserve();
});
