// The npm package as a stranger installs it.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "./services.mjs";

const run = promisify(execFile);
const CONSUMER = { name: "stranger", private: true, type: "module" };

/** Packs `dist/package` and installs it into a folder of its own: `{folder, installed, api, close}`. */
export async function installPackage() {
  const folder = await mkdtemp(join(tmpdir(), "ringcentral-ai-package-"));
  await writeFile(join(folder, "package.json"), JSON.stringify(CONSUMER));
  const npm = (args) => run("npm", [...args, "--offline", "--no-audit", "--no-fund", "--cache", join(folder, ".npm")], { cwd: folder });
  const { stdout } = await npm(["pack", join(ROOT, "dist/package"), "--json"]);
  await npm(["install", join(folder, JSON.parse(stdout)[0].filename)]);
  await writeFile(join(folder, "import.mjs"), `export * from "ringcentral-ai";`);
  const api = await import(pathToFileURL(join(folder, "import.mjs")));
  return { folder, installed: join(folder, "node_modules/ringcentral-ai"), api, close: () => rm(folder, { recursive: true, force: true }) };
}
