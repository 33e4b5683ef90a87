// The Worker is killed in the middle of a job, and nothing is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { freePort, startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";

const persistTo = temporaryFolder();
let sandboxPort, port, sandbox, worker;

/** A slow sandbox: a job takes its two seconds, so that there is a middle to be killed in. */
const sandboxUp = async () => (sandbox = await startSandbox({ port: sandboxPort, args: ["--speed", "1"] }));
const workerUp = async () => {
  worker = await startWorker({ sandboxUrl: `http://127.0.0.1:${sandboxPort}`, persistTo, port });
  return api(worker.url);
};
before(async () => {
  [sandboxPort, port] = [await freePort(), await freePort()];
  await sandboxUp();
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

async function reached(call, id, wanted) {
  for (let tries = 0; tries < 300; tries++) {
    const { status } = (await call.get(`/v1/jobs/${id}`)).json;
    if (status === wanted) return;
    await sleep(20);
  }
  assert.fail(`the job is never ${wanted}`);
}

test("a job survives the Worker's death before its submit, and a finished one keeps its result", async () => {
  let call = await workerUp();
  const { items } = (await call.get("/v1/recordings?source=calls")).json;
  const body = { task: "speech-to-text", media: { recordingId: items[0].id } };

  const finished = await call.submit(body);
  assert.equal((await call.finished(finished.id)).status, "succeeded");
  const result = (await call.get(`/v1/jobs/${finished.id}/result`)).text;

  await sandbox.kill();
  const queued = await call.submit(body);
  await worker.kill();
  await sandboxUp();

  call = await workerUp();
  const ended = await call.finished(queued.id, 60);
  assert.deepEqual([ended.status, ended.attempt], ["succeeded", 1]);
  assert.equal((await call.get(`/v1/jobs/${finished.id}/result`)).text, result);
});

test("a job survives the Worker's death before its callback, which is sent again and submits nothing twice", async () => {
  let call = api(worker.url);
  const submits = async () => {
    const requests = await (await fetch(`${sandbox.url}/sandbox/requests`)).json();
    return requests.filter(({ method, path }) => method === "POST" && path.includes("punctuate")).length;
  };
  const before = await submits();
  const job = await call.submit({ task: "punctuate", input: { texts: ["so it goes"] } }); // its media would be fetched through the Worker
  await reached(call, job.id, "submitted");
  await worker.kill();
  await sleep(3_000); // The first delivery finds nobody at home.
  call = await workerUp();
  const ended = await call.finished(job.id, 60);
  assert.deepEqual([ended.status, ended.via, ended.attempt], ["succeeded", "callback", 1]);
  assert.equal(await submits(), before + 1);
});
