// Every job on media, of every source, by every way to its media, however RingCentral fetches it: all that is spoken arrives. By the
// relay no token and no other secret is seen by anybody, and none of its jobs breaks when a session is refreshed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, parse } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { api } from "./support/api.mjs";
import { enroll } from "./support/enroll.mjs";
import { startServer } from "./support/http.mjs";
import { refresh, signIn } from "./support/oauth.mjs";
import { installPackage } from "./support/package.mjs";
import { startProxy, wholeText } from "./support/proxy.mjs";
import { stored } from "./support/remains.mjs";
import { CREDENTIALS, freePort, startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";
import { MEDIA, writtenDown } from "./support/spoken.mjs";

/** Each way in which the sandbox fetches, and what it asks for one of these files. */
const WAYS = {
  plain: ["GET 200"],
  "head-first": ["HEAD 200", "GET 200"],
  ranges: ["GET 206", "GET 206"],
  twice: ["GET 200", "GET 200"],
  slow: ["GET 200"],
};

const textIn = (words) => words.map(({ text }) => text).join(" ");
/** What is spoken in a source: who, when and what. */
function spoken({ file }) {
  const turn = ({ speakerId, words }) => ({ speakerId, start: words[0].start, end: words.at(-1).end, text: textIn(words) });
  return writtenDown(parse(file).name).utterances.map(turn);
}
const whoAndWhat = ({ speakerId, text }) => ({ speakerId, text });
const whoAndWhen = ({ speakerId, start, end }) => ({ speakerId, start, end });
/** The voicemail's voice, which the first to speak has in every recording. */
const CALLER = "caller";

/** Each job on media: its fields, and what its result must say of what is spoken. */
const JOBS = {
  "speech-to-text": [{ enableSpeakerDiarization: true }, ({ transcript, utterances }, turns) => {
    assert.equal(transcript, textIn(turns));
    assert.deepEqual(utterances.map(whoAndWhat), turns.map(whoAndWhat));
  }],
  "speaker-diarize": [{}, ({ utterances }, turns) => assert.deepEqual(utterances.map(whoAndWhen), turns.map(whoAndWhen))],
  "speaker-identify": [{ speakerIds: [CALLER] }, ({ utterances }, turns) => {
    const named = turns.map((turn) => ({ ...whoAndWhen(turn), speakerId: turn.speakerId === "0" ? CALLER : "UserNotIdentified" }));
    assert.deepEqual(utterances.map(whoAndWhen), named);
  }],
  "analyze-interaction": [{ insights: ["All"] }, ({ utteranceInsights, speakerInsights }, turns) => {
    assert.deepEqual(utteranceInsights.map(whoAndWhat), turns.map(whoAndWhat));
    assert.equal(speakerInsights.speakerCount, new Set(turns.map(({ speakerId }) => speakerId)).size);
  }],
};
const HAS_TRANSCRIPT = ["speech-to-text", "analyze-interaction"];

/** Where media is, as `client` lists it: how a job names it, where it lies, and which file it is. */
async function sources(client, elsewhere) {
  const first = async (filters, is) => {
    for await (const recording of client.recordings({ dateFrom: "2020-01-01", ...filters })) if (is(recording)) return recording;
  };
  const call = await first({ source: "calls" }, ({ from }) => from?.name === "HARBOR STREET");
  const meeting = await first({ source: "meetings" }, ({ durationS }) => durationS === 50);
  const voicemail = await first({ source: "voicemail" }, () => true);
  const { contentUri } = await first({ source: "meetings", scope: "company" }, ({ durationS }) => durationS === 26);
  const byId = ({ id, contentUri }, encoding, file) => ({ media: { recordingId: id }, contentUri, encoding, file });
  const byAddress = (contentUri, encoding, file) => ({ media: { contentUri }, contentUri, encoding, file });
  return {
    calls: byId(call, "Mpeg", "support-call.mp3"),
    meetings: byId(meeting, "Mp4", "planning-1.mp4"),
    voicemail: byId(voicemail, "Wav", "voicemail.wav"),
    "an address of RingCentral's": byAddress(contentUri, "Mp4", "planning-2.mp4"),
    "an address elsewhere": { ...byAddress(`${elsewhere.url}/a.wav?sig=1`, "Wav", "voicemail.wav"), isElsewhere: true },
  };
}

/** Who submits, and how RingCentral comes to what a token opens. The page's token is another SDK's, by code and PKCE. */
const ACCESS = {
  relay: ({ jobs }, task, { media }, input) => jobs.submit({ task, media, input, contentAccess: "relay" }),
  "access-token": ({ jobs }, task, { media }, input) => jobs.submit({ task, media, input, contentAccess: "access-token" }),
  "the page's token": async ({ jobs, rc }, task, { contentUri, encoding, isElsewhere }, input) => {
    const { job, callbackUrl } = await jobs.reserve({ task });
    const method = task.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    await rc[method]({ ...input, encoding, contentUri: isElsewhere ? contentUri : await rc.contentUri(contentUri), webhook: callbackUrl });
    return job;
  },
};

let installed;
before(async () => (installed = await installPackage()));
after(() => installed?.close());

/**
 * The sandbox and the Worker, a proxy before each, a host elsewhere, and a page with the package. `args` are the sandbox's, `before` the
 * proxies', which see what no journal holds: queries, headers and bodies. No rate limit is met here: how the jobs fare at
 * RingCentral's own is another matter.
 */
async function beside({ args = [], before }, act) {
  const running = [];
  const up = async (starting) => running[running.push(await starting) - 1];
  try {
    const sandbox = await up(startSandbox({ args: ["--limits", "100", ...args] }));
    const ringcentral = await up(startProxy(sandbox.url, before));
    const port = await freePort();
    const front = await up(startProxy(`http://127.0.0.1:${port}`, before));
    const elsewhere = await up(startServer(({ headers }) => served(bytesOf("voicemail.wav"), headers)));
    const vars = { PUBLIC_URL: front.url };
    const worker = await up(startWorker({ sandboxUrl: ringcentral.url, port, vars, persistTo: temporaryFolder() }));
    const session = await signIn(ringcentral.url);
    const jobs = new installed.api.JobsClient(worker.url, { token: CREDENTIALS.API_TOKENS });
    const rc = installed.api.RingCentral.fromToken({ accessToken: session.access_token, server: ringcentral.url });
    await act({ sandbox, ringcentral, front, elsewhere, worker, session, jobs, rc });
  } finally {
    for (const one of running.reverse()) await one.close();
  }
}

const bytesOf = (file) => readFileSync(join(MEDIA, file));

/** A file as a server of files answers: whole, or in the range that is asked for. */
function served(bytes, { range }) {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "")?.map(Number) ?? [];
  if (from === undefined) return { headers: { "content-type": "audio/wav" }, body: bytes };
  const last = Math.min(to, bytes.length - 1);
  const headers = { "content-type": "audio/wav", "content-range": `bytes ${from}-${last}/${bytes.length}` };
  return { status: 206, headers, body: bytes.subarray(from, last + 1) };
}

const isFetch = ({ headers }) => headers["user-agent"] === "ringcentral-sandbox-ai";
/** RingCentral's fetches among what was asked, and how they were answered. */
const fetched = (exchanges) => exchanges.filter(isFetch).map(({ method, answer }) => `${method} ${answer.status}`);

/** A job's result, or why there is none. */
const endOf = (job) => job.wait({ signal: AbortSignal.timeout(60_000) }).catch((error) => error);

/** What RingCentral was told to submit a job. */
const submitOf = ({ ringcentral }, { id }) =>
  ringcentral.seen.find(({ path }) => path.startsWith("/ai/") && path.includes(id)).body.toString();

/** What RingCentral has answered to logins and refreshes so far. */
const logins = ({ ringcentral }) =>
  ringcentral.seen.filter(({ path }) => path === "/restapi/oauth/token").map(({ answer }) => JSON.parse(answer.body));

/** Every token that RingCentral has given, and what else nobody is to see. */
function secretsOf(stage) {
  const { RC_CLIENT_ID, RC_CLIENT_SECRET, RC_JWT, API_TOKENS } = CREDENTIALS;
  const tokens = logins(stage).flatMap(({ access_token, refresh_token }) => [access_token, refresh_token]);
  assert.ok(tokens.length >= 4 && tokens.every((token) => token.length > 20), "the Worker's and the page's");
  return [...tokens, RC_CLIENT_SECRET, RC_JWT, API_TOKENS, btoa(`${RC_CLIENT_ID}:${RC_CLIENT_SECRET}`)];
}

/** The first of the secrets that is in a text, with what stands before it; undefined where there is none. */
function leak(text, secrets) {
  const at = Math.min(...secrets.map((secret) => text.indexOf(secret)).filter((at) => at >= 0));
  if (at < Infinity) return text.slice(Math.max(at - 200, 0), at + 60).replace(/[^ -~]+/g, " ");
}

/**
 * No secret is in what RingCentral is told of jobs by the relay, asks for them and is answered; and of all jobs, whatever their access,
 * in no address that the Worker or the page asks for, and in nothing that the Worker logs, shows or keeps.
 */
async function assertNobodySees(stage, rows, errors = []) {
  const { ringcentral, front, elsewhere, worker } = stage;
  const secrets = secretsOf(stage);
  const ids = rows.map(({ job }) => job.id);
  const pages = ["/v1/jobs?limit=100", "/v1/stats", ...ids.flatMap((id) => [`/v1/jobs/${id}`, `/v1/jobs/${id}/result`])];
  const shown = await Promise.all(pages.map(async (path) => (await api(worker.url).get(path)).text));
  const kept = stored(worker.persistTo);
  const log = worker.log();
  for (const id of ids) for (const text of [shown.join(), kept, log]) assert.ok(text.includes(id), "this is where its jobs are");
  const places = {
    "submitted by the relay": rows.filter(({ access }) => access === "relay").map(({ job }) => submitOf(stage, job)),
    "asked of the Worker, and answered": front.seen.map(wholeText),
    "asked elsewhere": elsewhere.requests.map((request) => JSON.stringify(request)),
    "an address": ringcentral.seen.filter((exchange) => !isFetch(exchange)).map(({ path }) => path),
    "the log": [log],
    shown,
    "an error": errors.map((error) => inspect(error, { depth: 20, showHidden: true })),
    kept: [kept],
  };
  for (const [place, texts] of Object.entries(places)) for (const text of texts) assert.equal(leak(text, secrets), undefined, place);
}

for (const [way, requests] of Object.entries(WAYS)) {
  test(`fetched ${way}, every job of every source by every access has all that is spoken, and by the relay nobody sees a secret`, async () => {
    await beside({ args: ["--fetch", way] }, async (stage) => {
      const { sandbox, ringcentral, front, elsewhere, jobs, rc } = stage;
      await enroll(sandbox.url, CALLER, bytesOf("voicemail.wav"));
      const [all, seenByPage] = await Promise.all([jobs, rc].map((client) => sources(client, elsewhere)));
      assert.deepEqual(seenByPage, all);
      const rows = Object.keys(ACCESS).flatMap((access) =>
        Object.entries(all).flatMap(([where, source]) => Object.keys(JOBS).map((task) => ({ access, where, source, task }))));
      await Promise.all(rows.map(async (row) => {
        const { access, where, source, task } = row;
        const [input, check] = JOBS[task];
        row.job = await ACCESS[access](stage, task, source, input);
        const ended = await endOf(row.job);
        assert.ok(ended.raw, `${task} of ${where} by ${access}: ${inspect(ended)}`);
        const turns = spoken(source);
        check(ended.raw.response, turns);
        const lines = turns.map(({ speakerId, text }) => `Speaker ${speakerId}: ${text}\n`);
        if (HAS_TRANSCRIPT.includes(task)) assert.equal(ended.transcript.text(), lines.join(""));
      }));

      for (const { job, source } of rows.filter(({ access }) => access === "relay")) {
        const own = front.seen.filter(({ path }) => path.startsWith(`/media/${job.id}/`));
        assert.deepEqual(fetched(own), source.isElsewhere ? [] : requests);
        const times = requests.filter((request) => request.startsWith("GET")).length;
        if (!source.isElsewhere) assert.deepEqual([job.fetched.times, job.fetched.of], [times, bytesOf(source.file).length]);
      }
      const withToken = rows.filter(({ access, source }) => access !== "relay" && !source.isElsewhere);
      assert.equal(fetched(ringcentral.seen).length, withToken.length * requests.length, "the relay's are not fetched there");
      const outside = rows.filter(({ source }) => source.isElsewhere);
      assert.equal(elsewhere.requests.filter(isFetch).length, outside.length * requests.length);

      await assertNobodySees(stage, rows);
      const secrets = secretsOf(stage);
      for (const { job } of withToken) assert.ok(leak(submitOf(stage, job), secrets), "where the token is in the address it is seen");
    });
  });
}

/** How many jobs wait at RingCentral, by each access. */
const WAITING = { relay: 100, "access-token": 20, "the page's token": 20 };

test("a hundred jobs wait to be fetched while the sessions are refreshed: by the relay none breaks, with a token in the address each does", async () => {
  const go = Promise.withResolvers();
  await beside({ before: (exchange) => (isFetch(exchange) ? go.promise : undefined) }, async (stage) => {
    const { sandbox, ringcentral, front, session, jobs, rc } = stage;
    const [{ "an address of RingCentral's": media }] = await Promise.all([jobs, rc].map((client) => sources(client, stage.elsewhere)));
    const begun = async (access, source) => {
      const job = await ACCESS[access](stage, "speech-to-text", source, { encoding: source.encoding });
      return { access, source, job };
    };
    const queue = Object.entries(WAITING).flatMap(([access, count]) => Array(count).fill(access));
    const rows = await Promise.all(queue.map((access) => begun(access, media)));
    const waiting = () => [...front.seen, ...ringcentral.seen].filter(isFetch).length;
    for (let tries = 0; waiting() < rows.length && tries < 400; tries++) await sleep(50);
    assert.equal(waiting(), rows.length, "each has come for its media");

    const old = logins(stage);
    assert.equal(old.length, 2, "the Worker's session and the page's");
    for (const { access_token, refresh_token } of old) {
      await refresh(ringcentral.url, refresh_token, { isPage: access_token === session.access_token });
      const headers = { authorization: `Bearer ${access_token}` };
      const { status } = await fetch(media.contentUri.replace(ringcentral.url, sandbox.url), { headers });
      assert.equal(status, 401, "a refresh ends the token before it");
    }
    const gone = { media: { contentUri: `${media.contentUri}none` }, encoding: "Mp4" };
    rows.push(...(await Promise.all(["relay", "access-token"].map((access) => begun(access, gone)))));
    go.resolve();

    const errors = [];
    await Promise.all(rows.map(async ({ access, source, job }) => {
      const ended = await endOf(job);
      if (access === "relay" && source === media) return assert.equal(ended.raw?.response.transcript, textIn(spoken(media)), inspect(ended));
      assert.deepEqual([ended.code, ended.ringcentral?.[0].parameterName], ["ringcentral_job_failed", "contentUri"], inspect(ended));
      errors.push(ended);
    }));
    assert.deepEqual(fetched(front.seen).sort(), [...Array(100).fill("GET 200"), "GET 502"]);
    assert.deepEqual(fetched(ringcentral.seen).sort(), [...Array(40).fill("GET 401"), "GET 404"]);
    assert.equal(logins(stage).length, old.length * 2 + 1, "the Worker has logged in once more");
    await assertNobodySees(stage, rows, errors);
  });
});
