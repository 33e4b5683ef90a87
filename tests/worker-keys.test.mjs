// SIGNING_KEYS are replaced while jobs are under way: what the former key made is good as long as it is in the list.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { TOKEN, startRingCentral } from "./support/ringcentral.mjs";
import { freePort, startWorker, temporaryFolder } from "./support/services.mjs";

const [FORMER, LATTER] = ["former-signing-key-of-thirty-two-characters", "latter-signing-key-of-thirty-two-characters"];
const SUCCESS = JSON.stringify({ status: "Success", response: { texts: ["one"] } });
const persistTo = temporaryFolder();

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
});

async function restart(keys, vars = {}) {
  await worker?.close();
  worker = await startWorker({ sandboxUrl: ringcentral.url, vars: { SIGNING_KEYS: keys, ...vars }, persistTo, port });
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

test("API_TOKENS are replaced while a job runs: it goes on, its read token and its address stay good, and keys are a token's own", async () => {
  const [former, latter, reader, page] = ["former", "latter", "reader", "page"].map((name) => `${name}-token-of-twenty-characters`);
  const job = { task: "punctuate", input: { texts: ["one"] } };
  const key = { "idempotency-key": "the-same-key" };

  await restart(LATTER, { API_TOKENS: former });
  const running = await api(worker.url, former).submit(job, key);
  const open = await reserve(api(worker.url, former));

  await restart(LATTER, { API_TOKENS: `${latter},${former},read:${reader},reserve:${page}`, ALLOWED_ORIGINS: "https://page.example" });
  assert.equal((await api(worker.url, former).submit(job, key)).id, running.id, "a token that stays knows its key");
  assert.notEqual((await api(worker.url, latter).submit(job, key)).id, running.id, "another token's key is another");

  await restart(LATTER, { API_TOKENS: `${latter},read:${reader},reserve:${page}`, ALLOWED_ORIGINS: "https://page.example" });
  assert.equal((await api(worker.url, former).get(`/v1/jobs/${running.id}`)).status, 401);
  assert.equal((await read(running)).status, 200);
  assert.equal((await deliver(open)).status, 200);
  assert.equal((await api(worker.url, open.readToken).get(`/v1/jobs/${open.id}/result`)).text, SUCCESS);
  assert.equal((await api(worker.url, latter).get(`/v1/jobs/${running.id}`)).json.readToken, running.readToken, "it is made from the signing key");

  const origin = { origin: "https://page.example" };
  const table = [
    [latter, 202, 201, 200, 200],
    [reader, 403, 403, 200, 200],
    [page, 403, 201, 403, 403],
    [former, 401, 401, 401, 401],
    [running.readToken, 403, 403, 200, 403],
  ];
  for (const [token, submits, reserves, reads, lists] of table) {
    const caller = api(worker.url, token);
    const answers = [caller.post("/v1/jobs", job), caller.post("/v1/callbacks", { task: "punctuate" }, origin), caller.get(`/v1/jobs/${running.id}`), caller.get("/v1/recordings?source=calls")];
    assert.deepEqual((await Promise.all(answers)).map(({ status }) => status), [submits, reserves, reads, lists], token);
  }
});

test("credentials that everybody knows, or can guess, are refused where PUBLIC_URL is not this machine", async () => {
  for (const vars of [{ API_TOKENS: "sandbox-token" }, { API_TOKENS: "short" }, { API_TOKENS: "a-token-of-more-than-twenty-characters,submit:short" }]) {
    await restart(LATTER, { ...vars, PUBLIC_URL: "https://jobs.example.com" });
    const { status, json } = await api(worker.url, vars.API_TOKENS).post("/v1/callbacks", { task: "punctuate" });
    assert.deepEqual([status, json.error.code], [503, "not_configured"]);
    assert.match(json.error.message, /^API_TOKENS: .*openssl rand/);
  }
  await restart("development-only-signing-key-of-the-sandbox", { API_TOKENS: "a-token-of-more-than-twenty-characters", PUBLIC_URL: "https://jobs.example.com" });
  assert.match((await api(worker.url, "a-token-of-more-than-twenty-characters").post("/v1/callbacks", {})).json.error.message, /^SIGNING_KEYS: /);
});
