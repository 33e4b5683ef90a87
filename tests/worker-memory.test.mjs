// What large results cost an isolate, which has 128 MB: the memory of WebAssembly is looked at, which never shrinks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startRingCentral } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

const MIB = 1 << 20;
let ringcentral, worker, call;
before(async () => {
  ringcentral = await startRingCentral();
  worker = await startWorker({ sandboxUrl: ringcentral.url, entry: "tests/support/measuring-entry.mjs" });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const word = (number) => `{"word":"w${number % 1000}","start":${(number * 0.3).toFixed(2)},"end":${(number * 0.3 + 0.25).toFixed(2)},"confidence":0.98,"speakerId":"${(number >> 6) & 1}"}`;
const result = (field, entries) => `{"status":"Success","response":{"${field}":${entries}}}`;

/** A result of so many bytes with as many words as fit in. */
function spoken(bytes) {
  const words = [];
  for (let [number, left] = [0, bytes - 100]; left > 0; number++) {
    words.push(word(number));
    left -= words.at(-1).length + 1;
  }
  words.pop();
  return result("words", `[${words}]`).padEnd(bytes, " ");
}

async function finished(body) {
  const job = await call.reserve("speech-to-text");
  assert.equal((await api(job.callbackUrl, "").post("", body)).status, 200);
  return job;
}

async function memoryMib() {
  const { instances, bytes } = (await call.get("/memory")).json;
  assert.equal(instances, 1, "no instance has died of it");
  return bytes / MIB;
}

test("a callback of 25 MiB lies in WebAssembly's memory once, and reading its result does not come there", async () => {
  const body = spoken(25 * MIB);
  const job = await finished(body);
  assert.ok((await memoryMib()) < 30);
  assert.equal((await call.get(`/v1/jobs/${job.id}/result`)).text, body);
  assert.ok((await memoryMib()) < 30);
});

test("ten transcripts of 8 MiB at once: what there is no room for comes later, and the Worker answers meanwhile", async () => {
  const body = spoken(8 * MIB);
  const jobs = [];
  for (let count = 0; count < 10; count++) jobs.push(await finished(body));
  const healthy = [];
  const asked = jobs.map(({ id }) => call.get(`/v1/jobs/${id}/transcript.json`));
  const ended = Promise.all(asked).then(() => true);
  while (!(await Promise.race([ended, Promise.resolve(false)]))) {
    const began = Date.now();
    assert.equal((await call.get("/healthz")).status, 200);
    healthy.push(Date.now() - began);
  }
  const answers = await Promise.all(asked);
  const [given, put] = [answers.filter(({ status }) => status === 200), answers.filter(({ status }) => status !== 200)];
  assert.ok(given.length >= 1 && given.every(({ json }) => json.segments.length > 0));
  for (const { status, json, headers } of put) assert.deepEqual([status, json.error.code, headers.get("retry-after")], [503, "busy", "5"]);
  assert.ok(Math.max(...healthy) < 8_000, `${healthy}`);
  assert.ok((await memoryMib()) < 64);
  for (const { id } of jobs.slice(0, 2)) assert.equal((await call.get(`/v1/jobs/${id}/transcript.srt`)).status, 200, "later there is room");
  assert.ok((await memoryMib()) < 64);
});

/** What is short and would become large: the count at which it is still made, and one at which it is not. */
const LARGE = {
  "words without much beside them": [(count) => result("words", `[${Array(count).fill('{"word":"a","start":1}')}]`), 135_000, 145_000],
  "a text of short words": [(count) => result("transcript", `"${"a ".repeat(count)}"`), 370_000, 390_000],
  "a text whose white space is escaped": [(count) => result("transcript", `"${"a\\n".repeat(count)}"`), 370_000, 390_000],
  "a list of what is no word": [(count) => result("words", `[${Array(count).fill(1)}]`), 1_500_000, 1_600_000],
  "a list of empty lists": [(count) => result("words", `[${Array(count).fill("[]")}]`), 780_000, 800_000],
};

for (const [what, [body, within, beyond]] of Object.entries(LARGE)) {
  test(`a transcript takes no more memory than there is: ${what}`, async () => {
    const read = async (count) => call.get(`/v1/jobs/${(await finished(body(count))).id}/transcript.txt`);
    assert.equal((await read(within)).status, 200);
    const { status, json } = await read(beyond);
    assert.deepEqual([status, json.error.code], [413, "too_large"]);
    assert.equal(json.error.message, "a transcript is made here of a result of fewer words: take GET /v1/jobs/{id}/result, and the npm package ringcentral-ai makes it of that, as in new Transcript(text).srt()");
    assert.ok((await memoryMib()) < 112, `${await memoryMib()}`);
  });
}
