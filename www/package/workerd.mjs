// For Cloudflare Workers: the core is a module, compiled at deploy time.
import module from "./core_bg.wasm";
import { loadFrom } from "./run.mjs";

loadFrom(() => module);

export * from "./api.mjs";
