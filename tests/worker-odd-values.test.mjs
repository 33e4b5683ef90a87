// Odd values from outside: none stops the Worker for longer than it may, and none makes it ask without end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { RC_JOB, TOKEN, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker, temporaryFolder } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const MINUTE_MS = 60_000;

/** Runs `act` with a RingCentral that answers so, and a Worker whose store stays over `restart()`. */
async function beside(script, act) {
  const persistTo = temporaryFolder();
  const ringcentral = await startRingCentral(script);
  let worker;
  const restart = async () => {
    await worker?.close();
    worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo });
    return api(worker.url);
  };
  try {
    await act(await restart(), ringcentral, restart);
  } finally {
    await worker?.close();
    await ringcentral.close();
  }
}

const job = async (call, { id }) => (await call.get(`/v1/jobs/${id}`)).json;

/** The headers of an answer to a submit, and for how many minutes they may close the queue. */
const ODD = {
  "a Retry-After of 31 thousand years": [429, { "retry-after": "999999999999" }],
  "a Retry-After in the far future": [429, { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }],
  "a window of a day": [202, { "x-rate-limit-limit": "10", "x-rate-limit-remaining": "0", "x-rate-limit-window": "100000" }],
  "numbers that do not fit": [202, { "x-rate-limit-limit": "99999999999999999999", "x-rate-limit-remaining": "0", "x-rate-limit-window": "99999999999999999999" }],
};

for (const [what, [status, headers]] of Object.entries(ODD)) {
  test(`the queue opens again within a quarter of an hour, after a restart too: ${what}`, () =>
    beside({ submit: { status, headers, json: { jobId: RC_JOB } } }, async (call, ringcentral, restart) => {
      await call.submit(JOB);
      for (let tries = 0; !ringcentral.submits().length; tries++) {
        assert.ok(tries < 200, "the first is sent");
        await sleep(50);
      }
      await sleep(300);
      const next = await call.submit(JOB);
      for (const after of ["now", "a restart"]) {
        if (after === "a restart") call = await restart();
        await sleep(500);
        const { waiting, status } = await job(call, next);
        const untilMs = waiting?.until ? Date.parse(waiting.until) - Date.now() : 0;
        assert.ok(status !== "queued" || untilMs <= 15 * MINUTE_MS + 5_000, `${after}: ${JSON.stringify(waiting)}`);
      }
      assert.ok(ringcentral.submits().length <= 2);
    }));
}

for (const expires_in of [0, 1, -1, "soon", 1e300]) {
  test(`a login whose token lives ${expires_in} seconds is used, and does not become a thousand logins`, () =>
    beside({ login: { json: { ...TOKEN, expires_in } } }, async (call, ringcentral) => {
      const jobs = [await call.submit(JOB), await call.submit(JOB)];
      for (let tries = 0; ringcentral.submits().length < 2; tries++) {
        assert.ok(tries < 200, JSON.stringify(await job(call, jobs[0])));
        await sleep(50);
      }
      for (const sent of ringcentral.submits()) assert.equal((await api(webhookOf(sent), "").post("", { status: "Success", response: { texts: ["So."] } })).status, 200);
      for (const submitted of jobs) assert.equal((await call.finished(submitted.id)).status, "succeeded");
      assert.ok(ringcentral.of("login").length <= 3, `${ringcentral.of("login").length} logins`);
    }));
}

test("what nobody reads may be nested as deep as it likes", () =>
  beside({}, async (call) => {
    for (const depth of [128, 129, 10_000, 400_000]) {
      for (const deep of ["[".repeat(depth) + "]".repeat(depth), '{"a":'.repeat(depth) + "1" + "}".repeat(depth)]) {
        const { id, callbackUrl } = await call.reserve("speech-to-text");
        const body = `{"status":"Success","extra":${deep},"response":{"notes":${deep},"words":[{"word":"So.","start":0,"end":1,"more":${deep}}]}}`;
        assert.equal((await api(callbackUrl, "").post("", body)).status, 200);
        const transcript = await call.get(`/v1/jobs/${id}/transcript.txt`);
        const isLarge = body.length > 8 << 20 || depth > 100_000;
        assert.deepEqual(isLarge ? transcript.status < 500 : [transcript.status, transcript.text.trim()], isLarge || [200, "So."], `${depth}`);
      }
    }
  }));
