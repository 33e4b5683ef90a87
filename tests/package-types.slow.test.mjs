// The package's types by the TypeScripts between the oldest and the newest, and beside Node's own types.
import { execFile } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { installPackage } from "./support/package.mjs";
import { ROOT } from "./support/services.mjs";
import { compile, settings } from "./support/typescript.mjs";

const VERSIONS = ["5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6.0", "7.0"];

let folder, remove, compilers;
before(async () => {
  ({ folder, close: remove } = await installPackage());
  await cp(join(ROOT, "tests/types"), folder, { recursive: true });
  compilers = join(folder, "compilers");
  await mkdir(compilers);
  await writeFile(join(compilers, "package.json"), "{}");
  const aliases = VERSIONS.map((version) => `typescript-${version}@npm:typescript@${version}`);
  await promisify(execFile)("npm", ["install", ...aliases, "@types/node@22", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: compilers });
});
after(() => remove?.());

const compilerOf = (version) => join(compilers, "node_modules", `typescript-${version}`);

for (const version of VERSIONS) {
  test(`TypeScript ${version}`, async () => {
    for (const options of settings(Number(version))) await compile({ compiler: compilerOf(version), folder, ...options });
  });
}

for (const version of ["5.9", "7.0"]) {
  test(`Node's types, TypeScript ${version}`, async () => {
    const types = { types: ["node"], typeRoots: [join(compilers, "node_modules/@types")], skipLibCheck: true };
    await compile({ compiler: compilerOf(version), folder, files: ["node.mts"], lib: ["es2022"], module: "nodenext", ...types });
  });
}
