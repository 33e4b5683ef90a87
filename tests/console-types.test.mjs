// The console's types: plain modules, checked as strictly as TypeScript does.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ROOT } from "./support/services.mjs";

test("the console is used as the package's types say, and its own", async () => {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", join(ROOT, "www/console/jsconfig.json")]).catch(({ stdout }) => {
    throw new Error(stdout);
  });
});
