// The wasm instance traps, as it does after a panic: the call in its hands fails, and the next one finds a new instance.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { answer, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

const JOB = { task: "punctuate", input: { texts: ["so it goes"] } };
const SUCCESS = JSON.stringify({ status: "Success", response: { texts: ["one"] } });

let ringcentral, worker, call;
before(async () => {
  const login = (_, response) => answer(response, 200, { access_token: "token", expires_in: 3600, scope: "AI" });
  ringcentral = await startRingCentral({ login });
  worker = await startWorker({ sandboxUrl: ringcentral.url, entry: "tests/support/trapping-entry.mjs" });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const traps = () => worker.log().match(/"route":"trap"/g)?.length ?? 0;
const sent = async (count) => {
  while (ringcentral.submits().length < count) await new Promise((resolve) => setTimeout(resolve, 50));
};

test("after a trap one call has failed, nothing that was acknowledged is lost, and the Worker goes on", async () => {
  const reserved = (await call.post("/v1/callbacks", { task: "punctuate" })).json;
  const submitted = await call.submit(JOB);
  await sent(1);
  for (let round = 1; round <= 3; round++) {
    await call.get("/trap");
    const failed = await call.get(`/v1/jobs/${reserved.id}`);
    assert.deepEqual([failed.status, traps()], [500, round], failed.text);
    const found = await call.get(`/v1/jobs/${reserved.id}`);
    assert.deepEqual([found.status, found.json?.status], [200, "reserved"], found.text);
  }
  for (const address of [reserved.callbackUrl, webhookOf(ringcentral.submits()[0])]) assert.equal((await api(address, "").post("", SUCCESS)).status, 200);
  for (const { id } of [reserved, submitted]) assert.equal((await call.get(`/v1/jobs/${id}/result`)).text, SUCCESS);
  const next = await call.submit(JOB);
  await sent(2);
  assert.equal((await api(webhookOf(ringcentral.submits()[1]), "").post("", SUCCESS)).status, 200);
  assert.equal((await call.finished(next.id)).status, "succeeded");
  assert.equal(ringcentral.submits().length, 2, "nothing was sent twice");
});

test("a callback that a trap swallows is sent again, and its job ends once", async () => {
  const { id, callbackUrl } = (await call.post("/v1/callbacks", { task: "punctuate" })).json;
  await call.get("/trap");
  assert.equal((await api(callbackUrl, "").post("", SUCCESS)).status, 500);
  assert.equal((await call.get(`/v1/jobs/${id}`)).json.status, "reserved");
  assert.equal((await api(callbackUrl, "").post("", SUCCESS)).status, 200);
  assert.equal((await call.get(`/v1/jobs/${id}/result`)).text, SUCCESS);
});
