// RingCentral's own JavaScript SDK, unchanged, against the sandbox.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/sdk.test.mjs`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { tell } from "../support/client-story.mjs";
import { sdk as connect } from "../support/clients.mjs";
import { startSandbox } from "../support/services.mjs";

const CALL_LOG = "/restapi/v1.0/account/~/extension/~/call-log";

tell("@ringcentral/sdk", connect);

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox?.close());

async function signIn(server = sandbox.url) {
  const { platform } = connect({ server, clientId: "sandbox-client", clientSecret: "sandbox-secret" });
  await platform.login({ jwt: "sandbox-jwt" });
  return platform;
}

test("a dead token is refreshed once, and the call made again", async () => {
  const platform = await signIn();
  const data = await platform.auth().data();
  await platform.auth().setData({ ...data, access_token: "dead" });
  assert.equal((await platform.get(CALL_LOG)).status, 200);
  const renewed = await platform.auth().data();
  assert.notEqual(renewed.access_token, data.access_token);
  assert.equal(renewed.expires_in, 600, "the SDK asks for a life of -1 then, and gets the shortest there is");
});

test("a failed refresh empties the SDK's store", async () => {
  const platform = await signIn();
  await platform.auth().setData({ ...(await platform.auth().data()), refresh_token: "dead" });
  await assert.rejects(platform.refresh(), /Token not found/);
  assert.equal((await platform.auth().data()).access_token, "");
});

test("the SDK shows the platform's sentence, and of an AI error its status alone", async () => {
  const platform = await signIn();
  await assert.rejects(platform.get("/restapi/v1.0/account/~/recording/1"), /^Error: Resource for parameter \[recordingId\] is not found$/);
  const input = { contentUri: "nowhere", encoding: "Wav", languageCode: "en-US" };
  await assert.rejects(platform.post("/ai/audio/v1/async/speech-to-text", input), /^Error: 400 Bad Request$/);
});

test("the SDK knows how long a penalty lasts", async () => {
  const strict = await startSandbox({ args: ["--limits", "real"] });
  try {
    const platform = await signIn(strict.url);
    const waits = [];
    platform.on(platform.events.rateLimitError, (error) => waits.push(error.retryAfter));
    const calls = Array.from({ length: 11 }, () => platform.get(CALL_LOG));
    const refused = (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected");
    assert.deepEqual([refused.length, waits], [1, [60_000]]);
  } finally {
    await strict.close();
  }
});
