// A wait by a job's events: told as they come, and by questions where something keeps them from coming.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { startFiles, startServer } from "./support/http.mjs";
import { failure, installPackage, withGlobals } from "./support/package.mjs";

const CORS = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization" };
const STREAM = { "content-type": "text/event-stream", ...CORS };
const RESULT = { status: "Success", response: { words: [{ word: "hello", start: 0, end: 1 }] } };
const event = (status) => `data: ${JSON.stringify({ id: "1", status, label: "Zoë" })}\n\n`;
const told = (text) => (_, response) => response.writeHead(200, STREAM).write(text);

let folder, installed, api, remove;
before(async () => {
  ({ folder, installed, api, close: remove } = await installPackage());
});
after(() => remove?.());

/** A Worker whose job is `submitted`, and has ended when it is asked for the second time; `events` answers who wants to be told. */
async function beside(events, act) {
  const answers = ["submitted", "succeeded"];
  const server = await startServer(({ method, path }, response) => {
    if (method === "OPTIONS") return { status: 204, headers: CORS };
    if (path.endsWith("/events")) return events(path, response, server.requests.length);
    if (path.endsWith("/result")) return { json: RESULT, headers: CORS };
    return { json: { id: "1", status: answers.length > 1 ? answers.shift() : answers[0] }, headers: CORS };
  });
  try {
    await act(server);
  } finally {
    await server.close();
  }
}

/** Waits for that job: which statuses were told, and what was asked for. */
async function waited(server, options) {
  const statuses = [];
  const { transcript, job } = await new api.JobsClient(server.url, { token: "t", ...options }).resume("1#r").wait({ onStatus: ({ status }) => statuses.push(status) });
  assert.deepEqual([transcript.text(), job.status], ["hello\n", "succeeded"]);
  return [statuses.join(), server.requests.filter(({ method }) => method === "GET").map(({ path }) => path.replace("/v1/jobs/1", "")).join()];
}

test("each change is told as it comes, and the end at once", async () => {
  const parts = ["retry: 2000\n\n", event("queued"), ": the job has not changed\n\n", event("submitted").slice(0, 40), event("submitted").slice(40), event("succeeded")];
  const bytes = Buffer.from(parts.join(""));
  const middle = bytes.indexOf(0xc3) + 1; // Within a letter.
  let ended;
  const events = async (_, response) => {
    response.writeHead(200, STREAM);
    for (const part of [bytes.subarray(0, middle), bytes.subarray(middle, -9), bytes.subarray(-9)]) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      response.write(part);
    }
    ended = performance.now();
  };
  await beside(events, async (server) => {
    assert.deepEqual(await waited(server), ["queued,submitted,succeeded", "/events,/result"]);
    assert.ok(performance.now() - ended < 500, `${performance.now() - ended} ms`);
  });
});

const cut = (_, response) => response.writeHead(200, STREAM).write(event("queued"), () => setTimeout(() => response.destroy(), 100));
const missing = () => ({ status: 404, headers: CORS, json: { error: { code: "not_found", message: "no such job", requestId: "r" } } });
/** What may come in the place of a stream of events, and what is told then. */
const HINDRANCES = {
  "breaks off": [cut, "queued,submitted,succeeded"],
  "ends too early": [(_, response) => response.writeHead(200, STREAM).end(event("queued")), "queued,submitted,succeeded"],
  "is cut before it begins": [(_, response) => void response.destroy(), "submitted,succeeded"],
  "is a page of HTML": [() => ({ headers: { "content-type": "text/html" }, body: "<!doctype html>" }), "submitted,succeeded"],
  "is refused by something in between": [() => ({ status: 502, body: "no" }), "submitted,succeeded"],
  "is no route of an older Worker's": [missing, "submitted,succeeded"],
};
const ASKED = "/events,,?wait=55,/result";

for (const [what, [events, expected]] of Object.entries(HINDRANCES)) {
  test(`the job is asked for where its stream ${what}`, () =>
    beside(events, async (server) => assert.deepEqual(await waited(server), [expected, ASKED])));
}

/** Has a twentieth of a second pass for each of twenty. */
function hastily(act) {
  const own = globalThis.setTimeout;
  return withGlobals({ setTimeout: (wake, ms, ...more) => own(wake, ms === 20_000 ? 50 : ms, ...more) }, act);
}

test("the job is asked for where a proxy holds its stream back, whole or after its first event", () =>
  hastily(async () => {
    const closed = [];
    const held = (begun) => (_, response) => {
      response.on("close", () => closed.push(begun));
      if (begun) response.writeHead(200, STREAM).write(begun);
    };
    await beside(held(""), async (server) => assert.deepEqual(await waited(server), ["submitted,succeeded", ASKED]));
    await beside(held(event("queued")), async (server) => assert.deepEqual(await waited(server), ["queued,submitted,succeeded", ASKED]));
    assert.deepEqual(closed, ["", event("queued")], "neither is read any more");
  }));

test("a fetch of one's own may have no streams, or give none before they end", () =>
  hastily(async () => {
    const without = async (url, init) => {
      const response = await fetch(url, init);
      return { status: response.status, headers: response.headers, arrayBuffer: () => response.arrayBuffer() };
    };
    const whole = async (url, init) => {
      const response = await fetch(url, init);
      return new Response(await response.arrayBuffer(), response);
    };
    for (const fetch of [without, whole]) {
      await beside(told(event("queued")), async (server) => assert.deepEqual(await waited(server, { fetch }), ["submitted,succeeded", ASKED]));
    }
  }));

test("the Worker's own word ends a wait where there are no events either", async () => {
  const server = await startServer(missing);
  try {
    assert.equal((await failure(new api.JobsClient(server.url, { token: "t" }).resume("1#r").wait())).code, "not_found");
    assert.deepEqual(server.requests.map(({ path }) => path), ["/v1/jobs/1/events", "/v1/jobs/1"]);
  } finally {
    await server.close();
  }
});

test("an abort while nothing is told takes the stream back", { timeout: 10_000 }, async () => {
  const closed = Promise.withResolvers();
  const events = (_, response) => response.on("close", closed.resolve).writeHead(200, STREAM).write(event("submitted"));
  await beside(events, async (server) => {
    const stop = new AbortController();
    const reason = new Error("the user has left");
    const job = new api.JobsClient(server.url, { token: "t" }).resume("1#r");
    assert.equal(await failure(job.wait({ signal: stop.signal, onStatus: () => setTimeout(() => stop.abort(reason), 50) })), reason);
    await closed.promise;
    assert.deepEqual([server.requests.length, job.status], [1, "submitted"]);
  });
});

test("a page is told too, across origins, and asks where its stream breaks off", { timeout: 60_000 }, async () => {
  await mkdir(join(folder, "page"));
  await writeFile(join(folder, "page/index.html"), "<!doctype html>");
  const files = await startFiles([["/package/", `${installed}/`], ["/", `${join(folder, "page")}/`]]);
  const browser = await startBrowser();
  try {
    const tab = await browser.newPage();
    await tab.goto(files.url);
    const wait = (server) =>
      tab.evaluate(async (url) => {
        const { JobsClient } = await import("/package/index.mjs");
        const statuses = [];
        const { transcript } = await new JobsClient(url, { token: "t" }).resume("1#r").wait({ onStatus: ({ status }) => statuses.push(status) });
        return [statuses.join(), transcript.text()];
      }, server.url);
    await beside(told(event("queued") + event("succeeded")), async (server) => {
      assert.deepEqual(await wait(server), ["queued,succeeded", "hello\n"]);
      assert.equal(server.requests.some(({ path }) => path.endsWith("/1")), false);
    });
    for (const [events, expected] of [[cut, "queued,submitted,succeeded"], [missing, "submitted,succeeded"]]) {
      await beside(events, async (server) => assert.deepEqual(await wait(server), [expected, "hello\n"]));
    }
  } finally {
    await browser.close();
    await files.close();
  }
});
