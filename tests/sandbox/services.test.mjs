// The other services' own clients, unchanged but for their base URL, against the sandbox.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/services.test.mjs`.
import assert from "node:assert/strict";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DeepgramClient } from "@deepgram/sdk";
import { AssemblyAI } from "assemblyai";
import OpenAI from "openai";
import { ROOT, startSandbox } from "../support/services.mjs";

const CALL = join(ROOT, "tests/sandbox/media/support-call.mp3");
const WORDS = JSON.parse(readFileSync(join(ROOT, "tests/sandbox/media/support-call.words.json")));
const TEXT = WORDS.utterances.flatMap(({ words }) => words.map(({ text }) => text)).join(" ");

let sandbox;
let contentUri;
before(async () => {
  sandbox = await startSandbox({ args: ["--speed", "50"] });
  contentUri = await callAddress();
});
after(() => sandbox?.close());

/** Where the call can be fetched by whoever has the address. */
async function callAddress() {
  const ask = async (path, options) => (await fetch(`${sandbox.url}/restapi/${path}`, options)).json();
  const login = await ask("oauth/token", {
    method: "POST",
    headers: { authorization: `Basic ${btoa("sandbox-client:sandbox-secret")}` },
    body: new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: "sandbox-jwt" }),
  });
  const headers = { authorization: `Bearer ${login.access_token}` };
  const { records } = await ask("v1.0/account/~/extension/~/call-log?recordingType=All", { headers });
  return `${records.find(({ duration }) => duration === 83).recording.contentUri}?access_token=${login.access_token}`;
}

test("Deepgram's client transcribes by address and by file, and reads a refusal", async () => {
  const client = (apiKey) => new DeepgramClient({ apiKey, baseUrl: `${sandbox.url}/deepgram`, maxRetries: 0 });
  const options = { model: "nova-3", smart_format: true, diarize: true, utterances: true };
  const byAddress = await client("sandbox-key").listen.v1.media.transcribeUrl({ url: contentUri, ...options });
  const byFile = await client("sandbox-key").listen.v1.media.transcribeFile(createReadStream(CALL), options);
  for (const { results } of [byAddress, byFile]) {
    assert.equal(results.channels[0].alternatives[0].transcript, TEXT);
    assert.deepEqual(results.utterances.map(({ speaker }) => String(speaker)), WORDS.utterances.map(({ speakerId }) => speakerId));
  }
  await assert.rejects(client("wrong").listen.v1.media.transcribeUrl({ url: contentUri, ...options }), ({ statusCode, body }) => {
    return statusCode === 401 && body.err_code === "INVALID_AUTH";
  });
});

test("AssemblyAI's client waits for a transcript, deletes it, and reads a refusal", async () => {
  const client = (apiKey) => new AssemblyAI({ apiKey, baseUrl: `${sandbox.url}/assemblyai` });
  const params = { audio_url: contentUri, speech_models: ["universal-3-5-pro", "universal-2"], speaker_labels: true };
  const { transcripts } = client("sandbox-key");
  const transcript = await transcripts.transcribe(params, { pollingInterval: 20 });
  assert.equal(transcript.text, TEXT);
  assert.deepEqual(transcript.utterances.map(({ speaker }) => "AB".indexOf(speaker)), WORDS.utterances.map(({ speakerId }) => Number(speakerId)));
  assert.equal((await transcripts.delete(transcript.id)).text, "Deleted by user.");
  const lost = await transcripts.transcribe({ ...params, audio_url: `${sandbox.url}/nothing` }, { pollingInterval: 20 });
  assert.match(lost.error, /^Download error/);
  await assert.rejects(client("wrong").transcripts.submit(params), /API token missing\/invalid/);
});

test("OpenAI's client transcribes an upload, fills a schema, and reads a refusal", async () => {
  const client = (apiKey) => new OpenAI({ apiKey, baseURL: `${sandbox.url}/openai/v1`, maxRetries: 0 });
  const { audio, chat, models } = client("sandbox-key");
  const transcription = await audio.transcriptions.create({
    file: createReadStream(CALL),
    model: "whisper-1",
    response_format: "verbose_json",
    timestamp_granularities: ["word", "segment"],
  });
  assert.equal(transcription.text, TEXT);
  assert.equal(transcription.words.length, WORDS.utterances.flatMap(({ words }) => words).length);
  const schema = { type: "object", properties: { topics: { type: "array", items: { type: "string" } } }, required: ["topics"], additionalProperties: false };
  const completion = await chat.completions.create({
    model: "sandbox-chat",
    temperature: 0,
    messages: [{ role: "user", content: TEXT }],
    response_format: { type: "json_schema", json_schema: { name: "topics", strict: true, schema } },
  });
  assert.ok(JSON.parse(completion.choices[0].message.content).topics.includes("grinder"));
  assert.ok((await models.list()).data.some(({ id }) => id === "whisper-1"));
  const refused = (apiKey, model) => client(apiKey).chat.completions.create({ model, messages: [{ role: "user", content: "Hi." }] });
  await assert.rejects(refused("wrong", "sandbox-chat"), OpenAI.AuthenticationError);
  await assert.rejects(refused("sandbox-nocredit", "sandbox-chat"), ({ code }) => code === "insufficient_quota");
  await assert.rejects(refused("sandbox-key", "none"), ({ status, code }) => status === 404 && code === "model_not_found");
});
