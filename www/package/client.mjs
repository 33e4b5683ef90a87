import * as script from "./core_client.js";
import { Core } from "./core.mjs";

/** What asks RingCentral and the Worker. */
export const client = new Core("core_client_bg.wasm", script);
