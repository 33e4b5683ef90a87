// TypeScript, any version of it, on a folder's files.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Compiles `files` of `folder` by the TypeScript that lies in `compiler`, libraries and all; what it finds is thrown. */
export async function compile({ compiler, folder, files, ...options }) {
  const strict = { strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, target: "es2022", types: [] };
  const project = join(folder, `tsconfig.${crypto.randomUUID()}.json`);
  await writeFile(project, JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
  await run(process.execPath, [join(compiler, "bin/tsc"), "-p", project], { cwd: folder }).catch(({ stdout }) => {
    throw new Error(`${JSON.stringify(options)}: ${stdout}`);
  });
}

/** How a consumer's modules are resolved, and the files of `tests/types` that a compiler of that version takes then. */
export const settings = (version) => {
  const isBefore53 = version < 5.3;
  const commonjs = ["commonjs.cts", ...(isBefore53 ? [] : ["commonjs-types.cts"])];
  const modules = [
    { module: "nodenext", commonjs },
    { module: "node16", commonjs },
    { module: "esnext", moduleResolution: "bundler", commonjs: [] },
  ];
  return modules.flatMap(({ commonjs, ...module }) => [
    { ...module, lib: ["es2022", "dom"], files: ["right.mts", "wrong.mts", ...commonjs] },
    { ...module, lib: ["es2022"], files: ["no-dom.mts"] },
  ]);
};
