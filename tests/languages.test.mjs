// LANGUAGES.md: every language is there and short, and what it says in JavaScript and Python works as it stands.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { programIn, programs, testProgram } from "./support/languages.mjs";
import { python } from "./support/python.mjs";
import { ROOT } from "./support/services.mjs";

const MAX_LINES = 20;

test("six languages, at most twenty lines of code each, with the same settings", () => {
  assert.deepEqual(programs().map(({ language }) => language), ["JavaScript", "Python", "PHP", "Ruby", "C#", "Java"]);
  for (const { language, code } of programs()) {
    const lines = code.trimEnd().split("\n").length;
    assert.ok(code && lines <= MAX_LINES, `${language} has ${lines} lines`);
    const settings = new Set(code.match(/\b(RC_[A-Z_]+|WORKER_URL|API_TOKEN)\b/g));
    assert.deepEqual([...settings].sort(), ["API_TOKEN", "RC_CLIENT_ID", "RC_CLIENT_SECRET", "RC_JWT", "RC_SERVER", "WORKER_URL"], language);
  }
});

test("the versions that the page names are the ones that are tried here", () => {
  const read = (path) => readFileSync(join(ROOT, path), "utf8");
  assert.equal(programIn("JavaScript").version, JSON.parse(read("node_modules/@ringcentral/sdk/package.json")).version);
  assert.equal(programIn("Python").version, /^ringcentral==([\d.]+)/m.exec(read("tests/sandbox/requirements.txt"))[1]);
});

testProgram("JavaScript", { file: "transcript.mjs", command: process.execPath });
testProgram("Python", { file: "transcript.py", ...python() });
