import { parseCallback as plainParseCallback } from "./callback.mjs";
import { bytesOf } from "./inline-bytes.mjs";
import { results } from "./results.mjs";
import { Transcript as PlainTranscript } from "./transcript.mjs";

export const reads = (value) => results.with(value, () => bytesOf(import("./core_results_inline.mjs")));

export const Transcript = /* @__PURE__ */ reads(PlainTranscript);
export const parseCallback = /* @__PURE__ */ reads(plainParseCallback);
