// A database of the version before this one is opened: its jobs are shown, and go on.
import assert from "node:assert/strict";
import { createCipheriv, createHmac, hkdfSync } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { RC_JOB, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { CREDENTIALS, freePort, startWorker, temporaryFolder } from "./support/services.mjs";

/** The tables of version 1, as that version made them. */
const VERSION_1 = `
  CREATE TABLE schema_version (version INTEGER NOT NULL);
  INSERT INTO schema_version VALUES (1);
  CREATE TABLE jobs (
      id TEXT PRIMARY KEY, task TEXT NOT NULL, status TEXT NOT NULL, attempt INTEGER NOT NULL,
      ringcentral_job_id TEXT, media TEXT, input TEXT, recording_id TEXT, sealed BLOB, public_url TEXT NOT NULL,
      created_ms INTEGER NOT NULL, sent_ms INTEGER, submitted_ms INTEGER, completed_ms INTEGER,
      retained_until_ms INTEGER NOT NULL, via TEXT, error TEXT, result_key TEXT,
      due_ms INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, unanswered INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX jobs_in_turn ON jobs (id, due_ms) WHERE status = 'queued';
  CREATE INDEX jobs_waiting ON jobs (due_ms) WHERE status = 'queued';
  CREATE INDEX jobs_due ON jobs (due_ms) WHERE status <> 'queued';
  CREATE TABLE idempotency (key TEXT PRIMARY KEY, body TEXT NOT NULL, job_id TEXT NOT NULL, until_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX idempotency_until ON idempotency (until_ms);
  CREATE TABLE copies (
      job_id TEXT PRIMARY KEY, key TEXT NOT NULL, bytes BLOB NOT NULL, due_ms INTEGER NOT NULL, checks INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX copies_due ON copies (due_ms);
  CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  INSERT INTO kept VALUES ('penalties', '[0,0,0,0]'), ('token', x'00');
`;

const MINUTE_MS = 60_000;
const NOW_MS = Date.now();
const id = (number) => `01960e0a-7c1e-7b52-9a2b-${String(number).padStart(12, "0")}`;
const RESULT = JSON.stringify({ status: "Success", response: { texts: ["one"] } });
const ADDRESS = "http://127.0.0.1:9/a.wav?sig=S3CRET";
const REFUSED = { code: "ringcentral_refused", message: "no", ringcentral: [{ errorCode: "CAI-101", message: "bad" }] };

const key = (purpose) => Buffer.from(hkdfSync("sha256", CREDENTIALS.SIGNING_KEYS, "", `ringcentral-ai ${purpose} v1`, 32));

/** A caller's address as version 1 sealed it. */
function sealed(id, text) {
  const nonce = Buffer.alloc(12, 7);
  const cipher = createCipheriv("aes-256-gcm", key("seal"), nonce).setAAD(Buffer.from(id));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** The path of a callback as version 1 signed it. */
function callbackPath(id, attempt) {
  const mac = createHmac("sha256", key("callback"));
  for (const part of [id, String(attempt)]) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(part.length));
    mac.update(length).update(part);
  }
  return `/callbacks/${id}/${attempt}/${mac.digest("hex")}`;
}

/** A job in each state, and what it has beside what they all have. */
const ROWS = {
  queued: { id: id(1), task: "punctuate", status: "queued", input: '{"texts":["one"]}', due_ms: NOW_MS },
  waiting: { id: id(2), status: "queued", media: '{"contentUri":"http://127.0.0.1:9/a.wav"}', input: '{"encoding":"Wav"}', sealed: sealed(id(2), ADDRESS), due_ms: NOW_MS },
  unconfirmed: { id: id(3), status: "unconfirmed", attempt: 1, media: '{"recordingId":"7"}', recording_id: "7", sent_ms: NOW_MS - MINUTE_MS, due_ms: NOW_MS + 44 * MINUTE_MS },
  submitted: { id: id(4), status: "submitted", attempt: 1, ringcentral_job_id: "rc-4", media: '{"recordingId":"7"}', recording_id: "7", sent_ms: NOW_MS - 2_000, submitted_ms: NOW_MS - 1_000, due_ms: NOW_MS + 7 * 24 * 60 * MINUTE_MS },
  lost: { id: id(5), status: "submitted", attempt: 1, ringcentral_job_id: RC_JOB, sent_ms: NOW_MS - 30 * MINUTE_MS, submitted_ms: NOW_MS - 30 * MINUTE_MS, due_ms: NOW_MS + 7 * 24 * 60 * MINUTE_MS },
  reserved: { id: id(6), status: "reserved", attempt: 1, due_ms: NOW_MS + 7 * 24 * 60 * MINUTE_MS },
  succeeded: { id: id(7), status: "succeeded", attempt: 1, ringcentral_job_id: "rc-7", via: "callback", completed_ms: NOW_MS - 1_000, result_key: `result/${id(7)}/fra-1`, due_ms: NOW_MS + 60 * MINUTE_MS },
  failed: { id: id(8), status: "failed", error: JSON.stringify(REFUSED), completed_ms: NOW_MS - 1_000, due_ms: NOW_MS + 60 * MINUTE_MS },
  expired: { id: id(9), status: "expired", error: '{"code":"expired","message":"nothing came"}', completed_ms: NOW_MS - 1_000, due_ms: NOW_MS + 60 * MINUTE_MS },
  over: { id: id(10), status: "failed", completed_ms: NOW_MS - 90 * MINUTE_MS, due_ms: NOW_MS - MINUTE_MS },
};

/** Puts a database of version 1 in the place of the one that this version has made. */
function downgrade(folder, publicUrl) {
  const [file, ...others] = readdirSync(folder, { recursive: true }).filter((name) => name.includes("Desk") && name.endsWith(".sqlite") && !name.includes("metadata"));
  assert.deepEqual([typeof file, others], ["string", []]);
  const database = new DatabaseSync(join(folder, file));
  const own = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").all();
  assert.ok(own.some(({ name }) => name === "jobs"));
  for (const { name } of own) database.exec(`DROP TABLE ${name}`);
  database.exec(VERSION_1);
  const every = { task: "speech-to-text", attempt: 0, public_url: publicUrl, created_ms: NOW_MS - 40 * MINUTE_MS, retained_until_ms: NOW_MS + 30 * 24 * 60 * MINUTE_MS };
  for (const row of Object.values(ROWS)) {
    const values = { ...every, ...row };
    const names = Object.keys(values);
    database.prepare(`INSERT INTO jobs (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`).run(...Object.values(values));
  }
  database.prepare("INSERT INTO copies (job_id, key, bytes, due_ms) VALUES (?, ?, ?, ?)").run(ROWS.succeeded.id, ROWS.succeeded.result_key, Buffer.from(RESULT), NOW_MS + 60 * MINUTE_MS);
  database.close();
}

const persistTo = temporaryFolder();
let ringcentral, worker, call;
before(async () => {
  const status = { json: { ...JSON.parse(RESULT), jobId: RC_JOB } };
  ringcentral = await startRingCentral({ status });
  const options = { sandboxUrl: ringcentral.url, persistTo, port: await freePort() };
  worker = await startWorker(options);
  await api(worker.url).post("/v1/callbacks", { task: "punctuate" });
  await worker.close();
  downgrade(persistTo, worker.url);
  worker = await startWorker(options);
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const job = async ({ id }) => (await call.get(`/v1/jobs/${id}`)).json;

test("a job in every state is shown as it was", async () => {
  for (const name of ["unconfirmed", "submitted", "reserved", "succeeded", "failed", "expired"]) {
    const row = ROWS[name];
    const shown = await job(row);
    assert.deepEqual([shown.status, shown.task, shown.attempt, shown.ringcentralJobId, shown.via], [row.status, "speech-to-text", row.attempt, row.ringcentral_job_id, row.via], name);
    assert.deepEqual(shown.media, row.media && JSON.parse(row.media), name);
    assert.deepEqual(shown.error, row.error && JSON.parse(row.error), name);
    assert.equal(Date.parse(shown.createdAt), NOW_MS - 40 * MINUTE_MS);
    assert.equal(shown.deliveries, undefined, "of those before nobody has noted any");
    assert.equal(shown.completedAt && Date.parse(shown.completedAt), row.completed_ms);
  }
  assert.equal((await call.get(`/v1/jobs/${ROWS.succeeded.id}/result`)).text, RESULT);
  assert.deepEqual((await call.get(`/v1/jobs/${ROWS.failed.id}/result`)).json.response.errors, REFUSED.ringcentral);
});

test("what waited for its turn is sent, with the address that was sealed, and ends", async () => {
  // Any new job wakes the Desk up, as the cron does.
  await call.post("/v1/callbacks", { task: "punctuate" });
  const waitsFor = ({ id }) => ringcentral.submits().find(({ path }) => path.includes(id));
  for (let tries = 0; !(waitsFor(ROWS.queued) && waitsFor(ROWS.waiting)); tries++) {
    assert.ok(tries < 200, worker.log());
    await sleep(50);
  }
  assert.equal(JSON.parse(waitsFor(ROWS.waiting).body).contentUri, ADDRESS);
  for (const row of [ROWS.queued, ROWS.waiting]) {
    assert.equal((await api(webhookOf(waitsFor(row)), "").post("", RESULT)).status, 200);
    assert.deepEqual(await job(row).then(({ status, attempt }) => [status, attempt]), ["succeeded", 1]);
  }
});

test("what was sent takes its callback, and only its own", async () => {
  const deliver = ({ id }, body) => api(worker.url, "").post(callbackPath(id, 1), body);
  const foreign = { ...JSON.parse(RESULT), jobId: "rc-5" };
  assert.equal((await deliver(ROWS.submitted, foreign)).status, 422);
  assert.deepEqual((await job(ROWS.submitted)).deliveries.map(({ outcome }) => outcome), ["foreign"]);
  for (const row of [ROWS.submitted, ROWS.unconfirmed, ROWS.reserved]) {
    assert.equal((await deliver(row, RESULT)).status, 200);
    assert.deepEqual(await job(row).then(({ status, via }) => [status, via]), ["succeeded", "callback"]);
    assert.equal((await call.get(`/v1/jobs/${row.id}/result`)).text, RESULT);
  }
});

test("what waited in vain for its callback is asked for, and what is over goes", async () => {
  const ended = await call.finished(ROWS.lost.id);
  assert.deepEqual([ended.status, ended.via], ["succeeded", "status"]);
  assert.equal((await call.get(`/v1/jobs/${ROWS.over.id}`)).status, 404);
});
