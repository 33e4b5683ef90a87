// The package's types by the TypeScripts between the oldest and the newest, and beside Node's own types.
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { npmFolder } from "./support/npm.mjs";
import { installPackage } from "./support/package.mjs";
import { ROOT } from "./support/services.mjs";
import { compile, settings } from "./support/typescript.mjs";

const VERSIONS = ["5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6.0", "7.0"];

let consumer, compilers;
before(async () => {
  consumer = await installPackage();
  await cp(join(ROOT, "tests/types"), consumer.folder, { recursive: true });
  compilers = await npmFolder([...VERSIONS.map((version) => `typescript-${version}@npm:typescript@${version}`), "@types/node@22"]);
});
after(async () => {
  await compilers?.close();
  await consumer?.close();
});

const compileBy = (version, options) =>
  compile({ compiler: join(compilers.folder, "node_modules", `typescript-${version}`), folder: consumer.folder, ...options });

for (const version of VERSIONS) {
  test(`TypeScript ${version}`, async () => {
    for (const options of settings(Number(version))) await compileBy(version, options);
  });
}

for (const version of ["5.9", "7.0"]) {
  test(`Node's types, TypeScript ${version}`, async () => {
    const types = { types: ["node"], typeRoots: [join(compilers.folder, "node_modules/@types")], skipLibCheck: true };
    await compileBy(version, { files: ["node.mts"], lib: ["es2022"], module: "nodenext", ...types });
  });
}
