// The console's types: plain modules, checked as strictly as TypeScript does; and its advice, which leaves no error out.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { advice } from "../www/console/texts/en-advice.js";
import { ROOT } from "./support/services.mjs";

/** What nobody meets who uses the console alone. */
const UNSEEN = ["invalid_json", "method_not_allowed", "idempotency_conflict", "no_read_token", "popup_blocked"];

test("the console is used as the package's types say, and its own", async () => {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", join(ROOT, "www/console/jsconfig.json")]).catch(({ stdout }) => {
    throw new Error(stdout);
  });
});

test("of every error that may be shown there is advice, and of no other", () => {
  const table = readFileSync(join(ROOT, "src/error/code.rs"), "utf8");
  const codes = [...table.matchAll(/^ {4}[A-Z]\w+ "(\w+)", /gm)].map(([, code]) => code);
  assert.ok(codes.length > 30, String(codes.length));
  assert.deepEqual(Object.keys(advice).sort(), codes.filter((code) => !UNSEEN.includes(code)).sort());
});
