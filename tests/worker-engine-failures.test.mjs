// What goes wrong at the services: each failure is said in their words and in the API's, and nothing is paid for twice without need.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { engineSettings, faults, MARKED_KEY, PAID, paidFor, startDoor, told } from "./support/engines.mjs";
import { startServer } from "./support/http.mjs";
import { startSandbox, startWorker } from "./support/services.mjs";

const HEARING = Object.keys(PAID);
const CHAT = "/openai/v1/chat";
/** The pause that a service asks for, and that the Worker adds for what may be rounded. */
const RETRY_AFTER_MS = 2_000;

let sandbox, door, worker, call, files, recordingId;
const fileAnswers = { "/gone.mp3": { status: 404 }, "/page.mp3": { headers: { "content-type": "text/html" }, body: "<html>no audio</html>" } };
before(async () => {
  sandbox = await startSandbox();
  files = await startServer(({ path }) => fileAnswers[path] ?? { status: 404 });
  door = await startDoor(sandbox.url);
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: { ...engineSettings(door.url, MARKED_KEY), RC_MEDIA_HOSTS: [sandbox.url, files.url].map((url) => new URL(url).host).join() } });
  call = api(worker.url);
  recordingId = (await call.get("/v1/recordings?source=calls")).json.items.find(({ submittable }) => submittable).id;
});
afterEach(async () => {
  Object.assign(door.is, { key: "sandbox-key", chat: "sandbox-chat", wrongModels: false });
  await faults(sandbox);
});
after(async () => {
  for (const service of [worker, door, files, sandbox]) await service?.close();
});

const transcript = (engine, media = { recordingId }) => ({ task: "speech-to-text", engine, media });
const analysis = (engine) => ({ task: "analyze-interaction", engine, media: { recordingId }, input: { insights: ["All"] } });

/** A job when it has ended; nothing that is shown of it holds the key. */
async function ended(job) {
  const shown = await call.finished((await call.submit(job)).id);
  assert.ok(!JSON.stringify(shown).includes("S3CRET"), JSON.stringify(shown));
  return shown;
}

/** What each service says to the same job, at the same time: `[engine, its job, how often it was paid for]`. */
async function each(job, engines = HEARING) {
  return Promise.all(
    engines.map(async (engine) => {
      const paid = await paidFor(sandbox, engine);
      const shown = await ended(job(engine));
      return [engine, shown, (await paidFor(sandbox, engine)) - paid];
    }),
  );
}

/** Waits until something has been done so often by the faults. */
async function met(kind, times) {
  for (let tries = 0; tries < 400; tries++) {
    if (((await told(sandbox, "faults")).done[kind]?.times ?? 0) >= times) return;
    await sleep(25);
  }
  assert.fail(`${kind} did not happen ${times} times`);
}

const timesOf = async (kind) => (await told(sandbox, "faults")).done[kind]?.times ?? 0;

describe("what goes wrong at a service", { concurrency: 1 }, () => {
  test("a wrong key is said to be one, and is told nobody", async () => {
    door.is.key = "S3CRET-wrong";
    for (const [engine, { status, error }, paid] of await each(transcript)) {
      assert.deepEqual([status, error.code, paid], ["failed", "engine_key_refused", 0], engine);
      assert.match(error.message, new RegExp(`^${engine}: .*check the secret \\(401\\)`));
      assert.ok(error.engine[0].message, engine);
    }
  });

  test("a model that nobody knows is said to be one, by its name", async () => {
    door.is.wrongModels = true;
    for (const [engine, { status, error }, paid] of await each(transcript)) {
      assert.deepEqual([status, error.code, paid], ["failed", "engine_refused", 0], engine);
      assert.match(error.message, /model/i, engine);
    }
  });

  test("media that is not there fails the job, and the address that it was fetched at is not shown", async () => {
    for (const [engine, { status, error }] of await each((engine) => transcript(engine, { contentUri: `${files.url}/gone.mp3` }))) {
      assert.equal(status, "failed", engine);
      const said = JSON.stringify(error);
      assert.equal(error.code, engine === "openai" ? "invalid_field" : "engine_job_failed", said);
      assert.match(engine === "openai" ? error.message : error.engine[0].message, /404|502|download/, engine);
      assert.doesNotMatch(said, /\/media\/[\w-]+\/\d/, engine);
    }
  });

  test("media that is no audio fails the job in the service's words", async () => {
    for (const [engine, { status, error }] of await each((engine) => transcript(engine, { contentUri: `${files.url}/page.mp3` }))) {
      assert.equal(status, "failed", engine);
      assert.match(error.code, engine === "openai" ? /^engine_refused$/ : /^engine_job_failed$/, JSON.stringify(error));
      assert.match(error.engine[0].message, /audio/, engine);
    }
  });

  test("what is too much for a service now is sent again when it says, not before, and is paid for once", async () => {
    const before = await timesOf("rate-limit");
    await faults(sandbox, ...HEARING.map((engine) => ({ kind: "rate-limit", chance: 1, path: PAID[engine] })));
    const all = each(transcript);
    await met("rate-limit", before + HEARING.length);
    await faults(sandbox);
    for (const [engine, { status, error }, paid] of await all) assert.deepEqual([status, paid], ["succeeded", 1], `${engine} ${JSON.stringify(error)}`);
    const requests = (await told(sandbox, "requests")).filter(({ method }) => method === "POST");
    for (const engine of HEARING) {
      const own = requests.filter(({ path }) => path === PAID[engine]);
      const [refused, again] = own.slice(own.findLastIndex(({ status }) => status === 429));
      assert.ok(again.at_ms - refused.answered_ms >= RETRY_AFTER_MS, `${engine}: ${again.at_ms - refused.answered_ms} ms`);
    }
  });

  test("a job that was taken although the answer was an error, or none, is paid for once where its result comes by itself", async () => {
    for (const fault of [{ kind: "server-error", status: [500] }, { kind: "cut" }]) {
      const coming = ["assemblyai", "deepgram"];
      await faults(sandbox, ...coming.map((engine) => ({ ...fault, chance: 1, taken: true, path: PAID[engine] })));
      const before = await timesOf(fault.kind);
      const all = each(transcript, coming);
      await met(fault.kind, before + coming.length);
      await faults(sandbox);
      for (const [engine, { status, attempt }, paid] of await all) assert.deepEqual([status, attempt, paid], ["succeeded", 1, 1], `${engine} ${fault.kind}`);
    }
  });

  test("where nobody comes with a lost answer the job is sent once more, and then not again", async () => {
    await faults(sandbox, { kind: "cut", chance: 1, taken: true, path: PAID.openai });
    const before = await timesOf("cut");
    const [[, { status, error }, paid]] = await each(transcript, ["openai"]);
    assert.deepEqual([status, error.code, paid, (await timesOf("cut")) - before], ["failed", "submit_unconfirmed", 2, 2]);
    await faults(sandbox, { kind: "server-error", chance: 1, taken: false, status: [503], path: PAID.openai });
    const errors = await timesOf("server-error");
    const again = each(transcript, ["openai"]);
    await met("server-error", errors + 3);
    await faults(sandbox);
    const [[, unharmed, once]] = await again;
    assert.deepEqual([unharmed.status, once], ["succeeded", 1]);
  });

  test("a language model that is of no use costs a job its insights, and not itself", async () => {
    for (const [chat, said] of [["sandbox-broken", /JSON/], ["sandbox-cut", /JSON/], ["sandbox-refusing", /JSON/], ["sandbox-unknown", /model/]]) {
      door.is.chat = chat;
      for (const [engine, { status, missing, error }] of await each(analysis, ["deepgram", "openai"])) {
        assert.equal(status, "succeeded", `${engine} ${chat} ${JSON.stringify(error)}`);
        const topic = missing.find(({ name }) => name === (engine === "deepgram" ? "AbstractiveSummaryLong" : "Topics"));
        assert.match(topic.reason, said, chat);
      }
    }
  });

  test("a language model that is in trouble is asked a few times, and done without", async () => {
    await faults(sandbox, { kind: "server-error", chance: 1, path: CHAT });
    const [[, { status, missing }]] = await each(analysis, ["assemblyai"]);
    assert.equal(status, "succeeded");
    assert.match(missing.find(({ name }) => name === "Topics").reason, /not available/);
  });

  test("a language model that is slow is waited for", async () => {
    door.is.chat = "sandbox-slow";
    const [[, { status, missing = [] }]] = await each(analysis, ["assemblyai"]);
    assert.equal(status, "succeeded");
    assert.ok(!missing.some(({ name }) => name === "Topics"), JSON.stringify(missing));
  });

  test("what a language model invents is in no result", async () => {
    door.is.chat = "sandbox-liar";
    const texts = ["thank you for calling what can i do for you", "the grinder is broken"];
    const [[, punctuated]] = await each((engine) => ({ task: "punctuate", engine, input: { texts } }), ["deepgram"]);
    assert.equal(punctuated.status, "succeeded", JSON.stringify(punctuated.error));
    const { response } = (await call.get(`/v1/jobs/${punctuated.id}/result`)).json;
    const plain = (text) => text.toLowerCase().replace(/[^\w ]/g, "");
    assert.deepEqual(response.texts.map(plain), texts);
    assert.ok(punctuated.missing.some(({ name }) => name === "texts[0]"), JSON.stringify(punctuated.missing));
  });

  test("where a language model is all there is, its failure is the job's, and nobody else's", async () => {
    door.is.chat = "sandbox-broken";
    const [[, { status, error }]] = await each((engine) => ({ task: "punctuate", engine, input: { texts: ["so it goes"] } }), ["deepgram"]);
    assert.equal(status, "failed");
    assert.match(error.code, /^engine_/, JSON.stringify(error));
    assert.match(error.message, /language model/);
  });

  test("a field that an engine cannot honour is refused by both names", async () => {
    for (const [engine, task, input, field, says] of [
      ["deepgram", "speaker-diarize", { speakerCount: 2 }, "input.speakerCount", /^input\.speakerCount: deepgram counts the speakers/],
      ["openai", "speech-to-text", { enableSpeakerDiarization: true }, "input.enableSpeakerDiarization", /openai tells no speakers apart/],
      ["openai", "speaker-diarize", {}, "task", /openai tells no speakers apart/],
      ["assemblyai", "speaker-identify", { speakerIds: ["1"] }, "task", /assemblyai knows no enrolled speakers/],
      ["ace", "speech-to-text", { speechContexts: [{ phrases: ["Brightwater"] }] }, "input.speechContexts", /ace has heard the recording already/],
      ["ace", "speaker-identify", { speakerIds: ["1"] }, "task", /ace names the speakers by itself/],
      ["deepgram", "analyze-interaction", { insights: ["Emotion"] }, "input.insights", /deepgram tells no Emotion/],
    ]) {
      const { status, json, text } = await call.post("/v1/jobs", { task, engine, media: { recordingId }, input });
      assert.deepEqual([status, json.error.code, json.error.field], [422, "invalid_field", field], text);
      assert.match(json.error.message, says);
    }
    const own = await call.post("/v1/jobs", { ...transcript("ace"), media: { contentUri: `${files.url}/a.mp3` } });
    assert.deepEqual([own.status, own.json.error.field], [422, "media"], own.text);
    assert.match(own.json.error.message, /ace has the recordings of calls and meetings/);
  });

  // Last: OpenAI says 429 for it and no pause, which is taken for a minute.
  test("an account without credit is said to be one", async () => {
    door.is.key = "sandbox-nocredit";
    for (const [engine, { status, error }, paid] of await each(transcript)) {
      assert.deepEqual([status, error.code, paid], ["failed", "engine_credit_exhausted", 0], engine);
      assert.match(error.message, /has no credit left/);
    }
  });

  test("an engine's jobs do not wait behind another's that may not be sent now", async () => {
    await faults(sandbox, { kind: "rate-limit", chance: 1, path: "/ai/text/" });
    const before = await timesOf("rate-limit");
    const held = [];
    for (let count = 0; count < 12; count++) held.push(await call.submit({ task: "punctuate", engine: "ringcentral", input: { texts: ["so it goes"] } }));
    await met("rate-limit", before + 1);
    const waiting = (await call.get(`/v1/jobs/${held.at(-1).id}`)).json;
    assert.equal(waiting.status, "queued", JSON.stringify(waiting));
    const summary = (engine) => ({ task: "summarize", engine, input: { summaryType: "Extractive", utterances: [{ text: "The grinder is broken.", start: 0, end: 2 }] } });
    const [[, { status, error }]] = await each(summary, ["deepgram"]);
    assert.equal(status, "succeeded", JSON.stringify(error));
    assert.equal((await call.get(`/v1/jobs/${held.at(-1).id}`)).json.status, "queued");
    for (const { id } of held) assert.equal((await call.ask("DELETE", `/v1/jobs/${id}`)).status, 204);
  });

  test("the log says nothing of the keys", () => assert.doesNotMatch(worker.log(), /S3CRET/));
});
