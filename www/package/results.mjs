import { Core } from "./core.mjs";
import * as script from "./reading.mjs";

/** What reads results. */
export const results = new Core("core_results_bg.wasm", script);
