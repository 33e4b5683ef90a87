// What every official client must be able to do at the sandbox, told once. A test file hands in its client:
//
//   connect({server, clientId, clientSecret, redirectUri}) → {
//     login({jwt} | {code, codeVerifier}), refresh(), logout(), token(), signed(uri),
//     loginUrl({state, prompt})           → {url, codeVerifier}; only where the client can make one
//     ask(method, path, {query, body})    → {status, headers, json}
//     media(uri, headers)                 → {status, headers, bytes}
//   }
//
// Each goes through the client's own functions. Where RingCentral refuses, they reject with a `Refused`.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "./http.mjs";
import { CREDENTIALS, startSandbox } from "./services.mjs";

const EXTENSION = "/restapi/v1.0/account/~/extension/~";
const CALL_LOG = `${EXTENSION}/call-log`;
const VOICEMAIL = `${EXTENSION}/message-store?messageType=VoiceMail`;
const MEETINGS = "/rcvideo/v1/history/meetings";
const ENROLLMENTS = "/ai/audio/v1/enrollments";
/** Where each job is submitted. */
export const TASKS = {
  "speech-to-text": "/ai/audio/v1/async/speech-to-text",
  "speaker-diarize": "/ai/audio/v1/async/speaker-diarize",
  "speaker-identify": "/ai/audio/v1/async/speaker-identify",
  "analyze-interaction": "/ai/insights/v1/async/analyze-interaction",
  punctuate: "/ai/text/v1/async/punctuate",
  summarize: "/ai/text/v1/async/summarize",
};
const JWT = CREDENTIALS.RC_JWT;
const UUID_V1 = /^[\da-f]{8}-[\da-f]{4}-1[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** For a callback. */
const PATIENCE_MS = 30_000;

/** What a client's own error says of a refusal. */
export class Refused extends Error {
  constructor({ message, status, headers, json }) {
    super(message);
    Object.assign(this, { status, headers, json });
  }
}

/** Answers every callback with 200: `{webhook, next, close}`; `next()` is the one that nobody has taken yet. */
export async function startInbox() {
  const inbox = await startServer((_, response) => response.end());
  let taken = 0;
  const next = async () => {
    const place = taken++;
    const deadline = Date.now() + PATIENCE_MS;
    while (inbox.requests.length <= place) {
      assert.ok(Date.now() < deadline, "no callback came");
      await sleep(20);
    }
    return inbox.requests[place];
  };
  return { webhook: `${inbox.url}/callback?a=1&b=two%20words`, next, close: inbox.close };
}

/** Declares the tests of one client; `skip` is the sentence that says what is missing. */
export function tell(name, connect, { skip = false } = {}) {
  describe(name, { skip }, () => {
    let server;
    let sandbox;
    before(async () => {
      sandbox = await startSandbox({ args: ["--speed", "20"] });
      server = sandbox.url;
    });
    after(() => sandbox?.close());

    const open = (app = {}) => connect({ server, clientId: CREDENTIALS.RC_CLIENT_ID, clientSecret: CREDENTIALS.RC_CLIENT_SECRET, ...app });
    const signedIn = async (app) => {
      const client = await open(app);
      await client.login({ jwt: JWT });
      return client;
    };
    /** The status of a call that shows `token` and nothing else. */
    const statusWith = async (token) => (await fetch(server + CALL_LOG, { headers: { authorization: `bearer ${token}` } })).status;

    test("a login is renewed by a refresh, which kills the token before it, and ended by a revocation", async () => {
      const client = await signedIn();
      const first = await client.token();
      assert.equal((await client.ask("GET", CALL_LOG)).status, 200);
      await client.refresh();
      const second = await client.token();
      assert.notEqual(second, first);
      assert.equal(await statusWith(first), 401);
      assert.equal((await client.ask("GET", CALL_LOG)).status, 200);
      await client.logout();
      assert.equal(await statusWith(second), 401);
    });

    test("wrong credentials are refused in OAuth's words", async () => {
      const stranger = await open({ clientSecret: "wrong" });
      await assert.rejects(stranger.login({ jwt: JWT }), refused(400, "OAU-123", /Client authentication is required/));
      const client = await open();
      await assert.rejects(client.login({ jwt: "wrong" }), refused(400, "OAU-149", /Invalid JWT assertion/));
    });

    test("the call log is read page by page, every address on the host that was asked", async () => {
      const client = await signedIn();
      const calls = await recordedCalls(client);
      assert.ok(calls.length >= 2, `${calls.length} recorded calls`);
      assert.ok(calls.some(({ duration }) => duration >= 30));
      assert.equal(new Set(calls.map((call) => call.id)).size, calls.length);
      for (const { recording, uri } of calls) {
        for (const address of [uri, recording.uri, recording.contentUri]) assert.ok(address.startsWith(`${server}/`), address);
      }
      const { json: lastDay } = await client.ask("GET", CALL_LOG);
      const { json: asked } = await client.ask("GET", CALL_LOG, { query: { dateFrom: "", recordingType: "", page: "" } });
      assert.deepEqual(asked.records, lastDay.records, "an empty parameter is an absent one");
      const company = await client.ask("GET", "/restapi/v1.0/account/~/call-log");
      assert.ok(company.json.records.some((call) => call.extension.id !== calls[0].extension.id), "a colleague's calls");
    });

    test("media come by token, by header and by range: of a call, a meeting and a voicemail", async () => {
      const client = await signedIn();
      const [call] = await recordedCalls(client);
      const { json: metadata } = await client.ask("GET", call.recording.uri);
      assert.equal(metadata.contentUri, call.recording.contentUri);
      const file = (await meetingFiles(client)).find((one) => one.availabilityStatus === "Alive");
      const voicemail = await voicemailAttachment(client);
      assert.equal(voicemail.type, "AudioRecording");
      for (const [uri, type] of [
        [metadata.contentUri, metadata.contentType],
        [file.url, "video/mp4"],
        [voicemail.uri, voicemail.contentType],
      ]) {
        const byHeader = await client.media(uri);
        assert.equal(byHeader.headers.get("content-type"), type, uri);
        assert.ok(byHeader.bytes.length > 10_000, uri);
        const byToken = await fetch(await client.signed(uri));
        assert.deepEqual(Buffer.from(await byToken.arrayBuffer()), byHeader.bytes, uri);
        const named = await fetch(await client.signed(`${uri}?contentDisposition=Attachment`), { method: "HEAD" });
        assert.deepEqual([named.status, named.headers.get("content-disposition")], [200, "attachment"], uri);
        const part = await client.media(uri, { Range: "bytes=10-99" });
        assert.equal(part.status, 206, uri);
        assert.equal(part.headers.get("content-range"), `bytes 10-99/${byHeader.bytes.length}`);
        assert.deepEqual(part.bytes, byHeader.bytes.subarray(10, 100), uri);
      }
    });

    test("all six jobs are seen running, end, and are delivered as their status says", async () => {
      const client = await signedIn();
      const inbox = await startInbox();
      try {
        const sounds = await soundsOf(client);
        await enroll(client, "maria");
        const result = async (task, input) => {
          const job = await round(client, inbox, task, input);
          assert.equal(job.status, "Success", task);
          return job.response;
        };
        const words = await result("speech-to-text", { ...sounds.call, enableSpeakerDiarization: true });
        assert.match(words.transcript, /^Thank you for calling/);
        assert.equal(words.speakerCount, 2);
        assert.equal((await result("speaker-diarize", sounds.meeting)).speakerCount, 3);
        const { utterances } = await result("speaker-identify", { ...sounds.voicemail, speakerIds: ["maria"] });
        assert.deepEqual([...new Set(utterances.map(({ speakerId }) => speakerId))], ["maria"]);
        const insights = await result("analyze-interaction", { ...sounds.call, insights: ["All"] });
        assert.ok(insights.utteranceInsights.length > 0 && insights.speakerInsights.speakerCount === 2);
        assert.equal((await result("punctuate", { texts: ["are you there", "yes"] })).texts.length, 2);
        const said = [{ text: "We meet on Monday at noon.", speakerId: "0", start: 0, end: 2 }];
        assert.equal((await result("summarize", { summaryType: "Extractive", utterances: said })).summaries[0].name, "Extractive");

        const failed = await round(client, inbox, "speech-to-text", { ...sounds.call, contentUri: "http://127.0.0.1:1/a.wav" });
        const [{ errorCode, parameterName }] = failed.response.errors;
        assert.deepEqual([failed.status, errorCode, parameterName], ["Fail", "CAI-101", "contentUri"]);
      } finally {
        await inbox.close();
      }
    });

    test("a webhook is decoded once, and what was not encoded is lost", async () => {
      const client = await signedIn();
      const inbox = await startInbox();
      try {
        const at = inbox.webhook.split("?")[0];
        await client.ask("POST", `${TASKS.punctuate}?webhook=${at}?a=1%26b=2`, { body: { texts: ["one"] } });
        assert.equal((await inbox.next()).path, "/callback?a=1&b=2");
        await client.ask("POST", `${TASKS.punctuate}?webhook=${at}?a=1&b=2`, { body: { texts: ["two"] } });
        assert.equal((await inbox.next()).path, "/callback?a=1");
      } finally {
        await inbox.close();
      }
    });

    test("a voice is enrolled, listed, read, extended and deleted", async () => {
      const client = await signedIn();
      const sample = await enroll(client, "ana");
      const partial = { partial: true, perPage: 10, page: 1 };
      const listed = await client.ask("GET", ENROLLMENTS, { query: partial });
      assert.ok(listed.json.records.some(({ speakerId }) => speakerId === "ana"));
      const { json: before } = await client.ask("GET", `${ENROLLMENTS}/ana`);
      assert.deepEqual([before.speakerId, before.enrollmentComplete], ["ana", true]);
      const extended = await client.ask("PATCH", `${ENROLLMENTS}/ana`, { body: sample });
      assert.equal(extended.status, 201);
      assert.ok(extended.json.totalSpeechDuration > before.totalSpeechDuration);
      await assert.rejects(enroll(client, "ana"), refused(409, "CAI-101"));
      assert.equal((await client.ask("DELETE", `${ENROLLMENTS}/ana`)).status, 204);
      await assert.rejects(client.ask("GET", `${ENROLLMENTS}/ana`), refused(404, "CAI-101"));
      await assert.rejects(client.ask("DELETE", `${ENROLLMENTS}/ana`), refused(410, "CAI-101"));
    });

    test("a permission that the app or the user lacks is named", async () => {
      for (const [app, permission, method, path] of [
        ["sandbox-noai", "AI", "POST", TASKS["speech-to-text"]],
        ["sandbox-nocalllog", "ReadCallLog", "GET", CALL_LOG],
        ["sandbox-norecording", "ReadCallRecording", "GET", "/restapi/v1.0/account/~/recording/1"],
        ["sandbox-novideo", "Video", "GET", MEETINGS],
        ["sandbox-nomessages", "ReadMessages", "GET", VOICEMAIL],
        ["sandbox-nocompany", "FullCompanyCallLog", "GET", "/restapi/v1.0/account/~/call-log"],
      ]) {
        const client = await signedIn({ clientId: app });
        const body = method === "POST" ? { contentUri: "http://127.0.0.1:1/a", encoding: "Wav", languageCode: "en-US" } : undefined;
        const code = permission === "FullCompanyCallLog" ? "CMN-408" : "CMN-401";
        await assert.rejects(client.ask(method, path, { body }), (error) => {
          refused(403, code, new RegExp(`needs to have \\[${permission}\\] permission`))(error);
          assert.equal(error.json.permissionName, permission);
          return true;
        });
      }
    });

    test("what is wrong or unknown is refused with its name", async () => {
      const client = await signedIn();
      const body = { contentUri: "nowhere", encoding: "Wav", languageCode: "en-US" };
      await assert.rejects(client.ask("POST", TASKS["speech-to-text"], { body }), (error) => {
        refused(400, "CAI-101")(error);
        assert.equal(error.json.errors[0].parameterName, "contentUri");
        return true;
      });
      const unknown = "/ai/status/v1/jobs/80800e1a-a663-11ee-b548-0050568ccd07";
      await assert.rejects(client.ask("GET", unknown), refused(404, "CAI-101"));
      await assert.rejects(client.ask("GET", "/restapi/v1.0/account/~/recording/1"), refused(404, "CMN-102", /is not found/));
      await assert.rejects(client.ask("GET", `${CALL_LOG}?page=0`), refused(400, "CMN-101", /\[page\]/));
    });

    test("a code is traded for a session, once and with its verifier only", async () => {
      for (const app of [{}, { clientId: "sandbox-public", clientSecret: "" }]) {
        const redirectUri = "http://127.0.0.1:1/back?x=1";
        const client = await open({ ...app, redirectUri });
        const authorize = async (prompt) => {
          const { url, codeVerifier } = (await client.loginUrl?.({ state: "s&1", prompt })) ?? byHand({ server, redirectUri, prompt, ...app });
          const page = await fetch(url, { redirect: "manual" });
          if (prompt === "none") assert.equal(page.status, 302);
          else assert.match(await page.text(), /<form method=post>/);
          const back = prompt === "none" ? page : await fetch(url, { method: "POST", redirect: "manual" });
          const { origin, pathname, searchParams } = new URL(back.headers.get("location"));
          assert.equal(`${origin}${pathname}?x=${searchParams.get("x")}`, redirectUri);
          assert.deepEqual([searchParams.get("state"), searchParams.get("expires_in")], ["s&1", "60"]);
          return { code: searchParams.get("code"), codeVerifier };
        };
        const wrong = { ...(await authorize()), codeVerifier: "wrong" };
        await assert.rejects(client.login(wrong), refused(400, "OAU-211", /verifier/));
        const right = await authorize("none");
        await client.login(right);
        assert.equal((await client.ask("GET", CALL_LOG)).status, 200);
        await client.refresh();
        await client.logout();
        await assert.rejects(client.login(right), refused(400, "OAU-211"));
      }
    });

    test("a whole round fits RingCentral's real limits, and what goes over them is refused in every group by itself", async () => {
      const strict = await startSandbox({ args: ["--limits", "real", "--speed", "20"] });
      const inbox = await startInbox();
      try {
        const client = await signedIn({ server: strict.url });
        const { json } = await client.ask("GET", CALL_LOG, { query: { recordingType: "All", perPage: 1 } });
        const contentUri = await client.signed(json.records[0].recording.contentUri);
        const input = { contentUri, encoding: "Mpeg", languageCode: "en-US" };
        const { json: job } = await client.ask("POST", TASKS["speaker-diarize"], { query: { webhook: inbox.webhook }, body: input });
        await inbox.next();
        const done = await client.ask("GET", `/ai/status/v1/jobs/${job.jobId}`);
        assert.equal(done.json.status, "Success");
        // The call log, the submit, RingCentral's own fetch and the status: six of ten are left.
        assert.equal(done.headers.get("x-rate-limit-remaining"), "6");
        for (let call = 0; call < 6; call++) await client.ask("GET", CALL_LOG);
        for (let call = 0; call < 2; call++) await assert.rejects(client.ask("GET", CALL_LOG), overTheLimit("heavy", 10));
        assert.equal((await client.ask("GET", MEETINGS)).headers.get("x-rate-limit-remaining"), "49");
        for (let login = 0; login < 4; login++) await client.login({ jwt: JWT });
        await assert.rejects(client.login({ jwt: JWT }), overTheLimit("auth", 5));
      } finally {
        await inbox.close();
        await strict.close();
      }
    });
  });
}

/** Whether a client was refused so. */
export function refused(status, errorCode, message = /./) {
  return (error) => {
    assert.ok(error instanceof Refused, error.stack);
    assert.deepEqual([error.status, error.json.errors[0].errorCode], [status, errorCode], error.message);
    assert.match(error.message, message);
    return true;
  };
}

function overTheLimit(group, limit) {
  return (error) => {
    refused(429, "CMN-301", /Request rate exceeded/)(error);
    const names = ["retry-after", "x-rate-limit-group", "x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-window"];
    assert.deepEqual(names.map((name) => String(error.headers.get(name))), ["60", group, String(limit), "0", "60"]);
    return true;
  };
}

/** Every recorded call, a page for each, newest first. */
async function recordedCalls(client) {
  let { json: page } = await client.ask("GET", CALL_LOG, { query: { recordingType: "All", perPage: 1, dateFrom: "2024-01-01" } });
  const records = [...page.records];
  while (page.navigation.nextPage) {
    ({ json: page } = await client.ask("GET", page.navigation.nextPage.uri));
    records.push(...page.records);
  }
  assert.equal(page.paging.totalElements, records.length);
  return records;
}

async function meetingFiles(client) {
  const { json } = await client.ask("GET", MEETINGS, { query: { materials: "Recordings" } });
  return json.meetings.flatMap(({ recordings }) => recordings);
}

async function voicemailAttachment(client) {
  const { json } = await client.ask("GET", VOICEMAIL);
  return json.records[0].attachments[0];
}

/** What jobs on sound are given, for one recording of each source. */
export async function soundsOf(client) {
  const [call] = await recordedCalls(client);
  const meeting = (await meetingFiles(client)).find(({ availabilityStatus }) => availabilityStatus === "Alive");
  const voicemail = await voicemailAttachment(client);
  const sound = async (uri, encoding) => ({ contentUri: await client.signed(uri), encoding, languageCode: "en-US" });
  return {
    call: await sound(call.recording.contentUri, "Mpeg"),
    meeting: await sound(meeting.url, "Mp4"),
    voicemail: await sound(voicemail.uri, "Wav"),
  };
}

/** A job from its submit to its delivery, checked on the way: its envelope. `at` is where the AI API is, if not at the client's own server. */
export async function round(client, inbox, task, input, { at = "", ids = UUID_V1 } = {}) {
  const submitted = await client.ask("POST", at + TASKS[task], { query: { webhook: inbox.webhook }, body: input });
  assert.equal(submitted.status, 202, task);
  const { jobId } = submitted.json;
  assert.match(jobId, ids);
  const status = `${at}/ai/status/v1/jobs/${jobId}`;
  const { json: running } = await client.ask("GET", status);
  assert.deepEqual([running.status, running.api], ["InProgress", TASKS[task]]);
  const delivery = await inbox.next();
  assert.equal(delivery.path, new URL(inbox.webhook).pathname + new URL(inbox.webhook).search);
  assert.equal(delivery.headers.rcrequestid, submitted.headers.get("rcrequestid"));
  const { json: job } = await client.ask("GET", status);
  assert.deepEqual(JSON.parse(delivery.body), job);
  return job;
}

/** Enrolls the voice of the voicemail; gives what can be sent again. */
export async function enroll(client, speakerId) {
  const { bytes } = await client.media((await voicemailAttachment(client)).uri);
  const sample = { encoding: "Wav", languageCode: "en-US", content: bytes.toString("base64") };
  const { status } = await client.ask("POST", ENROLLMENTS, { body: { ...sample, speakerId } });
  assert.equal(status, 201);
  return sample;
}

/** The address of the sign-in page, for clients that do not make it. */
function byHand({ server, redirectUri, prompt = "", clientId = CREDENTIALS.RC_CLIENT_ID }) {
  const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const challenge = createHash("sha256").update(codeVerifier).digest("base64url");
  const query = { response_type: "code", client_id: clientId, redirect_uri: redirectUri, state: "s&1", prompt, brand_id: "" };
  const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
  return { url: `${server}/restapi/oauth/authorize?${new URLSearchParams({ ...query, ...pkce })}`, codeVerifier };
}
