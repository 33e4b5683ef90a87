// The packed tarball in the oldest Node that it is for, and in a second browser, as they come from the registry and the distribution.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { PRINT, PROOF, TITLE, program, proves, writeFiles } from "./support/bundling.mjs";
import { startFiles } from "./support/http.mjs";
import { npmFolder } from "./support/npm.mjs";
import { installPackage } from "./support/package.mjs";
import { startSandbox } from "./support/services.mjs";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

let consumer, sandbox;
before(async () => {
  consumer = await installPackage();
  sandbox = await startSandbox();
});
after(async () => {
  await sandbox?.close();
  await consumer?.close();
});

test("Node 20", { timeout: 200_000 }, async (t) => {
  const { folder, close } = await npmFolder([consumer.tarball, "node@20"], { type: "module" });
  t.after(close);
  await writeFiles(folder, { "main.js": program(sandbox) + PRINT });
  await proves(join(folder, "node_modules/node/bin/node"), ["main.js"], { cwd: folder });
});

const isThere = existsSync(FIREFOX);

test("Firefox", { timeout: 200_000, skip: !isThere && `there is no ${FIREFOX}: install it (Debian: apt-get install firefox-esr) or name it: FIREFOX=/path/to/it` }, async (t) => {
  const { folder, close } = await npmFolder(["puppeteer-core"]);
  t.after(close);
  const index = `<!doctype html><title></title><script type="importmap">{"imports":{"ringcentral-ai":"/package/index.mjs"}}</script><script type="module" src="main.js"></script>`;
  await writeFiles(folder, { "page/index.html": index, "page/main.js": program(sandbox) + TITLE });
  const files = await startFiles([["/package/", `${consumer.installed}/`], ["/", `${join(folder, "page")}/`]]);
  t.after(() => files.close());
  const { default: puppeteer } = await import(pathToFileURL(createRequire(join(folder, "package.json")).resolve("puppeteer-core")));
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true, protocol: "webDriverBiDi" });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(files.url);
  await page.waitForFunction(() => document.title !== "");
  assert.match(await page.title(), PROOF);
});
