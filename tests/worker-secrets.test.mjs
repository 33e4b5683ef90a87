// What RingCentral refuses is told in plain words, and no secret is in any answer, record or line of the log.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startServer, reply } from "./support/http.mjs";
import { ownLog, stored } from "./support/remains.mjs";
import { startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";

const MARKER = "S3CRET";
let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox?.close());

async function withWorker(vars, act, sandboxUrl = sandbox.url) {
  const persistTo = temporaryFolder();
  const worker = await startWorker({ sandboxUrl, vars, persistTo });
  try {
    await act(worker, persistTo);
  } finally {
    await worker.close();
  }
}

/** The records of all jobs; a copy of a delivery lies elsewhere. */
function records(folder) {
  const [file] = readdirSync(folder, { recursive: true }).filter((name) => name.includes("Desk") && name.endsWith(".sqlite") && !name.includes("metadata"));
  const database = new DatabaseSync(join(folder, file));
  const rows = database.prepare("SELECT * FROM jobs").all();
  database.close();
  assert.ok(rows.length > 0);
  return JSON.stringify(rows);
}

const JOB = { task: "speech-to-text", media: { recordingId: "1" } };

test("a wrong JWT is named as that, for lists and for jobs", () =>
  withWorker({ RC_JWT: `${MARKER}-jwt` }, async (worker) => {
    const call = api(worker.url);
    const list = await call.get("/v1/recordings?source=calls");
    assert.deepEqual([list.status, list.json.error.code], [502, "ringcentral_login_refused"]);
    assert.match(list.json.error.message, /OAU-149 .*; a JWT must be made for this app and server/);
    const { id } = await call.submit(JOB);
    const ended = await call.finished(id);
    assert.deepEqual([ended.status, ended.error.code], ["failed", "ringcentral_login_refused"]);
    assert.ok(![list.text, JSON.stringify(ended), ownLog(worker)].join().includes(MARKER));
  }));

test("an app without ReadCallRecording is told its name", () =>
  withWorker({ RC_CLIENT_ID: "sandbox-norecording" }, async (worker) => {
    const call = api(worker.url);
    const { id } = await call.submit(JOB);
    const { status, error } = await call.finished(id);
    assert.deepEqual([status, error.code], ["failed", "ringcentral_permission_missing"]);
    assert.match(error.message, /\bReadCallRecording\b/);
  }));

test("an app without ReadCallLog gets no empty list", () =>
  withWorker({ RC_CLIENT_ID: "sandbox-nocalllog" }, async (worker) => {
    const { status, json } = await api(worker.url).get("/v1/recordings?source=calls");
    assert.deepEqual([status, json.error.code, json.error.permission], [502, "ringcentral_permission_missing", "ReadCallLog"]);
  }));

test("settings that are missing or malformed are named at the first request", () =>
  withWorker({ RC_JWT: "", SIGNING_KEYS: MARKER }, async (worker) => {
    const { status, json, text } = await api(worker.url).get("/v1/recordings?source=calls");
    assert.deepEqual([status, json.error.code], [503, "not_configured"]);
    assert.match(json.error.message, /RC_JWT|SIGNING_KEYS/);
    assert.ok(!text.includes(MARKER));
  }));

test("the marker, put in as every secret, comes out nowhere", async () => {
  const echo = (text) => ({ errors: [{ errorCode: "CMN-101", message: `${text} at https://h.example/${MARKER}?x=${MARKER}` }], message: text });
  const upstream = await startServer(({ path, headers, body }, response) => {
    if (path.includes("oauth")) return reply(response, 200, { access_token: `${MARKER}-access`, expires_in: 3600, scope: "AI ReadCallLog ReadCallRecording" });
    reply(response, 400, echo(`${headers.authorization} ${body} ${path}`));
  });
  const secrets = { RC_CLIENT_SECRET: `${MARKER}-client`, RC_JWT: `${MARKER}-jwt`, API_TOKENS: `${MARKER}-api-token-long-enough`, SIGNING_KEYS: `${MARKER}-signing-key-that-is-long-enough-to-be-one` };
  try {
    await withWorker(secrets, async (worker, persistTo) => {
      const call = api(worker.url, secrets.API_TOKENS);
      const answers = [
        await call.get("/v1/recordings?source=calls"),
        await call.post(`/callbacks/0199aaaa-0000-7000-8000-000000000000/1/${MARKER}`, {}),
        await call.get(`/v1/jobs/x/result?token=${MARKER}`),
        await api(worker.url, MARKER).get("/v1/jobs/x"),
        await call.post("/v1/jobs", `{"${MARKER}`),
        await call.post("/v1/jobs", { ...JOB, input: { encoding: MARKER } }),
        await call.post("/v1/jobs", { ...JOB, media: { contentUri: `https://u:${MARKER}@h.example:x/${MARKER}` } }),
      ];
      const recording = await call.submit({ ...JOB, input: { encoding: "Wav" } });
      const address = await call.submit({ ...JOB, media: { contentUri: `${upstream.url}/a.wav?sig=${MARKER}` }, input: { encoding: "Wav" } });
      answers.push({ text: JSON.stringify(address) });
      for (const { id } of [recording, address]) {
        await call.finished(id);
        answers.push(await call.get(`/v1/jobs/${id}`), await call.get(`/v1/jobs/${id}/result`));
      }
      for (const { text } of answers) assert.ok(!text.includes(MARKER), text);
      assert.ok(!ownLog(worker).includes(MARKER), ownLog(worker));
      const records = stored(persistTo);
      assert.ok(!records.includes(MARKER), `a record holds the marker: …${records.slice(records.indexOf(MARKER) - 300).slice(0, 400).replace(/[^ -~]+/g, " ")}…`);
    }, upstream.url);
  } finally {
    await upstream.close();
  }
});

test("words of RingCentral's that repeat our secrets are masked wherever they are shown or kept", async () => {
  let logins = 0;
  const patterns = `Bearer ${MARKER}, access_token=${MARKER}, eyJhbGciOiJub25lIn0.${MARKER}`;
  const settings = `${MARKER}-client ${MARKER}-jwt ${patterns}`;
  const failed = (words = `${settings} ${MARKER}-access-1 ${MARKER}-access-${logins}`) => ({ errors: [{ errorCode: "CMN-101", message: words, parameterName: `${MARKER}-jwt` }] });
  const upstream = await startServer(({ path, headers }, response) => {
    if (path.includes("oauth")) return reply(response, 200, { access_token: `${MARKER}-access-${++logins}`, expires_in: 3600, scope: "AI ReadCallLog" });
    if (headers.authorization === `Bearer ${MARKER}-access-1`) return reply(response, 401, {});
    reply(response, 400, failed());
  });
  try {
    await withWorker({ RC_CLIENT_SECRET: `${MARKER}-client`, RC_JWT: `${MARKER}-jwt` }, async (worker, persistTo) => {
      const call = api(worker.url);
      const answers = [await call.get("/v1/recordings?source=calls")];
      assert.deepEqual([answers[0].status, answers[0].json.error.code, logins], [502, "ringcentral_refused", 2], answers[0].text);
      const { id } = await call.submit({ task: "punctuate", input: { texts: ["one"] } });
      assert.equal((await call.finished(id)).error.code, "ringcentral_refused");
      answers.push(await call.get(`/v1/jobs/${id}/result`));
      // Who reads a long delivery does not know the session's tokens, which look like some.
      const long = failed(`${settings} ${MARKER}${"a1".repeat(20)}`);
      for (const body of [{ status: "Fail", response: failed() }, { status: "Fail", ...long, note: "n".repeat(100_000) }]) {
        const { id, callbackUrl } = await call.reserve();
        assert.equal((await api(callbackUrl, "").post("", body)).status, 200);
        answers.push(await call.get(`/v1/jobs/${id}`));
        assert.match(answers.at(-1).json.error.ringcentral[0].message, /\[secret\]/);
      }
      for (const { text } of answers) assert.ok(!text.includes(MARKER), text);
      assert.ok(!ownLog(worker).includes(MARKER), ownLog(worker));
      assert.equal(logins, 2);
      await worker.close();
      assert.ok(!records(persistTo).includes(MARKER), records(persistTo));
    }, upstream.url);
  } finally {
    await upstream.close();
  }
});
