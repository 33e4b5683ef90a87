// RingCentral's own JavaScript SDK, unchanged, against the sandbox.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/sdk.test.mjs`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import sdkModule from "@ringcentral/sdk";
import { Refused, tell } from "../support/client-story.mjs";
import { startSandbox } from "../support/services.mjs";

const { SDK } = sdkModule;
const CALL_LOG = "/restapi/v1.0/account/~/extension/~/call-log";

function connect(app) {
  const platform = new SDK(app).platform();
  return {
    platform,
    login: ({ code, codeVerifier, jwt }) => told(platform.login(jwt ? { jwt } : { code, code_verifier: codeVerifier })),
    refresh: () => told(platform.refresh()),
    logout: () => told(platform.logout()),
    token: async () => (await platform.auth().data()).access_token,
    signed: (uri) => platform.signUrl(uri),
    loginUrl({ state, prompt }) {
      const url = platform.loginUrl({ state, prompt, usePKCE: true });
      assert.match(url, /&brand_id=&display=&/, "empty parameters");
      return { url, codeVerifier: platform.codeVerifier };
    },
    async ask(method, path, { query, body } = {}) {
      const response = await told(platform.send({ method, url: path, query, body }));
      const json = response.status === 204 ? undefined : await response.json();
      return { status: response.status, headers: response.headers, json };
    },
    async media(uri, headers) {
      const response = await told(platform.get(uri, undefined, { headers }));
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
    },
  };
}

/** The SDK's answer, or what its error says. */
async function told(call) {
  try {
    return await call;
  } catch (error) {
    const { message, response } = error;
    // Of an AI error the SDK makes the status text: it looks for a sentence at the top of the body only.
    throw response ? new Refused({ message, status: response.status, headers: response.headers, json: await response.clone().json() }) : error;
  }
}

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
