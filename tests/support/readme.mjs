// The examples of the package's README, as they stand there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The examples below a heading, in their order. */
export function examples(folder, heading) {
  const sections = readFileSync(join(folder, "README.md"), "utf8").split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${heading}\n`));
  assert.ok(section, `README has no "${heading}"`);
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text }));
}

/** The text with one thing of it replaced, which must be there. */
export function replaced(text, what, by) {
  assert.ok(text.includes(what), `README's example has no ${what}`);
  return text.replace(what, by);
}
