// Jobs in their holders' hands: listed, named, bound, done once more, watched, deleted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api, keysOf } from "./support/api.mjs";
import { RC_JOB, TOKEN, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const SUCCESS = JSON.stringify({ status: "Success", response: { texts: ["So it goes."] } });
const ORIGIN = "https://page.example";
const TOKENS = "sandbox-token,submit:a-token-that-submits,read:a-token-that-reads,reserve:a-token-of-a-page";

let ringcentral, worker, call;
before(async () => {
  ringcentral = await startRingCentral({ submit: () => ({ status: 202, json: { jobId: crypto.randomUUID() } }) });
  worker = await startWorker({ sandboxUrl: ringcentral.url, vars: { API_TOKENS: TOKENS, ALLOWED_ORIGINS: ORIGIN } });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const deliver = async (url, body = SUCCESS) => (await api(url, "").post("", body)).status;
const webhooks = (id) => ringcentral.submits().map(webhookOf).filter((url) => url.includes(id));
async function webhookFor(id) {
  for (const deadline = Date.now() + 10_000; !webhooks(id)[0]; await sleep(20)) assert.ok(Date.now() < deadline, `${id} was not sent`);
  return webhooks(id)[0];
}
/** A job that has its result. */
async function succeeded(job = JOB) {
  const { id } = await call.submit(job);
  assert.equal(await deliver(await webhookFor(id)), 200);
  return call.finished(id);
}
const field = (answer) => [answer.status, answer.json.error.code, answer.json.error.field];

test("jobs are listed page by page, the newest first, by state and by task", async () => {
  const done = await succeeded({ ...JOB, label: "the first" });
  const jobs = [done, await call.reserve("summarize"), await call.reserve("punctuate"), await call.submit(JOB)];
  const ids = jobs.map(({ id }) => id).reverse();
  const list = async (query) => (await call.get(`/v1/jobs${query}`)).json;
  const all = [];
  for (let cursor = ""; ; ) {
    const { items, nextCursor } = await list(`?limit=2${cursor && `&cursor=${cursor}`}`);
    assert.ok(items.length <= 2 && items.every(({ readToken }) => readToken.startsWith("r_")));
    all.push(...items);
    if (!(cursor = nextCursor)) break;
  }
  assert.deepEqual(all.map(({ id }) => id), ids);
  const found = async (query) => (await list(query)).items.map(({ id }) => id);
  assert.deepEqual(await found("?status=succeeded"), [done.id]);
  assert.deepEqual(await found("?status=reserved&task=summarize"), [jobs[1].id]);
  assert.deepEqual(await found("?task=speech-to-text"), []);
  const listed = (await list("?status=succeeded")).items[0];
  assert.deepEqual(listed, (await call.get(`/v1/jobs/${done.id}`)).json, "a job looks the same wherever it is shown");
  assert.equal(listed.label, "the first");
  for (const [query, name] of [["?limit=0", "limit"], ["?status=gone", "status"], ["?cursor=x", "cursor"], ["?order=asc", "order"]]) {
    assert.deepEqual(field(await call.get(`/v1/jobs${query}`)), [422, "invalid_field", name]);
  }
  assert.equal((await api(worker.url, done.readToken).get("/v1/jobs")).status, 403);
  assert.equal((await api(worker.url, "a-token-that-submits").get("/v1/jobs")).status, 403);
});

test("a job and its speakers are called as their holders say, each name by itself", async () => {
  const { id } = await call.reserve("speech-to-text");
  const patch = (body, token) => api(worker.url, token ?? "a-token-that-submits").ask("PATCH", `/v1/jobs/${id}`, body);
  const names = async () => (({ label, speakers }) => ({ label, speakers }))((await call.get(`/v1/jobs/${id}`)).json);
  assert.equal((await patch({ label: "Board, May", speakers: { 0: "Ann", 1: "Bob" } })).json.label, "Board, May");
  assert.equal((await patch({ speakers: { 1: "Eve", 0: null } })).status, 200);
  assert.deepEqual(await names(), { label: "Board, May", speakers: { 1: "Eve" } });
  assert.equal((await patch({ label: null, speakers: null })).status, 200);
  assert.deepEqual(await names(), { label: undefined, speakers: undefined });
  for (const [body, name] of [[{ label: 7 }, "label"], [{ speakers: { 0: "" } }, "speakers.0"], [{ speakers: [] }, "speakers"], [{ status: "failed" }, "status"]]) {
    assert.deepEqual(field(await patch(body)), [422, "invalid_field", name]);
  }
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, number) => [number, "x"]));
  assert.deepEqual(field(await patch({ speakers: many })), [422, "invalid_field", "speakers"]);
  assert.equal((await patch({ label: "x" }, "a-token-that-reads")).status, 403);
  assert.equal((await call.ask("PATCH", "/v1/jobs/7", { label: "x" })).status, 404);
});

test("speakers have their names in every transcript", async () => {
  const { id, callbackUrl } = await call.reserve("speech-to-text");
  const utterance = (speakerId, text, start) => ({ speakerId, text, start, end: start + 1, words: [] });
  const utterances = [utterance("0", "Hello there.", 0), utterance("1", "Hello.", 1.5), utterance("0", "Bye.", 3)];
  assert.equal(await deliver(callbackUrl, JSON.stringify({ status: "Success", response: { utterances } })), 200);
  assert.equal((await call.ask("PATCH", `/v1/jobs/${id}`, { speakers: { 0: "Ann <CEO>", 5: "Nobody" } })).status, 200);
  const transcript = async (format) => (await call.get(`/v1/jobs/${id}/transcript.${format}`)).text;
  for (const format of ["txt", "srt", "vtt"]) {
    const text = await transcript(format);
    assert.match(text, /Ann ‹CEO›: Hello there\./, format);
    assert.match(text, /Speaker 1: Hello\./, format);
  }
  const { segments } = JSON.parse(await transcript("json"));
  assert.deepEqual(segments.map(({ speaker, name }) => [speaker, name]), [["0", "Ann <CEO>"], ["1", undefined], ["0", "Ann <CEO>"]]);
  assert.equal((await call.ask("PATCH", `/v1/jobs/${id}`, { speakers: { "@3000": "1", "@1500": "Eve" } })).status, 200);
  const turns = JSON.parse(await transcript("json")).segments.map(({ speaker, name }) => [speaker, name]);
  assert.deepEqual(turns, [["0", "Ann <CEO>"], ["Eve", "Eve"], ["1", undefined]], "a turn is given to another speaker, or to a new one");
  assert.match(await transcript("srt"), /Eve: Hello\./);
  assert.match((await call.get(`/v1/jobs/${id}/result`)).text, /"speakerId":"0"/, "the result stays as it came");
});

test("who submitted a reserved job tells its id, once", async () => {
  const { id, callbackUrl } = await call.reserve();
  const bind = (ringcentralJobId) => call.ask("PUT", `/v1/callbacks/${id}`, { ringcentralJobId });
  const bound = await bind(RC_JOB);
  assert.deepEqual([bound.status, bound.json.ringcentralJobId, bound.json.status], [200, RC_JOB, "reserved"]);
  assert.equal((await bind(RC_JOB.toUpperCase())).status, 200, "the same, said again");
  assert.deepEqual(field(await bind("another")), [422, "invalid_field", "ringcentralJobId"]);
  for (const bad of [7, "", "a b", "x".repeat(101)]) assert.deepEqual(field(await bind(bad)), [422, "invalid_field", "ringcentralJobId"]);
  assert.equal(await deliver(callbackUrl, JSON.stringify({ jobId: "another", status: "Success", response: { texts: [] } })), 422);
  assert.equal(await deliver(callbackUrl, JSON.stringify({ jobId: RC_JOB, status: "Success", response: { texts: ["x"] } })), 200);
  assert.equal((await bind("another")).status, 200, "a job that has ended does not mind");
  assert.equal((await call.get(`/v1/jobs/${id}`)).json.ringcentralJobId, RC_JOB);
  const { id: submitted } = await call.submit(JOB);
  assert.deepEqual(field(await call.ask("PUT", `/v1/callbacks/${submitted}`, { ringcentralJobId: "x" })), [422, "invalid_field", "ringcentralJobId"]);
  assert.equal((await call.ask("PUT", "/v1/callbacks/7", { ringcentralJobId: "x" })).status, 404);
});

test("an id alone gets nobody a job's token: of a job that was not reserved none is told, and a page gets none back", async () => {
  const done = await succeeded(JOB);
  assert.deepEqual(field(await call.ask("PUT", `/v1/callbacks/${done.id}`, { ringcentralJobId: done.ringcentralJobId })), [422, "invalid_field", "ringcentralJobId"]);
  const { id } = await call.reserve();
  const page = await api(worker.url, "a-token-of-a-page").ask("PUT", `/v1/callbacks/${id}`, { ringcentralJobId: "rc-of-a-page" }, { origin: "https://page.example" });
  assert.deepEqual([page.status, page.json.ringcentralJobId, page.json.readToken], [200, "rc-of-a-page", undefined]);
});

test("a finished job is done once more, as a new one that names it", async () => {
  const done = await succeeded({ ...JOB, label: "again" });
  const retry = (id, headers) => call.post(`/v1/jobs/${id}/retry`, undefined, headers);
  const key = { "idempotency-key": "once-more" };
  const again = await retry(done.id, key);
  assert.deepEqual([again.status, again.json.status, again.json.retryOf, again.json.label], [202, "queued", done.id, "again"]);
  assert.equal(again.headers.get("location"), `/v1/jobs/${again.json.id}`);
  assert.deepEqual(again.json.input, done.input);
  assert.equal((await retry(done.id, key)).json.id, again.json.id, "the same request is the same job");
  assert.equal((await retry(again.json.id)).json.error.code, "not_finished");
  assert.equal(await deliver(await webhookFor(again.json.id)), 200);
  assert.equal((await call.finished(again.json.id)).status, "succeeded");
  assert.equal((await call.get(`/v1/jobs/${done.id}`)).json.status, "succeeded", "the old one stays");
  const reserved = await call.reserve();
  await deliver(reserved.callbackUrl);
  assert.deepEqual(field(await retry(reserved.id)), [422, "invalid_field", "id"]);
  assert.equal((await retry("7")).status, 404);
});

test("a job is watched: as it stands, then each change, to its end", async () => {
  const { id, callbackUrl } = await call.reserve();
  const watch = async (token = "sandbox-token") => {
    const response = await fetch(`${worker.url}/v1/jobs/${id}/events`, { headers: { authorization: `Bearer ${token}` } });
    assert.deepEqual([response.status, response.headers.get("content-type")], [200, "text/event-stream"]);
    return response;
  };
  const { readToken } = (await call.get(`/v1/jobs/${id}`)).json;
  const watching = await Promise.all([watch(), watch(readToken)]);
  const texts = watching.map((response) => response.text());
  await sleep(300);
  await call.ask("PATCH", `/v1/jobs/${id}`, { label: "watched" });
  await sleep(300);
  const began = Date.now();
  assert.equal(await deliver(callbackUrl), 200);
  const [own, readers] = (await Promise.all(texts)).map((text) => text.match(/^data: .*$/gm).map((line) => JSON.parse(line.slice(6))));
  assert.ok(Date.now() - began < 2_000, "the stream ends with the job");
  assert.deepEqual(own.map(({ status, label }) => [status, label]), [["reserved", undefined], ["reserved", "watched"], ["succeeded", "watched"]]);
  assert.ok(own.every((job) => job.readToken === readToken));
  assert.ok(readers.length === 3 && readers.every((job) => job.readToken === undefined), "a read token is shown to holders of an API token");
  assert.match(await (await watch()).text(), /^retry: \d+\n\ndata: .*"succeeded".*\n\n$/, "of one that has ended there is one event");
  assert.equal((await call.get("/v1/jobs/7/events")).status, 404);
  assert.equal((await api(worker.url, "").get(`/v1/jobs/${id}/events`)).status, 401);
});

test("jobs that wait for their turn know their place, and when it is expected", async () => {
  const limits = { "x-rate-limit-limit": "2", "x-rate-limit-remaining": "0", "x-rate-limit-window": "60" };
  const slow = await startRingCentral({ submit: { status: 202, json: { jobId: RC_JOB }, headers: limits } });
  const other = await startWorker({ sandboxUrl: slow.url });
  try {
    const its = api(other.url);
    const first = await its.submit(JOB);
    for (const deadline = Date.now() + 10_000; slow.submits().length === 0; await sleep(20)) assert.ok(Date.now() < deadline);
    const ids = [];
    for (let count = 0; count < 14; count++) ids.push((await its.submit(JOB)).id);
    const all = await Promise.all(ids.map(async (id) => (await its.get(`/v1/jobs/${id}`)).json.waiting));
    // One or two may have been sent before the first answer told how few RingCentral takes.
    const waits = all.filter(({ for: what }) => what === "turn");
    assert.ok(waits.length >= 12, JSON.stringify(all));
    assert.deepEqual(waits.map(({ place }) => place), waits.map((_, index) => index + 1));
    const minutes = waits.map(({ until }) => until && Math.round((Date.parse(until) - Date.parse((first.createdAt))) / 60_000));
    assert.ok(minutes.at(-1) >= 6 && minutes.at(-1) <= 15, `one or two a minute: ${minutes}`);
  } finally {
    await other.close();
    await slow.close();
  }
});

test("what is deleted is gone, with its result, and what still comes for it is dropped", async () => {
  const other = await startWorker({ sandboxUrl: ringcentral.url });
  const its = api(other.url);
  const remove = (id) => its.ask("DELETE", `/v1/jobs/${id}`);
  const key = { "idempotency-key": "deleted" };
  const done = await its.submit(JOB, key);
  const address = await webhookFor(done.id);
  assert.equal(await deliver(address, "no JSON"), 422);
  assert.equal(await deliver(address), 200);
  const waiting = await its.reserve();
  const waits = its.get(`/v1/jobs/${waiting.id}?wait=30`);
  await sleep(200);
  for (const { id } of [done, waiting]) {
    assert.equal((await remove(id)).status, 204);
    for (const path of ["", "/result", "/transcript.txt", "/events"]) assert.equal((await its.get(`/v1/jobs/${id}${path}`)).status, 404, path);
    assert.equal((await remove(id)).status, 404);
  }
  assert.equal((await waits).status, 404, "who waits for it is told at once");
  for (const url of [address, waiting.callbackUrl]) assert.equal(await deliver(url), 200);
  assert.deepEqual((await its.get("/v1/jobs")).json.items, []);
  const again = await its.post("/v1/jobs", JOB, key);
  assert.deepEqual([again.status, again.json.error.code], [409, "idempotency_conflict"], "and is not made anew by whoever repeats themselves");
  await sleep(1_000);
  await other.kill();
  assert.deepEqual(keysOf(other.persistTo), [], "KV has let go of result and dead letter");
  await other.close();
});

test("a job that is deleted while it waits for its turn is never sent", async () => {
  const logins = [];
  let isOpen = false;
  const slow = await startRingCentral({
    login: async () => {
      logins.push(Date.now());
      while (!isOpen) await sleep(20);
      return { json: TOKEN };
    },
  });
  const other = await startWorker({ sandboxUrl: slow.url });
  try {
    const its = api(other.url);
    const [gone, stays] = [await its.submit(JOB), await its.submit(JOB)];
    for (const deadline = Date.now() + 10_000; logins.length === 0; await sleep(20)) assert.ok(Date.now() < deadline);
    assert.equal((await its.ask("DELETE", `/v1/jobs/${gone.id}`)).status, 204);
    isOpen = true; // For the login of the one that is gone, and for the next one's.
    for (const deadline = Date.now() + 10_000; slow.submits().length === 0; await sleep(20)) assert.ok(Date.now() < deadline);
    await sleep(500);
    assert.deepEqual(slow.submits().map(webhookOf).map((url) => url.split("/")[4]), [stays.id]);
  } finally {
    await other.close();
    await slow.close();
  }
});

test("a page's token reserves from its pages, sixty times a minute", async () => {
  const page = api(worker.url, "a-token-of-a-page");
  const reserve = (origin) => page.post("/v1/callbacks", { task: "punctuate" }, { origin });
  assert.equal((await reserve("https://other.example")).status, 403);
  const first = await reserve(ORIGIN);
  assert.equal(first.status, 201);
  assert.match(first.json.readToken, /^r_/);
  const answers = await Promise.all(Array.from({ length: 65 }, () => reserve(ORIGIN)));
  const refused = answers.filter(({ status }) => status !== 201);
  assert.equal(refused.length, 6);
  for (const { status, json, headers } of refused) {
    assert.deepEqual([status, json.error.code], [429, "rate_limited"]);
    assert.ok(Number(headers.get("retry-after")) > 50);
  }
  assert.equal((await call.post("/v1/callbacks", { task: "punctuate" })).status, 201, "others are not kept out");
});
