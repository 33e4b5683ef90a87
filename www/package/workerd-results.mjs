import { parseCallback as plainParseCallback } from "./callback.mjs";
import module from "./core_results_bg.wasm";
import { results } from "./results.mjs";
import { Transcript as PlainTranscript } from "./transcript.mjs";

export const reads = (value) => results.with(value, () => module);

export const Transcript = /* @__PURE__ */ reads(PlainTranscript);
export const parseCallback = /* @__PURE__ */ reads(plainParseCallback);
