// What the package does between a call and the network: redirects, limits, aborts, timers, and in which runtimes.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { reply, startFiles, startServer } from "./support/http.mjs";
import { failure, installPackage, withGlobals } from "./support/package.mjs";

const LOGIN = { clientId: "id", clientSecret: "S3CRET", jwt: "S3CRET" };
const JOB = { contentUri: "https://h.example/a.wav", webhook: "https://h.example/S3CRET", encoding: "Wav" };
const CORS = { "access-control-allow-origin": "*", "access-control-allow-headers": "*,authorization", "access-control-allow-methods": "*" };
const TOKEN = { access_token: "S3CRET", expires_in: 3_600, token_type: "bearer", scope: "AI ReadCallLog" };

let folder;
let installed;
let api;
let remove;

before(async () => {
  ({ folder, installed, api, close: remove } = await installPackage());
});

after(() => remove?.());

const listed = (rc, options) => Array.fromAsync(rc.recordings(options));
const holding = (url) => api.RingCentral.fromToken({ accessToken: "S3CRET", server: url });
const asked = ({ requests }) => requests.filter(({ method }) => method !== "OPTIONS");

/** Runs `body` beside servers, each answering by its function, and ends them. */
async function beside(answers, body) {
  const servers = await Promise.all(answers.map((answer) => startServer(answer)));
  try {
    await body(...servers);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

/** A server that lets every page ask it, and sends whoever asks elsewhere. */
const redirecting = (status, elsewhere) => ({ method, path }, response) => {
  response.writeHead(method === "OPTIONS" ? 204 : status, { ...CORS, location: elsewhere() + path });
  response.end();
};

/** One that redirects would lead to: it takes whatever comes. */
const welcoming = (_, response) => reply(response, 200, TOKEN, CORS);

describe("a redirect", () => {
  for (const status of [301, 302, 303, 307, 308]) {
    it(`with ${status} is refused at a login, a submit and a question; nothing reaches where it leads`, async () => {
      let elsewhere;
      await beside([welcoming, redirecting(status, () => elsewhere)], async (other, server) => {
        elsewhere = other.url;
        const jobs = new api.JobsClient(server.url, { token: "S3CRET" });
        const attempts = [
          () => api.RingCentral.login({ ...LOGIN, server: server.url }),
          () => holding(server.url).speechToText(JOB),
          () => listed(holding(server.url)),
          () => jobs.submit({ task: "speech-to-text", media: { recordingId: "1" } }),
          () => jobs.get("1"),
        ];
        for (const attempt of attempts) {
          const error = await failure(attempt());
          assert.ok(error instanceof api.RingCentralError);
          assert.deepEqual([error.code, error.retryable], ["unexpected_answer", false]);
          assert.match(error.message, /redirect, which is never followed/);
        }
        assert.equal(server.requests.length, attempts.length, "each is sent once");
        assert.equal(other.requests.length, 0);
      });
    });
  }

  it("is refused where it leads back to the same server", async () => {
    await beside([({ path }, response) => (path.endsWith("/token") ? redirecting(307, () => "/again")({}, response) : welcoming({}, response))], async (server) => {
      assert.equal((await failure(api.RingCentral.login({ ...LOGIN, server: server.url }))).code, "unexpected_answer");
      assert.equal(server.requests.length, 1);
    });
  });
});

describe("an answer", () => {
  it("without an end is given up, and its connection closed", async () => {
    const closed = Promise.withResolvers();
    const endless = (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.on("close", closed.resolve);
      const more = () => response.destroyed || response.write(" ".repeat(1 << 20), more);
      more();
    };
    await beside([endless], async (server) => {
      const error = await failure(new api.JobsClient(server.url, { token: "S3CRET" }).get("1"));
      assert.deepEqual([error.code, error.message], ["unexpected_answer", "the answer is not one that can be read: it is over 32 MiB"]);
      await closed.promise;
      assert.equal(server.requests.length, 1);
    });
  });

  it("of 30 MiB is read", async () => {
    const text = "a".repeat(30 << 20);
    await beside([(_, response) => reply(response, 200, { id: "1", label: text })], async (server) => {
      assert.equal((await new api.JobsClient(server.url, { token: "S3CRET" }).get("1")).label, text);
    });
  });

  it("that stalls counts as lost after 90 s, by the timer that the runtime has then", async () => {
    const begun = (_, response) => response.writeHead(200).write("{");
    const sooner = globalThis.setTimeout;
    const waits = [];
    await beside([begun], async (server) => {
      const setTimeout = (wake, ms, ...more) => sooner(wake, waits.push(ms) && ms / 200, ...more);
      await withGlobals({ setTimeout }, async () => {
        const error = await failure(new api.JobsClient(server.url, { token: "S3CRET" }).get("1"));
        assert.deepEqual([error.code, error.retryable], ["network_or_cors", true]);
      });
      assert.deepEqual([server.requests.length, waits.filter((ms) => ms === 90_000).length], [5, 5]);
    });
  });

  it("without a body is one", async () => {
    await beside([(_, response) => response.writeHead(204).end()], async (server) => {
      assert.equal((await failure(new api.JobsClient(server.url, { token: "S3CRET" }).get("1"))).code, "unexpected_answer");
    });
  });

  it("comes from the fetch that the runtime has then", async () => {
    const seen = [];
    const fetch = async (url, { method, redirect, headers, signal }) => {
      seen.push([url, method, redirect, new Headers(headers).get("authorization"), signal instanceof AbortSignal]);
      return Response.json({ id: "1", status: "queued" });
    };
    await withGlobals({ fetch }, async () => {
      assert.equal((await new api.JobsClient("https://h.example", { token: "T" }).get("1")).status, "queued");
    });
    assert.deepEqual(seen, [["https://h.example/v1/jobs/1", "GET", "manual", "Bearer T", true]]);
  });
});

describe("an abort", () => {
  const reason = new Error("the user has left");

  it("before the start sends nothing", async () => {
    await beside([welcoming], async (server) => {
      const signal = AbortSignal.abort(reason);
      assert.equal(await failure(api.RingCentral.login({ ...LOGIN, server: server.url }, { signal })), reason);
      assert.equal(await failure(listed(holding(server.url), { signal })), reason);
      assert.equal(server.requests.length, 0);
    });
  });

  it("during a request takes it back", { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    const closed = Promise.withResolvers();
    const silent = (_, response) => {
      response.on("close", closed.resolve);
      stop.abort(reason);
    };
    await beside([silent], async (server) => {
      const { signal } = stop;
      assert.equal(await failure(api.RingCentral.login({ ...LOGIN, server: server.url }, { signal })), reason);
      await closed.promise;
    });
  });

  it("during an answer takes it back", { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    const closed = Promise.withResolvers();
    const begun = (_, response) => {
      response.on("close", closed.resolve);
      response.writeHead(200).write("{", () => stop.abort(reason));
    };
    await beside([begun], async (server) => {
      const { signal } = stop;
      assert.equal(await failure(api.RingCentral.login({ ...LOGIN, server: server.url }, { signal })), reason);
      await closed.promise;
    });
  });

  it("during a sleep ends it, and no timer is left", { timeout: 10_000 }, async () => {
    const limited = (_, response) => reply(response, 429, {}, { "retry-after": "3600" });
    await beside([limited], async (server) => {
      const stop = new AbortController();
      const waiting = failure(new api.JobsClient(server.url, { token: "S3CRET" }).get("1", { signal: stop.signal }));
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      while (server.requests.length === 0) await new Promise(setImmediate);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const before = timers();
      stop.abort(reason);
      assert.equal(await waiting, reason);
      assert.equal(timers(), before - 1);
      assert.equal(server.requests.length, 1);
    });
  });

  it("after the end changes nothing, and nobody listens any more", async () => {
    await beside([(_, response) => reply(response, 200, { id: "1", status: "queued" })], async (server) => {
      const { signal } = new AbortController();
      let listeners = 0;
      const heard = (name, step) => {
        const own = signal[name];
        signal[name] = (...given) => own.apply(signal, given, (listeners += step));
      };
      heard("addEventListener", 1);
      heard("removeEventListener", -1);
      await new api.JobsClient(server.url, { token: "S3CRET" }).get("1", { signal });
      assert.equal(listeners, 0);
    });
  });

  it("whose signal has no reason, as an old one has none, is an AbortError, before the start and later", { timeout: 10_000 }, async () => {
    const told = { aborted: true, addEventListener() {}, removeEventListener() {} };
    const silent = () => {};
    await beside([silent], async (server) => {
      const later = { ...told, aborted: false, addEventListener: (_, abort) => setTimeout(abort, 50) };
      const rc = api.RingCentral.fromToken({ accessToken: () => new Promise(silent), server: server.url });
      for (const signal of [told, later]) {
        for (const call of [() => new api.JobsClient(server.url, { token: "T" }).get("1", { signal }), () => rc.jobStatus("1", { signal })]) {
          assert.equal((await failure(call())).name, "AbortError");
        }
      }
      assert.equal(server.requests.length, 1);
    });
  });

  it("by what is no signal is an error and not silence", { timeout: 10_000 }, async () => {
    await beside([welcoming], async (server) => {
      await assert.rejects(new api.JobsClient(server.url, { token: "T" }).get("1", { signal: {} }), { code: "invalid_field", field: "signal" });
      assert.equal(server.requests.length, 0);
    });
  });

  it("of one call leaves the login to those who still wait for it", { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    let tokens = 0;
    const slow = ({ path, headers }, response) => {
      if (!path.endsWith("/token")) {
        return headers.authorization === "Bearer 1" ? reply(response, 401, { errorCode: "TokenInvalid" }) : reply(response, 200, { records: [] });
      }
      tokens += 1;
      if (tokens === 2) return stop.abort(reason);
      reply(response, 200, { ...TOKEN, access_token: String(tokens) });
    };
    await beside([slow], async (server) => {
      const rc = await api.RingCentral.login({ ...LOGIN, server: server.url });
      const [first, second] = [listed(rc, { signal: stop.signal }), listed(rc)];
      assert.equal(await failure(first), reason);
      assert.deepEqual(await second, []);
      assert.equal(tokens, 3);
    });
  });
});

describe("an error", () => {
  it("is the package's own, with a stack that names the caller, wherever it is thrown", async () => {
    await beside([(_, response) => reply(response, 401, { error: { code: "unauthorized", message: "no" } })], async (server) => {
      const thrown = [
        await failure(new api.JobsClient(server.url, { token: "S3CRET" }).get("1")),
        await failure(new api.JobsClient("ftp://h", { token: "S3CRET" }).get("1")),
        await failure(holding(server.url).jobStatus("")),
      ];
      await api.ready();
      assert.throws(() => new api.Transcript({}).text(), (error) => thrown.push(error) > 0);
      assert.deepEqual(new api.Transcript({ status: "Success", response: { transcript: "", words: [] } }).segments, []);
      assert.deepEqual(thrown.map(({ code }) => code), ["unauthorized", "invalid_field", "invalid_field", "no_transcript"]);
      for (const error of thrown) {
        assert.ok(error instanceof api.RingCentralError && error instanceof Error);
        assert.match(error.stack, /^RingCentralError: .+\n +at /);
        assert.ok(error.stack.includes(import.meta.url), error.stack);
        assert.deepEqual(Object.keys(error).filter((name) => error[name] === undefined), []);
      }
    });
  });

  it("of the caller's own, thrown while a status is told, is what the wait rejects with", async () => {
    await beside([(_, response) => reply(response, 200, { id: "1", status: "queued", readToken: "r_S3CRET" })], async (server) => {
      const job = await new api.JobsClient(server.url, { token: "S3CRET" }).get("1");
      const reason = new Error("it cannot be shown");
      const onStatus = () => {
        throw reason;
      };
      assert.equal(await failure(job.wait({ onStatus })), reason);
    });
  });
});

describe("a page", () => {
  /** Logs in at a server that redirects, is refused, and logs in at one that does not; it runs as it stands, in any scope. */
  const story = `async ([redirecting, server, login]) => {
    const refused = await api.RingCentral.login({ ...login, server: redirecting }).catch((error) => error);
    const rc = await api.RingCentral.login({ ...login, server });
    const error = await rc.jobStatus("").catch((error) => error);
    const late = AbortSignal.abort("too late");
    const aborted = await rc.jobStatus("1", { signal: late }).catch((reason) => reason);
    return [refused.code, refused.message, error instanceof api.RingCentralError, error.field, aborted];
  }`;
  const ENDS = [
    "unexpected_answer",
    "the answer is not the server's own but a redirect, which is never followed: check the server's address",
    true,
    "jobId",
    "too late",
  ];
  const SCRIPTS = {
    "index.html": "<!doctype html>",
    "window.mjs": `import * as api from "/package/index.mjs"; window.story = ${story};`,
    "worker.mjs": `import * as api from "/package/index.mjs"; const story = ${story};
      onmessage = async ({ data, ports: [port] }) => port.postMessage(await story(data).catch((error) => [error.stack]));`,
  };
  /** Asks a worker by message; `kind` says how it is started. */
  const askWorker = async ([kind, input]) => {
    const start = { dedicated: () => new Worker("/worker.mjs", { type: "module" }), service: () => registered() };
    const registered = async () => {
      const { installing } = await navigator.serviceWorker.register("/worker.mjs", { type: "module" });
      await navigator.serviceWorker.ready;
      return installing;
    };
    const worker = await start[kind]();
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage(input, [port2]);
    });
  };

  it("and its workers of both kinds refuse a redirect, end at an abort and throw the package's errors", { timeout: 60_000 }, async () => {
    const page = join(folder, "page");
    await mkdir(page);
    for (const [name, text] of Object.entries(SCRIPTS)) await writeFile(join(page, name), text);
    const files = await startFiles([
      ["/package/", `${installed}/`],
      ["/", `${page}/`],
    ]);
    const browser = await startBrowser();
    let elsewhere;
    try {
      await beside([welcoming, redirecting(307, () => elsewhere), welcoming], async (other, server, good) => {
        elsewhere = other.url;
        const input = [server.url, good.url, LOGIN];
        const tab = await browser.newPage();
        await tab.goto(files.url);
        await tab.evaluate(() => import("/window.mjs"));
        assert.deepEqual(await tab.evaluate((input) => window.story(input), input), ENDS);
        assert.deepEqual(await tab.evaluate(askWorker, ["dedicated", input]), ENDS);
        assert.deepEqual(await tab.evaluate(askWorker, ["service", input]), ENDS);
        assert.deepEqual([asked(server).length, asked(good).length, other.requests.length], [3, 3, 0]);
      });
    } finally {
      await browser.close();
      await files.close();
    }
  });
});
