import { client } from "./client.mjs";
import { bytesOf } from "./inline-bytes.mjs";
import { Job as PlainJob } from "./job.mjs";
import { JobsClient as PlainJobsClient } from "./jobs-client.mjs";
import { ready as plainReady } from "./ready.mjs";
import { reads } from "./inline-results.mjs";
import { RingCentral as PlainRingCentral } from "./ringcentral.mjs";

const asks = (value) => reads(client.with(value, () => bytesOf(import("./core_client_inline.mjs"))));

export const Job = /* @__PURE__ */ asks(PlainJob);
export const JobsClient = /* @__PURE__ */ asks(PlainJobsClient);
export const RingCentral = /* @__PURE__ */ asks(PlainRingCentral);
export const ready = /* @__PURE__ */ asks(plainReady);
