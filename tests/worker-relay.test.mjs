// The relay: RingCentral fetches a job's media through the Worker, and no token of RingCentral's stands in any address.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { get } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { startServer } from "./support/http.mjs";
import { RC_JOB, TOKEN, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker, temporaryFolder } from "./support/services.mjs";

const SOUND = randomBytes(300_000);
const JOB = { task: "speech-to-text", media: { recordingId: "7" } };
const DONE = { status: "Success", response: { transcript: "so it goes" } };

/** Whole, or in the range that is asked for, as a server of files answers. */
function file({ headers }) {
  const head = { "content-type": "audio/mpeg", etag: '"e1"', "accept-ranges": "bytes" };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
  if (from === undefined) return { headers: head, body: SOUND };
  const last = Math.min(to === "" ? Infinity : Number(to), SOUND.length - 1);
  const range = { "content-range": `bytes ${from}-${last}/${SOUND.length}` };
  return { status: 206, headers: { ...head, ...range }, body: SOUND.subarray(Number(from), last + 1) };
}

let ringcentral, elsewhere, worker, call, content, logins;
const persistTo = temporaryFolder();
before(async () => {
  logins = 0;
  elsewhere = await startServer(file);
  ringcentral = await startRingCentral({
    login: () => ({ json: { ...TOKEN, access_token: `T0KEN-${++logins}` } }),
    content: (request, count) => content(request, count),
    submit: (_, count) => ({ status: 202, json: { jobId: RC_JOB.replace("0805", String(1000 + count)) } }),
  });
  worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await Promise.all([ringcentral, elsewhere].map((server) => server?.close()));
});

/** A job that RingCentral has taken, where it fetches its media, and where it sends its result. */
async function submitted(more = {}, answer = file) {
  content = answer;
  const { id } = await call.submit({ ...JOB, ...more });
  const sent = () => ringcentral.submits().find(({ path }) => path.includes(id));
  for (let tries = 0; !sent() && tries < 60; tries++) await call.get(`/v1/jobs/${id}?wait=1`);
  return { id, contentUri: JSON.parse(sent().body).contentUri, deliver: () => api(webhookOf(sent()), "").post("", DONE) };
}

const fetched = () => ringcentral.of("content");

test("a recording is fetched through the Worker: with its token in a header, and every byte as it is there", async () => {
  const { id, contentUri, deliver } = await submitted();
  assert.match(contentUri, new RegExp(`^${worker.url}/media/${id}/\\d+/[0-9a-f]{64}/1\\.mp3$`));
  const before = fetched().length;
  const response = await fetch(contentUri);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), SOUND);
  const told = ["content-type", "content-length", "etag", "accept-ranges"].map((name) => response.headers.get(name));
  assert.deepEqual([response.status, ...told], [200, "audio/mpeg", String(SOUND.length), '"e1"', "bytes"]);
  const [{ path, headers }] = fetched().slice(before);
  assert.equal(headers.authorization, `Bearer T0KEN-${logins}`);
  assert.doesNotMatch(path, /token/i);
  await sleep(500);
  const { times, at, bytes, of } = (await call.get(`/v1/jobs/${id}`)).json.fetched;
  assert.deepEqual([times, bytes, of], [1, SOUND.length, SOUND.length]);
  assert.ok(Date.now() - Date.parse(at) < 10_000);
  await deliver();
  assert.equal((await call.finished(id)).status, "succeeded");
  assert.doesNotMatch(worker.log(), /T0KEN/);
});

test("HEAD is answered without a body, and counts as no fetch", async () => {
  const { id, contentUri } = await submitted();
  const head = await fetch(contentUri, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-type"), head.headers.get("content-length")], [200, "audio/mpeg", String(SOUND.length)]);
  await sleep(500);
  assert.equal((await call.get(`/v1/jobs/${id}`)).json.fetched, undefined);
});

test("ranges cost one slot: the first has the whole kept for the job, and all are cut from that", async () => {
  const { id, contentUri, deliver } = await submitted();
  const before = fetched().length;
  const part = async (from, to, uri = contentUri) => {
    const response = await fetch(uri, { headers: { range: `bytes=${from}-${to}`, "if-range": '"e1"' } });
    assert.deepEqual([response.status, response.headers.get("content-range")], [206, `bytes ${from}-${to}/${SOUND.length}`]);
    assert.deepEqual([response.headers.get("etag"), response.headers.get("content-type")], ['"e1"', "audio/mpeg"]);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), SOUND.subarray(from, to + 1));
  };
  await Promise.all([0, 1, 2, 3, 4].map((n) => part(n * 1000, n * 1000 + 999)));
  await part(SOUND.length - 10, SOUND.length - 1);
  const [only, ...more] = fetched().slice(before);
  assert.deepEqual([only.headers.range, more.length], [undefined, 0]);
  assert.deepEqual(Buffer.from(await (await fetch(contentUri)).arrayBuffer()), SOUND);
  await deliver();
  await call.finished(id);
  const listened = await call.get(`/v1/jobs/${id}/media`, { range: "bytes=5-9" });
  assert.deepEqual([listened.status, fetched().length - before], [206, 1], "whoever listens has the same");
  const { times, bytes, of } = (await call.get(`/v1/jobs/${id}`)).json.fetched;
  assert.deepEqual([times, bytes, of], [7, 5 * 1000 + 10 + SOUND.length, SOUND.length]);
  await call.ask("DELETE", `/v1/jobs/${id}`);
  const kept = () => readdirSync(persistTo, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.parentPath.includes("/r2/") && entry.parentPath.endsWith("/blobs"));
  for (const deadline = Date.now() + 10_000; kept().length > 0; await sleep(100)) assert.ok(Date.now() < deadline, "it is still kept");
});

test("what is too long to be kept is fetched range by range", async () => {
  const long = { headers: { "content-type": "audio/mpeg", "content-length": 200 << 20 }, body: SOUND, cut: 1_000 };
  const { contentUri } = await submitted({}, (request) => (request.headers.range ? file(request) : long));
  const before = fetched().length;
  for (let n = 0; n < 2; n++) {
    const response = await fetch(contentUri, { headers: { range: "bytes=0-9" } });
    assert.deepEqual([response.status, Buffer.from(await response.arrayBuffer())], [206, SOUND.subarray(0, 10)]);
  }
  assert.deepEqual(fetched().slice(before).map(({ headers }) => headers.range), [undefined, "bytes=0-9", "bytes=0-9"]);
});

test("what was altered, is another's or is over opens nothing, and nothing is fetched", async () => {
  const { id, contentUri, deliver } = await submitted();
  const other = await submitted();
  const before = fetched().length;
  const parts = contentUri.split("/");
  const altered = (index, value) => parts.with(index, value).join("/");
  const wrong = [
    altered(4, other.id),
    altered(5, String(Number(parts[5]) + 1)),
    altered(5, "0"),
    altered(5, "x"),
    altered(6, "0".repeat(64)),
    altered(6, parts[6].toUpperCase()),
    altered(6, "x"),
    altered(7, "2.mp3"),
    altered(7, "0"),
    altered(7, "x"),
  ];
  const refused = async (address) => {
    const { status, json } = await api(address, "").get("");
    return [status, json.error.code, json.error.message];
  };
  const same = [403, "forbidden", "there is nothing to be fetched here, or not any more"];
  for (const address of wrong) assert.deepEqual(await refused(address), same, address);
  await deliver();
  assert.deepEqual(await refused(contentUri), same, "the job has its result");
  await call.ask("DELETE", `/v1/jobs/${other.id}`);
  assert.deepEqual(await refused(other.contentUri), same, "the job is gone");
  assert.equal(fetched().length, before);
  assert.equal((await call.get(`/v1/jobs/${id}`)).status, 200);
});

test("a token that is not taken any more is replaced, once; a short rate limit is waited for", async () => {
  const { contentUri } = await submitted();
  let answers = [{ status: 401, json: { errorCode: "OAU-213" } }];
  content = (request) => answers.shift() ?? file(request);
  const [before, had] = [fetched().length, logins];
  assert.equal((await fetch(contentUri)).status, 200);
  assert.deepEqual(fetched().slice(before).map(({ headers }) => headers.authorization), [had, had + 1].map((number) => `Bearer T0KEN-${number}`));
  answers = [{ status: 429, headers: { "retry-after": "1" } }];
  const began = Date.now();
  assert.equal((await fetch(contentUri)).status, 200);
  assert.ok(Date.now() - began >= 1_900, "a second, and one for what its rounding may hide");
});

const OWN = "own";
for (const [what, steps, status] of [
  ["a path there", ["/r/content"], 200],
  ["three of them", ["/r/content", "/s/content", "/t/content"], 200],
  ["one too many", ["/r/content", "/s/content", "/t/content", "/u/content"], 502],
  ["another scheme", ["ftp://h.example/a"], 502],
  ["a name before the host", ["//user@h.example/a"], 502],
  ["the Worker's own address", [OWN], 502],
]) {
  test(`redirects to ${what}: ${status}`, async () => {
    const { contentUri } = await submitted();
    const left = steps.map((step) => (step === OWN ? `${worker.url}/v1/stats` : step));
    content = (request) => (left.length ? { redirect: left.shift() } : file(request));
    const before = fetched().length;
    const { status: answered, json } = await api(contentUri, "").get("");
    assert.equal(answered, status);
    if (status !== 200) assert.equal(json.error.code, "ringcentral_refused");
    assert.equal(fetched().length - before, Math.min(steps[0].startsWith("/r") ? steps.length + 1 : 1, 4));
    assert.ok(fetched().slice(before).every(({ headers }) => headers.authorization === `Bearer T0KEN-${logins}`));
  });
}

test("a redirect to another host goes there without the token", async () => {
  const { contentUri } = await submitted();
  content = () => ({ redirect: `${elsewhere.url}/a` });
  assert.deepEqual(Buffer.from(await (await fetch(contentUri)).arrayBuffer()), SOUND);
  assert.equal(elsewhere.requests.at(-1).headers.authorization, undefined);
});

test("what is not there, and a server that is not, are said", async () => {
  const { contentUri } = await submitted();
  for (const [answer, status, code] of [
    [{ status: 404, json: { errorCode: "CMN-102" } }, 502, "ringcentral_refused"],
    [{ status: 503 }, 503, "ringcentral_unavailable"],
    [{ cut: -1 }, 503, "ringcentral_unavailable"],
  ]) {
    content = () => answer;
    const { status: answered, json } = await api(contentUri, "").get("");
    assert.deepEqual([answered, json.error.code], [status, code]);
  }
});

test("when a reader leaves, the source is let go", async () => {
  const { contentUri } = await submitted();
  const closed = Promise.withResolvers();
  const endless = await startServer((request, response) => {
    response.writeHead(200, { "content-type": "audio/mpeg", "content-length": 1e9 });
    const write = () => {
      while (response.write(Buffer.alloc(65_536)));
      response.once("drain", write);
    };
    write();
    response.on("close", closed.resolve);
  });
  content = () => ({ redirect: endless.url });
  try {
    const request = get(contentUri);
    const [response] = await once(request, "response");
    await once(response, "data");
    request.destroy();
    assert.ok(await Promise.race([closed.promise.then(() => true), sleep(10_000)]), "it is still open");
  } finally {
    await endless.close();
  }
});

test("a fetch shows that a submit arrived whose answer was lost", async () => {
  const lost = await startRingCentral({ content: file, submit: { cut: -1 } });
  const own = await startWorker({ sandboxUrl: lost.url });
  try {
    const { id } = await api(own.url).submit(JOB);
    const status = async () => (await api(own.url).get(`/v1/jobs/${id}`)).json.status;
    for (let tries = 0; (await status()) !== "unconfirmed" && tries < 100; tries++) await sleep(100);
    await fetch(JSON.parse(lost.submits()[0].body).contentUri).then((response) => response.arrayBuffer());
    for (let tries = 0; (await status()) !== "submitted" && tries < 50; tries++) await sleep(100);
    assert.equal(await status(), "submitted");
  } finally {
    await own.close();
    await lost.close();
  }
});

test("whoever may read a job may listen to it, during it and after it, and to no address that was not kept", async () => {
  const { id, deliver } = await submitted();
  const { readToken } = (await call.get(`/v1/jobs/${id}`)).json;
  const heard = (headers) => fetch(`${worker.url}/v1/jobs/${id}/media?token=${readToken}`, { headers });
  const [before, asked] = [fetched().length, ringcentral.of("recording").length];
  assert.deepEqual(Buffer.from(await (await heard()).arrayBuffer()), SOUND);
  await deliver();
  const part = await heard({ range: "bytes=7-" });
  assert.deepEqual([part.status, Buffer.from(await part.arrayBuffer())], [206, SOUND.subarray(7)]);
  assert.deepEqual([fetched().length - before, ringcentral.of("recording").length - asked], [2, 0], "it is looked up once");
  assert.equal((await call.get(`/v1/jobs/${id}`)).json.fetched, undefined, "nobody but RingCentral counts");
  assert.equal((await fetch(`${worker.url}/v1/jobs/${id}/media`)).status, 401);
  const { id: elsewhereId } = await call.submit({ ...JOB, media: { contentUri: `${elsewhere.url}/a.mp3?sig=S3CRET` } });
  const none = await call.get(`/v1/jobs/${elsewhereId}/media`);
  assert.deepEqual([none.status, none.json.error.code], [404, "not_found"]);
});

test("without a bucket a range is one there", async (t) => {
  const bare = await startWorker({ sandboxUrl: ringcentral.url, hasBucket: false });
  t.after(() => bare.close());
  const { id } = await api(bare.url).submit(JOB);
  content = file;
  const part = await fetch(`${bare.url}/v1/jobs/${id}/media`, { headers: { range: "bytes=1000-1999", authorization: "Bearer sandbox-token" } });
  assert.deepEqual([part.status, part.headers.get("content-range")], [206, `bytes 1000-1999/${SOUND.length}`]);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), SOUND.subarray(1000, 2000));
  assert.equal(fetched().at(-1).headers.range, "bytes=1000-1999");
});

test("a job may have the token in its address, as RingCentral's guide has it", async () => {
  const { contentUri } = await submitted({ contentAccess: "access-token" });
  assert.match(contentUri, new RegExp(`^${ringcentral.url}/.*/content\\?access_token=T0KEN-\\d+$`));
  const odd = await call.post("/v1/jobs", { ...JOB, contentAccess: "both" });
  assert.deepEqual([odd.status, odd.json.error.field], [422, "contentAccess"]);
  const textual = await call.post("/v1/jobs", { task: "punctuate", input: { texts: ["a"] }, contentAccess: "relay" });
  assert.deepEqual([textual.status, textual.json.error.field], [422, "contentAccess"]);
});

test("a rate limit that is too long to be waited for is said", async () => {
  const { contentUri } = await submitted();
  content = () => ({ status: 429, headers: { "retry-after": "300" } });
  const before = fetched().length;
  for (const _ of [1, 2]) {
    const { status, headers, json } = await api(contentUri, "").get("");
    assert.deepEqual([status, json.error.code], [429, "rate_limited"]);
    assert.ok(Number(headers.get("retry-after")) > 250);
  }
  assert.equal(fetched().length - before, 1, "nothing is sent inside the penalty");
});
