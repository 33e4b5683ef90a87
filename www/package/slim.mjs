// For whoever loads the cores in a way of their own.
import { client as asking } from "./client.mjs";
import { results as reading } from "./results.mjs";

export { parseCallback } from "./callback.mjs";
export { RingCentralError } from "./error.mjs";
export { Job } from "./job.mjs";
export { JobsClient } from "./jobs-client.mjs";
export { ready } from "./ready.mjs";
export { RingCentral } from "./ringcentral.mjs";
export { ContentUri, SecretUrl } from "./secret-url.mjs";
export { Transcript } from "./transcript.mjs";

/** Loads the cores that are given, each from its address, response, bytes or module. */
export async function init({ client, results }) {
  asking.source = client && (() => client);
  reading.source = results && (() => results);
  await Promise.all([client && asking.ready(), results && reading.ready()]);
}
