// The npm package as a stranger installs it, and what it shows of itself.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect, promisify } from "node:util";
import { ROOT } from "./services.mjs";

const run = promisify(execFile);
const CONSUMER = { name: "stranger", private: true, type: "module" };

/** Packs `dist/package` and installs it into a folder of its own: `{folder, tarball, installed, api, close}`. */
export async function installPackage() {
  const folder = await mkdtemp(join(tmpdir(), "ringcentral-ai-package-"));
  await writeFile(join(folder, "package.json"), JSON.stringify(CONSUMER));
  const npm = (args) => run("npm", [...args, "--offline", "--no-audit", "--no-fund", "--cache", join(folder, ".npm")], { cwd: folder });
  const { stdout } = await npm(["pack", join(ROOT, "dist/package"), "--json"]);
  const tarball = join(folder, JSON.parse(stdout)[0].filename);
  await npm(["install", tarball]);
  await writeFile(join(folder, "import.mjs"), `export * from "ringcentral-ai";`);
  const api = await import(pathToFileURL(join(folder, "import.mjs")));
  return { folder, tarball, installed: join(folder, "node_modules/ringcentral-ai"), api, close: () => rm(folder, { recursive: true, force: true }) };
}

/** Everything of a value that a program could print. */
export const printed = (value) => [inspect(value, { showHidden: true, depth: 20 }), JSON.stringify(value), String(value), value?.stack].join("\n");

/** What a promise rejects with; nothing of it may show a secret. */
export async function failure(promise) {
  const error = await promise.then(
    (value) => assert.fail(`it gave ${inspect(value)}`),
    (error) => error,
  );
  assert.doesNotMatch(printed(error), /S3CRET/);
  return error;
}

/** Has `tests` use other globals than the platform's. */
export async function withGlobals(globals, tests) {
  const own = Object.fromEntries(Object.keys(globals).map((name) => [name, globalThis[name]]));
  Object.assign(globalThis, globals);
  try {
    await tests();
  } finally {
    Object.assign(globalThis, own);
  }
}
