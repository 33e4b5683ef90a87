// Whatever is given to the package, and whatever a server answers: an error that names the field or the place, and the next call works.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { reply, startServer } from "./support/http.mjs";
import { installPackage, printed } from "./support/package.mjs";

class Own extends Error {}
const fails = () => {
  throw new Own("S3CRET of the caller's own code");
};
const circle = {};
circle.circle = circle;

/** Values that are hardly ever what is asked for. */
const STRANGE = {
  ...{ undefined, null: null, "a number": 7, "no number": NaN, "a negative one": -1, "a BigInt": 10n, "a flag": true, "a symbol": Symbol("S3CRET") },
  ...{ "an empty text": "", "a text": "S3CRET", "half a character": "S3CRET\ud800", "a zero": "S3CRET\0", "a line": "S3CRET\r\na: b", "a long text": "S3CRET".repeat(20_000) },
  ...{ "a list": [], "an object": {}, "an object without a prototype": Object.create(null), "a function": () => {}, "no date": new Date(NaN), "a foreign URL": new URL("https://elsewhere.example/S3CRET") },
  ...{ "a circle": circle, "a circle inside": { media: circle }, "BigInts inside": { a: 10n, input: { a: 10n } }, "symbols inside": { id: Symbol("S3CRET"), task: Symbol("S3CRET") } },
  "getters that fail": Object.defineProperties({}, Object.fromEntries(["id", "signal", "task", "accessToken", "contentUri"].map((name) => [name, { get: fails, enumerable: true }]))),
  ...{ "a toString that fails": { toString: fails }, "a toJSON that fails": { toJSON: fails }, "a toPrimitive that fails": { [Symbol.toPrimitive]: fails }, "a toString that gives a symbol": { toString: () => Symbol("S3CRET") } },
  ...{ "a Proxy that fails": new Proxy({}, { get: fails, ownKeys: fails, has: fails }), "a signal that is none": { signal: 7 }, "a signal that is empty": { signal: {} }, "what is not told": { onStatus: 7, onSkipped: 7, onProgress: 7 } },
  ...{ "odd options": { timeoutMs: Symbol("S3CRET"), maxRetries: 10n }, "an odd fetch": { fetch: 7 }, "an odd key": { idempotencyKey: Symbol("S3CRET") }, "a key of two lines": { idempotencyKey: "S3CRET\r\na: b" }, "an empty key": { idempotencyKey: "" } },
  ...{ "odd fields": { source: 7, names: 7, task: 7, media: 7, input: 7, headers: 7, server: 7 }, "an odd storage": { storage: 7, clientId: "a" }, "an odd cursor": { cursor: {} }, "odd dates": { dateFrom: new Date(NaN), dateTo: "soon" }, "segments of nothing": { segments: [null, {}] } },
};

const JOB = { contentUri: "https://h.example/a.wav", webhook: "https://h.example/S3CRET", encoding: "Wav" };
const MEDIA = { task: "speech-to-text", media: { recordingId: "1" } };
const SAMPLE = { encoding: "Wav", content: "UklGRg==" };
const TEXTS = { texts: ["a"], webhook: JOB.webhook };
const WORDS = { status: "Success", response: { words: [{ word: "hello", start: 0, end: 1 }] } };
const LOGIN = { clientId: "a", clientSecret: "S3CRET", jwt: "S3CRET" };

let api, remove, server, answer;
const unhandled = [];
const note = (error) => unhandled.push(error);

before(async () => {
  process.on("unhandledRejection", note);
  ({ api, close: remove } = await installPackage());
  await api.ready();
  server = await startServer((request, response) => answer(request, response));
});

after(async () => {
  process.off("unhandledRejection", note);
  await server?.close();
  await remove?.();
});

/** RingCentral and a Worker as they should answer. */
function rightly({ path }, response) {
  if (path.includes("/oauth/token")) return reply(response, 200, { access_token: "S3CRET", expires_in: 3_600, token_type: "bearer", scope: "AI ReadCallLog" });
  if (path.endsWith("/result")) return reply(response, 200, WORDS);
  if (path.includes("/v1/callbacks")) return reply(response, 201, { id: "1", status: "queued", readToken: "r_S3CRET", callbackUrl: "https://h.example/S3CRET" });
  const job = { id: "1", task: "speech-to-text", status: "succeeded", jobId: "1", readToken: "r_S3CRET" };
  reply(response, 200, { ...job, ...WORDS, status: path.includes("/ai/") ? "Success" : "succeeded", speakerId: "a", records: [], items: [] });
}

const rc = () => api.RingCentral.fromToken({ accessToken: "S3CRET", server: server.url, maxRetries: 0 });
const jobs = () => new api.JobsClient(server.url, { token: "S3CRET", maxRetries: 0 });
const all = (items) => Array.fromAsync(items);
const hasSession = (given) => all(api.RingCentral.fromToken({ accessToken: "a", server: server.url, maxRetries: 0, ...given }).recordings());
const aSubmittedOne = () => rc().resume(`speech-to-text#1#${Date.now()}`);
const transcript = () => new api.Transcript(WORDS);

/** Each public method with right arguments, each of which is replaced by each strange value. */
const METHODS = {
  "RingCentral.login": [(...given) => api.RingCentral.login(...given), () => [{ ...LOGIN, server: server.url }, {}]],
  "RingCentral.fromToken": [(...given) => api.RingCentral.fromToken(...given), () => [{ accessToken: "a" }]],
  "RingCentral.loginUrl": [(...given) => api.RingCentral.loginUrl(...given), () => [{ clientId: "a", redirectUri: "https://h.example" }]],
  "RingCentral.finishLogin": [(...given) => api.RingCentral.finishLogin(...given), () => ["https://h.example", {}]],
  "RingCentral.loginPopup": [(...given) => api.RingCentral.loginPopup(...given), () => [{ clientId: "a", redirectUri: "https://h.example" }, {}]],
  "RingCentral.restore": [(...given) => api.RingCentral.restore(...given), () => [{ clientId: "a" }]],
  withOptions: [(...given) => rc().withOptions(...given), () => [{}]],
  logout: [(...given) => rc().logout(...given), () => [{}]],
  recordings: [(...given) => all(rc().recordings(...given)), () => [{}]],
  contentUri: [(...given) => rc().contentUri(...given), () => [`${server.url}/a`, {}]],
  speechToText: [(...given) => rc().speechToText(...given), () => [JOB, {}]],
  speakerDiarize: [(...given) => rc().speakerDiarize(...given), () => [JOB, {}]],
  speakerIdentify: [(...given) => rc().speakerIdentify(...given), () => [{ ...JOB, speakerIds: ["a"] }, {}]],
  analyzeInteraction: [(...given) => rc().analyzeInteraction(...given), () => [{ ...JOB, insights: ["All"] }, {}]],
  punctuate: [(...given) => rc().punctuate(...given), () => [TEXTS, {}]],
  summarize: [(...given) => rc().summarize(...given), () => [{ utterances: [{ text: "a", speakerId: "0", start: 0, end: 1 }], webhook: JOB.webhook }, {}]],
  jobStatus: [(...given) => rc().jobStatus(...given), () => ["1", {}]],
  enrollments: [(...given) => all(rc().enrollments(...given)), () => [{}]],
  createEnrollment: [(...given) => rc().createEnrollment(...given), () => [{ speakerId: "a", ...SAMPLE }, {}]],
  enrollment: [(...given) => rc().enrollment(...given), () => ["a", {}]],
  updateEnrollment: [(...given) => rc().updateEnrollment(...given), () => ["a", SAMPLE, {}]],
  deleteEnrollment: [(...given) => rc().deleteEnrollment(...given), () => ["a", {}]],
  "resume of RingCentral": [(...given) => rc().resume(...given), () => ["speech-to-text#1#5"]],
  "wait of RingCentral": [(...given) => aSubmittedOne().wait(...given), () => [{}]],
  JobsClient: [(...given) => new api.JobsClient(...given).withOptions({ maxRetries: 0, timeoutMs: 50 }).get("1"), () => [server.url, {}]],
  "withOptions of jobs": [(...given) => jobs().withOptions(...given), () => [{}]],
  submit: [(...given) => jobs().submit(...given), () => [MEDIA, {}]],
  reserve: [(...given) => jobs().reserve(...given), () => [{ task: "speech-to-text" }, {}]],
  get: [(...given) => jobs().get(...given), () => ["1", {}]],
  list: [(...given) => all(jobs().list(...given)), () => [{}]],
  delete: [(...given) => jobs().delete(...given), () => ["1", {}]],
  retry: [(...given) => jobs().retry(...given), () => ["1", {}]],
  update: [(...given) => jobs().update(...given), () => ["1", { label: "a" }, {}]],
  stats: [(...given) => jobs().stats(...given), () => [{}]],
  deadLetters: [(...given) => all(jobs().deadLetters(...given)), () => [{}]],
  deadLetter: [(...given) => jobs().deadLetter(...given), () => ["1", {}]],
  replay: [(...given) => jobs().replay(...given), () => ["1", {}]],
  ended: [(...given) => jobs().resume("1#r_1").ended(...given), () => [{}]],
  transcribe: [(...given) => jobs().transcribe(...given), () => [{ recordingId: "1" }, {}]],
  resume: [(...given) => jobs().resume(...given), () => ["1#r_1"]],
  "recordings of the Worker": [(...given) => all(jobs().recordings(...given)), () => [{}]],
  wait: [(...given) => jobs().resume("1#r_1").wait(...given), () => [{}]],
  Transcript: [(...given) => new api.Transcript(...given).text(), () => [WORDS, {}]],
  text: [(...given) => transcript().text(...given), () => [{}]],
  srt: [(...given) => transcript().srt(...given), () => [{}]],
  vtt: [(...given) => transcript().vtt(...given), () => [{}]],
  slice: [(...given) => transcript().slice(...given), () => [{}]],
  search: [(...given) => transcript().search(...given), () => ["hello", {}]],
  bySpeaker: [(...given) => transcript().bySpeaker(...given), () => ["0"]],
  parseCallback: [(...given) => api.parseCallback(...given), () => [JSON.stringify(WORDS), { task: "speech-to-text" }]],
};

/** Single fields, each of which is each strange value. */
const FIELDS = {
  ...Object.fromEntries(["clientId", "clientSecret", "jwt", "server", "mediaHosts"].map((name) => [`login.${name}`, (value) => api.RingCentral.login({ ...LOGIN, server: server.url, maxRetries: 0, ...(name === "server" && { fetch: fails }), [name]: value })])),
  ...Object.fromEntries(Object.keys({ ...JOB, languageCode: "", speakerCount: 0, speechContexts: [] }).map((name) => [`speechToText.${name}`, (value) => rc().speechToText({ ...JOB, [name]: value })])),
  ...Object.fromEntries(["task", "media", "input", "contentAccess"].map((name) => [`submit.${name}`, (value) => jobs().submit({ ...MEDIA, [name]: value })])),
  ...Object.fromEntries(["source", "dateFrom", "dateTo", "perPage", "direction", "phoneNumber"].map((name) => [`recordings.${name}`, (value) => all(rc().recordings({ [name]: value }))])),
  ...Object.fromEntries(["maxCharsPerLine", "maxLines", "maxDurationS", "speakerLabels"].map((name) => [`srt.${name}`, (value) => transcript().srt({ [name]: value })])),
  ...Object.fromEntries(["from", "to", "startAtZero"].map((name) => [`slice.${name}`, (value) => transcript().slice({ [name]: value })])),
  ...Object.fromEntries(["speakerId", "encoding", "content", "languageCode"].map((name) => [`createEnrollment.${name}`, (value) => rc().createEnrollment({ speakerId: "a", ...SAMPLE, [name]: value })])),
  ...Object.fromEntries(["clientId", "redirectUri", "server"].map((name) => [`loginUrl.${name}`, (value) => api.RingCentral.loginUrl({ clientId: "a", redirectUri: "https://h.example", [name]: value })])),
  accessToken: (accessToken) => hasSession({ accessToken }),
  "a token that is supplied": (value) => hasSession({ accessToken: () => value }),
  "its end": (expiresAt) => hasSession({ accessToken: () => ({ accessToken: "a", expiresAt }) }),
  mediaHosts: (mediaHosts) => hasSession({ mediaHosts }),
  token: (token) => new api.JobsClient(server.url, { token, maxRetries: 0 }).get("1"),
  "restore.clientId": (clientId) => api.RingCentral.restore({ clientId }),
  "what a storage gives": (value) => api.RingCentral.restore({ clientId: "a", storage: { getItem: () => value, setItem() {}, removeItem() {} } }),
  "parseCallback.task": (task) => api.parseCallback(JSON.stringify(WORDS), { task }),
  "parseCallback.names": (names) => api.parseCallback(JSON.stringify(WORDS), { names }).transcript.text(),
};

const CODES = ["invalid_field", "unexpected_answer", "ringcentral_refused", "no_transcript", "unreadable_callback", "popup_blocked", "ringcentral_token_rejected", "network_or_cors"];

/** What is wrong with how that ends; a value may be right, and what the caller's own code throws is the caller's. */
async function ends(begin) {
  const stopped = new Promise((resolve) => setTimeout(resolve, 5_000, "nothing within five seconds").unref());
  const ended = (async () => begin())().then(
    () => undefined,
    (error) => {
      if (error instanceof Own) return undefined;
      if (!(error instanceof api.RingCentralError)) return `${error?.name}: ${error?.message}`;
      if (/S3CRET/.test(printed(error))) return `it shows a secret: ${error.message}`;
      if (!CODES.includes(error.code)) return `${error.code}: ${error.message}`;
      if (error.code === "invalid_field" && (!error.field || !error.message.startsWith(error.field))) return `no field: ${error.message}`;
      return undefined;
    },
  );
  return Promise.race([ended, stopped]);
}

/** Both modules go on after whatever came before. */
async function isWell() {
  answer = rightly;
  assert.equal((await jobs().get("1")).id, "1");
  assert.equal((await rc().speechToText(JOB)).jobId, "1");
  assert.equal(transcript().text(), "hello\n");
  assert.deepEqual(unhandled.splice(0), []);
}

describe("an argument", () => {
  for (const [name, [call, right]] of Object.entries(METHODS)) {
    it(`of ${name} that is strange is refused by a name`, { timeout: 60_000 }, async () => {
      answer = rightly;
      assert.equal(await ends(() => call(...right())), undefined, "the right ones");
      const wrong = [];
      for (let at = 0; at < right().length; at++) {
        for (const [label, value] of Object.entries(STRANGE)) {
          const problem = await ends(() => call(...right().with(at, value)));
          if (problem) wrong.push(`${label} at ${at}: ${problem}`);
        }
      }
      assert.deepEqual(wrong, []);
      await isWell();
    });
  }
});

describe("a field", () => {
  for (const [name, call] of Object.entries(FIELDS)) {
    it(`${name} that is strange is refused by its name`, { timeout: 60_000 }, async () => {
      answer = rightly;
      const wrong = [];
      for (const [label, value] of Object.entries(STRANGE)) {
        const problem = await ends(() => call(value));
        if (problem) wrong.push(`${label}: ${problem}`);
      }
      assert.deepEqual(wrong, []);
      await isWell();
    });
  }

  it("is what the error names", async () => {
    answer = rightly;
    const named = [
      ["id", () => jobs().get("")],
      ["id", () => jobs().get({})],
      ["id", () => jobs().delete(Symbol("S3CRET"))],
      ["id", () => jobs().retry("")],
      ["id", () => jobs().deadLetter({})],
      ["changes", () => jobs().update("1")],
      ["idempotencyKey", () => jobs().retry("1", { idempotencyKey: "" })],
      ["onStatus", () => jobs().resume("1#r_1").ended({ onStatus: 7 })],
      ["jobId", () => rc().jobStatus(undefined)],
      ["media", () => jobs().submit({ task: "speech-to-text", media: circle })],
      ["request", () => jobs().submit(undefined)],
      ["languageCode", () => rc().speechToText({ ...JOB, languageCode: 10n })],
      ["encoding", () => rc().speechToText({ ...JOB, encoding: "MP3" })],
      ["contentUri", () => rc().contentUri({})],
      ["contentUri", () => rc().contentUri("https://elsewhere.example/S3CRET")],
      ["dateFrom", () => all(rc().recordings({ dateFrom: new Date(NaN) }))],
      ["dateFrom", () => all(rc().recordings({ dateFrom: "S3CRET" }))],
      ["task", () => api.parseCallback("{}", { task: "transcribe" })],
      ["signal", () => jobs().get("1", { signal: 7 })],
      ["signal", () => all(jobs().list({ signal: {} }))],
      ["onStatus", () => jobs().resume("1#r_1").wait({ onStatus: "S3CRET" })],
      ["onStatus", () => aSubmittedOne().wait({ onStatus: 7 })],
      ["onSkipped", () => all(rc().recordings({ onSkipped: 7 }))],
      ["onProgress", () => jobs().upload(new Blob(["a"]), { onProgress: 7 })],
      ["file", () => jobs().upload("S3CRET")],
      ["idempotencyKey", () => jobs().submit(MEDIA, { idempotencyKey: "a b" })],
      ["url", () => new api.JobsClient(undefined)],
      ["token", () => new api.JobsClient(server.url, { token: 7 })],
      ["server", () => api.RingCentral.login({ ...LOGIN, server: 7 })],
      ["mediaHosts", () => api.RingCentral.login({ ...LOGIN, server: server.url, mediaHosts: "h.example" })],
      ["clientId", () => api.RingCentral.login(undefined)],
      ["jwt", () => api.RingCentral.login({ ...LOGIN, server: server.url, jwt: Symbol("S3CRET") })],
      ["exposed", () => rc().resume("S3CRET")],
      ["redirect", () => api.RingCentral.finishLogin(Symbol("S3CRET"))],
    ];
    const sent = server.requests.length;
    for (const [field, begin] of named) {
      const error = await (async () => begin())().then(() => assert.fail(`${field} was taken`), (error) => error);
      assert.deepEqual([error.code, error.field], ["invalid_field", field], printed(error));
      assert.doesNotMatch(printed(error), /S3CRET/);
    }
    assert.equal(server.requests.length, sent, "nothing is sent");
  });
});

/** What a server may answer that nobody has asked for: a status, and a body. */
const html = "<!doctype html><title>S3CRET</title>";
const ANSWERS = {
  "a page": [200, html],
  "a page of an error": [502, html],
  "nothing": [200, ""],
  "no content": [204, ""],
  "10 MB of nothing": [200, " ".repeat(10 << 20)],
  "half an object": [200, `{"id":"1","status":"succ`],
  "a list": [200, "[]"],
  "a number": [200, "7"],
  "null": [200, "null"],
  "an empty object": [200, "{}"],
  "fields of other types": [200, `{"id":7,"task":{},"status":7,"items":7,"records":7,"callbackUrl":7,"readToken":[],"jobId":{},"speakerId":[],"access_token":7,"expires_in":"soon","nextCursor":{},"skipped":"x"}`],
  "lists of nothing": [200, `{"id":"1","status":"succeeded","items":[null,7,"S3CRET",[]],"records":[null,7,"S3CRET",[]],"callbackUrl":"S3CRET"}`],
  "what is nested too deeply": [200, `${`{"a":`.repeat(20_000)}1${"}".repeat(20_000)}`],
  "bytes that are no text": [200, Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
  "half a character": [200, `{"id":"\\ud800","status":"\\udfff","items":[{"id":"\\ud800"}],"jobId":"\\ud800"}`],
  "a refusal of other types": [400, `{"errors":[null,7,{"errorCode":7}],"error":7,"errorCode":[],"message":{}}`],
  "a refusal of the Worker's of other types": [422, `{"error":{"code":7,"message":[],"field":{}}}`],
  "a redirect to nowhere": [302, ""],
  "a status of its own": [599, "S3CRET"],
};

describe("an answer", () => {
  const asking = {
    login: () => api.RingCentral.login({ ...LOGIN, server: server.url, maxRetries: 0 }),
    recordings: () => all(rc().recordings()),
    speechToText: () => rc().speechToText(JOB),
    jobStatus: () => rc().jobStatus("1"),
    enrollments: () => all(rc().enrollments()),
    enrollment: () => rc().enrollment("a"),
    logout: () => rc().logout(),
    submit: () => jobs().submit(MEDIA),
    reserve: () => jobs().reserve({ task: "speech-to-text" }),
    get: () => jobs().get("1"),
    list: () => all(jobs().list()),
    delete: () => jobs().delete("1"),
    "recordings of the Worker": () => all(jobs().recordings()),
  };
  const taken = ["submit_unconfirmed", "worker_refused", "not_found", "ringcentral_login_refused", "unauthorized", "temporarily_unavailable", "ringcentral_unavailable"];
  for (const [label, [status, body]] of Object.entries(ANSWERS)) {
    it(`that is ${label} is no accident`, { timeout: 60_000 }, async () => {
      const wrong = [];
      for (const [name, ask] of Object.entries(asking)) {
        answer = (_, response) => response.writeHead(status, { location: "https://elsewhere.example/S3CRET", "content-type": "application/json" }).end(body);
        const problem = await ends(ask);
        if (problem && !taken.some((code) => problem.startsWith(code))) wrong.push(`${name}: ${problem}`);
      }
      assert.deepEqual(wrong, []);
      await isWell();
    });
  }

  it("that is cut off is no accident", { timeout: 60_000 }, async () => {
    for (const ask of Object.values(asking)) {
      answer = (_, response) => {
        response.writeHead(200, { "content-length": 1_000 }).write(`{"id":"S3CRET`, () => response.destroy());
      };
      const problem = await ends(ask);
      assert.ok(problem === undefined || problem.startsWith("submit_unconfirmed"), problem);
    }
    await isWell();
  });

  it("of a result that is strange is no accident", { timeout: 120_000 }, async () => {
    const wrong = [];
    for (const [label, [status, body]] of Object.entries(ANSWERS)) {
      if (status !== 200) continue; // What is not there yet is waited for.
      answer = (request, response) => (request.path.endsWith("/result") ? response.writeHead(status).end(body) : rightly(request, response));
      const problem = await ends(async () => {
        const { transcript } = await jobs().resume("1#r_1").wait({ signal: AbortSignal.timeout(400) });
        return [transcript.text(), transcript.srt(), transcript.segments];
      });
      if (problem && !problem.startsWith("TimeoutError")) wrong.push(`${label}: ${problem}`);
    }
    assert.deepEqual(wrong, []);
    await isWell();
  });
});

describe("a JWT that is refused", () => {
  it("is ringcentral_login_refused, and the next login works", async () => {
    answer = (_, response) => reply(response, 400, { error: "invalid_grant", error_description: "S3CRET is no assertion", errors: [{ errorCode: "OAU-182", message: "S3CRET" }] });
    const error = await api.RingCentral.login({ ...LOGIN, server: server.url }).then(() => assert.fail(), (error) => error);
    assert.equal(error.code, "ringcentral_login_refused");
    assert.doesNotMatch(printed(error), /S3CRET/);
    answer = rightly;
    assert.deepEqual(await all((await api.RingCentral.login({ ...LOGIN, server: server.url })).recordings()), []);
    await isWell();
  });
});
