// For pages and whatever else fetches: the core lies beside this script.
import { loadFrom } from "./run.mjs";

loadFrom(() => new URL("./core_bg.wasm", import.meta.url));

export * from "./api.mjs";
