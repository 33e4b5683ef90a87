// The package as bundlers make one file of it, which nothing lies beside: for Node, and for a page under a strict policy.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { startBrowser } from "./support/browser.mjs";
import { startServer } from "./support/http.mjs";
import { installPackage } from "./support/package.mjs";
import { startSandbox } from "./support/services.mjs";

const run = promisify(execFile);
const RESULT = `{ status: "Success", response: { transcript: "so it goes", words: [{ word: "so it goes", start: 0, end: 1 }] } }`;

let folder, remove, sandbox;
before(async () => {
  ({ folder, close: remove } = await installPackage());
  sandbox = await startSandbox();
});
after(async () => {
  await sandbox?.close();
  await remove?.();
});

/** What lists a recording of the sandbox's and writes a transcript, from `entry`. */
const program = (entry) => `
  import { ready, RingCentral, Transcript } from "${entry}";
  export async function proof() {
    await ready();
    const server = "${sandbox.url}";
    const rc = await RingCentral.login({ clientId: "sandbox-client", clientSecret: "sandbox-secret", jwt: "sandbox-jwt", server });
    for await (const { id } of rc.recordings({ dateFrom: "2020-01-01" })) return [id, new Transcript(${RESULT}).text()].join(" ");
  }
`;

/** One file that holds it all, alone in a folder of its own. */
async function bundle(name, entry, then, options) {
  const outdir = join(folder, name);
  await mkdir(outdir);
  const stdin = { contents: `${program(entry)}\n${then}`, resolveDir: folder };
  await build({ stdin, bundle: true, minify: true, outfile: join(outdir, `${name}.${options.format === "esm" ? "mjs" : "cjs"}`), logLevel: "error", ...options });
  const files = await readdir(outdir);
  assert.equal(files.length, 1, files.join());
  return join(outdir, files[0]);
}

for (const format of ["esm", "cjs"]) {
  test(`for Node, as ${format}`, async () => {
    const file = await bundle(`node-${format}`, "ringcentral-ai", "proof().then(console.log);", { platform: "node", format });
    const { stdout } = await run(process.execPath, [file], { cwd: join(file, "..") });
    assert.match(stdout, /^\d+ so it goes\n/);
  });
}

test("for a page, from ringcentral-ai/inline, under a policy that allows no address but its own", async (t) => {
  const file = await bundle("page", "ringcentral-ai/inline", "proof().then((found) => (document.title = found), (error) => (document.title = error.message));", { format: "iife" });
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
  assert.match(await page.title(), /^\d+ so it goes/);
});
