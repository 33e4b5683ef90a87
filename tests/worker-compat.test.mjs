// RingCentral's own paths on the Worker: a client that is written for its AI API has another base URL for `/ai`, and nothing else.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { api } from "./support/api.mjs";
import { startBrowser } from "./support/browser.mjs";
import { TASKS, enroll, refused, round, soundsOf, startInbox } from "./support/client-story.mjs";
import { pythonClients, rcEx, sdk } from "./support/clients.mjs";
import { startServer } from "./support/http.mjs";
import { logIn } from "./support/oauth.mjs";
import { ownLog, stored } from "./support/remains.mjs";
import { RC_JOB, startRingCentral, webhookOf } from "./support/ringcentral.mjs";
import { CREDENTIALS, ROOT, startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";

const ORIGIN = "https://page.example";
const TOKENS = "sandbox-token,submit:a-token-that-submits,read:a-token-that-reads,submit:a-clients-token,read:a-clients-token,reserve:a-token-of-a-page";
const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const NOBODY = "0199aaaa-0000-7000-8000-000000000000";
/** The pauses between the tries, in seconds. */
const PAUSES_S = [5, 60, 300, 1_800, 7_200];
const TEXTS = { texts: ["so it goes"] };
const SUCCESS = { jobId: RC_JOB, api: TASKS.punctuate, creationTime: "2026-01-31T09:30:00.000Z", status: "Success", response: { texts: ["So it goes."] } };

/** RingCentral's answer that names a user. */
const of = (account, extension) => ({ json: { uri: `https://platform.ringcentral.com/restapi/v1.0/account/${account}/extension/${extension}/authz-profile/check` } });

let ringcentral, worker, call, client, hooks;
/** What a receiver answers by its path: an answer, or a function of how often it was asked before. */
const answers = {};
/** What RingCentral says of a token. */
const users = { token: of(1, 10) };
const persistTo = temporaryFolder();
before(async () => {
  const ids = (_, count) => ({ status: 202, json: { jobId: RC_JOB.replace("0805", String(1000 + count)) } });
  const user = ({ headers }) => users[headers.authorization.replace(/^bearer /i, "")] ?? { status: 401, json: { errorCode: "OAU-213", message: "Token not found" } };
  ringcentral = await startRingCentral({ submit: ids, user });
  const counts = {};
  hooks = await startServer(async ({ path }) => {
    const name = new URL(path, "http://h").pathname;
    counts[name] = (counts[name] ?? 0) + 1;
    const answer = answers[name] ?? { status: 200 };
    return typeof answer === "function" ? answer(counts[name] - 1) : answer;
  });
  const vars = { API_TOKENS: TOKENS, ALLOWED_ORIGINS: ORIGIN, CONTENT_ACCESS: "access-token" };
  worker = await startWorker({ sandboxUrl: ringcentral.url, vars, persistTo, rate: 5 });
  call = api(worker.url);
  client = api(worker.url, "a-clients-token");
});
after(async () => {
  await worker?.close();
  await ringcentral?.close();
  await hooks?.close();
});

const webhook = (path) => `?webhook=${encodeURIComponent(hooks.url + path)}`;
const deliveries = (path) => hooks.requests.filter((request) => new URL(request.path, "http://h").pathname === path);
const deliver = async (submit, body) => (await api(webhookOf(submit), "").post("", JSON.stringify(body))).status;
async function until(what, limitMs = 15_000) {
  for (const deadline = Date.now() + limitMs; ; await sleep(20)) {
    const found = await what();
    if (found) return found;
    assert.ok(Date.now() < deadline, String(what));
  }
}
/** A job that a client has submitted, and the request that became of it. */
async function submitted(task, query, body, its = client) {
  const before = ringcentral.submits().length;
  const answer = await its.post(TASKS[task] + query, body);
  assert.equal(answer.status, 202, answer.text);
  const submit = await until(() => ringcentral.submits().slice(before).find(({ path }) => path.includes(answer.json.jobId)));
  return { ...answer.json, answer, submit };
}
const statusOf = async (id, its = client) => (await its.get(`/ai/status/v1/jobs/${id}`)).json;

test("each task is taken at its path, and is the job that its body asks for", async () => {
  const sound = { contentUri: "https://h.example.com/a.wav?sig=S3CRET", encoding: "Wav", languageCode: "en-US" };
  const bodies = {
    "speech-to-text": { ...sound, enablePunctuation: true, speechContexts: [{ phrases: ["a"] }] },
    "speaker-diarize": { ...sound, source: "RingCentral", speakerCount: -1 },
    "speaker-identify": { ...sound, speakerIds: ["ana"] },
    "analyze-interaction": { ...sound, insights: ["All"], enableWordTimings: true },
    punctuate: TEXTS,
    summarize: { summaryType: "All", utterances: [{ text: "a", speakerId: "0", start: 0, end: 14.280000000000001 }] },
  };
  for (const [task, body] of Object.entries(bodies)) {
    const { jobId, answer, submit } = await submitted(task, "", body);
    assert.match(jobId, UUID_V7);
    assert.deepEqual([Object.keys(answer.json), answer.headers.get("rcrequestid")], [["jobId"], jobId]);
    assert.equal(new URL(submit.path, "http://h").pathname, TASKS[task]);
    assert.deepEqual(JSON.parse(submit.body), body, task);
    const { json: job } = await call.get(`/v1/jobs/${jobId}`);
    const { contentUri, ...input } = body;
    assert.deepEqual([job.task, job.engine, job.input, job.notify], [task, "ringcentral", input, undefined]);
    if (contentUri) assert.equal(job.media.contentUri, "https://h.example.com/a.wav");
  }
  assert.doesNotMatch(ownLog(worker), /S3CRET/);
});

test("a result goes to the webhook in RingCentral's envelope, under the job's id here, and its status says the same", async () => {
  const { jobId, submit } = await submitted("punctuate", webhook("/done?extId=1&token=S3CRET"), TEXTS);
  const running = await until(async () => (await call.get(`/v1/jobs/${jobId}`)).json.status === "submitted" && (await statusOf(jobId)));
  const { createdAt, retainedUntil } = (await call.get(`/v1/jobs/${jobId}`)).json;
  assert.deepEqual(running, { jobId, api: TASKS.punctuate, creationTime: createdAt, expirationTime: retainedUntil, status: "InProgress" });
  const ringcentralJobId = (await call.get(`/v1/jobs/${jobId}`)).json.ringcentralJobId;
  const delivered = { ...SUCCESS, jobId: ringcentralJobId };
  assert.equal(await deliver(submit, delivered), 200);
  const [delivery] = await until(() => deliveries("/done").length > 0 && deliveries("/done"));
  assert.deepEqual([delivery.method, delivery.path, delivery.headers["content-type"]], ["POST", "/done?extId=1&token=S3CRET", "application/json"]);
  assert.equal(delivery.headers.rcrequestid, jobId);
  assert.doesNotMatch(delivery.body, new RegExp(ringcentralJobId));
  const { json: job } = await call.get(`/v1/jobs/${jobId}`);
  const added = { completionTime: job.completedAt, expirationTime: job.retainedUntil };
  assert.deepEqual(JSON.parse(delivery.body), { ...delivered, jobId, ...added });
  const status = await client.get(`/ai/status/v1/jobs/${jobId}`);
  assert.deepEqual([status.status, status.headers.get("content-type"), status.text], [200, "application/json", delivery.body]);
  assert.equal((await call.get(`/v1/jobs/${jobId}/result`)).text, JSON.stringify(delivered), "what was delivered is kept as it came");
  const [key] = (await call.get("/v1/notify-keys")).json.keys;
  assert.equal(new Webhook(key).verify(delivery.body, delivery.headers).jobId, jobId);
  assert.throws(() => new Webhook(key).verify(delivery.body.replace("So it", "So that"), delivery.headers), /No matching signature/);
  assert.equal(job.notify.url, `${hooks.url}/done`);
  await until(async () => (await call.get(`/v1/jobs/${jobId}`)).json.notify.status === "delivered");
  assert.doesNotMatch(ownLog(worker), /S3CRET/);
});

test("what was delivered in the form of 2022, or is long, comes whole", async () => {
  const { jobId, submit } = await submitted("punctuate", webhook("/long"), TEXTS);
  const texts = Array.from({ length: 40_000 }, (_, index) => `é "${index}" So it goes, and goes on, and does not end.`);
  assert.equal(await deliver(submit, { status: "Success", response: { texts } }), 200);
  const [delivery] = await until(() => deliveries("/long").length > 0 && deliveries("/long"));
  assert.ok(delivery.bytes.length > 2_000_000);
  const { response, ...head } = JSON.parse(delivery.body);
  assert.deepEqual(response, { texts });
  assert.deepEqual(Object.keys(head).toSorted(), ["api", "completionTime", "creationTime", "expirationTime", "jobId", "status"]);
  assert.equal((await client.get(`/ai/status/v1/jobs/${jobId}`)).text, delivery.body);
});

test("a job that fails is told as a Fail: by RingCentral's words, or by ours where it said nothing", async () => {
  const errors = [{ errorCode: "CAI-101", message: "Parameter [texts] is invalid. It should be of type List[String]", parameterName: "texts" }];
  const failed = await submitted("punctuate", webhook("/failed"), TEXTS);
  await deliver(failed.submit, { jobId: (await until(async () => (await call.get(`/v1/jobs/${failed.jobId}`)).json.ringcentralJobId)), status: "Fail", response: { errors } });
  const [delivery] = await until(() => deliveries("/failed").length > 0 && deliveries("/failed"));
  const told = JSON.parse(delivery.body);
  assert.deepEqual([told.jobId, told.api, told.status, told.response], [failed.jobId, TASKS.punctuate, "Fail", { errors }]);
  assert.deepEqual(await statusOf(failed.jobId), told);

  const refusing = await startRingCentral({ submit: { status: 400, json: { errors } }, status: { json: { status: "InProgress" } } });
  const silent = await startRingCentral();
  const [one, other] = await Promise.all([startWorker({ sandboxUrl: refusing.url }), startWorker({ sandboxUrl: silent.url, rate: 200_000 })]);
  try {
    const submit = async (its, path) => (await its.post(TASKS.punctuate + webhook(path), TEXTS)).json.jobId;
    const [refusedId, expiredId] = [await submit(api(one.url), "/refused"), await submit(api(other.url), "/expired")];
    const [refusal] = await until(() => deliveries("/refused").length > 0 && deliveries("/refused"));
    const { completionTime, ...body } = JSON.parse(refusal.body);
    assert.deepEqual([body.jobId, body.status, body.response], [refusedId, "Fail", { errors }]);
    assert.ok(completionTime);
    const { json: again } = await api(one.url).post(`/v1/jobs/${refusedId}/retry`);
    const [, second] = await until(() => deliveries("/refused").length === 2 && deliveries("/refused"));
    assert.deepEqual([JSON.parse(second.body).jobId, JSON.parse(second.body).status], [again.id, "Fail"], "once more, it is told in the same form");
    const [expiry] = await until(() => deliveries("/expired").length > 0 && deliveries("/expired"), 30_000);
    const expired = JSON.parse(expiry.body);
    assert.deepEqual([expired.jobId, expired.status, expired.response.errors[0].errorCode], [expiredId, "Fail", "expired"]);
  } finally {
    await Promise.all([one.close(), other.close()]);
    await Promise.all([refusing.close(), silent.close()]);
  }
});

test("what a receiver does not take is sent again five times after growing pauses, and nothing after a 200 or a 410", async () => {
  const rate = 2_000;
  const other = await startWorker({ sandboxUrl: ringcentral.url, rate });
  try {
    Object.assign(answers, { "/down": { status: 503 }, "/once": (count) => ({ status: count === 0 ? 500 : 200 }), "/gone": { status: 410 } });
    const its = api(other.url);
    const jobs = [];
    for (const path of ["/down", "/once", "/gone"]) {
      jobs.push(await submitted("punctuate", webhook(path), TEXTS, its));
      assert.equal(await deliver(jobs.at(-1).submit, { status: "Success", response: { texts: [path] } }), 200);
    }
    const notifyOf = async ({ jobId }) => (await its.get(`/v1/jobs/${jobId}`)).json.notify;
    await until(async () => (await notifyOf(jobs[0])).status === "failed", 60_000);
    assert.deepEqual(await notifyOf(jobs[0]), { url: `${hooks.url}/down`, status: "failed", attempts: 6, of: 6, lastStatus: 503 });
    const tries = deliveries("/down");
    assert.equal(new Set(tries.map(({ body }) => body)).size, 1, "the same each time");
    const gaps = tries.slice(1).map(({ at }, index) => at - tries[index].at);
    assert.equal(gaps.length, 5);
    gaps.forEach((gap, index) => {
      const pauseMs = (PAUSES_S[index] * 1_000) / rate;
      assert.ok(gap >= pauseMs - 60 && gap <= pauseMs * 1.2 + 1_500, `${index}: ${gap} ms, and not ${pauseMs}`);
    });
    const attempts = async (job) => (({ status, attempts }) => [status, attempts])(await notifyOf(job));
    assert.deepEqual([await attempts(jobs[1]), await attempts(jobs[2])], [["delivered", 2], ["failed", 1]]);
    await sleep(1_000);
    assert.deepEqual(["/down", "/once", "/gone"].map((path) => deliveries(path).length), [6, 2, 1]);
  } finally {
    await other.close();
  }
});

test("what is wrong is refused as RingCentral refuses it, with the parameter's name", async () => {
  const sound = { contentUri: "https://h.example.com/a.wav", encoding: "Wav", languageCode: "en-US" };
  const [words, texts] = [TASKS["speech-to-text"], TASKS.punctuate];
  const table = [
    [words, { ...sound, contentUri: undefined }, 400, "CAI-101", "contentUri"],
    [words, { ...sound, contentUri: "nowhere" }, 400, "CAI-101", "contentUri"],
    [words, { ...sound, contentUri: 7 }, 400, "CAI-101", "contentUri"],
    [words, { ...sound, encoding: "MP3" }, 400, "CAI-101", "encoding"],
    [words, { ...sound, surprise: 1 }, 400, "CAI-101", "surprise"],
    [words, { ...sound, contentUri: `${hooks.url}/nothing`, encoding: undefined }, 400, "CAI-101", "encoding"],
    [texts, { texts: "so it goes" }, 400, "CAI-101", "texts"],
    [texts, {}, 400, "CAI-101", "texts"],
    [texts, { ...TEXTS, contentUri: sound.contentUri }, 400, "CAI-101", "contentUri"],
    [`${texts}?webhook=nowhere`, TEXTS, 400, "CAI-101", "webhook"],
    [`${texts}?webhook=${encodeURIComponent("https://me:S3CRET@hooks.example.com/")}`, TEXTS, 400, "CAI-101", "webhook"],
    [`${texts}?webhook=${encodeURIComponent("http://hooks.example.com/")}`, TEXTS, 400, "CAI-101", "webhook"],
    [texts, "{", 400, "CMN-103"],
    [texts, "[]", 400, "CMN-103"],
    [texts, JSON.stringify({ texts: ["x".repeat(1 << 20)] }), 413, "too_large"],
    [texts.replace("text", "audio"), TEXTS, 404, "AGW-404"],
    ["/ai/audio/v1/async/recognize-emotion", sound, 404, "AGW-404"],
    ["/ai/audio/v1/enrollments", {}, 404, "AGW-404"],
    [`/ai/status/v1/jobs/${NOBODY}`, {}, 405, "method_not_allowed"],
  ];
  for (const [path, body, ...expected] of table) {
    const { status, json, text } = await client.post(path, body);
    const [error] = json.errors;
    assert.deepEqual([status, error.errorCode, ...[error.parameterName].filter(Boolean)], expected, `${path} ${text}`);
    assert.deepEqual([Object.keys(json), json.message, json.errors.length], [["errorCode", "message", "errors"], error.message, 1], text);
    if (error.parameterName) assert.ok(error.message.startsWith(`Parameter [${error.parameterName}] is invalid. `), text);
    assert.doesNotMatch(text, /S3CRET/);
  }
  const unknown = await client.get(`/ai/status/v1/jobs/${NOBODY}`);
  assert.deepEqual([unknown.status, unknown.json.errors[0].errorCode, unknown.json.errors[0].parameterName], [404, "CAI-101", "jobId"]);
  assert.equal((await client.get(TASKS.punctuate)).headers.get("allow"), "POST");
  const empty = await client.post(`${texts}?webhook=`, TEXTS);
  assert.equal(empty.status, 202, "an empty parameter is an absent one");
});

test("the same Idempotency-Key, body and webhook give the same job, and anything else is a conflict", async () => {
  const post = (path, body, key = "once") => client.post(path, body, { "idempotency-key": key });
  const at = TASKS.punctuate + webhook("/key");
  const { json: first } = await post(at, TEXTS);
  const { status, json: again } = await post(at, '{ "texts": ["so it goes"] }');
  assert.deepEqual([status, again], [202, first]);
  for (const [path, body] of [[TASKS.punctuate, TEXTS], [at, { texts: ["other"] }], [TASKS.punctuate + webhook("/other"), TEXTS], ["/v1/jobs", { task: "punctuate", input: TEXTS }]]) {
    assert.equal((await post(path, body)).status, 409, path);
  }
  assert.notEqual((await api(worker.url).post(at, TEXTS, { "idempotency-key": "once" })).json.jobId, first.jobId, "another token's key is another");
  assert.equal((await post(at, TEXTS, "a key")).json.errors[0].parameterName, "Idempotency-Key");
});

test("a token of the API's needs its scope, and none is told from a wrong one", async () => {
  const { jobId } = await submitted("punctuate", "", TEXTS);
  const asked = ringcentral.of("user").length;
  const read = (await call.get(`/v1/jobs/${jobId}`)).json.readToken;
  const submit = (token) => api(worker.url, token).post(TASKS.punctuate, TEXTS);
  const look = (token) => api(worker.url, token).get(`/ai/status/v1/jobs/${jobId}`);
  for (const [answer, ...expected] of [
    [await submit("a-token-that-submits"), 202],
    [await submit("sandbox-token"), 202],
    [await look("a-token-that-reads"), 200],
    [await submit("a-token-that-reads"), 403, "CMN-401"],
    [await look("a-token-that-submits"), 403, "CMN-401"],
    [await submit("a-token-of-a-page"), 403, "CMN-401"],
    [await look(read), 403, "CMN-401"],
    [await submit(""), 401, "OAU-213"],
    [await look(""), 401, "OAU-213"],
  ]) {
    assert.deepEqual([answer.status, ...[answer.json.errors?.[0].errorCode].filter(Boolean)], expected, answer.text);
  }
  assert.equal((await submit("")).headers.get("www-authenticate"), "Bearer");
  assert.equal(ringcentral.of("user").length, asked, "RingCentral is not asked about ours");
});

test("an access token of the account's stands in, is asked about once, and reads and submits", async () => {
  users["S3CRET-own"] = of(1, 10);
  const own = api(worker.url, "S3CRET-own");
  const asked = () => ringcentral.of("user").filter(({ headers }) => headers.authorization === "Bearer S3CRET-own").length;
  const all = await Promise.all(Array.from({ length: 8 }, () => own.post(TASKS.punctuate, TEXTS)));
  assert.deepEqual(all.map(({ status }) => status), Array(8).fill(202));
  assert.equal((await own.get(`/ai/status/v1/jobs/${all[0].json.jobId}`)).json.jobId, all[0].json.jobId);
  assert.equal(asked(), 1);
  assert.deepEqual((await own.get(`/v1/jobs/${all[0].json.jobId}`)).json.error.code, "unauthorized", "for RingCentral's own paths alone");
  const lower = await fetch(worker.url + TASKS.punctuate, { method: "POST", headers: { authorization: "bearer S3CRET-own" }, body: JSON.stringify(TEXTS) });
  assert.equal(lower.status, 202);
});

test("a user's next token has the same Idempotency-Keys, another user's has others", async () => {
  Object.assign(users, { "S3CRET-1": of(1, 20), "S3CRET-2": of(1, 20), "S3CRET-3": of(1, 21) });
  const jobs = [];
  for (const token of ["S3CRET-1", "S3CRET-2", "S3CRET-3"]) jobs.push((await api(worker.url, token).post(TASKS.punctuate, TEXTS, { "idempotency-key": "same" })).json.jobId);
  assert.equal(jobs[0], jobs[1]);
  assert.notEqual(jobs[0], jobs[2]);
});

test("the Worker's own token opens media for its own user alone: others name theirs", async () => {
  Object.assign(users, { "S3CRET-own": of(1, 10), "S3CRET-other": of(1, 30) });
  const bare = `${ringcentral.url}/restapi/v1.0/account/~/recording/7/content`;
  const body = (contentUri) => ({ contentUri, encoding: "Mpeg", languageCode: "en-US" });
  const contentUriOf = ({ submit }) => JSON.parse(submit.body).contentUri;
  const refusal = await api(worker.url, "S3CRET-other").post(TASKS["speaker-diarize"], body(bare));
  assert.deepEqual([refusal.status, refusal.json.errors[0].parameterName], [400, "contentUri"]);
  assert.match(refusal.json.message, /append your own as access_token/);
  const own = await submitted("speaker-diarize", "", body(bare), api(worker.url, "S3CRET-own"));
  assert.equal(contentUriOf(own), `${bare}?access_token=token`);
  const theirs = await submitted("speaker-diarize", "", body(`${bare}?access_token=S3CRET-other`), api(worker.url, "S3CRET-other"));
  assert.equal(contentUriOf(theirs), `${bare}?access_token=S3CRET-other`);
  assert.equal((await call.get(`/v1/jobs/${theirs.jobId}`)).json.media.contentUri, bare);
  assert.equal(contentUriOf(await submitted("speaker-diarize", "", body(bare))), `${bare}?access_token=token`, "by a token of the API's as ever");
});

test("a token of another account, and one that RingCentral does not take, opens nothing, and costs a bounded number of questions", async () => {
  const other = await startWorker({ sandboxUrl: ringcentral.url });
  try {
    const submit = (token) => api(other.url, token).post(TASKS.punctuate, TEXTS);
    users["S3CRET-foreign"] = of(2, 10);
    const before = ringcentral.of("user").length;
    for (let count = 0; count < 3; count++) {
      const foreign = await submit("S3CRET-foreign");
      assert.deepEqual([foreign.status, foreign.json.errors[0].errorCode], [403, "CMN-401"]);
      assert.match(foreign.json.message, /another RingCentral account/);
      const wrong = await submit("S3CRET-wrong");
      assert.deepEqual([wrong.status, wrong.json.errors[0].errorCode, wrong.json.errorCode], [401, "OAU-213", "TokenInvalid"]);
    }
    assert.equal(ringcentral.of("user").length - before, 3, "each once, and who we are ourselves");
    const flood = await Promise.all(Array.from({ length: 60 }, (_, index) => submit(`S3CRET-guess-${index}`)));
    const statuses = flood.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 401).length, 28);
    const late = flood.filter(({ status }) => status === 429);
    assert.equal(late.length, 32);
    assert.ok(late.every(({ headers, json }) => Number(headers.get("retry-after")) <= 60 && json.errors[0].errorCode === "CMN-301"));
    assert.equal(ringcentral.of("user").length - before, 3 + 28);
    assert.equal((await submit("sandbox-token")).status, 202, "the API's own tokens are let in all the same");
    assert.doesNotMatch(ownLog(other) + flood.map(({ text }) => text).join(), /S3CRET/);
  } finally {
    await other.close();
  }
});

test("where RingCentral cannot say whose a token is, it is asked again", async () => {
  users["S3CRET-later"] = { status: 503 };
  const first = await api(worker.url, "S3CRET-later").post(TASKS.punctuate, TEXTS);
  assert.deepEqual([first.status, first.json.errors[0].errorCode], [503, "ringcentral_unavailable"]);
  users["S3CRET-later"] = of(1, 40);
  assert.equal((await api(worker.url, "S3CRET-later").post(TASKS.punctuate, TEXTS)).status, 202);
});

test("a page of an allowed origin may ask as RingCentral's own client does in a page", async () => {
  const preflight = { origin: ORIGIN, "access-control-request-method": "POST", "access-control-request-headers": "authorization,client-id,content-type,x-user-agent" };
  const { status, headers } = await api(worker.url, "").ask("OPTIONS", TASKS.punctuate, undefined, preflight);
  const names = ["access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-methods"];
  assert.deepEqual([status, ...names.map((name) => headers.get(name))], [204, ORIGIN, "true", "POST"]);
  const allowed = headers.get("access-control-allow-headers").toLowerCase().split(", ");
  for (const header of preflight["access-control-request-headers"].split(",")) assert.ok(allowed.includes(header), header);
  const answer = await client.post(TASKS.punctuate, TEXTS, { origin: ORIGIN });
  assert.deepEqual(names.slice(0, 2).map((name) => answer.headers.get(name)), [ORIGIN, "true"]);
  const refusal = await api(worker.url, "").post(TASKS.punctuate, TEXTS, { origin: "https://elsewhere.example" });
  assert.deepEqual([refusal.status, ...names.slice(0, 2).map((name) => refusal.headers.get(name))], [401, null, null]);
  assert.equal((await call.get("/v1/jobs", { origin: ORIGIN })).headers.get("access-control-allow-credentials"), null);
});

test("RingCentral's own client in a page of another origin has a job done here", { timeout: 60_000 }, async () => {
  const sandbox = await startSandbox();
  const script = await readFile(join(ROOT, "node_modules/@ringcentral/sdk/dist/ringcentral.js"));
  const app = await startServer(({ path }, response) => {
    const isScript = path === "/ringcentral.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : "<!doctype html><title>app</title><script src=/ringcentral.js></script>");
  });
  const other = await startWorker({ sandboxUrl: sandbox.url, vars: { ALLOWED_ORIGINS: app.url } });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(app.url);
    const data = await logIn(sandbox.url);
    const seen = await page.evaluate(
      async ({ server, data, at, path, body }) => {
        const platform = new window.RingCentral.SDK({ server, clientId: "sandbox-public" }).platform();
        await platform.auth().setData({ ...data, expire_time: Date.now() + 3_600_000 });
        const { jobId } = await (await platform.post(at + path, body)).json();
        for (;;) {
          const job = await (await platform.get(`${at}/ai/status/v1/jobs/${jobId}`)).json();
          if (job.status !== "InProgress") return job;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      },
      { server: sandbox.url, data, at: other.url, path: TASKS.punctuate, body: TEXTS },
    );
    assert.deepEqual([seen.status, seen.response.texts.length], ["Success", 1]);
  } finally {
    await browser.close();
    await Promise.all([other.close(), app.close(), sandbox.close()]);
  }
});

/** The clients do at the sandbox what is RingCentral's, and at the Worker what begins with `/ai`. */
function tell(name, connect, { skip = false } = {}) {
  describe(name, { skip }, () => {
    let sandbox, other, inbox, at;
    before(async () => {
      sandbox = await startSandbox({ args: ["--speed", "20"] });
      other = await startWorker({ sandboxUrl: sandbox.url });
      at = other.url;
      inbox = await startInbox();
    });
    after(() => Promise.all([inbox?.close(), other?.close(), sandbox?.close()]));

    test("does all six jobs, unchanged but for one base URL", { timeout: 120_000 }, async () => {
      const its = await connect({ server: sandbox.url, clientId: CREDENTIALS.RC_CLIENT_ID, clientSecret: CREDENTIALS.RC_CLIENT_SECRET });
      await its.login({ jwt: CREDENTIALS.RC_JWT });
      const sounds = await soundsOf(its);
      await enroll(its, "maria");
      const result = async (task, input) => {
        const job = await round(its, inbox, task, input, { at, ids: UUID_V7 });
        assert.equal(job.status, "Success", JSON.stringify(job));
        return job.response;
      };
      const words = await result("speech-to-text", { ...sounds.call, enableSpeakerDiarization: true });
      assert.match(words.transcript, /^Thank you for calling/);
      assert.equal((await result("speaker-diarize", sounds.meeting)).speakerCount, 3);
      const { utterances } = await result("speaker-identify", { ...sounds.voicemail, speakerIds: ["maria"] });
      assert.deepEqual([...new Set(utterances.map(({ speakerId }) => speakerId))], ["maria"]);
      assert.ok((await result("analyze-interaction", { ...sounds.call, insights: ["All"] })).utteranceInsights.length > 0);
      assert.equal((await result("punctuate", { texts: ["are you there", "yes"] })).texts.length, 2);
      const said = [{ text: "We meet on Monday at noon.", speakerId: "0", start: 0, end: 2 }];
      assert.equal((await result("summarize", { summaryType: "Extractive", utterances: said })).summaries[0].name, "Extractive");

      const failed = await round(its, inbox, "speech-to-text", { ...sounds.call, contentUri: "http://127.0.0.1:1/a.wav" }, { at, ids: UUID_V7 });
      assert.deepEqual([failed.status, failed.response.errors[0].errorCode, failed.response.errors[0].parameterName], ["Fail", "CAI-101", "contentUri"]);

      const body = { contentUri: "nowhere", encoding: "Wav", languageCode: "en-US" };
      await assert.rejects(its.ask("POST", at + TASKS["speech-to-text"], { body }), refused(400, "CAI-101", /Parameter \[contentUri\] is invalid/));
      await assert.rejects(its.ask("GET", `${at}/ai/status/v1/jobs/${NOBODY}`), refused(404, "CAI-101"));
      const token = await its.token();
      assert.ok(!ownLog(other).includes(token));
    });
  });
}

tell("@ringcentral/sdk", sdk);
tell("@rc-ex/core", rcEx);
const python = pythonClients();
after(python.close);
tell("ringcentral (Python)", python.connect, { skip: python.missing });

test("no token that was shown lies in the store", async () => {
  await worker.close();
  assert.doesNotMatch(stored(persistTo), /S3CRET/);
});
