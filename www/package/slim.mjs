// For whoever loads the cores in a way of their own.
import * as cores from "./cores.mjs";

export * from "./api.mjs";

/** Loads the cores that are given, each from its address, response, bytes or module. */
export async function init({ client, results }) {
  cores.loadFrom({ client: client && (() => client), results: results && (() => results) });
  await Promise.all([client && cores.client.ready(), results && cores.results.ready()]);
}
