// The Worker's entry: hands events to the wasm instance, and starts a new instance after a panic, which poisons the old one.
//
// The futures of an instance that is gone never end, so whoever waits for one is told here. Promises of another request wake nobody
// in this one, hence each looks by a timer of its own; a request that ends before the first look pays for no more than that timer.
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
import * as rs from "../dist/worker/index.js";

const LOOK_EVERY_MS = 500;
/** So many instances may end at the work on one request for media. */
const MEDIA_TRIES = 5;
const state = rs.__worker_init_state();

// No call comes into an instance that has ended, nor, with what the old one left behind, into the next.
globalThis.onInstanceEnd = () => void (state.criticalError = true);
rs.tellInstanceEnd();

/** The number of an instance that lives; the wasm code itself counts them. */
function living() {
  if (state.criticalError) {
    rs.__wbg_reset_state();
    rs.tellInstanceEnd();
    state.criticalError = false;
  }
  return state.instanceId;
}

function logTrap(error) {
  // The message of a trap is the engine's own; a panic's text was written by the code that panicked.
  if (error instanceof WebAssembly.RuntimeError) console.error(JSON.stringify({ route: "trap", cause: error.message }));
}

// A panic in a task that nobody awaits surfaces here.
addEventListener("error", (event) => logTrap(event.error));

const isGone = (bornIn) => state.criticalError || state.instanceId !== bornIn;

/** Calls `tell` while that instance is gone; ends with what it answers. */
function watch(bornIn, tell) {
  const timer = setInterval(() => isGone(bornIn) && tell(), LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/** What `work` makes in that instance; undefined when that is gone before. */
async function within(bornIn, work, gone) {
  try {
    return await Promise.race([work(), gone]);
  } catch (error) {
    logTrap(error);
    if (!isGone(bornIn)) throw error;
  }
}

/** A response whose body ends with an error when the instance that writes it is gone, which nobody may ask for more then. */
function guardStream(response, bornIn) {
  const reader = response.body.getReader();
  const { promise: gone, resolve: end } = Promise.withResolvers();
  const stop = watch(bornIn, end);
  const pull = async (controller) => {
    const read = isGone(bornIn) ? undefined : await within(bornIn, () => reader.read(), gone);
    if (read?.value) return controller.enqueue(read.value);
    stop();
    if (read) controller.close();
    else controller.error(new Error("the Worker was interrupted"));
  };
  const cancel = (reason) => {
    stop();
    if (!isGone(bornIn)) return reader.cancel(reason);
  };
  return new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }), response);
}

const isWrittenInRust = ({ body, headers }) => body && headers.get("content-type") === "text/event-stream";

const isForMedia = ({ url }) => new URL(url).pathname.startsWith("/media/");

export default class extends WorkerEntrypoint {
  async fetch(request) {
    let response = await this.#answer(request);
    // Who fetches media may ask only once, and has the answer of a later instance. All others ask again.
    for (let tries = 1; !response && tries < MEDIA_TRIES && isForMedia(request); tries++) response = await this.#answer(request);
    return response ?? this.#interrupted(request);
  }

  /** The answer of the instance that lives; undefined when that is gone before. */
  async #answer(request) {
    const bornIn = living();
    const { promise: gone, resolve: end } = Promise.withResolvers();
    const stop = watch(bornIn, end);
    try {
      const response = await within(bornIn, () => rs.fetch.call(this, request, this.env, this.ctx), gone);
      return response && isWrittenInRust(response) ? guardStream(response, bornIn) : response;
    } finally {
      stop();
    }
  }

  /** The answer to a request whose own was lost, by another instance. */
  #interrupted(request) {
    living();
    return rs.interrupted(request, this.env);
  }

  scheduled(event) {
    return within(living(), () => rs.scheduled.call(this, event, this.env, this.ctx), new Promise(() => {}));
  }
}

// A Rust object is a pointer into one instance's memory: it is made anew when the instance is.
export class Desk extends DurableObject {
  #inner;
  #bornIn;
  /** What ends each call in the hands of the inner object. */
  #ends = new Set();
  /** One for all of them: an object's calls share one context. */
  #timer;

  constructor(ctx, env) {
    super(ctx, env);
    this.#make();
  }

  #make() {
    // An alarm that does not end keeps every later one from coming.
    this.#endAll();
    this.#bornIn = living();
    this.#inner = new rs.Desk(this.ctx, this.env);
  }

  #endAll() {
    for (const end of this.#ends) end();
  }

  /** Looks as long as there are calls; a call that ends quickly leaves the timer to the next. */
  #watch() {
    this.#timer ??= setInterval(() => {
      if (isGone(this.#bornIn)) this.#endAll();
      if (this.#ends.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, LOOK_EVERY_MS);
  }

  /** What `work` makes of the inner object; undefined when the instance is gone before. */
  async #call(work) {
    const { promise: gone, resolve: end } = Promise.withResolvers();
    try {
      if (isGone(this.#bornIn)) this.#make();
      this.#ends.add(end);
      this.#watch();
      return await within(this.#bornIn, () => work(this.#inner), gone);
    } finally {
      this.#ends.delete(end);
    }
  }

  ask(question, bytes) {
    return this.#call((desk) => desk.ask(question, bytes));
  }

  // One that ends early has set the next before it began to work.
  alarm() {
    return this.#call((desk) => desk.alarm());
  }
}
