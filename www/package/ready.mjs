import { client } from "./client.mjs";
import { results } from "./results.mjs";

/** Loads both cores; again and again is harmless, and a failure may be tried again. */
export async function ready() {
  await Promise.all([client.ready(), results.ready()]);
}
