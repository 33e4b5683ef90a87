// For Node, Deno and Bun, and for whoever cannot have a file beside a script: each core is a text in a script of its own, read when it
// is needed first.
import { loadFrom } from "./cores.mjs";

const bytes = async (script) => Uint8Array.from(atob((await script).default), (character) => character.charCodeAt(0));

loadFrom({
  client: () => bytes(import("./core_client_inline.mjs")),
  results: () => bytes(import("./core_results_inline.mjs")),
});

export * from "./api.mjs";
