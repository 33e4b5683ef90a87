// For Cloudflare Workers: the cores are modules, compiled at deploy time.
export { RingCentralError } from "./error.mjs";
export { Job, JobsClient, RingCentral, ready } from "./workerd-client.mjs";
export { Transcript, parseCallback } from "./workerd-results.mjs";
export { ContentUri, SecretUrl } from "./secret-url.mjs";
