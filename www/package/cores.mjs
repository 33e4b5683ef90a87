// The two modules of WebAssembly, and where they come from: the entries differ in that alone.
import { Core } from "./core.mjs";

/** What asks RingCentral and the Worker. */
export const client = new Core("core_client", () => import("./core_client.js"));
/** What reads results: loaded when it is needed first. */
export const results = new Core("core_results", () => import("./results.mjs"));

/** Says what each is loaded from: functions that give an address, bytes or a module. */
export function loadFrom(sources) {
  client.source = sources.client;
  results.source = sources.results;
}

/** Loads both; again and again is harmless, and a failure may be tried again. */
export async function ready() {
  await Promise.all([client.ready(), results.ready()]);
}
