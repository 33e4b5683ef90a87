// For Node, Deno and Bun: the core is a file beside this one.
import { readFile } from "node:fs/promises";
import { loadFrom } from "./run.mjs";

loadFrom(() => readFile(new URL("./core_bg.wasm", import.meta.url)));

export * from "./api.mjs";
