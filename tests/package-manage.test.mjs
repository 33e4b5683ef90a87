// The package beside a Worker: jobs done once more and called otherwise, the Worker's figures, and deliveries that were of no use.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { installPackage } from "./support/package.mjs";
import { startSandbox, startWorker } from "./support/services.mjs";

const TEXTS = { task: "punctuate", input: { texts: ["so it goes"] } };

let jobs, sandbox, worker, remove;
before(async () => {
  const installed = await installPackage();
  remove = installed.close;
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url });
  jobs = new installed.api.JobsClient(worker.url, { token: "sandbox-token" });
});
after(async () => {
  for (const close of [worker?.close, sandbox?.close, remove]) await close?.();
});

const collected = async (list) => {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
};

test("a job is waited for without its result, done once more, once for each key, and called otherwise", async () => {
  const seen = [];
  const job = await jobs.submit(TEXTS);
  const ended = await job.ended({ onStatus: ({ status }) => seen.push(status) });
  assert.deepEqual([ended === job, ended.status, seen.at(-1)], [true, "succeeded", "succeeded"]);
  const again = await jobs.retry(job.id, { idempotencyKey: "once" });
  assert.deepEqual([again.retryOf, again.task, again.id === job.id], [job.id, "punctuate", false]);
  assert.equal((await jobs.retry(job.id, { idempotencyKey: "once" })).id, again.id);
  assert.notEqual((await jobs.retry(job.id)).id, again.id);
  const named = await jobs.update(job.id, { label: "first", speakers: { 0: "Ann" } });
  assert.deepEqual([named.label, named.speakers, named.status], ["first", { 0: "Ann" }, "succeeded"]);
  const unnamed = await jobs.update(job.id, { label: null, speakers: { 0: null, 1: "Bo" } });
  assert.deepEqual([unnamed.label, unnamed.speakers], [undefined, { 1: "Bo" }]);
  await assert.rejects(jobs.update(job.id, { title: "x" }), { code: "invalid_field", field: "title" });
  await assert.rejects(jobs.retry("0199aaaa-0000-7000-8000-000000000000"), { code: "not_found" });
});

test("an end without a result is an error, and the job knows it", async () => {
  const { job, callbackUrl } = await jobs.reserve({ task: "punctuate" });
  const end = assert.rejects(job.ended(), { code: "ringcentral_job_failed" });
  await fetch(callbackUrl.expose(), { method: "POST", body: JSON.stringify({ jobId: crypto.randomUUID(), status: "Fail", response: { errors: [] } }) });
  await end;
  assert.equal(job.status, "failed");
});

test("the Worker's figures, and what was of no use: listed page by page, read and delivered once more", async () => {
  const stats = await jobs.stats();
  assert.deepEqual([stats.deadLetters, stats.jobs.failed], [0, 1]);
  const { job, callbackUrl } = await jobs.reserve({ task: "punctuate" });
  for (const body of ["what?", "<html>", "[1]"]) assert.equal((await fetch(callbackUrl.expose(), { method: "POST", body })).status, 422);
  const letters = await collected(jobs.deadLetters({ limit: 1 }));
  assert.deepEqual(letters.map(({ jobId, outcome, attempt }) => [jobId, outcome, attempt]), Array(letters.length).fill([job.id, "unreadable", 1]));
  assert.deepEqual([letters.length >= 2, (await jobs.stats()).deadLetters], [true, letters.length]);
  const texts = await Promise.all(letters.map(({ id }) => jobs.deadLetter(id)));
  assert.ok(texts.includes("what?"), texts.join());
  await assert.rejects(jobs.replay(letters[0].id), { code: "unreadable_callback" });
  await assert.rejects(jobs.deadLetter(job.id), { code: "not_found" });
});

test("a delivery that came to another's address is delivered to its own", async () => {
  const reserved = await jobs.reserve({ task: "punctuate" });
  const own = await jobs.reserve({ task: "summarize" });
  const body = JSON.stringify({ api: "/ai/text/v1/async/summarize", jobId: crypto.randomUUID(), status: "Success", response: { summaries: [] } });
  const known = new Set((await collected(jobs.deadLetters())).map(({ id }) => id));
  assert.equal((await fetch(reserved.callbackUrl.expose(), { method: "POST", body })).status, 422);
  const [foreign] = (await collected(jobs.deadLetters())).filter(({ id }) => !known.has(id));
  const { outcome, job } = await jobs.replay(foreign.id, { jobId: own.job.id });
  assert.deepEqual([outcome, job.id, job.status], ["result", own.job.id, "succeeded"]);
});
