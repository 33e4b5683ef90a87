// What RingCentral could not fetch or call back is refused before anything is sent, with the name of the setting that would help;
// small slips of callers are not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startRingCentral } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

const TEXT = { task: "punctuate", input: { texts: ["are you there"] } };
const recording = { task: "speech-to-text", media: { recordingId: "7" } };

let ringcentral, worker, call;
before(async () => {
  const contentUri = (path) => (path.endsWith("/7") ? "https://media.other.example/r/7/content" : "/r/8/content");
  ringcentral = await startRingCentral({ recording: ({ path }) => ({ json: { id: 7, contentUri: contentUri(path), contentType: "audio/mpeg" } }) });
  worker = await startWorker({ sandboxUrl: ringcentral.url });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

test("a recording whose host may not see a token fails before it is sent, and names RC_MEDIA_HOSTS", async () => {
  const { error } = await call.finished((await call.submit(recording)).id);
  assert.match(error.message, /media\.other\.example .*RC_MEDIA_HOSTS/);
  assert.equal(ringcentral.submits().length, 0);
});

test("a recording whose address has no host is on the media host", async () => {
  const { id } = await call.submit({ ...recording, media: { recordingId: "8" }, contentAccess: "access-token" });
  while (ringcentral.submits().length === 0) await call.get(`/v1/jobs/${id}?wait=1`);
  const [{ body }] = ringcentral.submits();
  assert.equal(JSON.parse(body).contentUri, `${ringcentral.url}/r/8/content?access_token=token`);
});

test("RingCentral's own content on a host that may not see a token is refused at once", async () => {
  const contentUri = "https://media.devtest.ringcentral.com/restapi/v1.0/account/1/recording/7/content";
  const { status, json } = await call.post("/v1/jobs", { task: "speech-to-text", media: { contentUri }, input: { encoding: "Mpeg" } });
  assert.deepEqual([status, json.error.code, json.error.field], [422, "invalid_field", "media.contentUri"]);
  assert.match(json.error.message, /media\.devtest\.ringcentral\.com .*RC_MEDIA_HOSTS/);
});

test("a Worker that RingCentral cannot call back takes no job and gives out no address", async () => {
  for (const vars of [{}, { PUBLIC_URL: "http://localhost:8787" }]) {
    const own = await startWorker({ vars });
    try {
      for (const [path, body] of [["/v1/jobs", TEXT], ["/v1/callbacks", { task: "punctuate" }]]) {
        const { status, json } = await api(own.url).post(path, body);
        assert.deepEqual([status, json.error.code], [503, "not_configured"], path);
        assert.match(json.error.message, /^PUBLIC_URL: .*RESULTS_BY/);
      }
    } finally {
      await own.close();
    }
  }
});

test("whether a Worker has to be reached is a matter of the job's engine, whichever is the usual one", async () => {
  const vars = { RC_SERVER: "https://platform.invalid.example", OPENAI_BASE_URL: "http://127.0.0.1:9/v1", DEEPGRAM_API_KEY: "S3CRET" };
  for (const usual of ["ringcentral", "openai"]) {
    const own = await startWorker({ vars: { ...vars, DEFAULT_ENGINE: usual } });
    try {
      const { post } = api(own.url);
      const summary = { task: "summarize", input: { utterances: [{ text: "So it goes." }] } };
      assert.equal((await post("/v1/jobs", { ...summary, engine: "openai" })).status, 202, "nobody comes for it");
      for (const engine of ["ringcentral", "deepgram"]) {
        const { status, json } = await post("/v1/jobs", { ...summary, engine });
        assert.deepEqual([status, json.error.code], [503, "not_configured"], engine);
        assert.match(json.error.message, /^PUBLIC_URL: /);
      }
    } finally {
      await own.close();
    }
  }
});

test("a Worker that asks for its results needs no address for jobs, but for an address that it gives out", async () => {
  const own = await startWorker({ vars: { RESULTS_BY: "polling", RC_SERVER: "https://platform.invalid.example" } });
  try {
    await api(own.url).submit(TEXT);
    const { status, json } = await api(own.url).post("/v1/callbacks", { task: "punctuate" });
    assert.deepEqual([status, json.error.code], [503, "not_configured"]);
  } finally {
    await own.close();
  }
});

test("small slips of a caller are taken", async () => {
  const { status, json } = await call.post("/v1/jobs", `\uFEFF${JSON.stringify(TEXT)}`);
  assert.equal(status, 202);
  for (const path of ["/v1/jobs/", "//v1//jobs", "/v1/jobs//"]) {
    const url = worker.url + path;
    const headers = { authorization: "bEARER   sandbox-token ", "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(TEXT) });
    assert.equal(answer.status, 202, path);
  }
  for (const path of [`/v1/jobs/${json.id}/`, `/v1//jobs/${json.id}`]) assert.equal((await call.get(path)).json.id, json.id, path);
  const linked = await fetch(`${worker.url}/v1/jobs/${json.id}/result/?token=%20${json.readToken}`);
  assert.equal(linked.status, 409, "not finished, but read");
});
