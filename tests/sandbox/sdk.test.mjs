// RingCentral's own JavaScript SDK, unchanged, against the sandbox.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/sdk.test.mjs`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import sdkModule from "@ringcentral/sdk";

const { SDK } = sdkModule;
const CALL_LOG = "/restapi/v1.0/account/~/extension/~/call-log";
const AI = "/ai/audio/v1/async/speech-to-text";

let sandbox;
let server;

before(async () => {
  const binary = process.env.SANDBOX_BIN;
  assert.ok(binary, "SANDBOX_BIN must name the built ringcentral-sandbox");
  const options = ["--port", "0", "--speed", "20", "--limits", "relaxed"];
  sandbox = spawn(binary, options, { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(createInterface({ input: sandbox.stdout }), "line");
  server = line.split(" ").at(-1);
});
after(() => sandbox?.kill());

async function signIn(clientId = "sandbox-client", clientSecret = "sandbox-secret") {
  const sdk = new SDK({ server, clientId, clientSecret });
  await sdk.platform().login({ jwt: "sandbox-jwt" });
  return sdk.platform();
}

async function recordedCalls(platform) {
  const query = { recordingType: "All", perPage: 1 };
  let page = await (await platform.get(CALL_LOG, query)).json();
  const records = [...page.records];
  while (page.navigation.nextPage) {
    page = await (await platform.get(page.navigation.nextPage.uri)).json();
    records.push(...page.records);
  }
  return records;
}

async function finished(platform, jobId) {
  for (;;) {
    const job = await (await platform.get(`/ai/status/v1/jobs/${jobId}`)).json();
    if (job.status !== "InProgress") return job;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a call log is read page by page and media are fetched by signed address, header and range", async () => {
  const platform = await signIn();
  const calls = await recordedCalls(platform);
  assert.equal(calls.length, 2);
  assert.notEqual(calls[0].id, calls[1].id);

  const { contentUri, uri } = calls[0].recording;
  const metadata = await (await platform.get(uri)).json();
  assert.equal(metadata.contentUri, contentUri);
  const byHeader = await (await platform.get(contentUri)).arrayBuffer();
  const byToken = await (await fetch(await platform.signUrl(contentUri))).arrayBuffer();
  assert.ok(byHeader.byteLength > 100_000);
  assert.deepEqual(Buffer.from(byToken), Buffer.from(byHeader));
  const part = await platform.get(contentUri, undefined, { headers: { range: "bytes=0-99" } });
  assert.equal(part.status, 206);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), Buffer.from(byHeader.slice(0, 100)));
});

test("a job is submitted, seen running, finished, and its callback says the same", async () => {
  const received = [];
  const inbox = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      received.push({ url: request.url, body: JSON.parse(body) });
      response.end();
    });
  });
  inbox.listen(0, "127.0.0.1");
  await once(inbox, "listening");
  try {
    const platform = await signIn();
    const [call] = await recordedCalls(platform);
    const webhook = `http://127.0.0.1:${inbox.address().port}/callback?a=1&b=two%20words`;
    const contentUri = await platform.signUrl(call.recording.contentUri);
    const input = { contentUri, encoding: "Mpeg", languageCode: "en-US", enableSpeakerDiarization: true };
    const submitted = await platform.post(AI, input, { webhook });
    assert.equal(submitted.status, 202);
    const { jobId } = await submitted.json();
    const running = await (await platform.get(`/ai/status/v1/jobs/${jobId}`)).json();
    assert.equal(running.status, "InProgress");

    const job = await finished(platform, jobId);
    assert.equal(job.status, "Success");
    assert.match(job.response.transcript, /^Thank you for calling/);
    while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(received[0].url, "/callback?a=1&b=two%20words");
    assert.deepEqual(received[0].body, job);
  } finally {
    inbox.close();
  }
});

test("a dead token is refreshed once and a logout ends the session", async () => {
  const platform = await signIn();
  const before = (await platform.auth().data()).access_token;
  await platform.refresh();
  const renewed = (await platform.auth().data()).access_token;
  assert.notEqual(renewed, before);
  const old = await fetch(server + CALL_LOG, { headers: { authorization: `bearer ${before}` } });
  assert.equal(old.status, 401);

  // The SDK meets a 401 by itself: it refreshes once and asks again.
  const data = await platform.auth().data();
  await platform.auth().setData({ ...data, access_token: "dead" });
  assert.equal((await platform.get(CALL_LOG)).status, 200);

  const { access_token: last } = await platform.auth().data();
  await platform.logout();
  const after = await fetch(server + CALL_LOG, { headers: { authorization: `bearer ${last}` } });
  assert.equal(after.status, 401);
});

test("what the sandbox refuses reads as RingCentral's own refusal", async () => {
  await assert.rejects(signIn("sandbox-client", "wrong"), /Client authentication is required/);
  const poor = await signIn("sandbox-noai");
  const input = { contentUri: "http://127.0.0.1:1/a.wav", encoding: "Wav", languageCode: "en-US" };
  await assert.rejects(poor.post(AI, input), /needs to have \[AI\] permission/);
  const platform = await signIn("sandbox-public", undefined);
  await assert.rejects(platform.get("/restapi/v1.0/account/~/recording/1"), /is not found/);
});

test("every job, enrollments, meetings and voicemail answer the SDK", async () => {
  const platform = await signIn();
  const read = async (...call) => (await platform.get(...call)).json();
  const { meetings } = await read("/rcvideo/v1/history/meetings", { materials: "Recordings" });
  const file = meetings.flatMap((meeting) => meeting.recordings).find((one) => one.availabilityStatus === "Alive");
  const { records: messages } = await read("/restapi/v1.0/account/~/extension/~/message-store", { messageType: "VoiceMail" });
  const voicemail = await (await platform.get(messages[0].attachments[0].uri)).arrayBuffer();
  const content = Buffer.from(voicemail).toString("base64");
  const enrolled = await platform.post("/ai/audio/v1/enrollments", { encoding: "Wav", speakerId: "maria", content });
  assert.equal(enrolled.status, 201);

  const audio = { contentUri: await platform.signUrl(file.url), encoding: "Mp4", languageCode: "en-US" };
  const utterances = [{ text: "We meet on Monday at noon.", speakerId: "0", start: 0, end: 2 }];
  for (const [path, input, fields] of [
    ["/ai/audio/v1/async/speaker-diarize", audio, ["speakerCount", "utterances"]],
    ["/ai/audio/v1/async/speaker-identify", { ...audio, speakerIds: ["maria"] }, ["utterances"]],
    ["/ai/insights/v1/async/analyze-interaction", { ...audio, insights: ["All"] }, ["utteranceInsights", "speakerInsights"]],
    ["/ai/text/v1/async/punctuate", { texts: ["are you there"] }, ["texts"]],
    ["/ai/text/v1/async/summarize", { summaryType: "All", utterances }, ["summaries"]],
  ]) {
    const { jobId } = await (await platform.post(path, input)).json();
    const job = await finished(platform, jobId);
    assert.equal(job.status, "Success", path);
    for (const field of fields) assert.ok(job.response[field], `${path} ${field}`);
  }
  assert.equal((await platform.delete("/ai/audio/v1/enrollments/maria")).status, 204);
});

test("at RingCentral's real limits the eleventh heavy request is refused and light ones are not", async () => {
  const real = spawn(process.env.SANDBOX_BIN, ["--port", "0", "--limits", "real"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = await once(createInterface({ input: real.stdout }), "line");
    const sdk = new SDK({ server: line.split(" ").at(-1), clientId: "sandbox-client", clientSecret: "sandbox-secret" });
    const platform = sdk.platform();
    await platform.login({ jwt: "sandbox-jwt" });
    for (let call = 0; call < 10; call++) await platform.get(CALL_LOG);
    await assert.rejects(platform.get(CALL_LOG), (error) => {
      assert.equal(error.response.status, 429);
      assert.equal(error.response.headers.get("retry-after"), "60");
      assert.equal(error.response.headers.get("x-rate-limit-remaining"), "0");
      return true;
    });
    assert.equal((await platform.get("/rcvideo/v1/history/meetings")).status, 200);
  } finally {
    real.kill();
  }
});
