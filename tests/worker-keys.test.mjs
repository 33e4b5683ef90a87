// SIGNING_KEYS are replaced while jobs are under way: what the former key made is good as long as it is in the list.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { TOKEN, startRingCentral } from "./support/ringcentral.mjs";
import { freePort, startWorker } from "./support/services.mjs";

const [FORMER, LATTER] = ["former-signing-key-of-thirty-two-characters", "latter-signing-key-of-thirty-two-characters"];
const SUCCESS = JSON.stringify({ status: "Success", response: { texts: ["one"] } });
const persistTo = mkdtempSync(join(tmpdir(), "ringcentral-ai-keys-"));

let ringcentral, port, worker, isDown;
before(async () => {
  port = await freePort();
  // While it is down nobody can log in, so that jobs wait for their turn.
  const login = () => (isDown ? { status: 503 } : { json: TOKEN });
  ringcentral = await startRingCentral({ login });
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
  rmSync(persistTo, { recursive: true, force: true });
});

async function restart(keys) {
  await worker?.close();
  worker = await startWorker({ sandboxUrl: ringcentral.url, vars: { SIGNING_KEYS: keys }, persistTo, port });
  return api(worker.url);
}

const reserve = (call) => call.reserve();
const deliver = ({ callbackUrl }) => api(callbackUrl, "").post("", SUCCESS);
const read = ({ id, readToken }) => api(worker.url, readToken).get(`/v1/jobs/${id}`);
const signature = ({ callbackUrl }) => callbackUrl.split("/").at(-1);

test("a key that is replaced opens what it made while it is in the list, and nothing after that", async () => {
  isDown = true;
  const address = (name) => ({ contentUri: `http://127.0.0.1:9/${name}.wav?sig=S3CRET` });
  const submit = (call, name) => call.submit({ task: "speech-to-text", media: address(name), input: { encoding: "Wav" } });

  let call = await restart(FORMER);
  const [early, late] = [await reserve(call), await reserve(call)];
  const [sent, stuck] = [await submit(call, "sent"), await submit(call, "stuck")];

  call = await restart(`${LATTER},${FORMER}`);
  assert.equal((await deliver(early)).status, 200);
  assert.equal((await read(early)).json.status, "succeeded");
  const fresh = await reserve(call);
  assert.notEqual(signature(fresh), signature(late));
  isDown = false;
  for (let tries = 0; ringcentral.submits().length < 2; tries++) {
    assert.ok(tries < 300, "an address that the former key sealed is sent");
    await sleep(100);
  }
  const told = ringcentral.submits().map(({ body }) => JSON.parse(body).contentUri).toSorted();
  assert.deepEqual(told, [address("sent").contentUri, address("stuck").contentUri]);
  assert.deepEqual((await call.get(`/v1/jobs/${sent.id}`)).json.media, { contentUri: "http://127.0.0.1:9/sent.wav" });

  isDown = true;
  call = await restart(FORMER);
  const orphan = await submit(call, "orphan");
  call = await restart(LATTER);
  isDown = false;
  assert.deepEqual([(await deliver(late)).status, (await read(late)).status], [403, 404]);
  assert.deepEqual([(await deliver(fresh)).status, (await read(fresh)).status], [200, 200]);
  const ended = await call.finished(orphan.id);
  assert.deepEqual([ended.status, ended.error.code], ["failed", "invalid_field"]);
  assert.match(ended.error.message, /^media\.contentUri: .*SIGNING_KEYS/);
  assert.equal((await call.get(`/v1/jobs/${stuck.id}`)).json.status, "submitted");
});
