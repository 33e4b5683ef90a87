// Each engine does each task that it has, on each source of media: what comes of it is in one shape, and says what was said.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import Ajv2020 from "ajv/dist/2020.js";
import { api } from "./support/api.mjs";
import { engineSettings } from "./support/engines.mjs";
import { startServer } from "./support/http.mjs";
import { ROOT, startSandbox, startWorker } from "./support/services.mjs";

const ENGINES = ["ringcentral", "ace", "assemblyai", "deepgram", "openai"];
/** What all insights are, but those that RingCentral gives no more. */
const INSIGHTS = ["KeyPhrases", "ExtractiveSummary", "AbstractiveSummaryLong", "AbstractiveSummaryShort", "Topics", "Pace", "TalkToListenRatio", "QuestionsAsked"];
const TEXTS = { texts: ["thank you for calling what can i do for you", "the grinder is broken"] };
const UTTERANCES = [
  { speakerId: "0", text: "Thank you for calling Brightwater Coffee, how can I help?", start: 0, end: 4 },
  { speakerId: "1", text: "The coffee grinder that I ordered is broken.", start: 5, end: 9 },
  { speakerId: "0", text: "I can send a new coffee grinder today.", start: 10, end: 13 },
];

let sandbox, worker, call, engines;
before(async () => {
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: engineSettings(sandbox.url) });
  call = api(worker.url);
  engines = Object.fromEntries((await call.get("/v1/engines")).json.items.map(({ engine, tasks }) => [engine, tasks]));
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

const ajv = new Ajv2020({ strict: false });
for (const file of readdirSync(join(ROOT, "tests/schemas"))) ajv.addSchema(JSON.parse(readFileSync(join(ROOT, "tests/schemas", file))), file);

/** The payload is as RingCentral's of that task. */
function hasShape(payload, task) {
  for (const name of [`${task}.json`, "whole.json"]) {
    const validate = ajv.getSchema(name);
    assert.ok(validate(payload), `${name}: ${ajv.errorsText(validate.errors)}`);
  }
}

const tokens = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}' ]/gu, " ").split(/\s+/).filter(Boolean);

/** Who says each word, numbered in the order in which they speak first. */
function voices({ utterances }) {
  const order = [];
  const numberOf = (speaker) => (order.includes(speaker) ? order.indexOf(speaker) : order.push(speaker) - 1);
  return utterances.flatMap(({ speakerId, text }) => tokens(text).map(() => numberOf(speakerId)));
}

/** Captions come one after another, each for a while. */
function areLawful(srt) {
  const ms = (time) => time.split(/[:,]/).reduce((sum, part, at) => sum + Number(part) * [3_600_000, 60_000, 1_000, 1][at], 0);
  let last = 0;
  for (const [, from, to] of srt.matchAll(/(\S+) --> (\S+)/g)) {
    assert.ok(last <= ms(from) && ms(from) < ms(to), `${from} --> ${to}`);
    last = ms(to);
  }
  assert.ok(last > 0, srt);
}

/** Has an engine do a job, and gives its job and its result. */
async function done(job) {
  const ended = await call.finished((await call.submit(job)).id);
  assert.equal(ended.status, "succeeded", JSON.stringify(ended.error));
  assert.equal(ended.engine, job.engine);
  const result = await call.get(`/v1/jobs/${ended.id}/result`);
  return { ended, result: result.json, text: async (format) => (await call.get(`/v1/jobs/${ended.id}/transcript.${format}`)).text };
}

async function recordings(source) {
  const { items } = (await call.get(`/v1/recordings?source=${source}`)).json;
  return items.filter(({ submittable }) => submittable);
}

/** What is said in a recording, by RingCentral's own stand-in. */
const known = new Map();
async function saidIn(recordingId) {
  if (!known.has(recordingId)) {
    const { result } = await done({ task: "speech-to-text", engine: "ringcentral", media: { recordingId }, input: { enableSpeakerDiarization: true } });
    known.set(recordingId, result.response);
  }
  return known.get(recordingId);
}

describe("the engines", { concurrency: 1 }, () => {
  test("are all there, and say what they do", () => {
    assert.deepEqual(Object.keys(engines).sort(), [...ENGINES].sort());
    for (const engine of ENGINES) assert.ok(engines[engine]["speech-to-text"], engine);
  });

  test("do what the README's table says", () => {
    const lines = readFileSync(join(ROOT, "README.md"), "utf8").split("\n");
    const head = lines.findIndex((line) => line.startsWith("| task | `ringcentral`"));
    const cells = (line) => line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""));
    const [, ...names] = cells(lines[head]);
    assert.deepEqual([...names].sort(), [...ENGINES].sort());
    const rows = lines.slice(head + 2, head + 8).map(cells);
    for (const [task, ...words] of rows) {
      for (const [at, word] of words.entries()) {
        const engine = names[at];
        assert.equal(word !== "no", Boolean(engines[engine][task]), `${engine}, ${task}`);
        // Here there is a language model.
        assert.match(word, /^(yes|no|chat)$/);
      }
    }
    assert.equal(rows.length, 6);
  });

  for (const engine of ENGINES.slice(1)) {
    for (const source of ["calls", "meetings", "voicemail"]) {
      test(`${engine} writes down what is said in ${source}`, async (t) => {
        if (engine === "ace" && source === "voicemail") return t.skip("ACE analyses calls and meetings");
        const [{ id: recordingId }] = await recordings(source);
        const expected = await saidIn(recordingId);
        const input = engines[engine]["speech-to-text"].fields.includes("enableSpeakerDiarization") ? { enableSpeakerDiarization: true } : {};
        const { ended, result, text } = await done({ task: "speech-to-text", engine, media: { recordingId }, input });
        hasShape(result, "speech-to-text");
        assert.equal(result.jobId, ended.id);
        const said = tokens(result.response.transcript);
        // ACE knows a meeting as one, in however many parts it was recorded.
        const isWhole = engine === "ace" && source === "meetings";
        assert.deepEqual(isWhole ? said.slice(0, tokens(expected.transcript).length) : said, tokens(expected.transcript));
        if (input.enableSpeakerDiarization) {
          assert.equal(result.response.speakerCount, expected.speakerCount);
          assert.deepEqual(voices(result.response).slice(0, voices(expected).length), voices(expected));
        }
        areLawful(await text("srt"));
        const raw = await call.get(`/v1/jobs/${ended.id}/raw`);
        assert.equal(raw.status, 200);
        assert.notDeepEqual(raw.json, result, "the engine speaks in its own format");
      });
    }

    for (const task of ["speaker-diarize", "analyze-interaction"]) {
      test(`${engine}: ${task}`, async (t) => {
        if (!engines[engine][task]) return t.skip("it cannot, and says so at submit");
        const [{ id: recordingId }] = await recordings("calls");
        const { result, ended } = await done({ task, engine, media: { recordingId }, input: task === "analyze-interaction" ? { insights: ["All"] } : {} });
        hasShape(result, task);
        if (task === "speaker-diarize") return assert.equal(result.response.speakerCount, (await saidIn(recordingId)).speakerCount);
        const { conversationalInsights, speakerInsights } = result.response;
        const found = [...conversationalInsights, ...(speakerInsights?.insights ?? [])].filter(({ values }) => values.length > 0).map(({ name }) => name);
        const missing = (ended.missing ?? []).map(({ name }) => name);
        for (const name of INSIGHTS) assert.ok(found.includes(name) !== missing.includes(name), `${name}: ${JSON.stringify({ found, missing })}`);
      });
    }

    test(`${engine}: texts`, async () => {
      for (const [task, input] of [["punctuate", TEXTS], ["summarize", { summaryType: "All", utterances: UTTERANCES }]]) {
        if (!engines[engine][task]) continue;
        const { result } = await done({ task, engine, input });
        hasShape(result, task);
        if (task === "punctuate") assert.deepEqual(result.response.texts.map(tokens), TEXTS.texts.map(tokens));
        else assert.deepEqual(result.response.summaries.map(({ name }) => name).sort(), ["AbstractiveLong", "AbstractiveShort", "Extractive"]);
      }
    });
  }

  test("a client of RingCentral's AI is served by the engine that is the usual one, in RingCentral's envelope", async () => {
    const hooks = await startServer(() => ({ status: 200 }));
    const other = await startWorker({ sandboxUrl: sandbox.url, vars: { ...engineSettings(sandbox.url), DEFAULT_ENGINE: "deepgram" } });
    try {
      const client = api(other.url);
      const [{ id, contentUri }] = await recordings("calls");
      const webhook = encodeURIComponent(`${hooks.url}/hook`);
      const taken = await client.post(`/ai/audio/v1/async/speech-to-text?webhook=${webhook}`, { contentUri, encoding: "Mpeg", languageCode: "en-US" });
      assert.equal(taken.status, 202, taken.text);
      const { jobId } = taken.json;
      assert.equal((await client.finished(jobId)).engine, "deepgram");
      for (let tries = 0; hooks.requests.length === 0 && tries < 100; tries++) await sleep(50);
      const told = JSON.parse(hooks.requests[0].body);
      hasShape(told, "speech-to-text");
      assert.equal(told.jobId, jobId);
      assert.deepEqual(tokens(told.response.transcript), tokens((await saidIn(id)).transcript));
      const status = (await client.get(`/ai/status/v1/jobs/${jobId}`)).json;
      assert.deepEqual([status.status, status.response], ["Success", told.response]);
    } finally {
      await other.close();
      await hooks.close();
    }
  });
});
