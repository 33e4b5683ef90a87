// The packed tarball in Next, by both of its bundlers: in a server component, in a route and in a component of the page.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { startBrowser } from "./support/browser.mjs";
import { PROOF, TITLE, program, provesAt, writeFiles } from "./support/bundling.mjs";
import { npmFolder } from "./support/npm.mjs";
import { installPackage } from "./support/package.mjs";
import { freePort, startSandbox } from "./support/services.mjs";

const LAYOUT = `export default ({ children }) => <html><body>{children}</body></html>;`;
const CLIENT = `"use client";
  import { useEffect } from "react";
  import { proof } from "./proof.js";
  export function Client() {
    useEffect(() => {
      ${TITLE}
    }, []);
    return null;
  }`;
const PAGE = `import { Client } from "./client.jsx";
  import { proof } from "./proof.js";
  export const dynamic = "force-dynamic";
  export default async () => <><p>{await proof()}</p><Client /></>;`;
const ROUTE = `import { proof } from "../../proof.js";
  export const dynamic = "force-dynamic";
  export const GET = async () => new Response(await proof());`;

let consumer, sandbox, browser, npm;
before(async () => {
  consumer = await installPackage();
  sandbox = await startSandbox();
  browser = await startBrowser();
  npm = await npmFolder([consumer.tarball, "next@16", "react@19", "react-dom@19"], { type: "module" });
  const files = { "app/layout.jsx": LAYOUT, "app/client.jsx": CLIENT, "app/page.jsx": PAGE, "app/api/proof/route.js": ROUTE, "app/proof.js": program(sandbox) };
  await writeFiles(npm.folder, files);
});
after(async () => {
  await npm?.close();
  await browser?.close();
  await sandbox?.close();
  await consumer?.close();
});

for (const bundler of ["turbopack", "webpack"]) {
  test(bundler, { timeout: 280_000 }, async (t) => {
    const { folder } = npm;
    const next = join(folder, "node_modules/next/dist/bin/next");
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_TEST_CONTEXT: undefined, NODE_ENV: "production" };
    await rm(join(folder, ".next"), { recursive: true, force: true });
    await promisify(execFile)(process.execPath, [next, "build", `--${bundler}`], { cwd: folder, env }).catch(({ stdout, stderr }) => assert.fail(stdout + stderr));
    const port = await freePort();
    const server = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "127.0.0.1"], { cwd: folder, env, stdio: "ignore" });
    t.after(async () => {
      server.kill();
      await once(server, "exit");
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${url}/api/proof`).catch(() => undefined))) await sleep(200);
    assert.match(await (await fetch(`${url}/api/proof`)).text(), PROOF);
    assert.match(await (await fetch(url)).text(), /<p>1 00:00:.*Thank you for calling/);
    await provesAt(browser, url);
  });
}
