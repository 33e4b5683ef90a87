// How a page comes by the package's cores: at their first use, once, fast; and what it is told where that fails.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { startFiles, startServer } from "./support/http.mjs";
import { installPackage } from "./support/package.mjs";

const POLICY = "default-src 'none'; script-src 'self'";
/** The fastest of a few loads: the machine may be at other work. */
const MAX_START_MS = 10;

let installed, remove, browser;
before(async () => {
  ({ installed, close: remove } = await installPackage());
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await remove?.();
});

/** A page of a server that answers for a core with `wasm`, and has a policy: the error that `ready()` gives there, or none. */
async function loading(wasm, { policy, before } = {}) {
  const server = await startServer(async ({ path }) => {
    if (path === "/") return { headers: { "content-type": "text/html", ...(policy && { "content-security-policy": policy }) }, body: "<!doctype html>" };
    if (path.endsWith(".wasm") && wasm) return wasm;
    const type = path.endsWith(".wasm") ? "application/wasm" : "text/javascript";
    const body = await readFile(join(installed, path)).catch(() => undefined);
    return body ? { headers: { "content-type": type }, body } : { status: 404 };
  });
  const page = await browser.newPage();
  try {
    if (before) await before(page);
    await page.goto(server.url);
    const error = await page.evaluate(async () => {
      const { ready, RingCentralError } = await import("/index.mjs");
      return ready().then(() => undefined, (error) => ({ code: error.code, message: error.message, isOurs: error instanceof RingCentralError }));
    });
    if (error) assert.deepEqual([error.code, error.isOurs], ["core_not_loaded", true]);
    return error?.message.replaceAll(server.url, "http://h");
  } finally {
    await page.close();
    await server.close();
  }
}

test("a core that cannot be loaded says what stands in the way", async () => {
  const html = { headers: { "content-type": "text/html" }, body: "<!doctype html>" };
  const noWasm = (page) => page.addInitScript(() => delete globalThis.WebAssembly);
  const blocked = (page) => page.route("**/*.wasm", (route) => route.abort("blockedbyclient"));
  const cases = [
    [/http:\/\/h\/core_\w+_bg\.wasm is answered with a page of HTML: .*optimizeDeps\.exclude/, html],
    [/http:\/\/h\/core_\w+_bg\.wasm is answered with 404/, { status: 404, body: "no" }],
    [/is no WebAssembly that this runtime compiles/, { headers: { "content-type": "application/wasm" }, body: "cut" }],
    [/is no WebAssembly that this runtime compiles/, { headers: { "content-type": "application/octet-stream" }, body: "" }],
    [/must allow http:\/\/h\/core_\w+_bg\.wasm in connect-src/, undefined, { policy: `${POLICY} 'wasm-unsafe-eval'` }],
    [/must allow 'wasm-unsafe-eval' in script-src/, undefined, { policy: `${POLICY}; connect-src 'self'` }],
    [/this runtime has no WebAssembly/, undefined, { before: noWasm }],
    [/http:\/\/h\/core_\w+_bg\.wasm cannot be fetched: /, undefined, { before: blocked }],
  ];
  for (const [message, ...page] of cases) assert.match((await loading(...page)) ?? "it was loaded", message);
  assert.equal(await loading(undefined, { policy: `${POLICY} 'wasm-unsafe-eval'; connect-src 'self'` }), undefined);
});

test("each core is fetched with what needs it first, compiled once, and started in a few milliseconds", async () => {
  const files = await startFiles([["/", `${installed}/`]]);
  const page = await browser.newPage();
  try {
    const fetched = () => files.requests.map(({ path }) => path).filter((path) => path.endsWith(".wasm"));
    await page.route(`${files.url}/`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.addInitScript(() => {
      const { compileStreaming, instantiate } = WebAssembly;
      Object.assign(globalThis, { compiled: 0, startMs: 0 });
      WebAssembly.compileStreaming = (source) => {
        globalThis.compiled += 1;
        return compileStreaming(source);
      };
      WebAssembly.instantiate = async (module, imports) => {
        const began = performance.now();
        const instance = await instantiate(module, imports);
        globalThis.startMs = performance.now() - began;
        return instance;
      };
    });
    const times = [];
    for (let round = 0; round < 6; round++) {
      await page.goto(files.url);
      const { callMs, startMs, compiled } = await page.evaluate(async () => {
        const { RingCentral } = await import("/index.mjs");
        const began = performance.now();
        const session = RingCentral.fromToken({ accessToken: "T" });
        const ask = () => session.contentUri("https://media.ringcentral.com/a");
        await ask();
        const callMs = performance.now() - began;
        await Promise.all([ask(), ask()]);
        return { callMs, startMs: globalThis.startMs, compiled: globalThis.compiled };
      });
      times.push([callMs, startMs]);
      assert.equal(compiled, 1);
    }
    assert.ok(fetched().length > 0 && fetched().every((path) => path === "/core_client_bg.wasm"), fetched().join());
    const refused = await page.evaluate(async () => {
      const { RingCentral } = await import("/index.mjs");
      const recordings = RingCentral.fromToken({ accessToken: "T" }).recordings({ source: "nowhere" });
      return recordings.next().then(() => "none", ({ field }) => field);
    });
    assert.deepEqual([refused, fetched().at(-1)], ["source", "/core_results_bg.wasm"]);
    const shown = times.map(([callMs, startMs]) => `${callMs.toFixed(1)} (${startMs.toFixed(1)})`);
    console.log(`ms from the first call to its answer, and of them until an instance is there: ${shown.join(", ")}`);
    assert.ok(Math.min(...times.map(([, startMs]) => startMs)) < MAX_START_MS);
  } finally {
    await page.close();
    await files.close();
  }
});

test("an import touches nothing that the runtime has", async () => {
  const files = await startFiles([["/", `${installed}/`]]);
  const page = await browser.newPage();
  try {
    await page.route(`${files.url}/`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.addInitScript(() => {
      globalThis.touched = [];
      for (const name of ["TextDecoder", "TextEncoder", "FinalizationRegistry", "fetch", "WebAssembly", "crypto", "localStorage", "sessionStorage", "AbortController", "Intl"]) {
        const value = globalThis[name];
        Object.defineProperty(globalThis, name, { configurable: true, get: () => (globalThis.touched.push(name), value) });
      }
    });
    await page.goto(files.url);
    const touched = await page.evaluate(async () => {
      globalThis.touched.length = 0; // what the driver of the browser has asked for
      await import("/index.mjs");
      return globalThis.touched;
    });
    assert.deepEqual(touched, []);
  } finally {
    await page.close();
    await files.close();
  }
});
