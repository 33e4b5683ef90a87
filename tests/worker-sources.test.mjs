// Every source of recordings through the Worker: listed page by page in one shape, submitted by id, or told why not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startSandbox, startWorker } from "./support/services.mjs";

let sandbox, worker, call;
before(async () => {
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
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
    path = `/v1/recordings?${query.split("&")[0]}&cursor=${json.nextCursor}`;
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

test("what cannot be submitted fails with the reason that the list gave", async () => {
  const gone = (await all("source=meetings")).filter(({ submittable }) => !submittable);
  assert.ok(gone.length > 0);
  for (const { id } of gone) {
    const job = await call.submit({ task: "speech-to-text", media: { recordingId: id } });
    const { status, error } = await call.finished(job.id);
    assert.equal(status, "failed");
    assert.match(error.message, /recordingId: it cannot be submitted/);
  }
});

test("the company's calls are asked for where the company's are", async () => {
  assert.ok((await all("source=calls&scope=company")).length >= 2);
  const requests = await (await fetch(`${sandbox.url}/sandbox/requests`)).json();
  assert.ok(requests.some(({ path, status }) => path.endsWith("/account/~/call-log") && status === 200));
});

for (const [client, source, permission] of [["sandbox-novideo", "meetings", "Video"], ["sandbox-nomessages", "voicemail", "ReadMessages"], ["sandbox-nocalllog", "calls", "ReadCallLog"], ["sandbox-nocompany", "calls&scope=company", "FullCompanyCallLog"]]) {
  test(`an app without ${permission} is told so, not shown an empty list`, async () => {
    const other = await startWorker({ sandboxUrl: sandbox.url, vars: { RC_CLIENT_ID: client } });
    try {
      const { status, json } = await api(other.url).get(`/v1/recordings?source=${source}`);
      assert.deepEqual([status, json.error.code, json.error.permission], [502, "ringcentral_permission_missing", permission]);
    } finally {
      await other.close();
    }
  });
}
