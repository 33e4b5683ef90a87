// The package's errors: what each has, and what is left of one that was cloned, written down, or thrown by another copy of the package.
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { startBrowser } from "./support/browser.mjs";
import { reply, startFiles, startServer } from "./support/http.mjs";
import { failure, installPackage } from "./support/package.mjs";

const FIELDS = { code: "rate_limited", retryable: true, status: 429, retryAfter: 30, requestId: "r-1" };
const MESSAGE = "RingCentral's rate limit is used up";

let folder, installed, remove, RingCentralError, JobsClient;
before(async () => {
  let api;
  ({ folder, installed, api, close: remove } = await installPackage());
  ({ RingCentralError, JobsClient } = api);
});
after(() => remove?.());

const made = () => new RingCentralError({ message: MESSAGE, ...FIELDS });

test("a test double throws one", () => {
  const error = made();
  assert.ok(error instanceof RingCentralError && error instanceof Error && RingCentralError.is(error));
  assert.deepEqual({ ...error }, FIELDS);
  assert.match(error.stack, new RegExp(`^RingCentralError: ${MESSAGE}\n +at made `));
  const cause = new TypeError("why");
  assert.equal(new RingCentralError({ code: "core_not_loaded", message: "no" }, { cause }).cause, cause);
  assert.equal(new RingCentralError({ code: "core_not_loaded", message: "no" }).retryable, false);
});

test("what is promised with a code is there", () => {
  assert.equal(new RingCentralError({ code: "rate_limited", message: MESSAGE }).retryAfter, 60);
  assert.equal(new RingCentralError({ code: "rate_limited", message: MESSAGE, retryAfter: 0 }).retryAfter, 0);
  for (const code of ["invalid_field", "encoding_unknown"]) {
    assert.equal(new RingCentralError({ code, message: "input.encoding: give it" }).field, "input.encoding");
  }
});

test("JSON has it all but its stack and its cause, and makes another", () => {
  const error = made();
  const json = JSON.parse(JSON.stringify({ error })).error;
  assert.deepEqual(json, { name: "RingCentralError", message: MESSAGE, ...FIELDS });
  const again = new RingCentralError(json);
  assert.deepEqual([again.message, { ...again }, Object.keys(again)], [error.message, { ...error }, Object.keys(error)]);
});

test("a clone gets its fields back", () => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(made());
  for (const clone of [structuredClone(made()), receiveMessageOnPort(port2).message]) {
    assert.equal(clone.code, undefined, "a runtime that keeps them needs no mending");
    assert.ok(RingCentralError.is(clone) && clone instanceof RingCentralError);
    assert.deepEqual([clone.message, { ...clone }, clone.name], [MESSAGE, FIELDS, "RingCentralError"]);
    assert.deepEqual(clone.toJSON(), made().toJSON());
    assert.ok(RingCentralError.is(structuredClone(clone)), "and so does a clone of it");
  }
  port1.close();
});

test("two copies of the package know each other's errors, and nobody else's", async () => {
  await cp(installed, join(folder, "copy"), { recursive: true });
  const other = await import(pathToFileURL(join(folder, "copy/index.mjs")));
  const error = new other.RingCentralError({ message: MESSAGE, ...FIELDS });
  assert.ok(!(error instanceof RingCentralError) && RingCentralError.is(error));
  const named = Object.assign(new Error("x"), { name: "RingCentralError" });
  for (const none of [undefined, null, "x", {}, FIELDS, new Error("x"), new Error("x", { cause: "y" }), named, structuredClone(new TypeError("x"))]) {
    assert.equal(RingCentralError.is(none), false);
  }
});

test("the Worker's refusals keep its status, field, pause and request id", async () => {
  const refusals = [
    [422, { code: "invalid_field", message: "input.encoding: no", field: "input.encoding" }, { field: "input.encoding" }],
    [422, { code: "encoding_unknown", message: "input.encoding: FLAC", field: "input.encoding" }, { field: "input.encoding" }],
    [503, { code: "not_configured", message: "RC_JWT: it is missing" }, { retryAfter: 7 }, { "retry-after": "6.5" }],
  ];
  const answers = refusals.map(([status, error, , headers]) => (response) => reply(response, status, { error: { ...error, requestId: "r-1" } }, headers));
  const worker = await startServer((_, response) => void answers.shift()(response));
  try {
    for (const [status, { code, message }, more] of refusals) {
      const thrown = await failure(new JobsClient(worker.url, { token: "T" }).get("1"));
      assert.deepEqual({ message: thrown.message, ...thrown }, { message, code, retryable: false, status, requestId: "r-1", ...more });
    }
  } finally {
    await worker.close();
  }
});

test("a page gets a clone's fields back too", async (t) => {
  const browser = await startBrowser();
  t.after(() => browser.close());
  const files = await startFiles([["/", `${installed}/`]]);
  t.after(() => files.close());
  const page = await browser.newPage();
  await page.goto(`${files.url}/package.json`);
  const seen = await page.evaluate(async (fields) => {
    const { RingCentralError } = await import("/error.mjs");
    const clone = structuredClone(new RingCentralError(fields));
    return [RingCentralError.is(clone), clone.toJSON()];
  }, { message: MESSAGE, ...FIELDS });
  assert.deepEqual(seen, [true, made().toJSON()]);
});
