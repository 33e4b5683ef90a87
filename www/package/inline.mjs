// For Node, Deno and Bun, and for whoever cannot have a file beside a script: each core is a text in a script of its own, read when it
// is needed first.
export { RingCentralError } from "./error.mjs";
export { Job, JobsClient, RingCentral, ready } from "./inline-client.mjs";
export { Transcript, parseCallback } from "./inline-results.mjs";
export { ContentUri, SecretUrl } from "./secret-url.mjs";
