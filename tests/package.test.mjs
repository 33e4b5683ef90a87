// The npm package as a stranger installs it, against the sandbox and against servers that misbehave.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { inspect, promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { createTestHarness } from "wrangler";
import { startBrowser } from "./support/browser.mjs";
import { reply, startFiles, startServer } from "./support/http.mjs";
import { failure, installPackage, printed } from "./support/package.mjs";
import { startSandbox } from "./support/services.mjs";

const run = promisify(execFile);
/** What the default import of a page loads, bundled, each file compressed by gzip -9, is never over this. */
const MAX_BYTES = 72_000;
/** What it is, and what is loaded besides with the first list or result and the first upload: each may grow by a fiftieth before it is looked at. */
const RECORDED_BYTES = { first: 71_612, results: 55_256, signIn: 1_792, enrollments: 1_344, uploads: 2_381 };
/** The scripts that are imported by then. */
const LATER = { signIn: "sign-in.mjs", enrollments: "enrollments.mjs", uploads: "upload.mjs" };
const LOGIN = { clientId: "sandbox-client", clientSecret: "sandbox-secret", jwt: "sandbox-jwt" };

let folder;
let installed;
let api;
let sandbox;
let remove;

before(async () => {
  ({ folder, installed, api, close: remove } = await installPackage());
  sandbox = await startSandbox();
});

after(async () => {
  await sandbox?.close();
  await remove?.();
});

const compressed = (file) => gzipSync(file, { level: 9 }).length;

/** The package's scripts, bundled: how many bytes a page loads with its first call, and with the first result and the first upload. */
async function scripts() {
  const options = { bundle: true, minify: true, format: "esm", splitting: true, outdir: "out", write: false, metafile: true };
  const { outputFiles, metafile } = await build({ ...options, entryPoints: [join(installed, "index.mjs")], absWorkingDir: folder });
  const bytes = { first: 0, results: 0, signIn: 0, enrollments: 0, uploads: 0 };
  for (const { path, contents } of outputFiles) {
    const { entryPoint = "" } = metafile.outputs[relative(folder, path)];
    const part = Object.keys(LATER).find((part) => entryPoint.endsWith(LATER[part])) ?? "first";
    bytes[part] += compressed(contents);
  }
  return bytes;
}

const login = (more) => api.RingCentral.login({ ...LOGIN, server: sandbox.url, ...more });

const listed = async (recordings) => {
  const items = [];
  for await (const recording of recordings) items.push(recording);
  return items;
};

describe("the package", () => {
  it("is no larger than a page can bear", async () => {
    const sizes = await scripts();
    const [client, results] = await Promise.all(["client", "results"].map(async (core) => compressed(await readFile(join(installed, `core_${core}_bg.wasm`)))));
    sizes.first += client;
    sizes.results += results;
    console.log(`bytes, gzip -9: ${JSON.stringify(sizes)}`);
    for (const [part, bytes] of Object.entries(sizes)) {
      assert.ok(bytes > 0 && bytes <= RECORDED_BYTES[part] * 1.02, `${part}: ${bytes} bytes, gzip -9, recorded are ${RECORDED_BYTES[part]}`);
    }
    assert.ok(sizes.first <= MAX_BYTES);
  });

  it("takes options for captions, and names what may not be", async () => {
    const text = "I would like to know when the next delivery of the blue chairs comes to our shop.";
    const result = { status: "Success", response: { utterances: [{ speakerId: "0", start: 0, end: 6, text }] } };
    await api.ready();
    const transcript = new api.Transcript(result);
    const lines = (srt) => srt.split("\n").filter((line) => line && !/^\d+$|-->/.test(line));
    assert.ok(lines(transcript.srt()).some((line) => line.length > 20));
    const narrow = lines(transcript.srt({ maxCharsPerLine: 20, speakerLabels: false }));
    assert.equal(narrow.join(" "), text);
    assert.ok(narrow.every((line) => line.length <= 20), narrow.join("|"));
    assert.equal(transcript.text({ speakerLabels: false }), `${text}\n`);
    assert.match(transcript.vtt({ speakerLabels: false }), /<v Speaker 0>I would/);
    const wrong = { maxCharsPerLine: 9, maxLines: 1.5, maxDurationS: "soon", speakerLabels: "yes", maxChars: 32, maxWords: null };
    for (const [field, value] of Object.entries(wrong)) {
      assert.throws(() => transcript.srt({ [field]: value }), { code: "invalid_field", field });
    }
    assert.throws(() => transcript.srt("maxLines"), { code: "invalid_field", field: "options" });
  });

  it("cuts no character in two, as the platform knows them", async () => {
    const flags = "🇺🇸".repeat(50);
    const result = { response: { words: [{ word: `${flags}👩‍👩‍👧‍👦e\u0301नमस्ते`, start: 0, end: 6 }] } };
    await api.ready();
    const [first, second] = new api.Transcript(result).srt().split("\n").slice(2);
    assert.deepEqual([first, second], ["🇺🇸".repeat(42), `${"🇺🇸".repeat(8)}👩‍👩‍👧‍👦e\u0301नमस्ते`]);
  });

  it("explains what is used before the core is loaded", async () => {
    const script = `
      import { RingCentralError, Transcript, init, ready } from "ringcentral-ai/slim";
      import { readFile } from "node:fs/promises";
      const result = { status: "Success", response: { transcript: "hi", words: [{ word: "hi", start: 0, end: 1 }] } };
      const codes = [];
      await ready().catch((error) => codes.push(error.code));
      try { new Transcript(result).text(); } catch (error) { codes.push(error.code); }
      await init({ results: "file:///nowhere" }).catch((error) => codes.push(error.code));
      const module = () => readFile(new URL("node_modules/ringcentral-ai/core_results_bg.wasm", import.meta.url));
      await init({ results: await WebAssembly.compile(await module()) });
      await init({ results: module() });
      codes.push(new Transcript(result).text().trim());
      await ready().catch((error) => codes.push(error.message));
      console.log(JSON.stringify(codes));
    `;
    await writeFile(join(folder, "slim.mjs"), script);
    const { stdout, stderr } = await run(process.execPath, ["slim.mjs"], { cwd: folder });
    const missing = "core_client_bg.wasm is not loaded: await ready() first; of ringcentral-ai/slim, init({ client, results })";
    assert.deepEqual(JSON.parse(stdout), ["core_not_loaded", "core_not_loaded", "core_not_loaded", "hi", missing], stderr);
  });
});

describe("RingCentral", () => {
  it("logs in, lists recordings page by page, and shows no secret", async () => {
    const rc = await login();
    const dateFrom = new Date(Date.now() - 7 * 86_400_000);
    const all = await listed(rc.recordings({ source: "calls", dateFrom }));
    assert.ok(all.length >= 2);
    assert.deepEqual(await listed(rc.recordings({ dateFrom: dateFrom.toISOString(), perPage: 1 })), all);
    assert.deepEqual(await listed(rc.recordings({ dateFrom, direction: ["Inbound", "Outbound"], showBlocked: true, type: "Voice" })), all);
    assert.deepEqual(Object.keys(all[0]).filter((name) => !["direction", "from", "to"].includes(name)).sort(), [
      "contentUri",
      "durationS",
      "id",
      "source",
      "startedAt",
      "submittable",
    ]);
    assert.doesNotMatch(printed(rc), /sandbox-(secret|jwt)/);
  });

  it("goes on over pages without recordings, and says how many rows cannot be read", async () => {
    const recorded = (id) => ({ id: `c${id}`, recording: { id, contentUri: `/r/${id}/content` } });
    const pages = [[], [recorded(1), "x", { recording: {} }], [], [null, recorded(2), recorded(1)]];
    const odd = await startServer(({ path }) => {
      const number = Number(new URL(path, "http://h").searchParams.get("page") ?? 1);
      const navigation = number < pages.length ? { nextPage: { uri: `?page=${number + 1}` } } : {};
      return { json: { records: pages[number - 1], navigation } };
    });
    try {
      const skipped = [];
      const rc = api.RingCentral.fromToken({ accessToken: "T", server: odd.url });
      const found = await listed(rc.recordings({ view: "Detailed", onSkipped: (count) => skipped.push(count) }));
      assert.deepEqual(found.map(({ id, contentUri }) => [id, contentUri]), [["1", `${odd.url}/r/1/content`], ["2", `${odd.url}/r/2/content`]]);
      assert.deepEqual(skipped, [2, 1]);
      assert.match(odd.requests[0].path, /view=Detailed/);
    } finally {
      await odd.close();
    }
  });

  it("stops a listing where its user stops", async () => {
    const rc = await login();
    for await (const recording of rc.recordings({ perPage: 1 })) {
      assert.ok(recording.id);
      break;
    }
  });

  it("says what to check when the login is refused", async () => {
    const wrongs = [
      [{ jwt: "S3CRET" }, /OAU-149 .*; a JWT must be made for this app and server/],
      [{ clientSecret: "S3CRET" }, /OAU-123 .*; check client id and client secret/],
      [{ clientId: "S3CRET" }, /OAU-123 .*; check client id and client secret/],
    ];
    for (const [wrong, sentence] of wrongs) {
      const error = await failure(login(wrong));
      assert.ok(error instanceof api.RingCentralError && error instanceof Error);
      assert.equal(error.name, "RingCentralError");
      assert.equal(error.code, "ringcentral_login_refused");
      assert.match(error.message, sentence);
      assert.equal(error.retryable, false);
      assert.match(error.stack, /^RingCentralError: RingCentral refused the login/);
    }
  });

  it("names what is missing or wrong before anything is sent", async () => {
    const rc = await login();
    const job = { contentUri: "https://h.example/a.wav", webhook: "https://h.example/S3CRET", encoding: "Wav" };
    const cases = [
      ["clientId", () => login({ clientId: undefined })],
      ["jwt", () => login({ jwt: "" })],
      ["server", () => login({ server: "http://h.example" })],
      ["accessToken", () => listed(api.RingCentral.fromToken({}).recordings())],
      ["accessToken", () => listed(api.RingCentral.fromToken({ accessToken: "Bearer S3CRET" }).recordings())],
      ["accessToken", () => api.RingCentral.fromToken({ accessToken: "S3CRET" }).logout()],
      ["dateFrom", () => listed(rc.recordings({ dateFrom: new Date("never") }))],
      ["dateTo", () => listed(rc.recordings({ dateTo: "yesterday" }))],
      ["colour", () => listed(rc.recordings({ colour: "blue" }))],
      ["showBlocked", () => listed(rc.recordings({ showBlocked: {} }))],
      ["direction", () => listed(rc.recordings({ direction: ["Inbound", "Sideways"] }))],
      ["contentUri", () => rc.contentUri("https://evil.example/S3CRET")],
      ["contentUri", () => rc.contentUri(undefined)],
      ["contentUri", () => rc.speechToText({ ...job, contentUri: undefined })],
      ["webhook", () => rc.speechToText({ ...job, webhook: undefined })],
      ["encoding", () => rc.speechToText({ ...job, encoding: "S3CRET" })],
      ["encoding", () => rc.speechToText({ ...job, encoding: undefined })],
      ["speakerCount", () => rc.speechToText({ ...job, speakerCount: "S3CRET" })],
      ["insights", () => rc.speechToText({ ...job, insights: ["All"] })],
      ["insights", () => rc.analyzeInteraction({ ...job, insights: ["S3CRET"] })],
      ["jobId", () => rc.jobStatus("")],
    ];
    for (const [field, attempt] of cases) {
      const error = await failure(attempt());
      assert.deepEqual([error.code, error.field], ["invalid_field", field], error.message);
    }
  });

  it("names the permission that an app lacks", async () => {
    const rc = await login({ clientId: "sandbox-nocalllog" });
    const error = await failure(listed(rc.recordings()));
    assert.deepEqual([error.code, error.permission], ["ringcentral_permission_missing", "ReadCallLog"]);
  });

  it("takes a token of another SDK, and says when it is dead", async () => {
    const rc = api.RingCentral.fromToken({ accessToken: "S3CRET", server: sandbox.url });
    assert.doesNotMatch(printed(rc), /S3CRET/);
    const error = await failure(listed(rc.recordings()));
    assert.deepEqual([error.code, error.status], ["ringcentral_token_rejected", 401]);

    const { signal } = new AbortController();
    const uri = await (await login()).contentUri(`${sandbox.url}/restapi/v1.0/account/~/recording/1/content`, { signal });
    const accessToken = new URL(uri.expose()).searchParams.get("access_token");
    const again = api.RingCentral.fromToken({ accessToken, server: sandbox.url });
    assert.ok((await listed(again.recordings({ dateFrom: "2020-01-01" }))).length > 0);
  });

  it("logs out, so that no session stays behind", async () => {
    const rc = await login();
    const uri = await rc.contentUri(`${sandbox.url}/restapi/v1.0/account/~/recording/1/content`);
    assert.equal(await rc.logout(), undefined);
    assert.equal((await fetch(uri.expose())).status, 401, "RingCentral does not know its token any more");
    assert.equal((await failure(listed(rc.recordings()))).code, "ringcentral_token_rejected");
    await rc.logout(); // Once more does no harm.
  });

  it("gives a content URI that anyone can fetch and nobody sees", async () => {
    const rc = await login();
    const [recording] = await listed(rc.recordings());
    const uri = await rc.contentUri(recording);
    assert.equal(String(uri), `${recording.contentUri}?access_token=[secret]`);
    assert.equal(JSON.stringify({ uri }), JSON.stringify({ uri: String(uri) }));
    assert.ok(inspect({ uri }).includes(String(uri)));
    const token = uri.expose().split("access_token=")[1];
    assert.ok(token.length > 10);
    assert.ok(!printed(uri).includes(token));
    assert.ok(uri.validUntil instanceof Date && uri.validUntil > new Date());
    const response = await fetch(uri.expose(), { headers: { range: "bytes=0-3" } });
    assert.equal(response.status, 206);
    assert.ok(uri instanceof api.ContentUri && uri instanceof api.SecretUrl);
  });

  it("submits a job whose callback arrives, and asks for its status", async () => {
    const rc = await login();
    const delivered = Promise.withResolvers();
    const webhook = await startServer(({ path, body }, response) => {
      delivered.resolve({ path, body });
      reply(response, 200, {});
    });
    try {
      const [recording] = await listed(rc.recordings());
      const fields = { contentUri: await rc.contentUri(recording), webhook: `${webhook.url}/hook?a=1&b=2`, encoding: "Wav" };
      const { jobId } = await rc.speechToText({ ...fields, enableSpeakerDiarization: true });
      assert.match(jobId, /^[0-9a-f-]{36}$/);
      assert.equal((await rc.jobStatus(jobId)).jobId, jobId);
      const { path, body } = await delivered.promise;
      assert.equal(path, "/hook?a=1&b=2");
      const result = JSON.parse(body);
      assert.deepEqual([result.jobId, result.status], [jobId, "Success"]);
      const status = await rc.jobStatus(jobId);
      assert.deepEqual(status.response.words, result.response.words);
      const transcript = new api.Transcript(status);
      assert.match(transcript.srt(), /^1\n00:00:0/);
      assert.match(transcript.vtt(), /^WEBVTT\n/);
      assert.deepEqual(JSON.parse(transcript.json()).segments, transcript.segments);
      const { jobId: analyzed } = await rc.analyzeInteraction({ ...fields, insights: ["All"] });
      assert.notEqual(analyzed, jobId);
    } finally {
      await webhook.close();
    }
  });

  it("ends at once when it is aborted, with the signal's own reason", async () => {
    const never = await startServer(() => {});
    try {
      const options = { signal: AbortSignal.timeout(100) };
      const started = Date.now();
      const error = await failure(api.RingCentral.login({ ...LOGIN, server: never.url }, options));
      assert.equal(error.name, "TimeoutError");
      assert.ok(Date.now() - started < 2_000);
      const aborted = await failure(listed(api.RingCentral.fromToken({ accessToken: "T", server: never.url }).recordings({ signal: AbortSignal.abort() })));
      assert.equal(aborted.name, "AbortError");
      assert.equal(never.requests.length, 1);
      const reason = "a reason of the caller's";
      const waiting = api.RingCentral.login({ ...LOGIN, server: never.url }, { signal: AbortSignal.abort(reason) });
      assert.equal(await waiting.catch((thrown) => thrown), reason);
    } finally {
      await never.close();
    }
  });

  it("reports a server that nobody can reach", { timeout: 60_000 }, async () => {
    const error = await failure(login({ server: "http://127.0.0.1:9" }));
    assert.deepEqual([error.code, error.retryable], ["network_or_cors", true]);
  });
});

describe("JobsClient", () => {
  const ID = "0199aaaa-0000-7000-8000-000000000001";
  const job = (status, more) => ({ id: ID, task: "speech-to-text", status, createdAt: "2026-01-01T00:00:00Z", retainedUntil: "2026-02-01T00:00:00Z", ...more });
  const RESULT = { status: "Success", response: { transcript: "Hello there.", words: [{ word: "hello", start: 0, end: 0.5 }, { word: "there", start: 0.5, end: 1 }] } };
  const REQUEST = { task: "speech-to-text", media: { recordingId: "1" } };

  /** A Worker that answers with the steps of a script, each `(request, response)`, one after the other. */
  const scripted = (steps) => startServer((request, response) => (steps.shift() ?? (() => reply(response, 599, {})))(request, response));
  const answer = (status, value, headers) => (_, response) => reply(response, status, value, headers);
  const drop = (_, response) => response.destroy();
  const fault = (code, more) => ({ error: { code, message: `it is ${code}`, requestId: "r-1", ...more } });

  it("submits, waits through failures, and reads the result", { timeout: 60_000 }, async () => {
    const worker = await scripted([
      drop,
      answer(202, job("queued", { readToken: "r_S3CRET" })),
      answer(503, fault("ringcentral_unavailable"), { "retry-after": "1" }),
      answer(200, job("queued")),
      drop,
      answer(502, "<html>"),
      answer(200, job("submitted")),
      answer(429, fault("rate_limited"), { "retry-after": "1" }),
      answer(200, job("succeeded", { via: "callback" })),
      answer(503, fault("result_delayed"), { "retry-after": "1" }),
      answer(200, RESULT),
    ]);
    try {
      const jobs = new api.JobsClient(worker.url, { token: "S3CRET-api" });
      const submitted = await jobs.submit(REQUEST);
      assert.equal(submitted.status, "queued");
      assert.doesNotMatch(printed(submitted) + printed(jobs), /S3CRET/);
      const seen = [];
      const { raw, task, transcript, job: finished } = await submitted.wait({ onStatus: ({ status }) => seen.push(status) });
      assert.deepEqual(seen, ["queued", "submitted", "succeeded"]);
      assert.deepEqual(raw, RESULT);
      assert.equal(transcript.text().trim(), "Hello there.");
      assert.deepEqual([finished.status, finished.via, finished, task], ["succeeded", "callback", submitted, REQUEST.task]);

      const [first, second, ...rest] = worker.requests;
      assert.deepEqual(JSON.parse(second.body), REQUEST);
      assert.equal(first.headers["idempotency-key"], second.headers["idempotency-key"]);
      assert.match(first.headers["idempotency-key"], /^(\d+-){3}\d+$/);
      assert.equal(second.headers.authorization, "Bearer S3CRET-api");
      for (const { headers, path } of rest) {
        assert.equal(headers.authorization, "Bearer r_S3CRET");
        assert.match(path, new RegExp(`^/v1/jobs/${ID}(/events|\\?wait=\\d+|/result)?$`));
      }
      assert.ok(rest[1].at - rest[0].at >= 1_000, "Retry-After is kept");
      assert.ok(rest[6].at - rest[5].at >= 1_000, "Retry-After is kept");
      assert.ok(rest[8].at - rest[7].at >= 1_000, "Retry-After is kept");
    } finally {
      await worker.close();
    }
  });

  it("goes on after a reload, with the job's own token alone", async () => {
    const worker = await scripted([answer(202, job("queued", { readToken: "r_S3CRET" })), answer(200, job("succeeded")), answer(200, RESULT)]);
    try {
      const text = (await new api.JobsClient(worker.url, { token: "of-the-api" }).submit(REQUEST)).expose();
      assert.ok(text.includes(ID) && !text.includes("of-the-api"));
      const resumed = new api.JobsClient(worker.url).resume(text);
      assert.equal(resumed.expose(), text);
      assert.equal((await resumed.wait()).job.status, "succeeded");
      assert.deepEqual(worker.requests.slice(1).map(({ headers }) => headers.authorization), ["Bearer r_S3CRET", "Bearer r_S3CRET"]);
      assert.throws(() => new api.JobsClient(worker.url).resume("x"), { code: "invalid_field", field: "exposed" });
    } finally {
      await worker.close();
    }
  });

  it("rejects with the error of a job that failed", async () => {
    const error = { code: "ringcentral_job_failed", message: "RingCentral could not do it", ringcentral: [{ errorCode: "CAI-101", message: "no" }] };
    const worker = await scripted([answer(200, job("submitted", { readToken: "r_S3CRET" })), answer(200, job("failed", { error }))]);
    try {
      const failed = await new api.JobsClient(worker.url, { token: "T" }).get(ID);
      const thrown = await failure(failed.wait());
      assert.deepEqual([thrown.code, thrown.message, thrown.ringcentral, thrown.retryable], [error.code, error.message, error.ringcentral, false]);
      assert.deepEqual([failed.status, failed.error.code], ["failed", error.code]);
    } finally {
      await worker.close();
    }
  });

  it("reserves a callback that prints masked", async () => {
    const callbackUrl = `https://h.example/callbacks/${ID}/1/S3CRET`;
    const worker = await scripted([answer(201, job("reserved", { readToken: "r_S3CRET", callbackUrl }))]);
    try {
      const reservation = await new api.JobsClient(worker.url, { token: "T" }).reserve({ task: "speech-to-text" });
      assert.equal(reservation.callbackUrl.expose(), callbackUrl);
      assert.equal(String(reservation.callbackUrl), "https://h.example/[secret]");
      assert.equal(reservation.job.status, "reserved");
      assert.doesNotMatch(printed(reservation), /S3CRET/);
    } finally {
      await worker.close();
    }
  });

  it("sends a content URI whole, and lists recordings with the Worker's token", async () => {
    const first = { items: [{ id: "1" }, { id: "2" }], nextCursor: "a b" };
    const worker = await scripted([answer(202, job("queued")), answer(200, first), answer(200, { items: [{ id: "3" }] })]);
    try {
      const jobs = new api.JobsClient(worker.url, { token: "T" });
      const uri = await (await login()).contentUri(`${sandbox.url}/a.wav`);
      const submitted = await jobs.submit({ task: "speech-to-text", media: { contentUri: uri } }, { idempotencyKey: "mine" });
      assert.equal(JSON.parse(worker.requests[0].body).media.contentUri, uri.expose());
      assert.equal(worker.requests[0].headers["idempotency-key"], "mine");
      assert.throws(() => submitted.expose(), { code: "no_read_token" });
      const found = await listed(jobs.recordings({ source: "calls", dateFrom: new Date(0) }));
      assert.deepEqual(found.map(({ id }) => id), ["1", "2", "3"]);
      const queries = worker.requests.slice(1).map(({ path }) => Object.fromEntries(new URL(path, worker.url).searchParams));
      assert.deepEqual(queries, [{ source: "calls", dateFrom: "1970-01-01T00:00:00.000Z" }, { cursor: "a b" }]);
    } finally {
      await worker.close();
    }
  });

  it("passes the Worker's errors on", async () => {
    const worker = await scripted([
      answer(401, fault("unauthorized")),
      answer(422, fault("invalid_field", { field: "input.encoding", message: "input.encoding: no" })),
      answer(502, fault("ringcentral_permission_missing", { permission: "ReadCallLog" })),
      ...Array(5).fill(answer(200, "S3CRET")),
      ...Array(5).fill((_, response) => response.end("S3CRET")),
    ]);
    try {
      const jobs = new api.JobsClient(worker.url, { token: "S3CRET" });
      const refused = await failure(jobs.get(ID));
      assert.deepEqual([refused.code, refused.status, refused.requestId, refused.message], ["unauthorized", 401, "r-1", "it is unauthorized"]);
      assert.equal((await failure(jobs.submit(REQUEST))).field, "input.encoding");
      assert.equal((await failure(listed(jobs.recordings()))).permission, "ReadCallLog");
      assert.equal((await failure(jobs.get(ID))).code, "unexpected_answer");
      assert.equal((await failure(jobs.get(ID))).code, "unexpected_answer");
      assert.equal((await failure(new api.JobsClient(worker.url).get(ID))).field, "token");
      assert.equal((await failure(new api.JobsClient("ftp://h").get(ID))).field, "url");
    } finally {
      await worker.close();
    }
  });

  it("stops waiting when it is aborted; the job goes on", async () => {
    const worker = await scripted([answer(200, job("submitted", { readToken: "r_1" })), () => {}]);
    try {
      const waiting = await new api.JobsClient(worker.url, { token: "T" }).get(ID);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 200);
      assert.equal((await failure(waiting.wait({ signal: stop.signal }))).name, "AbortError");
      assert.ok(worker.requests.every(({ method }) => method === "GET"));
    } finally {
      await worker.close();
    }
  });
});

describe("in a page", () => {
  it("loads by itself and talks to RingCentral across origins", { timeout: 60_000 }, async () => {
    const page = join(folder, "page");
    const html = `<!doctype html><script type="importmap">{"imports":{"ringcentral-ai":"/package/index.mjs"}}</script>`;
    const files = await startFiles([
      ["/package/", `${installed}/`],
      ["/", `${page}/`],
    ]);
    await mkdir(page);
    await writeFile(join(page, "index.html"), html);
    const browser = await startBrowser();
    try {
      const tab = await browser.newPage();
      await tab.goto(files.url);
      const seen = await tab.evaluate(
        async ([options, server]) => {
          const { RingCentral } = await import("ringcentral-ai");
          const rc = await RingCentral.login({ ...options, server });
          const items = [];
          for await (const recording of rc.recordings({ dateFrom: new Date(Date.now() - 6e8) })) items.push(recording.id);
          const error = await RingCentral.login({ ...options, server, jwt: "S3CRET" }).catch((error) => error);
          const { ready, Transcript } = await import("ringcentral-ai");
          await ready();
          const utterances = [
            { speakerId: "Ann <A> & Co", start: 0, end: 2, text: "A list of <String> --> & &amp; {x}" },
            { speakerId: "1", start: 1, end: 1.5, text: "<inaudible>" },
          ];
          const vtt = new Transcript({ response: { utterances } }).vtt();
          const track = document.createElement("track");
          track.src = URL.createObjectURL(new Blob([vtt], { type: "text/vtt" }));
          document.body.appendChild(document.createElement("video")).append(track);
          track.track.mode = "hidden";
          await new Promise((resolve, reject) => Object.assign(track, { onload: resolve, onerror: () => reject(new Error(vtt)) }));
          const shown = [...track.track.cues].map((cue) => cue.getCueAsHTML().textContent);
          return { shown, count: items.length, code: error.code, text: `${error.stack} ${JSON.stringify(error)}`, isError: error instanceof Error };
        },
        [LOGIN, sandbox.url],
      );
      assert.deepEqual(seen.shown, ["- A list of <String> --> & &amp; {x}\n- <inaudible>"]);
      assert.ok(seen.count >= 2);
      assert.deepEqual([seen.code, seen.isError], ["ringcentral_login_refused", true]);
      assert.doesNotMatch(seen.text, /S3CRET/);
    } finally {
      await browser.close();
      await files.close();
    }
  });
});

describe("in another Worker", () => {
  it("loads by itself in workerd", { timeout: 60_000 }, async () => {
    const script = `
      import { RingCentral } from "ringcentral-ai";
      export default {
        async fetch(request) {
          const { RingCentralError } = await import("ringcentral-ai");
          const options = await request.json();
          const rc = await RingCentral.login(options);
          const ids = [];
          for await (const recording of rc.recordings({ dateFrom: "2020-01-01" })) ids.push(recording.id);
          const error = await RingCentral.login({ ...options, jwt: "S3CRET" }).catch((error) => error);
          return Response.json({ ids, code: error instanceof RingCentralError && error.code });
        },
      };
    `;
    await writeFile(join(folder, "worker.mjs"), script);
    await writeFile(join(folder, "wrangler.toml"), 'name = "stranger"\nmain = "worker.mjs"\ncompatibility_date = "2026-11-01"\nsend_metrics = false\n');
    const harness = createTestHarness({ root: folder, workers: [{ configPath: "./wrangler.toml" }] });
    try {
      await harness.listen();
      const response = await harness.getWorker().fetch("/", { method: "POST", body: JSON.stringify({ ...LOGIN, server: sandbox.url }) });
      const { ids, code } = await response.json();
      assert.ok(ids.length >= 2);
      assert.equal(code, "ringcentral_login_refused");
    } finally {
      await harness.close();
    }
  });
});
