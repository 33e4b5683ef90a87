import { parseCallback as plainParseCallback } from "./callback.mjs";
import { results } from "./results.mjs";
import { Transcript as PlainTranscript } from "./transcript.mjs";

export const reads = (value) => results.with(value, () => new URL("./core_results_bg.wasm", import.meta.url));

export const Transcript = /* @__PURE__ */ reads(PlainTranscript);
export const parseCallback = /* @__PURE__ */ reads(plainParseCallback);
