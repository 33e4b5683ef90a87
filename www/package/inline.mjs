// For Node, Deno and Bun, and for whoever cannot have a file beside a script: the core is a text in a script of its own, read when it is
// needed first.
import { loadFrom } from "./run.mjs";

loadFrom(async () => {
  const { default: text } = await import("./core_inline.mjs");
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
});

export * from "./api.mjs";
