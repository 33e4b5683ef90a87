// For Cloudflare Workers: the cores are modules, compiled at deploy time.
import client from "./core_client_bg.wasm";
import results from "./core_results_bg.wasm";
import { loadFrom } from "./cores.mjs";

loadFrom({ client: () => client, results: () => results });

export * from "./api.mjs";
