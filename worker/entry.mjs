// The Worker's entry: hands events to the wasm instance, and starts a new instance after a panic, which poisons the old one.
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
import * as rs from "../dist/worker/index.js";

const state = rs.__worker_init_state();

function noteTrap(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  // The message of a trap is the engine's own; a panic's text was written by the code that panicked.
  console.error(JSON.stringify({ route: "trap", cause: error.message }));
  state.criticalError = true;
}

// A panic in a task that nobody awaits surfaces here.
addEventListener("error", (event) => noteTrap(event.error));

function guard(work) {
  if (state.criticalError) {
    rs.__wbg_reset_state();
    state.criticalError = false;
    state.instanceId++;
  }
  try {
    const result = work();
    return result instanceof Promise ? result.catch(rethrow) : result;
  } catch (error) {
    rethrow(error);
  }
}

function rethrow(error) {
  noteTrap(error);
  throw error;
}

export default class extends WorkerEntrypoint {
  fetch(request) {
    return guard(() => rs.fetch.call(this, request, this.env, this.ctx));
  }

  scheduled(event) {
    return guard(() => rs.scheduled.call(this, event, this.env, this.ctx));
  }
}

// A Rust object is a pointer into one instance's memory: it is made anew when the instance is.
export class Desk extends DurableObject {
  #inner;
  #bornIn;
  /** What ends each call in the hands of the inner object. */
  #ends = new Set();

  constructor(ctx, env) {
    super(ctx, env);
    this.#make();
  }

  #make() {
    // A future of an instance that is gone never ends; an alarm that does not end keeps every later one from coming.
    for (const end of this.#ends) end();
    this.#inner = guard(() => new rs.Desk(this.ctx, this.env));
    this.#bornIn = state.instanceId;
  }

  /** What `work` makes of the inner object; undefined when the instance is gone before. */
  async #call(work) {
    const { promise: gone, resolve: end } = Promise.withResolvers();
    try {
      const done = guard(() => {
        if (this.#bornIn !== state.instanceId) this.#make();
        return work(this.#inner);
      });
      this.#ends.add(end);
      return await Promise.race([done, gone]);
    } finally {
      this.#ends.delete(end);
    }
  }

  async ask(line, bytes) {
    const answer = await this.#call((desk) => desk.ask(line, bytes));
    if (answer === undefined) throw new Error("the Desk has started anew");
    return answer;
  }

  // One that ends early has set the next before it began to work.
  alarm() {
    return this.#call((desk) => desk.alarm());
  }
}
