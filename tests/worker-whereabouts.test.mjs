// Who says where the Worker is: its setting, else the first authorised request for a job; never a stranger's Host.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { CREDENTIALS, freePort, startWorker, temporaryFolder } from "./support/services.mjs";

const STRONG = { API_TOKENS: "a-token-of-more-than-twenty-characters", SIGNING_KEYS: "a-signing-key-of-more-than-thirty-two-characters", PUBLIC_URL: "" };
const JOB = { task: "punctuate", input: { texts: ["where are we"] } };

let ringcentral;
before(async () => (ringcentral = await startRingCentral()));
after(() => ringcentral?.close());

/** Asks the Worker at `url` as if it were reached at `host`. */
async function ask(url, host, method, path, token, body) {
  const headers = { host, "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method, headers }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode, json: JSON.parse(text) });
    });
    sent.on("error", reject).end(body && JSON.stringify(body));
  });
}

test("with credentials that everybody knows nothing is open until PUBLIC_URL says that it is this machine, whatever Host says", async () => {
  for (const PUBLIC_URL of ["", "https://jobs.example.com"]) {
    const worker = await startWorker({ sandboxUrl: ringcentral.url, vars: { PUBLIC_URL } });
    try {
      for (const host of ["localhost", "127.0.0.1:8787", new URL(worker.url).host]) {
        const { status, json } = await ask(worker.url, host, "POST", "/v1/callbacks", CREDENTIALS.API_TOKENS, { task: "punctuate" });
        assert.deepEqual([status, json.error.code], [503, "not_configured"], host);
        assert.match(json.error.message, /^API_TOKENS: it holds a value that everybody knows: .* or set PUBLIC_URL to an address of this machine/);
      }
      assert.equal((await api(worker.url, "").get("/healthz")).status, 200);
    } finally {
      await worker.close();
    }
  }
});

test("where no setting says it, the first authorised request for a job does, for good", async () => {
  const persistTo = temporaryFolder();
  const options = { sandboxUrl: ringcentral.url, persistTo, port: await freePort(), vars: STRONG };
  let worker = await startWorker(options);
  try {
    const reserve = async (host, token = STRONG.API_TOKENS) => ask(worker.url, host, "POST", "/v1/callbacks", token, { task: "punctuate" });
    const base = ({ json }) => new URL(json.callbackUrl).origin;
    // Who has no token of ours, or asks for no job, says nothing.
    assert.equal((await reserve("stranger.example", "not-a-token-of-the-workers")).status, 401);
    assert.equal((await ask(worker.url, "reader.example", "GET", "/v1/recordings", STRONG.API_TOKENS)).status, 200);
    assert.equal((await ask(worker.url, "mistaken.example", "POST", "/v1/jobs", STRONG.API_TOKENS, {})).status, 422);
    assert.equal(base(await reserve("first.example:8443")), "http://first.example:8443");
    assert.equal(base(await reserve("second.example")), "http://first.example:8443");
    await worker.close();
    worker = await startWorker(options);
    assert.equal(base(await reserve("third.example")), "http://first.example:8443");
    const { json } = await ask(worker.url, "fourth.example", "POST", "/v1/jobs", STRONG.API_TOKENS, JOB);
    while (!ringcentral.submits().length) await api(worker.url, STRONG.API_TOKENS).get(`/v1/jobs/${json.id}?wait=1`);
    assert.equal(new URL(webhookOf(ringcentral.submits()[0])).origin, "http://first.example:8443");
  } finally {
    await worker.close();
  }
});

test("a setting is believed over what was learned", async () => {
  const persistTo = temporaryFolder();
  const port = await freePort();
  for (const [PUBLIC_URL, expected] of [["", `http://127.0.0.1:${port}`], ["https://jobs.example.com", "https://jobs.example.com"], ["", `http://127.0.0.1:${port}`]]) {
    const worker = await startWorker({ sandboxUrl: ringcentral.url, persistTo, port, vars: { ...STRONG, PUBLIC_URL } });
    try {
      assert.equal(new URL((await api(worker.url, STRONG.API_TOKENS).reserve()).callbackUrl).origin, expected);
    } finally {
      await worker.close();
    }
  }
});
