export * from "./index.js";

/**
 * Loads the core from its address, a response, its bytes or its module, or a promise of one of these. Call it before anything
 * else; a second call is harmless.
 */
export function init(
  module: URL | string | Response | BufferSource | WebAssembly.Module | Promise<URL | string | Response | BufferSource | WebAssembly.Module>,
): Promise<void>;
