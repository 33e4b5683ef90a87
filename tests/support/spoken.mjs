// What is spoken in the recordings that the sandbox ships.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./services.mjs";

/** Where the recordings lie. */
export const MEDIA = join(ROOT, "tests/sandbox/media");

/** What is written down of a recording: `{call?, utterances}`. */
export const writtenDown = (name) => JSON.parse(readFileSync(join(MEDIA, `${name}.words.json`)));

/** Its words in one text. */
export const textOf = ({ utterances }) => utterances.flatMap(({ words }) => words.map(({ text }) => text)).join(" ");

/** A text without case, spaces and punctuation, to be compared. */
export const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
