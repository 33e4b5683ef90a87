// What a client can be told about how it sends, and the calls that people know from other clients.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startServer } from "./support/http.mjs";
import { failure, installPackage } from "./support/package.mjs";

const RESULT = { status: "Success", response: { transcript: "so it goes", words: [{ word: "so it goes", start: 0, end: 1 }] } };
const TOKEN = { access_token: "S3CRET", expires_in: 3_600, scope: "AI ReadCallLog ReadCallRecording" };
const LOGIN = { clientId: "id", clientSecret: "S3CRET", jwt: "S3CRET" };
const JOB = { contentUri: "https://h.example/a.wav", webhook: "https://h.example/S3CRET", encoding: "Wav" };

let api, remove;
before(async () => {
  ({ api, close: remove } = await installPackage());
});
after(() => remove?.());

/** Runs `body` beside a server that answers by `answer`, with the paths that it was asked for. */
async function beside(answer, body) {
  const server = await startServer(answer);
  try {
    await body(server, () => server.requests.map(({ method, path }) => `${method} ${path}`));
  } finally {
    await server.close();
  }
}

const holding = (url, options) => api.RingCentral.fromToken({ accessToken: "S3CRET", server: url, ...options });

describe("a client's options", () => {
  it("say how long an answer may take and how often something is tried again, for all calls or for one", async () => {
    await beside(() => ({ slowMs: Infinity }), async (server, asked) => {
      const rc = holding(server.url, { timeoutMs: 40, maxRetries: 1 });
      assert.equal((await failure(rc.jobStatus("1"))).code, "network_or_cors");
      assert.equal(asked().length, 2);
      await failure(rc.jobStatus("1", { maxRetries: 0 }));
      assert.equal(asked().length, 3);
      const jobs = new api.JobsClient(server.url, { token: "S3CRET", maxRetries: 0 }).withOptions({ timeoutMs: 40 });
      await failure(jobs.get("1"));
      assert.equal(asked().length, 4);
      await failure(jobs.withOptions({ maxRetries: 1, timeoutMs: undefined }).get("1"));
      assert.equal(asked().length, 6);
      const [patient, worker] = [holding(server.url), new api.JobsClient(server.url, { token: "S3CRET" })];
      const quick = { timeoutMs: 40, maxRetries: 0 };
      for (const list of [patient.recordings(quick), patient.enrollments(quick), worker.list(quick)]) await failure(list.next());
      assert.equal(asked().length, 9);
    });
  });

  it("give headers that go along, none in the place of the client's own, and an own fetch", async () => {
    await beside(() => ({ json: { status: "InProgress" } }), async (server) => {
      const addresses = [];
      const own = (url, init) => {
        addresses.push(url);
        return fetch(url, init);
      };
      const rc = holding(server.url, { headers: { "x-app": "a", Authorization: "Bearer other" }, fetch: own });
      await rc.jobStatus("1");
      const [{ headers }] = server.requests;
      assert.deepEqual([headers["x-app"], headers.authorization], ["a", "Bearer S3CRET"]);
      assert.deepEqual(addresses, [`${server.url}/ai/status/v1/jobs/1`]);
    });
  });

  it("tell a logger of each request, answered or not, and of nothing secret", async () => {
    await beside(({ path }) => (path.endsWith("/token") ? { json: TOKEN } : { cut: -1 }), async (server) => {
      const entries = [];
      const rc = await api.RingCentral.login({ ...LOGIN, server: server.url, maxRetries: 0, logger: (entry) => entries.push(entry) });
      await failure(rc.recordings({ dateFrom: "2026-01-01" }).next());
      assert.deepEqual(
        entries.map(({ ms, ...entry }) => (assert.ok(ms >= 0), entry)),
        [
          { event: "request", method: "POST", url: `${server.url}/restapi/oauth/token`, status: 200 },
          { event: "request", method: "GET", url: `${server.url}/restapi/v1.0/account/~/extension/~/call-log`, error: "TypeError" },
        ],
      );
      assert.doesNotMatch(JSON.stringify(entries), /S3CRET|dateFrom/);
      const failing = rc.withOptions({ logger: () => assert.fail("it cannot write") });
      assert.equal((await failure(failing.recordings().next())).code, "network_or_cors");
    });
  });

  it("may differ between clients of one session", async () => {
    let logins = 0;
    const answer = ({ path }) => (path.endsWith("/token") ? { json: { ...TOKEN, access_token: `S3CRET${(logins += 1)}` } } : { json: { status: "InProgress" } });
    await beside(answer, async (server) => {
      const rc = await api.RingCentral.login({ ...LOGIN, server: server.url });
      await Promise.all([rc, rc.withOptions({ timeoutMs: 5_000 }), rc.withOptions({ maxRetries: 0 })].map((each) => each.jobStatus("1")));
      assert.equal(logins, 1);
      await rc.logout();
      assert.equal((await failure(rc.withOptions({}).jobStatus("1"))).code, "ringcentral_token_rejected");
    });
  });

  it("that cannot be used are named before anything is sent", async () => {
    const wrong = {
      timeoutMs: [0, -1, 1.5, NaN, Infinity, "5", 2 ** 31, null],
      maxRetries: [-1, 0.5, 101, "1", null],
      fetch: ["fetch", null, {}],
      logger: [{}, "debug", null],
      headers: [null, [], "a: b", { "a b": "c" }, { a: "b\nc" }],
    };
    await beside(() => ({ json: {} }), async (server, asked) => {
      for (const [field, values] of Object.entries(wrong)) {
        for (const value of values) {
          const named = { name: "RingCentralError", code: "invalid_field", field };
          assert.throws(() => new api.JobsClient(server.url, { token: "t", [field]: value }), named, `${field}: ${String(value)}`);
          assert.throws(() => holding(server.url, { [field]: value }), named);
          assert.throws(() => holding(server.url).withOptions({ [field]: value }), named);
          const isOfCalls = ["timeoutMs", "maxRetries"].includes(field);
          if (isOfCalls) assert.equal((await failure(holding(server.url).jobStatus("1", { [field]: value }))).field, field);
        }
      }
      assert.deepEqual(asked(), []);
    });
  });
});

describe("the Worker's client", () => {
  it("tell which engines the Worker has, and have one of them do a job", async () => {
    const engine = { engine: "deepgram", isDefault: false, tasks: { "speech-to-text": { fields: ["languageCode"] } } };
    const answer = ({ method }) => ({ json: method === "GET" ? { items: [engine] } : { id: "1", task: "speech-to-text", engine: "deepgram", status: "queued" } });
    await beside(answer, async (server, asked) => {
      const jobs = new api.JobsClient(server.url, { token: "S3CRET" });
      assert.deepEqual(await jobs.engines(), [engine]);
      const job = await jobs.submit({ task: "speech-to-text", engine: "deepgram", media: { recordingId: "7" } });
      assert.equal(job.engine, "deepgram");
      assert.deepEqual(asked(), ["GET /v1/engines", "POST /v1/jobs"]);
      assert.equal(JSON.parse(server.requests[1].body).engine, "deepgram");
    });
  });

  it("lists jobs page after page, deletes one, and transcribes in one call", async () => {
    const page = (...ids) => ids.map((id) => ({ id, status: "succeeded", task: "speech-to-text" }));
    const answers = {
      "GET /v1/jobs?status=failed&limit=2": { json: { items: page("1", "2"), nextCursor: "2" } },
      "GET /v1/jobs?cursor=2": { json: { items: page("3") } },
      "DELETE /v1/jobs/1": { status: 204 },
      "DELETE /v1/jobs/2": { status: 404, json: { error: { code: "not_found", message: "there is no such job" } } },
      "POST /v1/jobs": { status: 202, json: { id: "9", status: "queued", task: "speech-to-text", readToken: "r_S3CRET" } },
      "GET /v1/jobs/9": { json: { id: "9", status: "succeeded", task: "speech-to-text" } },
      "GET /v1/jobs/9/result": { json: RESULT },
    };
    await beside(({ method, path }) => answers[`${method} ${path}`] ?? { status: 500 }, async (server, asked) => {
      const jobs = new api.JobsClient(`${server.url}/`, { token: "S3CRET" });
      const found = await Array.fromAsync(jobs.list({ status: "failed", limit: 2 }));
      assert.deepEqual(found.map((job) => [job instanceof api.Job, job.id, job.status]), [[true, "1", "succeeded"], [true, "2", "succeeded"], [true, "3", "succeeded"]]);
      assert.equal(await jobs.delete("1"), undefined);
      assert.equal((await failure(jobs.delete("2"))).code, "not_found");
      const statuses = [];
      const media = [
        [{ id: "7", source: "calls", contentUri: "https://h.example/a" }, { recordingId: "7" }],
        [{ id: "u", sha256: "0", bytes: 1 }, { uploadId: "u" }],
        ["https://h.example/a", { contentUri: "https://h.example/a" }],
        [new URL("https://h.example/a"), { contentUri: "https://h.example/a" }],
        [{ href: "https://h.example/a", toJSON: () => "https://h.example/a" }, { contentUri: "https://h.example/a" }],
        [{ recordingId: "7" }, { recordingId: "7" }],
      ];
      for (const [given, sent] of media) {
        const { transcript } = await jobs.transcribe(given, { input: { languageCode: "en-US" }, onStatus: ({ status }) => statuses.push(status) });
        assert.equal(transcript.text(), "so it goes\n");
        const { body, headers } = server.requests.findLast(({ method }) => method === "POST");
        assert.deepEqual(JSON.parse(body), { task: "speech-to-text", media: sent, input: { languageCode: "en-US" } });
        assert.ok(headers["idempotency-key"]);
      }
      assert.deepEqual(statuses, media.map(() => "succeeded"));
      assert.ok(asked().includes("GET /v1/jobs/9/result"));
    });
  });
});

describe("a job without a Worker", () => {
  it("is waited for at RingCentral, through failures, and goes on from its text", { timeout: 60_000 }, async () => {
    const answers = [{ json: { jobId: "1" } }, { status: 503 }, { json: { status: "InProgress" } }, { json: RESULT }, { json: RESULT }];
    await beside(({ path }) => (path.endsWith("/token") ? { json: TOKEN } : answers.shift()), async (server, asked) => {
      const rc = await api.RingCentral.login({ ...LOGIN, server: server.url });
      const job = await rc.speechToText(JOB);
      assert.deepEqual([job.jobId, job.task], ["1", "speech-to-text"]);
      const told = [];
      const result = await job.wait({ maxRetries: 0, onStatus: (each, status) => told.push([each === job, status]) });
      assert.equal(result.transcript.text(), "so it goes\n");
      assert.deepEqual(result.raw, RESULT);
      assert.deepEqual(told, [[true, "InProgress"], [true, "Success"]]);
      const text = job.expose();
      assert.doesNotMatch(text, /S3CRET/);
      const resumed = rc.resume(text);
      assert.deepEqual([resumed.jobId, resumed.task, resumed.submittedAt], [job.jobId, job.task, job.submittedAt]);
      assert.equal((await resumed.wait()).transcript.text(), "so it goes\n");
      assert.equal(asked().filter((line) => line.includes("/ai/status/")).length, 4);
      assert.throws(() => rc.resume("1"), { code: "invalid_field", field: "exposed" });
    });
  });

  it("that fails, has no id or takes too long says so", async () => {
    const failed = { status: "Fail", response: null, errors: [{ errorCode: "CAI-101", message: "the content is none" }] };
    const answers = [{ json: failed }, { json: { status: "InProgress" } }];
    await beside(() => answers.shift(), async (server) => {
      const rc = holding(server.url);
      const error = await failure(rc.resume(`punctuate#1#${Date.now()}`).wait());
      assert.deepEqual([error.code, error.ringcentral[0].errorCode], ["ringcentral_job_failed", "CAI-101"]);
      assert.equal((await failure(rc.resume(`punctuate#1#${Date.now() - 3_600_001}`).wait())).code, "expired");
    });
    await beside(() => ({ status: 202, json: {} }), async (server) => {
      const nameless = await holding(server.url).speechToText(JOB);
      assert.equal((await failure(nameless.wait())).code, "not_found");
      assert.throws(() => nameless.expose(), { code: "not_found" });
    });
  });

  it("ends its waiting at an abort, and the session that was opened for it with the block", async () => {
    await beside(({ path }) => (path.endsWith("/token") ? { json: TOKEN } : { json: { status: "InProgress" } }), async (server, asked) => {
      const stop = new AbortController();
      const reason = new Error("enough");
      const rc = await api.RingCentral.login({ ...LOGIN, server: server.url });
      const wait = rc.resume(`punctuate#1#${Date.now()}`).wait({ signal: stop.signal, onStatus: () => stop.abort(reason) });
      assert.equal(await failure(wait), reason);
      await rc[Symbol.asyncDispose]();
      assert.equal(asked().at(-1), "POST /restapi/oauth/revoke");
      await holding(server.url)[Symbol.asyncDispose]();
    });
  });
});
