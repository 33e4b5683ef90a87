// What a Worker leaves behind where people and backups come by: its log and its store.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The Worker's own log; wrangler's development server adds a line with the path for each request. */
export const ownLog = (worker) => worker.log().replace(/^.*\[wrangler:info\] [A-Z]+ .*$/gm, "");

/** Everything that was stored below `folder`, as bytes. */
export function stored(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString("latin1")).join("\n");
}
