// The Worker's own entry, whose wasm instance can be made to trap. A trap is what a panic ends in; the Worker itself holds none that
// could be called. `/trap/call`: the next question to the Desk traps. `/trap/task`: the instance's memory is wiped, so that whatever
// wakes up in it next traps, in a task that nobody awaits. `/instances` tells how many instances there have been.
import { instances } from "./wasm-instances.mjs";
import * as rs from "../../dist/worker/index.js";
import Entry from "../../worker/entry.mjs";
export { Desk } from "../../worker/entry.mjs";

/** No object of the instance lies there: reading it leaves its memory. */
const NOWHERE = { __wbg_ptr: 0x7fff_fff0 };
const { fetch } = rs.Desk.prototype;
let isArmed = false;

rs.Desk.prototype.fetch = function (request) {
  const self = isArmed ? NOWHERE : this;
  isArmed = false;
  return fetch.call(self, request);
};

const COMMANDS = {
  "/trap/call": () => void (isArmed = true),
  "/trap/task": () => void new Uint8Array(instances.at(-1).exports.memory.buffer).fill(0),
  "/instances": () => instances.length,
};

export default class extends Entry {
  fetch(request) {
    const command = COMMANDS[new URL(request.url).pathname];
    return command ? Response.json(command() ?? null) : super.fetch(request);
  }
}
