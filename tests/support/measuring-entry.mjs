// The Worker's own entry, and what its isolate holds: `/memory` tells how far the memory of its WebAssembly has grown, which never shrinks.
import { instances } from "./wasm-instances.mjs";
import Entry from "../../worker/entry.mjs";
export { Desk } from "../../worker/entry.mjs";

export default class extends Entry {
  fetch(request) {
    const isAsked = new URL(request.url).pathname === "/memory";
    return isAsked ? Response.json({ instances: instances.length, bytes: instances.at(-1).exports.memory.buffer.byteLength }) : super.fetch(request);
  }
}
