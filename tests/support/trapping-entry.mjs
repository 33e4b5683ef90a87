// The Worker's own entry, whose wasm instance can be made to trap. A trap is what a panic ends in; the Worker itself holds none that
// could be called. `/trap/call`: the next question to the Desk traps. `/trap/task`: the instance's heap is spoiled, so that whatever
// wakes up in it next traps, in a task that nobody awaits. `/panic`: the platform refuses the next timer, which is a panic in the Rust
// code that wants it. `/instances` tells how many instances there have been.
import { instances } from "./wasm-instances.mjs";
import * as rs from "../../dist/worker/index.js";
import Entry from "../../worker/entry.mjs";
export { Desk } from "../../worker/entry.mjs";

/** No object of the instance lies there: reading it leaves its memory. */
const NOWHERE = { __wbg_ptr: 0x7fff_fff0 };
const { ask } = rs.Desk.prototype;
const PAGE_BYTES = 65_536;
let isArmed = false;

rs.Desk.prototype.ask = function (line, bytes) {
  const self = isArmed ? NOWHERE : this;
  isArmed = false;
  return ask.call(self, line, bytes);
};

/** The heap begins with the page behind the data, of which this is the end; every pointer in it leads out of memory now. */
function spoilHeap({ memory, __instance_terminated: end }) {
  new Uint8Array(memory.buffer, Math.ceil(end.value / PAGE_BYTES) * PAGE_BYTES).fill(0xff);
}

/** The crate `worker` unwraps what the platform answers to a timer. */
function refuseTimer() {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = () => {
    globalThis.setTimeout = setTimeout;
    throw new Error("no timer");
  };
}

const COMMANDS = {
  "/trap/call": () => void (isArmed = true),
  "/trap/task": () => spoilHeap(instances.at(-1).exports),
  "/panic": refuseTimer,
  "/instances": () => instances.length,
};

export default class extends Entry {
  fetch(request) {
    const command = COMMANDS[new URL(request.url).pathname];
    return command ? Response.json(command() ?? null) : super.fetch(request);
  }
}
