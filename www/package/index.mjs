// For pages and whatever else fetches: the cores lie beside this script.
import { loadFrom } from "./cores.mjs";

loadFrom({
  client: () => new URL("./core_client_bg.wasm", import.meta.url),
  results: () => new URL("./core_results_bg.wasm", import.meta.url),
});

export * from "./api.mjs";
