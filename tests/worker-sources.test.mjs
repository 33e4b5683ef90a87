// Every source of recordings through the Worker: listed page by page in one shape, asked for where it is, or told why not.
import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";
import { MEDIA } from "./support/spoken.mjs";

let sandbox, worker, call;
/** Another Worker, whose ten minutes are two seconds. */
let hurried;
const media = temporaryFolder();
before(async () => {
  // A meeting with one recording, beside the sandbox's own, which has two.
  copyFileSync(join(MEDIA, "planning-2.mp4"), join(media, "solo.mp4"));
  sandbox = await startSandbox({ args: ["--media", media] });
  worker = await startWorker({ sandboxUrl: sandbox.url });
  call = api(worker.url);
  hurried = await startWorker({ sandboxUrl: sandbox.url, rate: 300 });
});
after(async () => {
  await worker?.close();
  await hurried?.close();
  await sandbox?.close();
});

/** All recordings of a source, page by page. */
async function all(query) {
  const items = [];
  let path = `/v1/recordings?dateFrom=2020-01-01&${query}`;
  for (let page = 0; page < 50; page++) {
    const { status, json, text } = await call.get(path);
    assert.equal(status, 200, text);
    items.push(...json.items);
    if (!json.nextCursor) return items;
    path = `/v1/recordings?${query.split("&")[0]}&cursor=${encodeURIComponent(json.nextCursor)}`;
  }
  assert.fail("the list has no end");
}

const SOURCES = { calls: /^\d+$/, meetings: /^meeting-/, voicemail: /^voicemail-/ };

for (const [source, id] of Object.entries(SOURCES)) {
  test(`${source}: listed in one shape`, async () => {
    const items = await all(`source=${source}`);
    assert.equal(new Set(items.map((item) => item.id)).size, items.length, "each once");
    for (const item of items) {
      assert.match(item.id, id);
      assert.equal(item.source, source);
      assert.match(item.startedAt, /^\d{4}-\d\d-\d\dT/);
      assert.ok(!item.contentUri.includes("access_token"));
      assert.equal(typeof item.reason, item.submittable ? "undefined" : "string");
    }
  });
}

/** The end of a job for a recording that may not be there yet. */
async function endOf(recordingId) {
  const call = api(hurried.url);
  return call.finished((await call.submit({ task: "speech-to-text", media: { recordingId } })).id);
}

test("what cannot be submitted fails with the reason that the list gave", async () => {
  const gone = (await all("source=meetings")).filter(({ submittable }) => !submittable);
  assert.ok(gone.length > 0);
  for (const { id } of gone) {
    const { status, error } = await endOf(id);
    assert.equal(status, "failed");
    assert.match(error.message, /recordingId: it cannot be submitted/);
  }
});

/** Whether the sandbox has answered a path. */
async function wasAsked(end) {
  const requests = await (await fetch(`${sandbox.url}/sandbox/requests`)).json();
  return requests.some(({ path, status }) => path.endsWith(end) && status === 200);
}

test("the company's calls are asked for where the company's are", async () => {
  assert.ok((await all("source=calls&scope=company")).length >= 2);
  assert.ok(await wasAsked("/account/~/call-log"));
});

for (const [query, path, found] of [
  ["source=meetings", "/rcvideo/v1/history/meetings", true],
  ["source=meetings&list=recordings", "/rcvideo/v1/account/~/extension/~/recordings", true],
  ["source=meetings&scope=company", "/rcvideo/v1/account/~/recordings", true],
  ["source=meetings&scope=company&list=history", "/rcvideo/v1/history/account/~/meetings", false],
]) {
  test(`${query}: asked for at ${path}`, async () => {
    const items = await all(query);
    assert.equal(items.some(({ submittable }) => submittable), found);
    assert.ok(await wasAsked(path));
  });
}

test("a row of the company's recordings is submitted by its meeting, and by its address where that has several", async () => {
  const rows = await all("source=meetings&scope=company&perPage=1");
  const alone = rows.find(({ id }) => rows.filter((row) => row.id === id).length === 1);
  const several = rows.find(({ id }) => rows.filter((row) => row.id === id).length > 1);
  const run = async (media) => call.finished((await call.submit({ task: "speech-to-text", media })).id);
  assert.equal((await run({ recordingId: alone.id })).status, "succeeded");
  const refused = await run({ recordingId: several.id });
  assert.match(refused.error.message, /the meeting has several recordings, name one of meeting-.*, meeting-/);
  assert.equal((await run({ contentUri: several.contentUri })).status, "succeeded");
});

test("dates are kept over the pages of a list that RingCentral cannot filter", async () => {
  const rows = await all("source=meetings&scope=company");
  const latest = rows.map(({ startedAt }) => startedAt).sort().at(-1);
  const earliest = rows.map(({ startedAt }) => startedAt).sort()[0];
  const path = `/v1/recordings?source=meetings&scope=company&perPage=1&dateTo=${encodeURIComponent(earliest)}`;
  const items = [];
  for (let next = path; next; ) {
    const { json } = await call.get(next);
    items.push(...json.items);
    next = json.nextCursor && `/v1/recordings?cursor=${json.nextCursor}`;
  }
  assert.ok(rows.length > items.length && items.length > 0);
  assert.ok(items.every(({ startedAt }) => startedAt < latest));
});

test("a list that is none, or not of that source, is refused by its name", async () => {
  for (const query of ["source=meetings&list=all", "source=calls&list=recordings", "source=voicemail&list=history"]) {
    const { status, json } = await call.get(`/v1/recordings?${query}`);
    assert.deepEqual([status, json.error.code, json.error.field], [422, "invalid_field", "list"], query);
  }
});

for (const [client, query, permission] of [
  ["sandbox-novideo", "source=meetings", "Video"],
  ["sandbox-nomessages", "source=voicemail", "ReadMessages"],
  ["sandbox-nocalllog", "source=calls", "ReadCallLog"],
  ["sandbox-nocompany", "source=calls&scope=company", "FullCompanyCallLog"],
  ["sandbox-nocompany", "source=meetings&scope=company", "FullCompanyCallLog"],
]) {
  test(`${query}: an app without ${permission} is told so, not shown an empty list`, async () => {
    const other = await startWorker({ sandboxUrl: sandbox.url, vars: { RC_CLIENT_ID: client } });
    try {
      const limited = api(other.url);
      const { status, json } = await limited.get(`/v1/recordings?${query}`);
      assert.deepEqual([status, json.error.code, json.error.permission], [502, "ringcentral_permission_missing", permission]);
      if (!["Video", "ReadMessages"].includes(permission)) return;
      const recording = (await all(query)).find(({ submittable }) => submittable);
      const job = await limited.submit({ task: "speech-to-text", media: { recordingId: recording.id } });
      const ended = await limited.finished(job.id);
      assert.deepEqual([ended.status, ended.error.code], ["failed", "ringcentral_permission_missing"]);
      assert.match(ended.error.message, new RegExp(`\\b${permission}\\b`));
    } finally {
      await other.close();
    }
  });
}

test("a recording that RingCentral does not know fails the job with RingCentral's words, whatever its source", async () => {
  for (const recordingId of ["1662272004", "meeting-nobody-1", "meeting-nobody-only", "voicemail-9999-9999"]) {
    const { status, error } = await endOf(recordingId);
    assert.deepEqual([status, error.code, error.ringcentral?.[0].errorCode], ["failed", "ringcentral_refused", "CMN-102"], recordingId);
  }
});
