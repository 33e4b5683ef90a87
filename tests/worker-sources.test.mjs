// Every source of recordings through the Worker: listed page by page in one shape, submitted by id, or told why not.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { enroll } from "./support/enroll.mjs";
import { startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";
import { MEDIA, writtenDown } from "./support/spoken.mjs";

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
  test(`${source}: listed in one shape, submitted by id, with a transcript at the end`, async () => {
    const items = await all(`source=${source}`);
    assert.equal(new Set(items.map((item) => item.id)).size, items.length, "each once");
    for (const item of items) {
      assert.match(item.id, id);
      assert.equal(item.source, source);
      assert.match(item.startedAt, /^\d{4}-\d\d-\d\dT/);
      assert.ok(!item.contentUri.includes("access_token"));
      assert.equal(typeof item.reason, item.submittable ? "undefined" : "string");
    }
    const recording = items.find(({ submittable }) => submittable);
    const job = await call.submit({ task: "speech-to-text", media: { recordingId: recording.id } });
    const ended = await call.finished(job.id);
    assert.equal(ended.status, "succeeded", JSON.stringify(ended.error));
    assert.match((await call.get(`/v1/jobs/${job.id}/transcript.txt`)).text, /\w+/);
  });
}

/** What is spoken in a recording that the sandbox ships: a text for each turn. */
const told = (name) =>
  writtenDown(name).utterances.map(({ speakerId, words }) => ({ speakerId, text: words.map(({ text }) => text).join(" ") }));

/** Each job on media: its fields, and what its result must say of what is spoken. */
const JOBS = {
  "speech-to-text": [{ enableSpeakerDiarization: true }, (response, turns) => {
    assert.equal(response.transcript, turns.map(({ text }) => text).join(" "));
    assert.deepEqual(response.utterances.map(({ speakerId, text }) => ({ speakerId, text })), turns);
  }],
  "speaker-diarize": [{}, ({ utterances }, turns) => {
    assert.deepEqual(utterances.map(({ speakerId }) => speakerId), turns.map(({ speakerId }) => speakerId));
  }],
  "speaker-identify": [{ speakerIds: ["caller"] }, ({ utterances }, turns) => {
    assert.equal(utterances.length, turns.length);
    assert.ok(utterances.every(({ speakerId }) => ["caller", "UserNotIdentified"].includes(speakerId)));
  }],
  "analyze-interaction": [{ insights: ["All"] }, (response, turns) => {
    assert.deepEqual(response.utteranceInsights.map(({ speakerId, text }) => ({ speakerId, text })), turns);
    assert.equal(response.speakerInsights.speakerCount, new Set(turns.map(({ speakerId }) => speakerId)).size);
  }],
};

test("every job on media runs on every source", async () => {
  await enroll(sandbox.url, "caller", readFileSync(join(MEDIA, "voicemail.wav")));
  const [call_, file, row, message] = await Promise.all([
    all("source=calls&scope=company").then((items) => items.find(({ from }) => from?.name === "HARBOR STREET")),
    all("source=meetings").then((items) => items.find(({ durationS }) => durationS === 50)),
    all("source=meetings&scope=company").then((items) => items.find(({ durationS }) => durationS === 26)),
    all("source=voicemail").then(([first]) => first),
  ]);
  const sources = [
    [{ recordingId: call_.id }, told("support-call")],
    [{ recordingId: file.id }, told("planning-1")],
    [{ contentUri: row.contentUri }, told("planning-2")],
    [{ recordingId: message.id }, told("voicemail")],
  ];
  await Promise.all(sources.flatMap(([media, turns]) => Object.entries(JOBS).map(async ([task, [input, check]]) => {
    const job = await call.submit({ task, media, input });
    const { status, error } = await call.finished(job.id, 100);
    assert.equal(status, "succeeded", `${task} ${JSON.stringify(media)} ${JSON.stringify(error)}`);
    check((await call.get(`/v1/jobs/${job.id}/result`)).json.response, turns);
    const transcript = await call.get(`/v1/jobs/${job.id}/transcript.txt`);
    const lines = turns.map(({ speakerId, text }) => `Speaker ${speakerId}: ${text}\n`).join("");
    if (task.startsWith("speaker-")) assert.deepEqual([transcript.status, transcript.json.error.code], [404, "no_transcript"]);
    else assert.equal(transcript.text, lines);
  })));
});

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
