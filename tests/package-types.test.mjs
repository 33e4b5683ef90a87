// The package's types as somebody meets them in an editor: each public item says what it is, right use compiles and wrong use does not.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { installPackage } from "./support/package.mjs";
import { ROOT } from "./support/services.mjs";
import { compile, settings } from "./support/typescript.mjs";

const FOLDER = join(ROOT, "www/package");
/** What is exported by its own name, and what a class, an interface or a type of an object has; a `never` only forbids. */
const EXPORTED = /^export (?:declare )?(?:abstract )?(?:class|interface|type|function|const) (\w+)/;
const MEMBER = /^ {2}(?!private\b)(?:static |readonly |get )*(\w+)\??[(:<].*[;{]$/;
const isForbidden = (line) => /\?: never;$/.test(line);

/** Each public item that has no sentence before it, as `file:line: name`. */
function silent(file) {
  const lines = readFileSync(join(FOLDER, file), "utf8").split("\n");
  return lines.flatMap((line, at) => {
    const name = (EXPORTED.exec(line) ?? MEMBER.exec(line))?.[1];
    const isOverload = at > 0 && MEMBER.exec(lines[at - 1])?.[1] === name;
    const isSaid = at > 0 && lines[at - 1].trimEnd().endsWith("*/");
    return name && name !== "constructor" && !isSaid && !isOverload && !isForbidden(line) ? [`${file}:${at + 1}: ${name}`] : [];
  });
}

test("every public item has a sentence", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".d.mts") || name.endsWith(".d.ts"));
  assert.ok(files.length > 8);
  assert.deepEqual(files.flatMap(silent), []);
});

test("right use compiles and wrong use does not, by the oldest TypeScript and by the newest, with the DOM library and without", async (t) => {
  const { folder, close } = await installPackage();
  t.after(close);
  await cp(join(ROOT, "tests/types"), folder, { recursive: true });
  for (const [name, version] of [["typescript", 7], ["typescript-5.0", 5]]) {
    const compiler = join(ROOT, "node_modules", name);
    await Promise.all(settings(version).map((options) => compile({ compiler, folder, ...options })));
  }
});
