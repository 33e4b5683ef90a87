// The API reference: typedoc builds it of the package's types, and has nothing to warn of.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { npmFolder } from "./support/npm.mjs";
import { installPackage } from "./support/package.mjs";

const run = promisify(execFile);
const VALIDATION = ["notExported", "notDocumented", "invalidLink", "invalidPath", "rewrittenLink", "unusedMergeModuleWith"];
const ENTRIES = ["index.d.ts", "slim.d.ts"];

test("it is built without a warning, and has a page for each thing that is exported", async (t) => {
  const { installed, close } = await installPackage();
  t.after(close);
  // typedoc knows no TypeScript 7 yet: it has one of its own.
  const npm = await npmFolder(["typedoc@0.28", "typescript@6.0"]);
  t.after(npm.close);
  const { folder } = npm;
  const entryPoints = ENTRIES.map((name) => join(installed, name));
  const options = {
    compilerOptions: { strict: true, target: "es2022", module: "nodenext", lib: ["es2022"], types: [] },
    files: entryPoints,
    typedocOptions: {
      name: "ringcentral-ai",
      entryPoints,
      excludeExternals: false,
      readme: "none",
      validation: Object.fromEntries(VALIDATION.map((name) => [name, true])),
      treatWarningsAsErrors: true,
      treatValidationWarningsAsErrors: true,
      out: join(folder, "reference"),
      json: join(folder, "reference.json"),
    },
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(options));
  const typedoc = run(process.execPath, [join(folder, "node_modules/typedoc/bin/typedoc")], { cwd: folder });
  await assert.doesNotReject(typedoc.catch(({ stdout, stderr }) => Promise.reject(new Error(stdout + stderr))));
  const { children } = JSON.parse(await readFile(join(folder, "reference.json"), "utf8"));
  const names = new Set(children.flatMap(({ children }) => children.map(({ name }) => name)));
  for (const name of ["JobsClient", "RingCentral", "RingCentralError", "JobResult", "Transcript", "init", "ready"]) assert.ok(names.has(name), name);
});
