// The two modules of WebAssembly, and where they come from: the entries differ in that alone.
import * as clientScript from "./core_client.js";
import { Core } from "./core.mjs";
import * as resultsScript from "./results.mjs";

/** What asks RingCentral and the Worker. */
export const client = new Core("core_client_bg.wasm", clientScript);
/** What reads results. */
export const results = new Core("core_results_bg.wasm", resultsScript);

/** Says what each is loaded from: functions that give an address, bytes or a module. */
export function loadFrom(sources) {
  client.source = sources.client;
  results.source = sources.results;
}

/** Loads both; again and again is harmless, and a failure may be tried again. */
export async function ready() {
  await Promise.all([client.ready(), results.ready()]);
}
