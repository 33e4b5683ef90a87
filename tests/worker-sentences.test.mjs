// What the Worker's errors say, each with the situation that brings it about: read as if nothing but the sentence were known.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api } from "./support/api.mjs";
import { startSandbox, startWorker } from "./support/services.mjs";

const TEXTS = { task: "punctuate", input: { texts: ["a"] } };
const NOBODY = "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c";

let sandbox, worker, call, stranger, reader, page;
before(async () => {
  sandbox = await startSandbox();
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: { API_TOKENS: "sandbox-token,read:reading,reserve:reserving" } });
  [call, stranger, reader, page] = ["sandbox-token", "wrong", "reading", "reserving"].map((token) => api(worker.url, token));
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

/** The situation, the question, and the answer's status and sentence. */
const TABLE = [
  ["no token", () => api(worker.url, "").get("/v1/recordings?source=calls"), 401, "a token is needed: Authorization: Bearer …"],
  ["another's token", () => stranger.post("/v1/jobs", TEXTS), 401, "the token is none of API_TOKENS (it is sent without the scope before it), and no job's read token"],
  ["a token of another scope", () => reader.post("/v1/jobs", TEXTS), 403, "this takes a token of scope submit or admin: the scope is what stands before it in API_TOKENS"],
  ["a page's token without its page", () => page.post("/v1/callbacks", { task: "punctuate" }), 403, "a token of scope reserve is for pages of ALLOWED_ORIGINS, and this request does not come from one"],
  ["no such path", () => call.get("/v2/jobs"), 404, "there is no such path"],
  ["another method", () => call.ask("PUT", "/v1/jobs", TEXTS), 405, "this path is for POST, GET, HEAD"],
  ["no such job", () => call.get(`/v1/jobs/${NOBODY}`), 404, "there is no such job, or not any more"],
  ["no JSON", () => call.post("/v1/jobs", "{"), 400, "the body is not JSON: line 1, column 1"],
  ["no such task", () => call.post("/v1/jobs", { task: "sing" }), 422, "task: it must be one of: speech-to-text, speaker-diarize, speaker-identify, analyze-interaction, punctuate, summarize"],
  ["a field that is none", () => call.post("/v1/jobs", { ...TEXTS, colour: "red" }), 422, "colour: there is no such field; there are: task, engine, media, input, label, notify, contentAccess"],
  ["an engine that is none", () => call.post("/v1/jobs", { ...TEXTS, engine: "whisper" }), 422, "engine: there is no such engine; there are: ringcentral, ace, assemblyai, deepgram, openai"],
  ["an engine without its key", () => call.post("/v1/jobs", { ...TEXTS, engine: "deepgram" }), 422, "engine: deepgram is not configured: it needs the secret DEEPGRAM_API_KEY"],
  ["media for texts", () => call.post("/v1/jobs", { ...TEXTS, media: { recordingId: "1" } }), 422, "media: punctuate works on text: it takes no media"],
  ["no media", () => call.post("/v1/jobs", { task: "speech-to-text" }), 422, 'media: it is missing: {"recordingId": …}, {"contentUri": …} or {"uploadId": …}'],
  ["two media", () => call.post("/v1/jobs", { task: "speech-to-text", media: { recordingId: "1", contentUri: "https://h.example/" } }), 422, 'media: it must be exactly one of {"recordingId": …}, {"contentUri": …}, {"contentUri": …, "headers": {…}} and {"uploadId": …}'],
  ["a header that is ours to set", () => call.post("/v1/jobs", { task: "speech-to-text", media: { contentUri: "https://h.example.com/", headers: { Host: "a" } } }), 422, "media.headers.Host: whoever fetches the media sets this header"],
  ["no such upload for a job", () => call.post("/v1/jobs", { task: "speech-to-text", media: { uploadId: NOBODY } }), 422, "media.uploadId: there is no such upload, or not any more: it goes with its job, or after a day"],
  ["an upload by a token", () => call.post("/v1/jobs", { task: "speech-to-text", media: { uploadId: NOBODY }, input: { encoding: "Wav" }, contentAccess: "access-token" }), 422, 'contentAccess: no token opens this media: RingCentral fetches it through this Worker, by "relay"'],
  ["a file without a length", () => call.post("/v1/uploads", { name: "a.wav" }), 422, "bytes: it must be how long the file is: a whole number, 1 to 2147483648 (2 GiB)"],
  ["no such upload", () => call.get(`/v1/uploads/${NOBODY}`), 404, "there is no such upload, or not any more"],
  ["an encoding that RingCentral does not name", () => call.post("/v1/jobs", { task: "speech-to-text", media: { recordingId: "1" }, input: { encoding: "MP3" } }), 422, "input.encoding: it must be one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg"],
  ["an address that is none", () => call.post("/v1/jobs", { task: "speech-to-text", media: { contentUri: "ftp://h.example/a" } }), 422, "media.contentUri: it must start with https:// (or http://)"],
  ["no such list", () => call.get("/v1/recordings?source=faxes"), 422, "source: it must be calls, meetings or voicemail"],
  ["a filter that the list has not", () => call.get("/v1/recordings?source=calls&colour=red"), 422, "colour: this list of recordings has no such parameter; it has: source, view, recordingType, direction, type, transport, extensionNumber, phoneNumber, sessionId, telephonySessionId, metadataCategory, showBlocked, showDeleted, dateFrom, dateTo, perPage"],
  ["a date that is none", () => call.get("/v1/recordings?source=calls&dateFrom=yesterday"), 422, "dateFrom: it must be a day or a time with its zone, as in 2026-01-31 or 2026-01-31T09:30:00Z"],
  ["another's cursor", () => call.get("/v1/recordings?source=calls&cursor=abc"), 422, "cursor: it must be the nextCursor of a page of this list"],
  ["a wait that is no number", () => call.get(`/v1/jobs/${NOBODY}?wait=long`), 422, "wait: it must be a whole number of seconds"],
  ["a transcript in another form", () => call.get(`/v1/jobs/${NOBODY}/transcript.pdf`), 404, "a transcript comes as txt, srt, vtt or json"],
  ["a caption's option out of its range", () => call.get(`/v1/jobs/${NOBODY}/transcript.srt?maxLines=9`), 422, "maxLines: it must be a whole number from 1 to 4"],
];

test("each sentence says what is wrong and what would be right", async () => {
  for (const [situation, ask, status, sentence] of TABLE) {
    const answer = await ask();
    assert.deepEqual([answer.status, answer.json?.error?.message], [status, sentence], situation);
  }
});
