// Each example of the package's README runs as it stands, from the packed tarball, beside the sandbox and the Worker.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { build as buildByVite } from "vite";
import { createTestHarness } from "wrangler";
import { startBrowser } from "./support/browser.mjs";
import { startFiles, startServer } from "./support/http.mjs";
import { installPackage } from "./support/package.mjs";
import { examples, replaced } from "./support/readme.mjs";
import { CREDENTIALS, ROOT, startSandbox, startWorker } from "./support/services.mjs";
import { compile } from "./support/typescript.mjs";

const run = promisify(execFile);
const WORDS = /Thank you for calling/;
const RESERVE_TOKEN = "a-token-of-a-page";

let consumer, folder, files, sandbox, worker, environment, rc, recording;
before(async () => {
  consumer = await installPackage();
  folder = consumer.folder;
  files = await startFiles([["/", `${folder}/`]]);
  sandbox = await startSandbox();
  const API_TOKENS = `${CREDENTIALS.API_TOKENS},reserve:${RESERVE_TOKEN}`;
  worker = await startWorker({ sandboxUrl: sandbox.url, vars: { API_TOKENS, ALLOWED_ORIGINS: files.url } });
  environment = { ...CREDENTIALS, WORKER_URL: worker.url, API_TOKEN: CREDENTIALS.API_TOKENS, RC_SERVER: sandbox.url };
  const { RC_CLIENT_ID: clientId, RC_CLIENT_SECRET: clientSecret, RC_JWT: jwt } = CREDENTIALS;
  rc = await consumer.api.RingCentral.login({ clientId, clientSecret, jwt, server: sandbox.url });
  recording = (await rc.recordings({ dateFrom: "2020-01-01" }).next()).value;
});
after(async () => {
  await worker?.close();
  await sandbox?.close();
  await files?.close();
  await consumer?.close();
});

const example = (heading, at = 0) => examples(consumer.installed, heading)[at].text;

/** The text of a job that was submitted on a server: what a page resumes. */
const isTold = async ({ status, job }) => {
  assert.equal(status, 202);
  const { transcript } = await new consumer.api.JobsClient(worker.url).resume(job).wait();
  assert.match(transcript.text(), WORDS);
};

async function inPage(address, prepare, use) {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await prepare(page);
    await page.goto(address);
    await use(page);
  } finally {
    await browser.close();
  }
}

test("in Node", async () => {
  const place = join(folder, "in-node");
  await mkdir(place);
  await writeFile(join(place, "index.mjs"), example("In Node"));
  const { stdout } = await run(process.execPath, ["index.mjs"], { cwd: place, env: { ...process.env, ...environment } });
  assert.match(stdout, /^\d+ succeeded$/m);
  const captions = (await readdir(place)).filter((name) => name.endsWith(".srt"));
  assert.ok(captions.length > 0);
  for (const name of captions) assert.match(await readFile(join(place, name), "utf8"), /^1\n00:00:/);
});

test("in a page, without a secret", async () => {
  let text = replaced(example("In a page, without a secret"), "https://my-worker.example", worker.url);
  text = replaced(text, "of-scope-reserve", RESERVE_TOKEN);
  text = replaced(replaced(text, "https://platform.ringcentral.com", sandbox.url), "your-app", "sandbox-public");
  await writeFile(join(folder, "page.html"), text);
  await inPage(`${files.url}/page.html`, () => {}, async (page) => {
    await page.waitForURL(`${sandbox.url}/**`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${files.url}/page.html`);
    await page.reload();
    await page.locator("button").first().click();
    await page.waitForFunction(() => /Thank you for calling/.test(document.getElementById("transcript").textContent));
    assert.match(await page.evaluate(() => sessionStorage.job), /#r_/);
  });
});

test("without a Worker", async () => {
  const place = join(folder, "without-worker");
  await mkdir(place);
  await writeFile(join(place, "index.mjs"), example("Without a Worker"));
  const webhook = await startServer(() => ({ status: 200 }));
  try {
    const { stdout } = await run(process.execPath, ["index.mjs"], { cwd: place, env: { ...process.env, ...environment, WEBHOOK: webhook.url } });
    assert.match(stdout, /Success\n[^]*Thank you for calling/);
  } finally {
    await webhook.close();
  }
});

test("with options: the clients are made, and send nothing by that", async () => {
  const place = join(folder, "options");
  await mkdir(place);
  const text = example("Options");
  await writeFile(join(place, "index.mjs"), text.slice(0, text.indexOf("\nfor await")));
  await run(process.execPath, ["index.mjs"], { cwd: place });
  const names = [...text.matchAll(/\b(?:jobs|patient)\.(\w+)\(/g)].map(([, name]) => name);
  assert.deepEqual(names, ["withOptions", "list", "delete", "transcribe"]);
  for (const name of names) assert.equal(typeof consumer.api.JobsClient.prototype[name], "function", name);
});

test("jobs afterwards", async () => {
  const place = join(folder, "afterwards");
  await mkdir(place);
  const text = replaced(replaced(example("Jobs afterwards"), "https://my-worker.example", worker.url), '"admin"', JSON.stringify(environment.API_TOKEN));
  await writeFile(join(place, "index.mjs"), text);
  const reserved = await fetch(`${worker.url}/v1/callbacks`, { method: "POST", headers: { authorization: `Bearer ${environment.API_TOKEN}` }, body: JSON.stringify({ task: "punctuate" }) });
  await fetch((await reserved.json()).callbackUrl, { method: "POST", body: "what came" });
  const { stdout } = await run(process.execPath, ["index.mjs"], { cwd: place });
  assert.match(stdout, /what came/);
});

test("in a Cloudflare Worker", async () => {
  const place = join(folder, "in-worker");
  await mkdir(place);
  await writeFile(join(place, "index.mjs"), example("In a Cloudflare Worker"));
  const vars = `[vars]\nWORKER_URL = "${worker.url}"\nAPI_TOKEN = "${environment.API_TOKEN}"\n`;
  await writeFile(join(place, "wrangler.toml"), `name = "example"\nmain = "index.mjs"\ncompatibility_date = "2026-11-01"\nsend_metrics = false\n${vars}`);
  const harness = createTestHarness({ root: place, workers: [{ configPath: "./wrangler.toml" }] });
  try {
    await harness.listen();
    const response = await harness.getWorker().fetch(`/?recording=${recording.id}`);
    await isTold({ status: response.status, ...(await response.json()) });
  } finally {
    await harness.close();
  }
});

test("with Vite, built by its newest version without configuration", async () => {
  const place = join(folder, "with-vite");
  await mkdir(place);
  await writeFile(join(place, "main.js"), example("With Vite"));
  await writeFile(join(place, "index.html"), `<!doctype html><body><script type="module" src="./main.js"></script>`);
  await buildByVite({ root: place, base: "./", logLevel: "silent", define: { "import.meta.env.VITE_WORKER_URL": JSON.stringify(worker.url) } });
  const job = await new consumer.api.JobsClient(worker.url, { token: environment.API_TOKEN }).submit({ task: "speech-to-text", media: { recordingId: recording.id } });
  await inPage(`${files.url}/with-vite/dist/index.html#${job.expose()}`, () => {}, async (page) => {
    await page.waitForFunction(() => /Thank you for calling/.test(document.body.innerText));
  });
  await writeFile(join(place, "vite.config.mjs"), example("With Vite", 1));
  const { default: configuration } = await import(pathToFileURL(join(place, "vite.config.mjs")));
  assert.deepEqual(configuration, { optimizeDeps: { exclude: ["ringcentral-ai"] } });
});

test("with Next: the route is called, the component is bundled", async () => {
  await writeFile(join(folder, "route.mjs"), example("With Next"));
  Object.assign(process.env, { WORKER_URL: worker.url, API_TOKEN: environment.API_TOKEN });
  const { POST } = await import(pathToFileURL(join(folder, "route.mjs")));
  const ask = (recordingId) => POST(new Request("http://h", { method: "POST", body: JSON.stringify({ recordingId }) }));
  const response = await ask(recording.id);
  await isTold({ status: response.status, ...(await response.json()) });
  const refused = await ask("");
  const { error } = await refused.json();
  assert.deepEqual([refused.status, error.code, error.field], [422, "invalid_field", "media.recordingId"]);
  await writeFile(join(folder, "transcript.jsx"), example("With Next", 1));
  const options = { bundle: true, format: "esm", jsx: "automatic", external: ["react", "react/jsx-runtime"], write: false };
  const { warnings } = await build({ ...options, entryPoints: [join(folder, "transcript.jsx")], logLevel: "silent" });
  assert.deepEqual(warnings.filter(({ text }) => !text.includes("import.meta")), []);
});

test("results and errors compile", async () => {
  await writeFile(join(folder, "results.mts"), example("Results"));
  await writeFile(join(folder, "errors.mts"), example("Errors"));
  const compiler = join(ROOT, "node_modules/typescript");
  await compile({ compiler, folder, files: ["results.mts", "errors.mts"], module: "nodenext", lib: ["es2022"] });
});
