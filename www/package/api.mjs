// What every entry exports; the entries differ in how the core is loaded.
export { parseCallback } from "./callback.mjs";
export { ready } from "./cores.mjs";
export { RingCentralError } from "./error.mjs";
export { Job } from "./job.mjs";
export { JobsClient } from "./jobs-client.mjs";
export { RingCentral } from "./ringcentral.mjs";
export { ContentUri, SecretUrl } from "./secret-url.mjs";
export { Transcript } from "./transcript.mjs";
