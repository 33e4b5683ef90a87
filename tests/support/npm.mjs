// Packages of the npm registry that the slow tests alone need.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Installs them into a folder of their own, beside what else its manifest says: `{folder, close}`. */
export async function npmFolder(packages, manifest = {}) {
  const folder = await mkdtemp(join(tmpdir(), "ringcentral-ai-npm-"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, ...manifest }));
  await promisify(execFile)("npm", ["install", ...packages, "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
  return { folder, close: () => rm(folder, { recursive: true, force: true }) };
}
