// Audio that nobody has heard before, and media that is none: each ends as it should, and everything goes on.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { wav } from "./support/audio.mjs";
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

test("an encoding that nothing tells is asked for", async () => {
  const answer = await call.post("/v1/jobs", job("/page"));
  assert.deepEqual([answer.status, answer.json.error.code], [422, "encoding_unknown"]);
  const extension = await call.submit(job("/missing.mp3"));
  assert.equal(extension.input.encoding, "Mpeg");
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
