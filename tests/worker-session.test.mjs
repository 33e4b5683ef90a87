// RingCentral keeps five sessions of a user and app, and ends the oldest for a sixth: the Worker's may end at any moment.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startServer } from "./support/http.mjs";
import { RC_JOB, TOKEN, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const LIST = "/v1/recordings?source=voicemail";
const ENDED = { status: 401, json: { errorCode: "OAU-213", message: "Token not found" } };
/** The Worker's clock runs so much faster than the tests'. */
const RATE = 30;

let ringcentral, worker, call, logins, alive;
const ifAlive = (answer) => ({ headers }) => (headers.authorization === `Bearer ${alive}` ? answer : ENDED);
before(async () => {
  logins = 0;
  const login = () => ({ json: { ...TOKEN, access_token: (alive = `token-${++logins}`) } });
  const submit = ifAlive({ status: 202, json: { jobId: RC_JOB } });
  ringcentral = await startRingCentral({ login, submit, voicemail: ifAlive({ json: { records: [] } }) });
  worker = await startWorker({ sandboxUrl: ringcentral.url, rate: RATE });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

test("a session that others end is opened again, once a minute, and says so meanwhile", async () => {
  assert.equal((await call.get(LIST)).status, 200);
  alive = "another program's";
  assert.equal((await call.get(LIST)).status, 200, "another login, nobody notices");
  assert.equal(logins, 2);
  alive = "another program's";
  const { status, headers, json } = await call.get(LIST);
  assert.deepEqual([status, json.error.code], [503, "ringcentral_unavailable"]);
  assert.match(json.error.message, /RingCentral ended the session: it keeps five of a user and app/);
  const retryAfterS = Number(headers.get("retry-after"));
  assert.ok(retryAfterS > 0 && retryAfterS <= 60, String(retryAfterS));
  // A job that comes now waits in the queue for the next login.
  const { id } = await call.submit(JOB);
  const before = logins;
  const deadline = Date.now() + 20_000;
  while (!ringcentral.submits().length && Date.now() < deadline) await call.get(`/v1/jobs/${id}?wait=1`);
  assert.equal(logins, before + 1);
  const sent = ringcentral.submits().at(-1);
  await api(webhookOf(sent), "").post("", { status: "Success", response: { texts: ["So it goes."] } });
  assert.equal((await call.finished(id)).status, "succeeded");
  assert.equal((await call.get(LIST)).status, 200);
});

test("no request of the Worker's follows a redirect, and what it is answered says so", async () => {
  const elsewhere = await startServer(() => ({ json: TOKEN }));
  const redirecting = await startRingCentral({ login: { redirect: `${elsewhere.url}/restapi/oauth/token` } });
  const lost = await startRingCentral({ submit: { status: 308, redirect: `${elsewhere.url}/ai` }, voicemail: { status: 302, redirect: elsewhere.url } });
  try {
    const sentence = /a redirect is never followed: check the server's address/;
    for (const { url } of [redirecting, lost]) {
      const other = await startWorker({ sandboxUrl: url });
      try {
        const list = await api(other.url).get(LIST);
        assert.match(list.json.error.message, sentence);
        const { id } = await api(other.url).submit(JOB);
        const ended = await api(other.url).finished(id);
        assert.deepEqual([ended.status, ended.error.message.match(sentence)?.length], ["failed", 1], JSON.stringify(ended.error));
      } finally {
        await other.close();
      }
    }
    assert.equal(elsewhere.requests.length, 0, "and with it no secret");
  } finally {
    for (const server of [elsewhere, redirecting, lost]) await server.close();
  }
});
