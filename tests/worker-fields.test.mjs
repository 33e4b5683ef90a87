// Bad input to the Worker: each kind of field of each task, wrong in type, in value or too many, is refused with its name, and
// RingCentral never hears of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startSandbox, startWorker } from "./support/services.mjs";

let sandbox, worker, call;
before(async () => {
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

const media = { recordingId: "1662272004" };
/** The least that each task takes. */
const LEAST = {
  "speech-to-text": { media, input: {} },
  "speaker-diarize": { media, input: {} },
  "speaker-identify": { media, input: { speakerIds: ["a"] } },
  "analyze-interaction": { media, input: {} },
  punctuate: { input: { texts: ["a"] } },
  summarize: { input: { utterances: [{ text: "a" }] } },
};
const many = (count) => Array.from({ length: count }, () => "a");

/** One field of each kind: wrong type, wrong value, one too many. */
const AUDIO = [
  ["encoding", 7], // one of a list of words
  ["encoding", "MP3"],
  ["languageCode", ["en-US"]], // a text
  ["languageCode", " "],
  ["audioType", "Song"],
  ["contentUri", "https://h.example/a.wav"], // has its place elsewhere
  ["webhook", "https://h.example/hook"],
  ["colour", "red"], // no field at all
];
const SPEAKERS = [
  ["separateSpeakerPerChannel", "true"], // a flag
  ["speakerCount", 1.5], // a whole number
  ["speakerCount", 0],
  ["speakerIds", "a"], // a list of texts
  ["speakerIds", ["a", 7]],
  ["speakerIds", many(1001)],
  ["enableVoiceActivityDetection", 1],
];
const CONTEXTS = [
  ["speechContexts", [{ phrases: many(51) }]], // a list of objects
  ["speechContexts", [{ phrases: ["a"], boost: 1 }]],
  ["speechContexts", [{}]],
];
const WRONG = {
  "speech-to-text": [...AUDIO, ...SPEAKERS, ...CONTEXTS, ["enablePunctuation", null], ["enableSpeakerDiarization", "yes"], ["insights", ["All"]]],
  "speaker-diarize": [...AUDIO, ...SPEAKERS, ["speechContexts", []]],
  "speaker-identify": [...AUDIO, ["speakerIds", []], ["speakerIds", undefined], ["speakerCount", 2]],
  "analyze-interaction": [...AUDIO, ...SPEAKERS, ...CONTEXTS, ["insights", ["Everything"]], ["insights", []], ["sampleRate", 0], ["enableWordTimings", 0]],
  punctuate: [["texts", "a"], ["texts", ["a", null]], ["texts", []], ["texts", undefined], ["languageCode", "en-US"]],
  summarize: [["summaryType", "Short"], ["utterances", {}], ["utterances", [{}]], ["utterances", [{ text: "a", start: "0" }]], ["utterances", undefined], ["texts", ["a"]]],
};

for (const [task, wrong] of Object.entries(WRONG)) {
  test(`${task}: each wrong field is refused by its name`, async () => {
    for (const [name, value] of wrong) {
      const body = { task, ...LEAST[task], input: { ...LEAST[task].input, [name]: value } };
      const { status, json, text } = await call.post("/v1/jobs", body);
      assert.deepEqual([status, json.error.code, json.error.field], [422, "invalid_field", `input.${name}`], `${name}: ${text}`);
      assert.ok(json.error.message.length > name.length, text);
    }
  });
}

test("what stands beside the input is refused by its name too", async () => {
  const text = { texts: ["a"] };
  for (const [body, field] of [
    [{ task: "sing", media, input: {} }, "task"],
    [{ media, input: {} }, "task"],
    [{ task: "speech-to-text", input: {} }, "media"],
    [{ task: "speech-to-text", media: { recordingId: "1", contentUri: "https://h.example/a" }, input: {} }, "media"],
    [{ task: "speech-to-text", media: { recordingId: 7 }, input: {} }, "media.recordingId"],
    [{ task: "speech-to-text", media: { recordingId: "../x" }, input: {} }, "media.recordingId"],
    [{ task: "speech-to-text", media: { contentUri: "file:///etc/passwd" }, input: {} }, "media.contentUri"],
    [{ task: "punctuate", media, input: text }, "media"],
    [{ task: "punctuate", input: [] }, "input"],
    [{ task: "punctuate", input: text, webhook: "https://h.example/" }, "webhook"],
  ]) {
    const { status, json, text } = await call.post("/v1/jobs", body);
    assert.deepEqual([status, json.error?.code, json.error?.field], [422, "invalid_field", field], `${JSON.stringify(body)}: ${text}`);
  }
});

test("RingCentral hears of nothing but the job that is right", async () => {
  const heard = async () => (await (await fetch(`${sandbox.url}/sandbox/requests`)).json()).map(({ path }) => path);
  assert.deepEqual(await heard(), []);
  const job = await call.submit({ task: "punctuate", ...LEAST.punctuate });
  assert.equal((await call.finished(job.id)).status, "succeeded");
  assert.deepEqual((await heard()).slice(0, 2), ["/restapi/oauth/token", "/ai/text/v1/async/punctuate"]);
});
