// The package behind a proxy that answers by itself now and then: only the Worker's own word, and RingCentral's, ends a call.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startServer } from "./support/http.mjs";
import { installPackage } from "./support/package.mjs";
import { TOKEN, startRingCentral } from "./support/ringcentral.mjs";

const HTML = { "content-type": "text/html" };
const page = (status) => ({ status, headers: HTML, body: "<!doctype html><title>Gateway</title>" });
const job = (status, more) => ({ json: { id: "j", status, readToken: "r", ...more } });
const RESULT = { status: "Success", response: { transcript: "Hello.", words: [{ word: "Hello.", start: 0.1, end: 0.5 }] } };

let api, remove;
before(async () => {
  ({ api, close: remove } = await installPackage());
});
after(() => remove?.());

/** Runs `act` with a client of a Worker that gives these answers one after the other; the last one stays. */
async function beside(answers, act) {
  const server = await startServer(() => (answers.length > 1 ? answers.shift() : answers[0]));
  try {
    await act(new api.JobsClient(server.url, { token: "t" }), server);
  } finally {
    await server.close();
  }
}

test("a wait outlasts a proxy's pages, cut and missing answers, 408, 425 and 5xx", () => {
  const heard = [];
  const answers = [
    { ...job("queued", { waiting: { for: "turn" } }), status: 202 },
    page(404), page(200), { status: 408 }, { status: 425 }, { cut: -1 },
    job("queued", { waiting: { for: "rate_limit", until: "2030-01-01T00:00:00.000Z" } }),
    page(502), { status: 404 }, { json: { ok: true } },
    job("submitted", { waiting: { for: "result" } }),
    page(403),
    job("succeeded"),
    page(404), page(200), { status: 503 },
    { json: RESULT },
  ];
  return beside(answers, async (jobs) => {
    const submitted = await jobs.submit({ task: "punctuate", input: { texts: ["a"] } });
    assert.deepEqual(submitted.waiting, { for: "turn" });
    const { raw, transcript, job: ended } = await submitted.wait({ onStatus: ({ status, waiting }) => heard.push([status, waiting?.for]) });
    assert.deepEqual(heard, [["queued", "rate_limit"], ["submitted", "result"], ["succeeded", undefined]]);
    assert.deepEqual([raw, transcript.text().trim(), "waiting" in ended], [RESULT, "Hello.", false]);
  });
});

test("the Worker's own word ends a wait at once", () =>
  beside([{ status: 404, json: { error: { code: "not_found", message: "there is no such job", requestId: "r" } } }], async (jobs, server) => {
    await assert.rejects(jobs.resume("j#r").wait(), { code: "not_found", message: "there is no such job" });
    assert.equal(server.requests.length, 2, "for its events, and for itself");
  }));

test("questions that do not wait outlast a page, and say what came when there is nothing else", async () => {
  await beside([page(404), { status: 408 }, page(200), { status: 202, ...job("queued") }], async (jobs, server) => {
    assert.equal((await jobs.submit({ task: "punctuate", input: { texts: ["a"] } })).id, "j");
    assert.equal(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size, 1);
  });
  await beside([page(404)], async (jobs, server) => {
    await assert.rejects(jobs.get("j"), { code: "unexpected_answer", message: /an answer \(404\), but no JSON/ });
    assert.equal(server.requests.length, 5);
  });
});

test("a pause of a year is an error that says so, whoever asks for it", async () => {
  const year = { status: 503, headers: { "retry-after": "31536000" } };
  await beside([year], async (jobs) => {
    await assert.rejects(jobs.get("j"), { code: "ringcentral_unavailable", retryAfter: 31_536_000, message: /31536000 s: more than an hour is not waited for/ });
  });
  const ringcentral = await startRingCentral({ login: { ...year, status: 429 } });
  try {
    const login = api.RingCentral.login({ clientId: "id", clientSecret: "secret", jwt: "jwt", server: ringcentral.url });
    await assert.rejects(login, { code: "rate_limited", retryable: true, retryAfter: 31_536_000 });
    assert.equal(ringcentral.of("login").length, 1);
  } finally {
    await ringcentral.close();
  }
});

test("a login and a list outlast pages", async () => {
  const calls = [page(404), { status: 425 }, page(200), { json: { records: [] } }];
  const ringcentral = await startRingCentral({ login: [page(200), page(403), { json: TOKEN }], calls });
  try {
    const rc = await api.RingCentral.login({ clientId: "id", clientSecret: "secret", jwt: "jwt", server: ringcentral.url });
    for await (const recording of rc.recordings()) assert.fail(recording.id);
    assert.equal(ringcentral.of("calls").length, 4);
  } finally {
    await ringcentral.close();
  }
});

test("of what the Worker answers a job takes over the fields that it knows, and nothing else", async () => {
  const evil = '"__proto__":{"evil":1},"constructor":{},"wait":1,"toString":2,"expose":3,"toJSON":4,"then":5,"hasOwnProperty":6,"evil":7';
  const answer = (status) => ({ json: 0, body: `{"id":"j","status":"${status}","readToken":"r","task":"punctuate",${evil}}` });
  await beside([answer("queued"), answer("queued"), answer("succeeded"), { json: RESULT }], async (jobs) => {
    for (const job of [await jobs.submit({ task: "punctuate", input: { texts: ["a"] } }), await jobs.get("j")]) {
      assert.deepEqual(Object.keys(job).sort(), ["id", "status", "task"]);
      assert.deepEqual([Object.getPrototypeOf(job), job.evil, String(job), job.expose()], [api.Job.prototype, undefined, "job j (queued)", "j#r"]);
    }
    const { job } = await jobs.resume("j#r").wait();
    assert.deepEqual([Object.keys(job).sort(), job.status, {}.evil], [["id", "status", "task"], "succeeded", undefined]);
  });
});

test("a job has every field that the Worker's description names, but the read token", async () => {
  const described = JSON.parse(readFileSync(new URL("../worker/openapi.json", import.meta.url), "utf8")).components.schemas.Job.properties;
  const whole = Object.fromEntries(Object.keys(described).map((name) => [name, `the ${name}`]));
  const { readToken, ...shown } = whole;
  await beside([{ json: whole }], async (jobs) => assert.deepEqual({ ...(await jobs.get("j")) }, shown));
});
