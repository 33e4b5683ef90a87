// Loads the core once, and drives its calls: the one loop between the core, which only decides, and the platform.
import init from "./core.js";
import { RingCentralError } from "./error.mjs";

/** An answer that takes longer counts as lost; the Worker holds a question for 55 s at most. */
const ANSWER_LIMIT_MS = 90_000;
/** The longest that `setTimeout` can hold; a call that is woken early just sleeps again. */
const SLEEP_LIMIT_MS = 2 ** 31 - 1;

const NOT_LOADED =
  "the core is not loaded: await ready() first, with ringcentral-ai/slim init(module), where module is core_bg.wasm";

let source;
let loading;
let isLoaded = false;

/** Says what the core is loaded from: a function that gives its address, its bytes or its module. */
export const loadFrom = (give) => {
  source = give;
};

/** Loads the core; again and again is harmless, and a failure may be tried again. */
export const ready = () => (loading ??= load().catch(tryAgainLater));

function tryAgainLater(error) {
  loading = undefined;
  throw error;
}

async function load() {
  if (!source) throw notLoaded(NOT_LOADED);
  try {
    await init({ module_or_path: await source() });
    isLoaded = true;
  } catch (cause) {
    throw notLoaded("core_bg.wasm could not be loaded: it must be served beside the package's scripts", { cause });
  }
}

const notLoaded = (message, options) => new RingCentralError({ code: "core_not_loaded", message, retryable: false }, options);

/** Calls into the core; what it refuses is thrown as an error. */
export function ask(question) {
  if (!isLoaded) throw notLoaded(NOT_LOADED);
  try {
    return question();
  } catch (thrown) {
    throw typeof thrown === "string" ? failure(thrown) : thrown;
  }
}

const failure = (text) => new RingCentralError(JSON.parse(text));

/** Reads the object that a server wrote. */
export function parse(text) {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value) return value;
  } catch {
    // The parser's own words quote the text.
  }
  throw new RingCentralError({ code: "unexpected_answer", message: "the answer is not an object in JSON", retryable: false });
}

/** Runs the call that `begin` makes to its end and gives its text; an abort ends it at once with the signal's reason. */
export async function run(begin, { signal, report } = {}) {
  await ready();
  signal?.throwIfAborted();
  const call = ask(begin);
  try {
    let step = call.go(...present());
    for (;;) {
      const [kind, text] = step;
      if (kind === "done") return text;
      if (kind === "fail") throw failure(text);
      const answer = kind === "send" && (await send(JSON.parse(text), signal));
      if (kind === "sleep") await sleep(Number(text), signal);
      if (kind === "report") report?.(text);
      signal?.throwIfAborted();
      if (kind !== "send") step = call.go(...present());
      else step = answer ? call.answered(...answer, ...present()) : call.lost(...present());
    }
  } finally {
    call.free();
  }
}

/** The time and a random number, which the core never gets by itself. */
const present = () => [BigInt(Date.now()), crypto.getRandomValues(new BigUint64Array(1))[0]];

/** Status, headers and body of the response, read to the end; nothing when none came. */
async function send({ url, ...request }, signal) {
  const limit = new AbortController();
  const stop = () => limit.abort();
  const timer = setTimeout(stop, ANSWER_LIMIT_MS);
  signal?.addEventListener("abort", stop);
  try {
    const response = await fetch(url, { ...request, signal: limit.signal });
    return [response.status, JSON.stringify([...response.headers]), new Uint8Array(await response.arrayBuffer())];
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

const sleep = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(wake, Math.min(ms, SLEEP_LIMIT_MS));
    signal?.addEventListener("abort", wake);
    function wake() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    }
  });
