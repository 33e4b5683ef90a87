// Notifications of RingCentral's subscriptions: a job that waits for its insights is asked for as soon as they are there. They are a hint
// and no more: nothing in them is believed, and without them the job is asked for all the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { faults, told } from "./support/engines.mjs";
import { CREDENTIALS, startSandbox, startWorker } from "./support/services.mjs";

const SUBSCRIPTION = "/restapi/v1.0/subscription";
const EVENT = "/ai/ringsense/v1/public/accounts/809646016/domains/pbx/insights";
/** How long an analysis takes. */
const ANALYSIS_MS = 5_000;
/** The Worker's clock is so fast. */
const RATE = 4;
/** When a job is asked for whose insights were not there at its submit: before they are, and well after. */
const [FIRST_MS, SECOND_MS] = [15_000 / RATE, 45_000 / RATE];

let sandbox, worker, call, recordings, address;
before(async () => {
  sandbox = await startSandbox({ args: ["--speed", String(10_000 / ANALYSIS_MS)] });
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: { ACE: "1" }, rate: RATE });
  call = api(worker.url);
  recordings = (await call.get("/v1/recordings?source=calls")).json.items.filter(({ submittable }) => submittable);
  const { items } = (await call.get("/v1/engines")).json;
  address = worker.url + items.find(({ engine }) => engine === "ace").eventsPath;
  for (const { engine, eventsPath } of items) assert.equal(eventsPath !== undefined, engine === "ace", engine);
});
after(async () => {
  for (const service of [worker, sandbox]) await service?.close();
});

const post = (body, to = address, headers = {}) => fetch(to, { method: "POST", body, headers });
const event = (body) => JSON.stringify({ uuid: "1", event: EVENT, timestamp: "2026-01-01T00:00:00Z", subscriptionId: "2", ownerId: "3", body });
const askedAbout = async (id) => (await told(sandbox, "requests")).filter(({ path }) => path.includes(`/records/${id}/`)).length;
const submit = (recording) => call.submit({ task: "speech-to-text", engine: "ace", media: { recordingId: recording.id } });

test("an address confirms itself by the token that it is sent, and one that is not ours is none", async () => {
  const answer = await post("", address, { "validation-token": "01f0c3f2-aa" });
  assert.deepEqual([answer.status, answer.headers.get("validation-token"), await answer.text()], [200, "01f0c3f2-aa", ""]);
  assert.equal((await post("", address, { "validation-token": "x".repeat(257) })).headers.get("validation-token"), null);
  for (const wrong of [address.replace(/.$/, (last) => (last === "0" ? "1" : "0")), address.replace("/ace/", "/ringcentral/"), `${address}0`]) {
    const { status, headers } = await post("", wrong, { "validation-token": "01f0c3f2-aa" });
    assert.deepEqual([status, headers.get("validation-token")], [403, null], wrong);
  }
  assert.equal((await fetch(address)).status, 405);
});

test("what is of no use is answered as what is, and has nobody asked", async () => {
  const before = (await told(sandbox, "requests")).length;
  const [{ id }] = recordings;
  const bodies = ["", "{", "[]", "null", event({ domain: "pbx", sourceRecordId: id }), event({ domain: "ms-teams", sourceRecordId: "1" }), event(null)];
  const long = event({ domain: "pbx", sourceRecordId: id, insights: { Transcript: [{ text: "x".repeat(5 << 20) }] } });
  for (const body of [...bodies, "[".repeat(100_000), long]) assert.equal((await post(body)).status, 200, body.slice(0, 60));
  await sleep(500);
  assert.equal((await told(sandbox, "requests")).length, before);
});

test("with a subscription a job ends when its insights are there; where the notification is lost, when it is asked for", async () => {
  const login = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: CREDENTIALS.RC_JWT };
  const basic = `Basic ${btoa(`${CREDENTIALS.RC_CLIENT_ID}:${CREDENTIALS.RC_CLIENT_SECRET}`)}`;
  const token = await fetch(`${sandbox.url}/restapi/oauth/token`, { method: "POST", headers: { authorization: basic }, body: new URLSearchParams(login) });
  const { access_token } = await token.json();
  const wanted = { eventFilters: ["/ai/ringsense/v1/public/accounts/~/domains/pbx/insights"], deliveryMode: { transportType: "WebHook", address } };
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  const subscription = await fetch(sandbox.url + SUBSCRIPTION, { method: "POST", headers, body: JSON.stringify(wanted) });
  assert.deepEqual([subscription.status, (await subscription.json()).status], [200, "Active"]);

  const ends = async (recording) => {
    const begunMs = Date.now();
    const job = await call.finished((await submit(recording)).id);
    assert.equal(job.status, "succeeded", JSON.stringify(job.error));
    return Date.now() - begunMs;
  };
  const [known, lost] = recordings;
  await faults(sandbox, { kind: "doubled", chance: 1, path: SUBSCRIPTION });
  const knownMs = await ends(known);
  assert.ok(knownMs > ANALYSIS_MS - 500 && knownMs < SECOND_MS - 3_000, `${knownMs} ms`);
  const asked = await askedAbout(known.id);
  assert.ok(asked >= 3 && asked <= 4, `at the submit, after ${FIRST_MS} ms, and by one notification or two: ${asked}`);
  await faults(sandbox, { kind: "dropped", chance: 1, path: SUBSCRIPTION });
  const lostMs = await ends(lost);
  assert.ok(lostMs >= SECOND_MS - 500, `${lostMs} ms`);
});
