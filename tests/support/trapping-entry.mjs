// The Worker's own entry, whose wasm instance can be made to trap: /trap arms it, and the next question to the Desk does it. A trap
// is what a panic ends in; the Worker itself holds none that could be called.
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

export default class extends Entry {
  fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/trap") {
      isArmed = true;
      return new Response();
    }
    return super.fetch(request);
  }
}
