// The packed tarball, as the registry would have it: what is in it, and whether every resolver finds what its manifest promises.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { installPackage } from "./support/package.mjs";

const run = promisify(execFile);
const CORES = ["core_client", "core_results"];
/** Parts that have a script and its types, types alone, and a script alone. */
const TYPED = ["callback", "enrollments", "error", "job", "jobs-client", "ringcentral", "secret-url", "sign-in", "submitted-job", "transcript", "upload"];
const TYPES = ["answers", "operator", "options", "platform", "recording", "tasks"];
const INNER = (
  "abortable callback-reading client clusters compile core how index-client index-results inline-bytes inline-client inline-results invalid kept " +
  "pages reach reading ready results search supply talk-time upload-answer upload-request workerd workerd-client workerd-results"
).split(" ");
const ENTRIES = ["index", "inline", "slim"];
const CONTENT = [
  ...["package.json", "README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"],
  ...TYPED.flatMap((name) => [`${name}.mjs`, `${name}.d.mts`]),
  ...TYPES.map((name) => `${name}.d.mts`),
  ...INNER.map((name) => `${name}.mjs`),
  ...ENTRIES.flatMap((name) => [`${name}.mjs`, `${name}.d.ts`]),
  ...CORES.flatMap((name) => [`${name}.js`, `${name}_bg.wasm`, `${name}_bg.wasm.d.ts`, `${name}_inline.mjs`]),
];

let folder, tarball, installed, remove;
before(async () => {
  ({ folder, tarball, installed, close: remove } = await installPackage());
});
after(() => remove?.());

test("it holds what it needs and nothing else", async () => {
  const { stdout } = await run("tar", ["-tzf", tarball], { cwd: folder });
  const files = stdout.trim().split("\n").map((path) => path.replace(/^package\//, ""));
  assert.deepEqual(files.sort(), CONTENT.sort());
});

test("its manifest runs nothing and needs nothing", async () => {
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  for (const field of ["scripts", "dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "bin"]) assert.equal(manifest[field], undefined, field);
});

test("publint has nothing to say", async () => {
  const { buffer } = new Uint8Array(await readFile(tarball));
  assert.deepEqual((await publint({ pack: { tarball: buffer }, strict: true })).messages, []);
});

test("nor have the types' critics, but that it is made of ES modules alone", async () => {
  const { types, problems, entrypoints } = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(tarball))));
  assert.equal(types.kind, "included");
  assert.deepEqual(Object.keys(entrypoints), [".", "./inline", "./slim", ...CORES.map((name) => `./${name}_bg.wasm`), "./package.json"]);
  assert.deepEqual(problems.filter(({ kind }) => kind !== "CJSResolvesToESM"), []);
});

const GLOBALS = (
  "AbortController AbortSignal Blob Event EventTarget File FormData Headers Intl MessageChannel Request Response TextDecoder TextEncoder URL " +
  "URLSearchParams WebAssembly atob crypto document fetch localStorage location navigator performance self sessionStorage setTimeout window"
).split(" ");

test("importing it touches no global of the platform's: a test's page may lack one, and a server has no window", async () => {
  const scripts = CONTENT.filter((name) => /js$/.test(name) && !name.startsWith("workerd")); // Node takes no .wasm as a module.
  const script = `
    const touched = [];
    for (const name of ${JSON.stringify(GLOBALS)}) {
      const value = globalThis[name];
      Object.defineProperty(globalThis, name, { configurable: true, get: () => (touched.push(name + new Error().stack.split("\\n")[2]), value) });
    }
    for (const file of ${JSON.stringify(scripts)}) await import("./node_modules/ringcentral-ai/" + file);
    const of_the_package = touched.filter((text) => text.includes("/ringcentral-ai/"));
    process.stdout.write(JSON.stringify(of_the_package));
  `;
  await writeFile(join(folder, "import-all.mjs"), script);
  const { stdout } = await run(process.execPath, ["import-all.mjs"], { cwd: folder });
  assert.deepEqual(JSON.parse(stdout), []);
});
