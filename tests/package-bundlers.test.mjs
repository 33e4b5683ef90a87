// The package as bundlers make one file of it, which nothing lies beside: for Node, and for a page under a strict policy.
import assert from "node:assert/strict";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { startBrowser } from "./support/browser.mjs";
import { PRINT, PROOF, TITLE, program, proves } from "./support/bundling.mjs";
import { startServer } from "./support/http.mjs";
import { installPackage } from "./support/package.mjs";
import { startSandbox } from "./support/services.mjs";

let folder, remove, sandbox;
before(async () => {
  ({ folder, close: remove } = await installPackage());
  sandbox = await startSandbox();
});
after(async () => {
  await sandbox?.close();
  await remove?.();
});

/** One file that holds it all, alone in a folder of its own. */
async function bundle(name, entry, then, options) {
  const outdir = join(folder, name);
  await mkdir(outdir);
  const stdin = { contents: `${program(sandbox, entry)}\n${then}`, resolveDir: folder };
  await build({ stdin, bundle: true, minify: true, outfile: join(outdir, `${name}.${options.format === "esm" ? "mjs" : "cjs"}`), logLevel: "error", ...options });
  const files = await readdir(outdir);
  assert.equal(files.length, 1, files.join());
  return join(outdir, files[0]);
}

for (const format of ["esm", "cjs"]) {
  test(`for Node, as ${format}`, async () => {
    const file = await bundle(`node-${format}`, "ringcentral-ai", PRINT, { platform: "node", format });
    await proves(process.execPath, [file], { cwd: join(file, "..") });
  });
}

test("for a page, from ringcentral-ai/inline, under a policy that allows no address but its own", async (t) => {
  const file = await bundle("page", "ringcentral-ai/inline", TITLE, { format: "iife" });
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src ${sandbox.url}`;
  const script = await readFile(file);
  const server = await startServer(({ path }) =>
    path === "/page.js"
      ? { headers: { "content-type": "text/javascript" }, body: script }
      : { headers: { "content-type": "text/html", "content-security-policy": policy }, body: `<!doctype html><script src="/page.js"></script>` },
  );
  const browser = await startBrowser();
  t.after(async () => {
    await browser.close();
    await server.close();
  });
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => document.title !== "");
  assert.match(await page.title(), PROOF);
});
