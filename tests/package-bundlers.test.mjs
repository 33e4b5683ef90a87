// The package as bundlers make one file of it, which nothing lies beside: for Node, and for a page under a strict policy.
import assert from "node:assert/strict";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
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

/** How much of each core's text lies in what is bundled of an import, for Node. */
async function coresOf(names) {
  const stdin = { contents: `import { ${names} } from "ringcentral-ai"; console.log(${names});`, resolveDir: folder };
  const { outputFiles, metafile } = await build({ stdin, bundle: true, format: "esm", platform: "node", write: false, metafile: true, logLevel: "error" });
  assert.equal(outputFiles.length, 1);
  const [{ inputs }] = Object.values(metafile.outputs);
  const bytes = (core) => inputs[`${relative(process.cwd(), folder)}/node_modules/ringcentral-ai/core_${core}_inline.mjs`]?.bytesInOutput ?? 0;
  return { client: bytes("client"), results: bytes("results"), all: outputFiles[0].contents.length };
}

test("for Node, what is imported brings along the cores that it needs", async () => {
  for (const names of ["Transcript", "parseCallback", "Transcript, parseCallback"]) {
    const { client, results, all } = await coresOf(names);
    assert.ok(client === 0 && results > 50_000 && all < results + 40_000, JSON.stringify({ names, client, results, all }));
  }
  for (const names of ["RingCentralError", "ContentUri, SecretUrl"]) {
    const { client, results, all } = await coresOf(names);
    assert.ok(client === 0 && results === 0 && all < 5_000, JSON.stringify({ names, client, results, all }));
  }
  for (const names of ["RingCentral", "JobsClient", "ready"]) {
    const { client, results } = await coresOf(names);
    assert.ok(client > 50_000 && results > 50_000, JSON.stringify({ names, client, results }));
  }
});

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
