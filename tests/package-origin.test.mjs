// A page whose Worker is on another origin: one that is not allowed is told so at once, and a Worker that is not there is not waited for for ever.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startBrowser } from "./support/browser.mjs";
import { reply, startFiles, startServer } from "./support/http.mjs";
import { installPackage } from "./support/package.mjs";
import { CREDENTIALS, freePort, startSandbox, startWorker } from "./support/services.mjs";

const CORS = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization,content-type,idempotency-key" };
const PAGE = `<!doctype html><script type="importmap">{"imports":{"ringcentral-ai":"/package/index.mjs"}}</script>`;
const RESULT = { status: "Success", response: { words: [{ word: "hello", start: 0, end: 1 }] } };

let installation, browser, sandbox, worker, allowed, forbidden;

before(async () => {
  installation = await installPackage();
  const { folder, installed } = installation;
  await mkdir(join(folder, "page"));
  await writeFile(join(folder, "page/index.html"), PAGE);
  const files = () => startFiles([["/package/", `${installed}/`], ["/", `${join(folder, "page")}/`]]);
  [allowed, forbidden, browser, sandbox] = await Promise.all([files(), files(), startBrowser(), startSandbox()]);
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: { ALLOWED_ORIGINS: `https://elsewhere.example,${allowed.url}` } });
});

after(async () => {
  await browser?.close();
  await Promise.all([worker, sandbox, allowed, forbidden, installation].map((one) => one?.close()));
});

/** Has a new page of that origin do `work` with a client of the Worker at `url` and that `given`: what came of it, and in how many ms. */
async function inPage(address, { url, given, prepare = () => {}, during = () => {} }, work) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await prepare(page);
    await page.goto(address);
    const done = page.evaluate(
      async ([url, token, given, source]) => {
        const { JobsClient } = await import("ringcentral-ai");
        const work = (0, eval)(source);
        const began = performance.now();
        const came = await work(new JobsClient(url, { token }), given).catch(({ code, message, retryable }) => ({ code, message, retryable }));
        return { ...came, ms: performance.now() - began };
      },
      [url, CREDENTIALS.API_TOKENS, given, `(${work})`],
    );
    await during(page, done);
    return await done;
  } finally {
    await context.close();
  }
}

const CALLS = {
  submit: (jobs) => jobs.submit({ task: "punctuate", input: { texts: ["hello"] } }),
  get: (jobs) => jobs.get("1"),
  list: async (jobs) => (await jobs.list().next()).value,
  upload: (jobs) => jobs.upload(new Blob(["a"])),
  wait: (jobs) => jobs.resume("1#r_1").wait(),
};

describe("a page whose origin is not allowed", () => {
  for (const [name, call] of Object.entries(CALLS)) {
    it(`is told so within two seconds by ${name}`, { timeout: 60_000 }, async () => {
      const { code, message, retryable, ms } = await inPage(forbidden.url, { url: worker.url }, call);
      const sentence = `the Worker at ${worker.url} answers, but not to pages of ${forbidden.url}: add that origin to its ALLOWED_ORIGINS`;
      assert.deepEqual([code, message, retryable], ["network_or_cors", sentence, false]);
      assert.ok(ms < 2_000, `${ms} ms`);
    });
  }

  it("is told so by an address without its query, which may be secret", { timeout: 60_000 }, async () => {
    const { message } = await inPage(forbidden.url, { url: `${worker.url}//?key=S3CRET#part` }, CALLS.get);
    assert.ok(message.startsWith(`the Worker at ${worker.url} answers`), message);
  });

  it("is no surprise to /healthz, which pages of allowed origins alone may read", async () => {
    const header = async (origin) => (await fetch(`${worker.url}/healthz`, { headers: { origin } })).headers.get("access-control-allow-origin");
    assert.equal(await header(allowed.url), allowed.url);
    assert.equal(await header("https://elsewhere.example"), "https://elsewhere.example");
    assert.equal(await header(forbidden.url), null);
  });
});

describe("a page whose origin is allowed", () => {
  it("submits, is told of the end, and reads", { timeout: 60_000 }, async () => {
    const seen = await inPage(allowed.url, { url: worker.url }, async (jobs) => {
      const asked = [];
      const logger = ({ url }) => asked.push(new URL(url).pathname);
      const job = await jobs.withOptions({ logger }).submit({ task: "punctuate", input: { texts: ["hello how are you"] } });
      const { raw } = await job.wait();
      return { status: (await jobs.get(job.id)).status, texts: raw.response.texts, asked: asked.map((path) => path.replace(job.id, "{id}")) };
    });
    assert.equal(seen.status, "succeeded", JSON.stringify(seen));
    assert.equal(seen.texts.length, 1);
    assert.deepEqual(seen.asked, ["/v1/jobs", "/v1/jobs/{id}/events", "/v1/jobs/{id}/result"]);
  });
});

/** Lets the page's time pass, five seconds in a moment, until `isOver` or so many seconds are gone. */
async function pass(page, seconds, isOver = () => false) {
  for (let gone = 0; gone < seconds && !isOver(); gone += 5) {
    await page.clock.runFor(5_000);
    await sleep(30);
  }
}

describe("a Worker that is not there", () => {
  const prepare = (page) => page.clock.install();

  /** Waits for it: what came of that, and after how many ms of the page's time. */
  const waitFor = (url) => {
    let isOver = false;
    const during = async (page, done) => {
      done.finally(() => (isOver = true)).catch(() => {});
      await pass(page, 300, () => isOver);
    };
    return inPage(allowed.url, { url, prepare, during }, CALLS.wait);
  };
  const sentence = (url) => `the Worker at ${url} has not answered for a minute: check its address, the network, and its ALLOWED_ORIGINS`;

  it("ends a wait after a minute where it has never been reached", { timeout: 60_000 }, async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, message, ms } = await waitFor(url);
    assert.deepEqual([code, message], ["network_or_cors", sentence(url)]);
    assert.ok(ms >= 60_000 && ms < 75_000, `${ms} ms of the page's time`);
  });

  it("ends a wait after a minute where it takes questions and never answers", { timeout: 60_000 }, async () => {
    const server = await startServer(() => {});
    try {
      const { code, message, ms } = await waitFor(server.url);
      assert.deepEqual([code, message], ["network_or_cors", sentence(server.url)]);
      assert.ok(ms >= 60_000 && ms < 90_000, `${ms} ms of the page's time`);
    } finally {
      await server.close();
    }
  });

  it("is waited for where it was reached before: while it is gone, and while the page is offline", { timeout: 60_000 }, async () => {
    let isThere = true;
    let status = "running";
    const server = await startServer(({ method, path }, response) => {
      if (!isThere) return response.destroy();
      if (method === "OPTIONS") return response.writeHead(204, CORS).end();
      reply(response, 200, path.endsWith("/result") ? RESULT : { id: "1", task: "speech-to-text", status }, CORS);
    });
    try {
      let isOver = false;
      const during = async (page, done) => {
        done.finally(() => (isOver = true)).catch(() => {});
        while (!server.requests.some(({ method }) => method === "GET")) await sleep(20);
        await pass(page, 5);
        isThere = false;
        await pass(page, 600, () => isOver);
        assert.equal(isOver, false, "ten minutes without it");
        await page.context().setOffline(true);
        await pass(page, 600, () => isOver);
        assert.equal(isOver, false, "ten minutes offline");
        await page.context().setOffline(false);
        [isThere, status] = [true, "succeeded"];
        await pass(page, 120, () => isOver);
      };
      const work = async (jobs) => {
        const { transcript, job } = await jobs.resume("1#r_1").wait();
        return { text: transcript.text(), status: job.status };
      };
      const { text, status: ended, message } = await inPage(allowed.url, { url: server.url, prepare, during }, work);
      assert.deepEqual([text, ended], ["hello\n", "succeeded"], message);
    } finally {
      await server.close();
    }
  });
});
