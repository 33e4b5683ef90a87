// The six jobs through the Worker, each from every source that fits it: what RingCentral is sent, and what comes of its answer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "./support/api.mjs";
import { wav } from "./support/audio.mjs";
import { reply, startServer } from "./support/http.mjs";
import { ROOT, startSandbox, startWorker } from "./support/services.mjs";

const payload = (name) => JSON.parse(readFileSync(join(ROOT, `tests/payloads/${name}.json`)));
const CONTENT = "/restapi/v1.0/account/1/recording/7/content";
const TURNS = [{ speakerId: "ext_7", start: 0.3, end: 5.1, confidence: 36.99 }];
const UTTERANCES = [{ text: "Hi, this is Rachel.", speakerId: "0", start: 3.72, end: 14.280000000000001 }, { text: "Bye." }];
const SPEAKERS = { separateSpeakerPerChannel: true, speakerCount: -1, speakerIds: ["ext_7"], enableVoiceActivityDetection: true };

/** Each task with an input, what RingCentral makes of it, and whether that has words. */
const TASKS = [
  { task: "speech-to-text", path: "/ai/audio/v1/async/speech-to-text", input: { ...SPEAKERS, enableSpeakerDiarization: true }, result: "stt-success-diarized-2024-01-09", hasWords: true },
  { task: "speaker-diarize", path: "/ai/audio/v1/async/speaker-diarize", input: SPEAKERS, result: "diarize-success" },
  { task: "speaker-identify", path: "/ai/audio/v1/async/speaker-identify", input: { speakerIds: ["ext_7"] }, response: { utterances: TURNS } },
  { task: "analyze-interaction", path: "/ai/insights/v1/async/analyze-interaction", input: { insights: ["All"] }, result: "analyze-interaction-success-with-emotion-2022", hasWords: true },
  { task: "punctuate", path: "/ai/text/v1/async/punctuate", input: { texts: ["so its more fluid", ""] }, result: "punctuate-success" },
  { task: "summarize", path: "/ai/text/v1/async/summarize", input: { summaryType: "All", utterances: UTTERANCES }, result: "summarize-success" },
];
const ON_TEXT = ["punctuate", "summarize"];
const ON_MEDIA = TASKS.filter(({ task }) => !ON_TEXT.includes(task));

/** What RingCentral's tokens allow, by the app that logs in; the others are not known to it. */
const SCOPES = { "sandbox-client": "AI ReadCallLog ReadCallRecording", noai: "ReadCallLog ReadCallRecording" };
/** So many requests a minute that none has to wait. */
const LIMITS = { "x-rate-limit-limit": "1000", "x-rate-limit-remaining": "999", "x-rate-limit-window": "60" };

function ringcentral({ path, headers, body }, response) {
  if (path === "/restapi/oauth/token") {
    const [client] = atob(headers.authorization.split(" ")[1]).split(":");
    const scope = SCOPES[client];
    return scope ? reply(response, 200, { access_token: "S3CRET-token", expires_in: 3600, scope }) : reply(response, 400, { error: "invalid_client" });
  }
  if (path === `${CONTENT}?access_token=S3CRET-token`) return response.end();
  if (headers.authorization !== "Bearer S3CRET-token") return reply(response, 401, { errorCode: "TokenInvalid" });
  if (path === "/restapi/v1.0/account/~/recording/7") return reply(response, 200, { id: "7", contentUri: upstream.url + CONTENT, contentType: "audio/mpeg" }, LIMITS);
  if (path === CONTENT) return response.end();
  if (!path.startsWith("/ai/")) return reply(response, 404, { errorCode: "CMN-102", message: "Resource for parameter [recordingId] is not found" }, LIMITS);
  if (body.includes("refuse me")) return reply(response, 400, payload("fail-punctuate-texts-invalid").response, LIMITS);
  return reply(response, 202, { jobId: `rc-${upstream.requests.length}` }, LIMITS);
}

let upstream, elsewhere, worker, call;
before(async () => {
  upstream = await startServer(ringcentral);
  elsewhere = await startServer((_, response) => response.writeHead(200, { "content-type": "audio/wav" }).end(wav({ seconds: 1 })));
  worker = await startWorker({ sandboxUrl: upstream.url });
  call = api(worker.url);
});
after(async () => {
  await worker?.close();
  await upstream?.close();
  await elsewhere?.close();
});

const submissions = () => upstream.requests.filter(({ path }) => path.startsWith("/ai/"));

/** What RingCentral was sent for a job: `{path, webhook, body}`. */
async function sent({ id }) {
  for (let tries = 0; tries < 200; tries++) {
    const [request, ...more] = submissions().filter(({ path }) => path.includes(id));
    assert.equal(more.length, 0, "it was sent twice");
    if (request) {
      const url = new URL(request.path, upstream.url);
      return { path: url.pathname, webhook: url.searchParams.get("webhook"), body: JSON.parse(request.body) };
    }
    await sleep(50);
  }
  assert.fail(`job ${id} was not sent`);
}

/** Has RingCentral end a job, and checks what the Worker says of it then. */
async function succeeds({ task, path, result, response, hasWords }, job, webhook) {
  const body = JSON.stringify({ ...(result ? payload(result) : { status: "Success", response }), jobId: undefined, api: path });
  const taken = await fetch(webhook, { method: "POST", headers: { "content-type": "application/json" }, body });
  assert.equal(taken.status, 200, await taken.text());
  const ended = await call.finished(job.id);
  assert.deepEqual([ended.status, ended.task, ended.via], ["succeeded", task, "callback"]);
  assert.equal((await call.get(`/v1/jobs/${job.id}/result`)).text, body);
  const transcript = await call.get(`/v1/jobs/${job.id}/transcript.srt`);
  if (hasWords) return assert.equal(transcript.status, 200);
  assert.deepEqual([transcript.status, transcript.json.error.code], [404, "no_transcript"]);
}

/** Each source of media: what else the job is asked with, what is found out of it, and where it is, if not our token alone opens it. */
const SOURCES = {
  "a recording": () => [{ recordingId: "7" }, {}, { encoding: "Mpeg" }],
  "an address of RingCentral's": () => [{ contentUri: upstream.url + CONTENT }, { encoding: "Mp4" }, { encoding: "Mp4" }],
  "an address elsewhere": () => [{ contentUri: `${elsewhere.url}/a?sig=1` }, {}, { encoding: "Wav" }, `${elsewhere.url}/a?sig=1`],
};

/** Where RingCentral finds media that our token opens. */
const ACCESS = {
  relay: ({ id }, { encoding }) => new RegExp(`^${worker.url}/media/${id}/\\d+/[0-9a-f]{64}/1\\.${{ Mpeg: "mp3", Mp4: "mp4" }[encoding]}$`),
  "access-token": () => new RegExp(`^${upstream.url}${CONTENT}\\?access_token=S3CRET-token$`),
};

for (const one of ON_MEDIA) {
  for (const [source, values] of Object.entries(SOURCES)) {
    for (const [contentAccess, place] of Object.entries(ACCESS)) {
      test(`${one.task} of ${source}, by ${contentAccess}`, async () => {
        const [media, more, told, address] = values();
        const job = await call.submit({ task: one.task, media, input: { ...one.input, ...more }, contentAccess });
        const { path, webhook, body } = await sent(job);
        assert.equal(path, one.path);
        const { contentUri, ...fields } = body;
        assert.deepEqual(fields, { ...one.input, languageCode: "en-US", ...told });
        if (address) assert.equal(contentUri, address);
        else assert.match(contentUri, place(job, told));
        assert.equal((await fetch(contentUri)).status, 200);
        await succeeds(one, job, webhook);
      });
    }
  }
}

for (const one of TASKS.filter(({ task }) => ON_TEXT.includes(task))) {
  test(`${one.task} needs no media`, async () => {
    for (const media of [undefined, null]) {
      const job = await call.submit({ task: one.task, media, input: one.input });
      assert.ok(!("media" in job));
      const { path, webhook, body } = await sent(job);
      assert.deepEqual([path, body], [one.path, one.input]);
      await succeeds(one, job, webhook);
    }
  });
}

for (const one of TASKS) {
  test(`${one.task} can be submitted by someone else`, async () => {
    const { status, json } = await call.post("/v1/callbacks", { task: one.task });
    assert.deepEqual([status, json.status, json.task], [201, "reserved", one.task]);
    await succeeds(one, json, json.callbackUrl);
  });
}

test("an old spelling is sent as the present one", async () => {
  const job = await call.submit({ task: "speaker-identify", media: { recordingId: "7" }, input: { enrollmentIds: ["ext_7"] } });
  const { body } = await sent(job);
  assert.deepEqual([body.speakerIds, body.enrollmentIds], [["ext_7"], undefined]);
});

test("what RingCentral would not take is refused by its name before anything is sent", async () => {
  const media = { recordingId: "7" };
  const wrong = [
    ["punctuate", { input: { texts: ["a"] }, media }, "media"],
    ["summarize", { input: { utterances: UTTERANCES }, media: {} }, "media"],
    ["punctuate", {}, "input.texts"],
    ["punctuate", { input: { texts: "a" } }, "input.texts"],
    ["punctuate", { input: { texts: [] } }, "input.texts"],
    ["punctuate", { input: { texts: ["a"], encoding: "Wav" } }, "input.encoding"],
    ["summarize", { input: { summaryType: "All" } }, "input.utterances"],
    ["summarize", { input: { summaryType: "Short", utterances: UTTERANCES } }, "input.summaryType"],
    ["summarize", { input: { utterances: [{ text: "a", end: "5" }] } }, "input.utterances"],
    ["summarize", { input: { utterances: UTTERANCES, languageCode: "en-US" } }, "input.languageCode"],
    ["speaker-identify", { media }, "input.speakerIds"],
    ["speaker-identify", { media, input: { speakerIds: ["a"], speakerCount: 2 } }, "input.speakerCount"],
    ["speaker-identify", { media, input: { enrollmentIds: "a" } }, "input.enrollmentIds"],
    ["speaker-diarize", { media, input: { enablePunctuation: true } }, "input.enablePunctuation"],
    ["speaker-diarize", { media, input: { contentUri: "https://h.example/" } }, "input.contentUri"],
    ...ON_MEDIA.map(({ task, input }) => [task, { input }, "media"]),
  ];
  const before = upstream.requests.length;
  for (const [task, rest, field] of wrong) {
    const { status, json } = await call.post("/v1/jobs", { task, ...rest });
    assert.deepEqual([status, json.error?.code, json.error?.field], [422, "invalid_field", field], `${task} ${JSON.stringify(rest)}`);
    assert.ok(json.error.message.length > field.length + 10, json.error.message);
  }
  assert.equal(upstream.requests.length, before);
});

test("a recording that is not there, not after ten minutes either, ends each job on media with RingCentral's words", async () => {
  const hurried = await startWorker({ sandboxUrl: upstream.url, rate: 300 });
  try {
    const call = api(hurried.url);
    const jobs = await Promise.all(ON_MEDIA.map(({ task, input }) => call.submit({ task, media: { recordingId: "404" }, input })));
    for (const { id, task } of jobs) {
      const { status, error } = await call.finished(id);
      assert.deepEqual([status, error.code, error.ringcentral[0].errorCode], ["failed", "ringcentral_refused", "CMN-102"], task);
    }
  } finally {
    await hurried.close();
  }
});

test("a text job that RingCentral refuses, at once or in its callback, says what was wrong", async () => {
  const refused = await call.submit({ task: "punctuate", input: { texts: ["refuse me"] } });
  const { status, error } = await call.finished(refused.id);
  assert.deepEqual([status, error.code, error.ringcentral[0].parameterName], ["failed", "ringcentral_refused", "texts"]);
  const failing = await call.submit({ task: "punctuate", input: { texts: ["a"] } });
  const { webhook } = await sent(failing);
  await fetch(webhook, { method: "POST", body: JSON.stringify(payload("fail-punctuate-texts-invalid")) });
  const failed = await call.finished(failing.id);
  assert.deepEqual([failed.status, failed.error.code, failed.error.ringcentral[0].errorCode], ["failed", "ringcentral_job_failed", "CAI-101"]);
});

for (const [client, code] of [["noai", "ringcentral_permission_missing"], ["stranger", "ringcentral_login_refused"]]) {
  test(`each job of the app ${client} ends as ${code}`, async () => {
    const other = await startWorker({ sandboxUrl: upstream.url, vars: { RC_CLIENT_ID: client } });
    try {
      const before = submissions().length;
      const call = api(other.url);
      for (const { task, input } of TASKS) {
        const media = ON_TEXT.includes(task) ? undefined : { recordingId: "7" };
        const { id } = await call.submit({ task, media, input });
        const { status, error } = await call.finished(id);
        assert.deepEqual([status, error.code], ["failed", code], task);
      }
      assert.equal(submissions().length, before);
    } finally {
      await other.close();
    }
  });
}

test("the text jobs make their whole round beside the sandbox", async () => {
  const sandbox = await startSandbox();
  const other = await startWorker({ sandboxUrl: sandbox.url });
  try {
    const call = api(other.url);
    const of = async (task, input) => {
      const { id } = await call.submit({ task, input });
      const ended = await call.finished(id);
      assert.equal(ended.status, "succeeded", `${task} ${JSON.stringify(ended.error)}`);
      return (await call.get(`/v1/jobs/${id}/result`)).json.response;
    };
    assert.equal((await of("punctuate", { texts: ["hello how are you"] })).texts.length, 1);
    assert.ok((await of("summarize", { utterances: UTTERANCES.slice(0, 1) })).summaries.length > 0);
  } finally {
    await other.close();
    await sandbox.close();
  }
});
