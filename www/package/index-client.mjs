import { client } from "./client.mjs";
import { Job as PlainJob } from "./job.mjs";
import { JobsClient as PlainJobsClient } from "./jobs-client.mjs";
import { ready as plainReady } from "./ready.mjs";
import { reads } from "./index-results.mjs";
import { RingCentral as PlainRingCentral } from "./ringcentral.mjs";

const asks = (value) => reads(client.with(value, () => new URL("./core_client_bg.wasm", import.meta.url)));

export const Job = /* @__PURE__ */ asks(PlainJob);
export const JobsClient = /* @__PURE__ */ asks(PlainJobsClient);
export const RingCentral = /* @__PURE__ */ asks(PlainRingCentral);
export const ready = /* @__PURE__ */ asks(plainReady);
