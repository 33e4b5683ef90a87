// A local file on its way to the Worker, by the package: whole, in parts, through failures, and taken up again.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createTestHarness } from "wrangler";
import { startBrowser } from "./support/browser.mjs";
import { startFiles, startServer } from "./support/http.mjs";
import { failure, installPackage, withGlobals } from "./support/package.mjs";
import { TOKEN, refusal, startUploads } from "./support/uploads.mjs";

const KB = 1_000;
/** Six parts, the last of them half a one. */
const BYTES = randomBytes(5.5 * KB);
const FILE = new File([BYTES], "call.wav");
const PAUSE_S = 1;
const BUSY = refusal(503, "busy");
const PAUSE = { ...BUSY, headers: { "retry-after": String(PAUSE_S) } };

let folder;
let installed;
let api;
let remove;

before(async () => {
  ({ folder, installed, api, close: remove } = await installPackage());
});

after(() => remove?.());

/** Runs `body` with a client of a Worker that takes uploads in small parts, and that Worker. */
async function beside(options, body) {
  const worker = await startUploads({ partBytes: KB, ...options });
  try {
    await body(new api.JobsClient(worker.url, { token: TOKEN }), worker);
  } finally {
    await worker.close();
  }
}

/** Gives these answers to the requests that are meant, one after the other, and then none. */
const first = (isMeant, ...answers) => (request) => (isMeant(request) ? answers.shift() : undefined);
const always = (isMeant, answer) => (request) => (isMeant(request) ? answer : undefined);
const isPut = ({ method }) => method === "PUT";
const isPart = (number) => ({ method, path }) => method === "PUT" && path.endsWith(`/${number}`);
const isBegin = ({ method, path }) => method === "POST" && path === "/v1/uploads";
const isComplete = ({ path }) => path.endsWith("/complete");
const fieldsOf = ({ code, status, retryable }) => [code, status, retryable];

/** Timers that run so many times as fast; `waits` gets what each was asked for. */
function fastTimers(waits, times = 1_000) {
  const own = globalThis.setTimeout;
  return { setTimeout: (wake, ms, ...more) => own(wake, waits.push(ms) && ms / times, ...more) };
}

describe("an upload", () => {
  it("of 40 MB arrives whole, two parts of 16 MiB at a time", async () => {
    const bytes = randomBytes(40_000_000);
    await beside({ partBytes: undefined }, async (jobs, worker) => {
      const upload = await jobs.upload(new File([bytes], "call.wav"));
      assert.ok(worker.stored(upload.id).equals(bytes));
      assert.deepEqual(upload, {
        id: upload.id,
        name: "call.wav",
        bytes: 40_000_000,
        contentType: "audio/wav",
        sha256: createHash("sha256").update(bytes).digest("hex"),
        createdAt: "2026-01-01T00:00:00.000Z",
        expiresAt: "2026-01-02T00:00:00.000Z",
      });
      assert.deepEqual([worker.puts.toSorted(), worker.most], [[1, 2, 3], 2]);
      const [begin] = worker.requests;
      assert.deepEqual([begin.headers["content-type"], JSON.parse(begin.body)], ["application/json", { name: "call.wav", bytes: 40_000_000 }]);
    });
  });

  it("may be of a blob, a view or a buffer, which have no name", async () => {
    const files = [new Blob([BYTES]), new Uint8Array(BYTES.buffer, BYTES.byteOffset, BYTES.length), new Uint8Array(BYTES).buffer];
    await beside({}, async (_, worker) => {
      const jobs = new api.JobsClient(`${worker.url}/`, { token: TOKEN });
      for (const file of files) {
        const upload = await jobs.upload(file);
        assert.ok(worker.stored(upload.id).equals(BYTES));
        assert.ok(!("name" in upload));
      }
      assert.deepEqual(worker.requests.filter(isBegin).map(({ body }) => JSON.parse(body)), Array(3).fill({ bytes: BYTES.length }));
    });
  });

  it("tells its id at once, and how far it is after each part", async () => {
    await beside({}, async (jobs, worker) => {
      const told = [];
      const upload = await jobs.upload(FILE.slice(0, 3 * KB), { onProgress: (progress) => told.push({ ...progress, requests: worker.requests.length }) });
      assert.deepEqual(told.map(({ sentBytes }) => sentBytes), [0, KB, 2 * KB, 3 * KB]);
      assert.ok(told.every(({ uploadId, bytes }) => uploadId === upload.id && bytes === 3 * KB));
      assert.equal(told[0].requests, 1);
    });
  });

  it("of nothing, or of what is no file, is refused before anything is sent", async () => {
    await beside({}, async (jobs, worker) => {
      for (const file of [new File([], "call.wav"), new Uint8Array(0), "call.wav", undefined, null, {}, [1], { size: 3 }]) {
        const error = await failure(jobs.upload(file));
        assert.ok(error instanceof api.RingCentralError);
        assert.deepEqual([error.code, error.field, error.retryable], ["invalid_field", "file", false], error.message);
      }
      assert.equal((await failure(new api.JobsClient(worker.url).upload(FILE))).field, "token");
      assert.equal((await failure(new api.JobsClient("http://h.example", { token: TOKEN }).upload(FILE))).field, "url");
      assert.equal(worker.requests.length, 0);
    });
  });

  it("whose file cannot be read any more ends, and says so", async () => {
    const path = join(folder, "shrinking.wav");
    await writeFile(path, BYTES);
    await beside({ fault: ({ method }) => method === "POST" && truncate(path, KB).then(() => undefined) }, async (jobs, worker) => {
      const error = await failure(jobs.upload(await openAsBlob(path)));
      assert.deepEqual([error.code, error.field, error.message], ["invalid_field", "file", "file: it cannot be read any more"]);
      assert.equal(worker.requests.filter(isComplete).length, 0);
    });
  });
});

describe("a failure", () => {
  const anHourAgo = (s) => new Date(Date.now() - 3_600_000 + s * 1_000).toUTCString();
  const ASKING = {
    "503 and Retry-After": PAUSE,
    "429 and Retry-After": { ...PAUSE, ...refusal(429, "rate_limited") },
    "a page and Retry-After as a date, by the server's clock": { status: 503, body: "<html>", headers: { date: anHourAgo(0), "retry-after": anHourAgo(PAUSE_S) } },
  };
  for (const [name, answer] of Object.entries(ASKING)) {
    it(`with ${name} is waited out: nothing at all is sent before it is over`, async () => {
      await beside({ fault: first(isPart(2), answer) }, async (jobs, worker) => {
        const upload = await jobs.upload(FILE);
        assert.ok(worker.stored(upload.id).equals(BYTES));
        const refused = worker.requests.find(isPart(2));
        const later = worker.requests.filter(({ at }) => at > refused.at + 100);
        assert.ok(later.length > 3, "what was on its way is no more than a part");
        assert.ok(later.every(({ at }) => at >= refused.at + PAUSE_S * 1_000), later.map(({ at }) => at - refused.at).join());
      });
    });
  }

  it("of the connection in the middle of a part costs that part alone", async () => {
    const bytes = randomBytes(5 << 20);
    let cuts = 2;
    const cutAfter = (request) => (isPart(2)(request) && cuts > 0 && cuts-- ? 1 << 19 : Infinity);
    await beside({ partBytes: 2 << 20, cutAfter }, async (jobs, worker) => {
      const upload = await jobs.upload(new Blob([bytes]));
      assert.ok(worker.stored(upload.id).equals(bytes));
      assert.deepEqual([worker.puts.toSorted(), cuts], [[1, 2, 3], 0]);
    });
  });

  it("that passes is outlasted wherever it comes: 5xx, 408, a page, an answer that is lost", async () => {
    const page = (status) => ({ status, headers: { "content-type": "text/html" }, body: "<!doctype html>" });
    const faults = [first(isBegin, page(502), { status: 408 }), first(isPart(3), refusal(500, "internal"), page(200)), first(isComplete, { cut: -1 }, { cut: 5, json: {} })];
    await withGlobals(fastTimers([], 10), () =>
      beside({ fault: (request) => faults.map((fault) => fault(request)).find(Boolean) }, async (jobs, worker) => {
        const upload = await jobs.upload(FILE);
        assert.ok(worker.stored(upload.id).equals(BYTES));
        assert.deepEqual([isBegin, isPart(3), isComplete].map((isMeant) => worker.requests.filter(isMeant).length), [3, 3, 3]);
      }),
    );
  });

  it("that lasts ends a part after eight tries, with pauses that grow and are half random", async () => {
    const waits = [];
    const chance = Object.assign(Object.create(Math), { random: () => 0.3 });
    await withGlobals({ ...fastTimers(waits), Math: chance }, () =>
      beside({ fault: always(isPut, BUSY) }, async (jobs, worker) => {
        const error = await failure(jobs.upload(FILE.slice(0, 10)));
        assert.deepEqual([...fieldsOf(error), error.message, error.requestId], ["busy", 503, true, "it is busy", "r-1"]);
        assert.equal(worker.requests.filter(isPut).length, 8);
      }),
    );
    const pauses = [325, 650, 1_300, 2_600, 5_200, 10_400, 19_500];
    assert.deepEqual(waits.filter((ms) => pauses.includes(ms)), pauses);
  });

  it("of the network that lasts is told as such, and one of a server that says nothing too", { timeout: 60_000 }, async () => {
    const waits = [];
    await withGlobals(fastTimers(waits), async () => {
      const error = await failure(new api.JobsClient("http://127.0.0.1:9", { token: TOKEN }).upload(FILE));
      assert.deepEqual(fieldsOf(error), ["network_or_cors", undefined, true]);
      waits.length = 0;
      await beside({ fault: () => ({ slowMs: Infinity }) }, async (jobs, worker) => {
        assert.deepEqual(fieldsOf(await failure(jobs.upload(FILE))), ["network_or_cors", undefined, true]);
        assert.deepEqual([worker.requests.length, waits.filter((ms) => ms === 90_000).length], [5, 5]);
      });
    });
  });

  it("that is an answer without an end is let go of", { timeout: 30_000 }, async () => {
    const closed = Promise.withResolvers();
    let left = 5;
    const fault = (_, response) => {
      response.on("close", () => --left || closed.resolve());
      const more = () => response.destroyed || response.write(" ".repeat(1 << 18), more);
      more();
      return { slowMs: Infinity };
    };
    await withGlobals(fastTimers([], 100), () =>
      beside({ fault }, async (jobs, worker) => {
        assert.deepEqual(fieldsOf(await failure(jobs.upload(FILE))), ["unexpected_answer", 200, false]);
        await closed.promise;
        assert.equal(worker.requests.length, 5);
      }),
    );
  });

  it("of the Worker's own word is final, and has the Worker's fields", async () => {
    const final = [
      [isBegin, refusal(501, "uploads_not_configured"), ["uploads_not_configured", 501, false]],
      [isBegin, refusal(503, "not_configured"), ["not_configured", 503, false]],
      [isBegin, refusal(401, "unauthorized"), ["unauthorized", 401, false]],
      [isBegin, refusal(403, "forbidden"), ["forbidden", 403, false]],
      [isBegin, refusal(422, "invalid_field", { field: "bytes", message: "bytes: too many" }), ["invalid_field", 422, false]],
      [isBegin, { ...BUSY, headers: { "retry-after": "3601" } }, ["busy", 503, true]],
      [isBegin, { status: 413, body: "<html>" }, ["unexpected_answer", 413, false]],
      [isPart(1), refusal(409, "upload_conflict"), ["upload_conflict", 409, false]],
      [isComplete, refusal(409, "upload_conflict"), ["upload_conflict", 409, false]],
    ];
    for (const [isMeant, answer, expected] of final) {
      await beside({ fault: always(isMeant, answer) }, async (jobs, worker) => {
        const error = await failure(jobs.upload(FILE));
        assert.ok(error instanceof api.RingCentralError);
        assert.match(error.stack, /^RingCentralError: .+\n +at /);
        assert.ok(error.stack.includes(import.meta.url), error.stack);
        assert.deepEqual(fieldsOf(error), expected);
        assert.deepEqual(Object.keys(error).filter((name) => error[name] === undefined), []);
        if (answer.json) assert.equal(error.requestId, "r-1");
        if (answer.headers) assert.equal(error.retryAfter, 3_601);
        assert.deepEqual([error.field, error.message.startsWith("bytes: too")], expected[1] === 422 ? ["bytes", true] : [undefined, false]);
        assert.equal(worker.requests.filter(isMeant).length, 1);
      });
    }
  });

  it("of another token shows neither", async () => {
    await beside({}, async (jobs, worker) => {
      const error = await failure(new api.JobsClient(worker.url, { token: "S3CRET-other" }).upload(FILE));
      assert.deepEqual([...fieldsOf(error), worker.requests.length], ["unauthorized", 401, false, 1]);
    });
  });

  it("that is a redirect is refused, and nothing reaches where it leads", async () => {
    const elsewhere = await startServer(() => ({ status: 404 }));
    try {
      for (const isMeant of [isBegin, isPart(1), isComplete]) {
        await beside({ fault: always(isMeant, { redirect: `${elsewhere.url}/v1/uploads` }) }, async (jobs, worker) => {
          const error = await failure(jobs.upload(FILE));
          assert.deepEqual([error.code, error.retryable, worker.requests.filter(isMeant).length], ["unexpected_answer", false, 1]);
          assert.match(error.message, /redirect, which is never followed/);
        });
      }
      assert.equal(elsewhere.requests.length, 0);
    } finally {
      await elsewhere.close();
    }
  });

  it("of the Worker's, that it speaks of another file, is no success", async () => {
    const other = { json: { id: "1", bytes: 7, partBytes: KB, parts: [] } };
    for (const isMeant of [isBegin, isComplete]) {
      await beside({ fault: always(isMeant, other) }, async (jobs) => {
        assert.deepEqual(fieldsOf(await failure(jobs.upload(FILE))), ["unexpected_answer", undefined, false]);
      });
    }
  });
});

describe("an upload that was interrupted", () => {
  const reason = new Error("the user has left");

  it("goes on by its id: only the parts that are missing are put", async () => {
    await beside({}, async (jobs, worker) => {
      const stop = new AbortController();
      let uploadId;
      const onProgress = ({ uploadId: id, sentBytes }) => {
        uploadId = id;
        if (sentBytes > 2 * KB) stop.abort(reason);
      };
      assert.equal(await failure(jobs.upload(FILE, { signal: stop.signal, onProgress })), reason);
      await new Promise((resolve) => setTimeout(resolve, 200)); // What was on its way is there now.
      assert.equal(worker.requests.filter(isComplete).length, 0);
      const there = worker.puts.splice(0);
      assert.ok(there.length >= 3 && there.length < 6, there.join());

      const told = [];
      const upload = await jobs.upload(FILE, { uploadId, onProgress: ({ sentBytes }) => told.push(sentBytes) });
      assert.deepEqual([upload.id, worker.requests.filter(isBegin).length], [uploadId, 1]);
      assert.deepEqual(worker.puts.toSorted(), [1, 2, 3, 4, 5, 6].filter((part) => !there.includes(part)));
      assert.deepEqual([told[0], told.at(-1)], [there.length * KB, BYTES.length]);
      assert.ok(worker.stored(uploadId).equals(BYTES));

      worker.puts.length = 0;
      assert.deepEqual([await jobs.upload(FILE, { uploadId }), worker.puts], [upload, []], "once more is harmless");
    });
  });

  it("has every part put that the Worker does not say is there whole", async () => {
    const stop = new AbortController();
    const list = [{ part: 1, bytes: KB }, { part: 2, bytes: KB - 1 }, { part: 6, bytes: KB }, null];
    let uploadId;
    const fault = ({ method }) => (method === "GET" ? { json: { id: uploadId, bytes: BYTES.length, partBytes: KB, parts: list } } : undefined);
    await beside({ fault }, async (jobs, worker) => {
      const onProgress = (progress) => stop.abort(({ uploadId } = progress));
      await failure(jobs.upload(FILE, { signal: stop.signal, onProgress }));
      assert.equal((await failure(jobs.upload(FILE, { uploadId }))).code, "upload_conflict");
      assert.deepEqual(worker.puts.toSorted(), [2, 3, 4, 5, 6]);
    });
  });

  it("is not taken for another file's, and one that is gone is not begun anew", async () => {
    await beside({}, async (jobs, worker) => {
      const { id } = await jobs.upload(FILE);
      const before = worker.requests.length;
      const other = await failure(jobs.upload(FILE.slice(1), { uploadId: id }));
      assert.deepEqual([other.code, other.field, other.retryable], ["invalid_field", "uploadId", false]);
      const gone = await failure(jobs.upload(FILE, { uploadId: "../gone" }));
      assert.deepEqual(fieldsOf(gone), ["not_found", 404, false]);
      assert.deepEqual(worker.requests.slice(before).map(({ method, path }) => [method, path]), [["GET", `/v1/uploads/${id}`], ["GET", "/v1/uploads/..%2Fgone"]]);
    });
  });
});

describe("an abort", () => {
  const reason = new Error("the user has left");

  it("before the start sends nothing", async () => {
    await beside({}, async (jobs, worker) => {
      assert.equal(await failure(jobs.upload(FILE, { signal: AbortSignal.abort(reason) })), reason);
      await assert.rejects(jobs.upload(FILE, { signal: {} }), { code: "invalid_field", field: "signal" });
      assert.equal(worker.requests.length, 0);
    });
  });

  it("during a part takes it back", { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    const closed = Promise.withResolvers();
    const fault = ({ method }, response) => {
      if (method !== "PUT") return undefined;
      response.on("close", closed.resolve);
      stop.abort(reason);
      return { slowMs: Infinity };
    };
    await beside({ fault }, async (jobs) => {
      assert.equal(await failure(jobs.upload(FILE, { signal: stop.signal })), reason);
      await closed.promise;
    });
  });

  it("during a pause ends it, and leaves no timer and nobody who listens", { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    const { signal } = stop;
    let listeners = 0;
    const heard = (name, step) => {
      const own = signal[name];
      signal[name] = (...given) => own.apply(signal, given, (listeners += step));
    };
    heard("addEventListener", 1);
    heard("removeEventListener", -1);
    await beside({ fault: always(isPut, { ...BUSY, headers: { "retry-after": "3600" } }) }, async (jobs, worker) => {
      const waiting = failure(jobs.upload(FILE.slice(0, 10), { signal }));
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      while (!worker.requests.some(isPut)) await new Promise(setImmediate);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const before = timers();
      assert.equal(listeners, 1);
      stop.abort(reason);
      assert.equal(await waiting, reason);
      assert.deepEqual([timers(), listeners, worker.requests.filter(isPut).length], [before - 1, 0, 1]);
    });
  });

  it("is what a failure of one part is for the others, and an error of the caller's own for all", async () => {
    const mistake = new Error("it cannot be shown");
    const onProgress = () => {
      throw mistake;
    };
    const held = async (request) => {
      if (isPart(2)(request)) return { slowMs: Infinity };
      return isPart(1)(request) ? refusal(409, "upload_conflict") : undefined;
    };
    await beside({ fault: held }, async (jobs, worker) => {
      assert.equal((await failure(jobs.upload(FILE))).code, "upload_conflict");
      assert.equal(await failure(jobs.upload(FILE, { onProgress })), mistake);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(worker.requests.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`).toSorted(), ["POST uploads", "POST uploads", "PUT 1", "PUT 2"]);
    });
  });
});

describe("elsewhere than in Node", () => {
  /** Uploads three parts and tells what came of it; it runs as it stands, in any scope. */
  const story = `async ({ JobsClient }, { url, token }) => {
    const jobs = new JobsClient(url, { token });
    const bytes = Uint8Array.from({ length: 2500 }, (_, at) => at % 251);
    const upload = await jobs.upload(new File([bytes], "call.wav"));
    const error = await new JobsClient(url, { token: "wrong" }).upload(bytes).catch((error) => error);
    const late = await jobs.upload(bytes, { signal: AbortSignal.abort("too late") }).catch((reason) => reason);
    return { sha256: upload.sha256, name: upload.name, code: error.code, late };
  }`;
  const sha256 = createHash("sha256").update(Uint8Array.from({ length: 2500 }, (_, at) => at % 251)).digest("hex");
  const ENDS = { sha256, name: "call.wav", code: "unauthorized", late: "too late" };

  it("it works in a page, across origins", { timeout: 60_000 }, async () => {
    const page = join(folder, "page");
    await mkdir(page);
    await writeFile(join(page, "index.html"), "<!doctype html>");
    const files = await startFiles([
      ["/package/", `${installed}/`],
      ["/", `${page}/`],
    ]);
    const browser = await startBrowser();
    try {
      await beside({}, async (_, { url }) => {
        const tab = await browser.newPage();
        await tab.goto(files.url);
        const loaded = () => files.requests.some(({ path }) => path === "/package/upload.mjs");
        await tab.evaluate(async () => (await import("/package/index.mjs")).ready());
        assert.ok(!loaded(), "what uploads is loaded when it is needed");
        assert.deepEqual(await tab.evaluate(`import("/package/index.mjs").then((api) => (${story})(api, ${JSON.stringify({ url, token: TOKEN })}))`), ENDS);
        assert.ok(loaded());
      });
    } finally {
      await browser.close();
      await files.close();
    }
  });

  it("it works in workerd, bundled into one script", { timeout: 60_000 }, async () => {
    const script = `import * as api from "ringcentral-ai";
      export default { fetch: async (request) => Response.json(await (${story})(api, await request.json())) };`;
    await writeFile(join(folder, "worker.mjs"), script);
    await writeFile(join(folder, "wrangler.toml"), 'name = "stranger"\nmain = "worker.mjs"\ncompatibility_date = "2026-11-01"\nsend_metrics = false\n');
    const harness = createTestHarness({ root: folder, workers: [{ configPath: "./wrangler.toml" }] });
    try {
      await harness.listen();
      await beside({}, async (_, { url }) => {
        const response = await harness.getWorker().fetch("/", { method: "POST", body: JSON.stringify({ url, token: TOKEN }) });
        assert.deepEqual(await response.json(), ENDS);
      });
    } finally {
      await harness.close();
    }
  });
});
