export * from "./index.js";

/** What a core is loaded from: its address, a response, its bytes or its module, or a promise of one of these. */
export type CoreSource = Source | Promise<Source>;
type Source = URL | string | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the cores that you give: `core_client_bg.wasm` asks RingCentral and the Worker, `core_results_bg.wasm` reads results. Call it
 * before anything else; what needs the other rejects with `core_not_loaded`.
 */
export function init(cores: {
  /** `ringcentral-ai/core_client_bg.wasm`, for `RingCentral` and `JobsClient`. */
  readonly client?: CoreSource;
  /** `ringcentral-ai/core_results_bg.wasm`, for `job.wait()` and `Transcript`. */
  readonly results?: CoreSource;
}): Promise<void>;
