// Audio that nobody has heard before, and media that is none: each ends as it should, and everything goes on.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { wav } from "./support/audio.mjs";
import { RC_JOB, startRingCentral } from "./support/ringcentral.mjs";
import { ROOT, startSandbox, startWorker } from "./support/services.mjs";

const TONE = wav({ seconds: 7.3 });
const FILES = {
  "/tone.wav": ["audio/wav", TONE],
  "/two-channels": ["application/octet-stream", wav({ seconds: 12.25, channels: 2, rate: 8_000 })],
  "/call.mp3": ["audio/mpeg", readFileSync(join(ROOT, "tests/sandbox/media/support-call.mp3"))],
  "/page": ["text/html", Buffer.from("<!doctype html><p>Sign in")],
  "/empty.wav": ["audio/wav", Buffer.alloc(0)],
};

let sandbox, worker, media, call;
before(async () => {
  media = createServer((request, response) => {
    const path = request.url.split("?")[0];
    if (path === "/cut.wav") {
      response.writeHead(200, { "content-type": "audio/wav", "content-length": TONE.length });
      return response.write(TONE.subarray(0, TONE.length / 2), () => response.destroy());
    }
    if (path === "/endless.wav") {
      response.writeHead(200, { "content-type": "audio/wav" });
      response.write(TONE);
      const timer = setInterval(() => response.write(Buffer.alloc(1_000)), 100);
      return response.on("close", () => clearInterval(timer));
    }
    const [type, bytes] = FILES[path] ?? ["text/plain", Buffer.from("no such file")];
    response.writeHead(FILES[path] ? 200 : 404, { "content-type": type, "content-length": bytes.length });
    response.end(bytes);
  }).listen(0, "127.0.0.1");
  await once(media, "listening");
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url });
  call = api(worker.url);
});
after(async () => {
  media.closeAllConnections();
  media.close();
  await worker?.close();
  await sandbox?.close();
});

const at = (path) => `http://127.0.0.1:${media.address().port}${path}`;
const job = (path, input = {}) => ({ task: "speech-to-text", media: { contentUri: at(path) }, input });

for (const [path, seconds] of [["/tone.wav?sig=S3CRET", 7.3], ["/two-channels", 12.25]]) {
  test(`${path} has its duration, and no invented words`, async () => {
    const { id, input, media } = await call.submit(job(path));
    assert.equal(input.encoding, "Wav");
    assert.equal(media.contentUri, at(path.split("?")[0]));
    assert.equal((await call.finished(id)).status, "succeeded");
    const { response } = (await call.get(`/v1/jobs/${id}/result`)).json;
    assert.ok(Math.abs(response.audio_duration - seconds) <= 0.1, response.audio_duration);
    assert.deepEqual([response.transcript, response.words], ["", []]);
    const { status, text } = await call.get(`/v1/jobs/${id}/transcript.srt`);
    assert.deepEqual([status, text], [200, ""], "that nobody speaks is a result");
  });
}

test("a recording of the sandbox's is known by its audio, wherever it lies", async () => {
  const { id, input } = await call.submit(job("/call.mp3"));
  assert.equal(input.encoding, "Mpeg");
  await call.finished(id);
  assert.match((await call.get(`/v1/jobs/${id}/transcript.txt`)).text, /Thank you for calling/);
});

test("media that is none ends as failed, with RingCentral's error form, and everything goes on", async () => {
  const paths = ["/missing.wav", "/page", "/endless.wav", "/cut.wav", "/empty.wav"];
  const jobs = await Promise.all(paths.map((path) => call.submit(job(path, { encoding: "Wav" }))));
  const ended = await Promise.all(jobs.map(({ id }) => call.finished(id, 60)));
  for (const [index, { id, status, error }] of ended.entries()) {
    assert.equal(status, "failed", paths[index]);
    assert.equal(error.code, "ringcentral_job_failed");
    assert.deepEqual([error.ringcentral[0].errorCode, error.ringcentral[0].parameterName], ["CAI-101", "contentUri"]);
    const result = await call.get(`/v1/jobs/${id}/result`);
    assert.deepEqual([result.status, result.json.status, result.json.response.errors[0].errorCode], [200, "Fail", "CAI-101"]);
  }
  const { id } = await call.submit(job("/tone.wav"));
  assert.equal((await call.finished(id)).status, "succeeded");
});

/** Answers that do not tell an encoding, and what is said of each. */
const ODD = {
  "a redirect": [{ redirect: "/tone.wav", status: 302 }, /the host answered 302, a redirect, which is not followed/],
  "a range that is refused": [{ status: 416 }, /the host answered 416/],
  "a page": [{ headers: { "content-type": "text/html; charset=utf-8" }, body: "<!doctype html><p>Sign in" }, /the host answered 200 with text\/html, /],
  "no content type": [{ body: "words, and no sound" }, /the host answered 200 with no content type, /],
  "nine megabytes of nothing known": [{ headers: { "content-type": "application/octet-stream" }, body: Buffer.alloc(9 << 20, "x") }, /with application\/octet-stream, /],
  "nothing at all": [{ headers: { "content-type": "audio/wav" }, status: 503 }, /the host answered 503/],
  "an answer that breaks off": [{ body: "x".repeat(100), cut: 10 }, /the host answered 200/],
  "an answer that does not come": [{ slowMs: Infinity }, /the host did not answer/],
};

for (const [what, [answer, said]] of Object.entries(ODD)) {
  test(`${what}: the encoding is asked for, with what was seen, after one look`, async () => {
    const odd = await startRingCentral({ media: answer, content: answer, recording: ({ headers }) => ({ json: { id: 7, contentUri: `http://${headers.host}/7/content` } }) });
    const own = await startWorker({ sandboxUrl: odd.url });
    try {
      const elsewhere = await startRingCentral({ media: answer });
      const { status, json } = await api(own.url).post("/v1/jobs", { task: "speech-to-text", media: { contentUri: `${elsewhere.url}/a` } });
      assert.deepEqual([status, json.error.code, json.error.field], [422, "encoding_unknown", "input.encoding"]);
      assert.match(json.error.message, said);
      assert.match(json.error.message, /give one of Mpeg, Mp4, Wav/);
      assert.equal(elsewhere.of("media").length, 1);
      await elsewhere.close();
      const { error } = await api(own.url).finished((await api(own.url).submit({ task: "speech-to-text", media: { recordingId: "7" } })).id);
      assert.equal(error.code, "encoding_unknown");
      assert.match(error.message, said);
      assert.deepEqual([odd.of("content").length, odd.submits().length], [1, 0]);
      assert.equal(odd.of("content")[0].headers.range, "bytes=0-4095");
    } finally {
      await own.close();
      await odd.close();
    }
  });
}

test("what one look at a recording has shown is kept for the job, however often it is submitted", async () => {
  const sound = { status: 200, body: Buffer.concat([TONE, Buffer.alloc(9 << 20)]), headers: { "content-type": "application/octet-stream" } };
  const busy = { status: 429, headers: { "retry-after": "1", "x-rate-limit-remaining": "0", "x-rate-limit-window": "1" } };
  const slow = await startRingCentral({
    content: sound,
    recording: ({ headers }) => ({ json: { id: 7, contentUri: `http://${headers.host}/7/content`, contentType: "application/octet-stream" } }),
    submit: [busy, busy, busy, busy, busy, busy, { status: 202, json: { jobId: RC_JOB } }],
  });
  const own = await startWorker({ sandboxUrl: slow.url });
  try {
    const { id } = await api(own.url).submit({ task: "speech-to-text", media: { recordingId: "7" } });
    for (let tries = 0; slow.submits().length < 7 && tries < 60; tries++) await api(own.url).get(`/v1/jobs/${id}?wait=1`);
    assert.equal(slow.submits().length, 7);
    assert.ok(slow.submits().every(({ body }) => JSON.parse(body).encoding === "Wav"));
    assert.equal(slow.of("content").length, 1);
    assert.equal((await api(own.url).get(`/v1/jobs/${id}`)).json.input.encoding, "Wav");
  } finally {
    await own.close();
    await slow.close();
  }
});

test("an encoding that nothing tells is asked for", async () => {
  const answer = await call.post("/v1/jobs", job("/page"));
  assert.deepEqual([answer.status, answer.json.error.code], [422, "encoding_unknown"]);
  const extension = await call.submit(job("/missing.mp3"));
  assert.equal(extension.input.encoding, "Mpeg");
});

test("what was asked before is there, though its media does not open any more", async () => {
  const elsewhere = await startRingCentral({ media: [{ status: 200, body: TONE }, { status: 410 }] });
  try {
    const ask = (key) => call.post("/v1/jobs", { task: "speech-to-text", media: { contentUri: `${elsewhere.url}/once` } }, { "idempotency-key": key });
    const [first, again, other] = [await ask("once"), await ask("once"), await ask("another")];
    assert.deepEqual([first.status, again.status, again.json.id, again.json.input], [202, 202, first.json.id, first.json.input]);
    assert.deepEqual([other.status, other.json.error.code], [422, "encoding_unknown"]);
  } finally {
    await elsewhere.close();
  }
});

test("a private address is refused where it is not allowed", async () => {
  const strict = await startWorker({ sandboxUrl: sandbox.url, vars: { ALLOW_PRIVATE_MEDIA: "0" } });
  try {
    const answer = await api(strict.url).post("/v1/jobs", job("/tone.wav"));
    assert.deepEqual([answer.status, answer.json.error.field], [422, "media.contentUri"]);
  } finally {
    await strict.close();
  }
});
