// Callbacks: what is stored comes out as it came in, once, and nothing that is not RingCentral's gets in.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import srtParser from "srt-parser-2";
import webvtt from "webvtt-parser";
import { api, deleteKey, keysOf } from "./support/api.mjs";
import { ROOT, startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";

const persistTo = temporaryFolder();
const payload = (name) => readFileSync(join(ROOT, "tests/payloads", name), "utf8");

let sandbox, worker, call;
before(async () => {
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url, persistTo });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

const reserve = (task = "speech-to-text") => call.reserve(task);
const deliver = (url, body) => api(url, "").post(url, body);
const result = (id) => call.get(`/v1/jobs/${id}/result`);
const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Every word of a result once and in order: of its utterances, or of its transcript. */
function said({ response }) {
  const utterances = response.utteranceInsights ?? response.utterances;
  return words(utterances ? utterances.map(({ text }) => text).join(" ") : response.transcript || response.words.map(({ word }) => word).join(" "));
}

async function captionsAreRight(id, body) {
  const get = async (form) => {
    const answer = await call.get(`/v1/jobs/${id}/transcript.${form}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.text;
  };
  const spoken = said(JSON.parse(body));
  assert.deepEqual(words((await get("txt")).replace(/^Speaker [^:\n]+: /gm, "")), spoken);
  const srt = new srtParser().fromSrt(await get("srt"));
  const vtt = new webvtt.WebVTTParser().parse(await get("vtt"), "metadata");
  assert.deepEqual(vtt.errors, []);
  const cues = { srt: srt.map(({ startSeconds, endSeconds, text }) => ({ start: startSeconds, end: endSeconds, text })), vtt: vtt.cues.map(({ startTime, endTime, text }) => ({ start: startTime, end: endTime, text })) };
  for (const [form, list] of Object.entries(cues)) {
    assert.ok(list.length > 0, form);
    list.forEach((cue, index) => {
      assert.ok(cue.start < cue.end, `${form} ${index}`);
      assert.ok(index === 0 || list[index - 1].end <= cue.start, `${form} ${index} overlaps`);
      const lines = cue.text.replace(/<[^>]*>/g, "").split("\n");
      assert.ok(lines.length <= 2 && lines.every((line) => line.length <= 42), `${form} ${index}: ${cue.text}`);
    });
    const text = list.map(({ text }) => text.replace(/<[^>]*>/g, "").replace(/^Speaker [^:\n]+: /gm, "")).join(" ");
    assert.deepEqual(words(text), spoken, form);
  }
  assert.ok(JSON.parse(await get("json")).segments.length > 0);
}

const TASKS = { punctuate: "punctuate", summarize: "summarize", diarize: "speaker-diarize", analyze: "analyze-interaction", stt: "speech-to-text", fail: "speech-to-text" };
const examples = readdirSync(join(ROOT, "tests/payloads")).filter((name) => /(success|fail)/.test(name) && !/job-status|emotion-success/.test(name));

for (const name of examples) {
  test(`${name} comes out of /result byte for byte`, async () => {
    const body = payload(name);
    const job = await reserve(TASKS[name.split("-")[0]] ?? "speech-to-text");
    assert.equal((await deliver(job.callbackUrl, body)).status, 200);
    const stored = await result(job.id);
    assert.equal(stored.status, 200);
    assert.equal(stored.text, body);
    const { status, error } = (await call.get(`/v1/jobs/${job.id}`)).json;
    assert.equal(status, JSON.parse(body).status === "Fail" ? "failed" : "succeeded");
    if (status === "failed") assert.deepEqual([error.code, error.ringcentral[0].errorCode], ["ringcentral_job_failed", "CAI-101"]);
    const { response } = JSON.parse(body);
    if (response.words || response.utteranceInsights) return captionsAreRight(job.id, body);
    const none = await call.get(`/v1/jobs/${job.id}/transcript.srt`);
    assert.deepEqual([none.status, none.json.error.code], [404, "no_transcript"]);
  });
}

test("a payload that nobody has seen, with extra fields and times that run backwards, does too", async () => {
  const word = (index) => ({ word: `word${index} & <b> --> ${index}`, start: (index * 7) % 60, end: (index * 3) % 60, mood: { deep: [null] } });
  const text = Array.from({ length: 300 }, (_, index) => `Unheard${index}`).join(" ");
  const response = { new: [1, { a: 2 }], utterances: [{ speakerId: 7, start: 9, end: 2, text, wordTimings: [] }, { speakerId: "x<y>\n", start: 1, end: 1.000000000001, text: "At last & <gone>." }] };
  const body = JSON.stringify({ status: "Success", surprise: "ü", response: { ...response, words: Array.from({ length: 50 }, (_, index) => word(index)) } }, null, 3);
  const job = await reserve();
  assert.equal((await deliver(job.callbackUrl, body)).status, 200);
  assert.equal((await result(job.id)).text, body);
  const txt = (await call.get(`/v1/jobs/${job.id}/transcript.txt`)).text;
  const [first, second] = response.utterances;
  assert.deepEqual(words(txt.replace(/^[^:\n]{1,40}: /gm, "")), said({ response: { utterances: [second, first] } }), "in the order of time");
  const { errors, cues } = new webvtt.WebVTTParser().parse((await call.get(`/v1/jobs/${job.id}/transcript.vtt`)).text, "metadata");
  assert.deepEqual(errors, []);
  assert.ok(cues.every((cue, index) => index === 0 || cues[index - 1].endTime <= cue.startTime));
});

test("a recording in which nobody speaks has an empty transcript", async () => {
  for (const response of [{ transcript: "", words: [] }, { transcript: " ", words: [], utterances: [], speakerCount: 0 }, { utteranceInsights: [] }]) {
    const job = await reserve();
    assert.equal((await deliver(job.callbackUrl, JSON.stringify({ status: "Success", response }))).status, 200);
    for (const [form, text] of Object.entries({ txt: "", srt: "", vtt: "WEBVTT\n\n", json: '{"segments":[]}' })) {
      const answer = await call.get(`/v1/jobs/${job.id}/transcript.${form}`);
      assert.deepEqual([answer.status, answer.text], [200, text], form);
    }
  }
});

test("a result that cannot be read is not said to hold no words", async () => {
  const job = await reserve();
  const body = `{"status":"Success","response":{"words":${"[".repeat(200)}${"]".repeat(200)}}}`;
  assert.equal((await deliver(job.callbackUrl, body)).status, 200);
  assert.equal((await result(job.id)).text, body);
  const { status, json } = await call.get(`/v1/jobs/${job.id}/transcript.srt`);
  assert.deepEqual([status, json.error.code], [422, "unreadable_callback"]);
  assert.match(json.error.message, /cannot be read as JSON.+\/result has its bytes/);
});

test("a transcript takes its options from the query, and refuses others by name", async () => {
  const text = "I would like to know when the next delivery of the blue chairs comes to our shop.";
  const job = await reserve();
  await deliver(job.callbackUrl, JSON.stringify({ status: "Success", response: { utterances: [{ speakerId: "0", start: 0, end: 6, text }] } }));
  const get = (query) => call.get(`/v1/jobs/${job.id}/transcript.srt?${query}`);
  const lines = ({ text }) => text.split("\n").filter((line) => line && !/^\d+$|-->/.test(line));
  const narrow = lines(await get("maxCharsPerLine=20&maxLines=3&maxDurationS=5&speakerLabels=false"));
  assert.equal(narrow.join(" "), text);
  assert.ok(narrow.every((line) => line.length <= 20), narrow.join("|"));
  assert.match((await get("")).text, /Speaker 0: I would/);
  const linked = await api(worker.url, "").get(`/v1/jobs/${job.id}/transcript.srt?maxLines=1&token=${job.readToken}`);
  assert.equal(linked.status, 200);
  for (const query of ["maxCharsPerLine=9", "maxLines=0", "maxDurationS=", "speakerLabels=1", "colour=red", "maxLines=1&maxLines=2"]) {
    const { status, json } = await get(query);
    assert.deepEqual([status, json.error.code, json.error.field], [422, "invalid_field", query.split("=")[0]], query);
  }
});

const SUCCESS = JSON.stringify({ status: "Success", response: { transcript: "one", words: [{ word: "one", start: 0, end: 1 }] } });

test("forged, foreign, truncated and oversized callbacks are refused", async () => {
  const job = await reserve();
  const url = new URL(job.callbackUrl);
  const [, , id, attempt, signature] = url.pathname.split("/");
  const at = (...parts) => new URL(`/callbacks/${parts.join("/")}`, url).href;
  const other = await reserve();
  const forged = [at(id, attempt, "0".repeat(64)), at(id, attempt, signature.slice(0, -1)), at(id, attempt, signature.toUpperCase()), at(id, 2, signature), at(other.id, attempt, signature), at(id, attempt, `${signature}0`)];
  for (const address of forged) assert.equal((await deliver(address, SUCCESS)).status, 403, address);
  assert.equal((await api(worker.url, "").get(url.pathname)).status, 405);
  const foreign = { status: "Success", jobId: "80800e1a-a663-11ee-b548-0050568ccd07", api: "/ai/text/v1/async/punctuate", response: { texts: [] } };
  const refused = [SUCCESS.slice(0, -2), "", "[]", "null", '{"response":{}}', '{"status":7}', JSON.stringify(foreign), "\u0000", "<html>"];
  for (const body of refused) assert.equal((await deliver(job.callbackUrl, body)).status, 422, body);
  const large = Buffer.alloc(26 * 1024 * 1024 + 1, " ");
  assert.equal((await deliver(job.callbackUrl, large)).status, 413);
  async function* unannounced() {
    for (let sent = 0; sent < 27; sent++) yield new Uint8Array(1024 * 1024);
  }
  const chunked = fetch(job.callbackUrl, { method: "POST", body: ReadableStream.from(unannounced()), duplex: "half" });
  // A sender that is cut off in the middle of its body may see the connection end instead of the answer.
  assert.equal(await chunked.then(({ status }) => status, () => 413), 413);
  assert.equal((await call.get(`/v1/jobs/${job.id}`)).json.status, "reserved");
  assert.equal((await deliver(job.callbackUrl, SUCCESS)).status, 200);
});

test("the same callback twice leaves one result, which never changes", async () => {
  const job = await reserve();
  const later = SUCCESS.replaceAll("one", "two");
  for (const body of [SUCCESS, SUCCESS, later]) assert.equal((await deliver(job.callbackUrl, body)).status, 200);
  assert.equal((await result(job.id)).text, SUCCESS);
});

test("a job in progress is no result; RingCentral's job id is taken over from the callback", async () => {
  const job = await reserve();
  assert.equal((await deliver(job.callbackUrl, JSON.stringify({ jobId: "b", status: "InProgress" }))).status, 200);
  assert.equal((await call.get(`/v1/jobs/${job.id}`)).json.status, "reserved");
  assert.equal((await deliver(job.callbackUrl, JSON.stringify({ ...JSON.parse(SUCCESS), jobId: "b" }))).status, 200);
  const { status, ringcentralJobId } = (await call.get(`/v1/jobs/${job.id}`)).json;
  assert.deepEqual([status, ringcentralJobId], ["succeeded", "b"]);
});

test("of many different callbacks at the same moment exactly one is the result", async () => {
  const job = await reserve();
  const bodies = Array.from({ length: 12 }, (_, index) => SUCCESS.replaceAll("one", `only${index}`));
  const answers = await Promise.all(bodies.map((body) => deliver(job.callbackUrl, body)));
  assert.ok(answers.every(({ status }) => status === 200));
  const { text } = await result(job.id);
  assert.ok(bodies.includes(text));
  for (let again = 0; again < 5; again++) assert.equal((await result(job.id)).text, text);
});

test("a result of several megabytes comes back whole", async () => {
  const job = await reserve();
  const body = JSON.stringify({ status: "Success", response: { transcript: "word ".repeat(1_000_000), words: [] } });
  assert.equal((await deliver(job.callbackUrl, body)).status, 200);
  assert.equal((await result(job.id)).text, body);
});

test("KV holds one key for each finished job, and without it there is no result", async () => {
  const finished = await reserve();
  assert.equal((await deliver(finished.callbackUrl, SUCCESS)).status, 200);
  await worker.close();
  const keys = keysOf(persistTo);
  const results = keys.filter((key) => key.startsWith("result/"));
  const ids = results.map((key) => key.split("/")[1]);
  assert.equal(new Set(ids).size, ids.length, "one key a job");
  const own = results.find((key) => key.startsWith(`result/${finished.id}/`));
  assert.ok(own);
  deleteKey(persistTo, own);
  worker = await startWorker({ sandboxUrl: sandbox.url, persistTo });
  call = api(worker.url);
  const { status, json, headers } = await result(finished.id);
  assert.deepEqual([status, json.error.code, Number(headers.get("retry-after")) > 0], [503, "result_delayed", true]);
  assert.equal((await call.get(`/v1/jobs/${finished.id}`)).json.status, "succeeded");
});
