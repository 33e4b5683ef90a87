import type { WebAssemblyModule } from "./platform.mjs";

/** What asks RingCentral and the Worker, as a module, where the runtime or the bundler makes one of it: Cloudflare's Workers, Deno, bundlers that know how. */
declare const module: WebAssemblyModule;
export default module;
