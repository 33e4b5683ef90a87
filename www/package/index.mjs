// For pages and whatever else fetches: the cores lie beside these scripts. Where one comes from is said where what needs it is exported:
// a bundler passes over the rest.
export { RingCentralError } from "./error.mjs";
export { Job, JobsClient, RingCentral, ready } from "./index-client.mjs";
export { Transcript, parseCallback } from "./index-results.mjs";
export { ContentUri, SecretUrl } from "./secret-url.mjs";
