import type { CoreSource } from "./platform.mjs";

export * from "./index.js";

/**
 * Loads the cores that you give: `core_client_bg.wasm` asks RingCentral and the Worker, `core_results_bg.wasm` reads lists of
 * recordings and results. Call it before anything else; what needs the other rejects with `core_not_loaded`.
 */
export function init(cores: Cores): Promise<void>;

/** What the cores are loaded from. */
export interface Cores {
  /** `ringcentral-ai/core_client_bg.wasm`, for `RingCentral` and `JobsClient`. */
  readonly client?: CoreSource;
  /** `ringcentral-ai/core_results_bg.wasm`, for `rc.recordings()`, `job.wait()`, `parseCallback` and `Transcript`. */
  readonly results?: CoreSource;
}
