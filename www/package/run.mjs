// Loads the core once, before anything is asked of it.
import init from "./core.js";
import { RingCentralError } from "./error.mjs";

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
    await init(await source());
    isLoaded = true;
  } catch (cause) {
    throw notLoaded("core_bg.wasm could not be loaded: it must be served beside the package's scripts (in Vite up to 7: optimizeDeps.exclude)", { cause });
  }
}

const notLoaded = (message, options) => new RingCentralError({ code: "core_not_loaded", message, retryable: false }, options);

/** Calls into the core. */
export function ask(question) {
  if (!isLoaded) throw notLoaded(NOT_LOADED);
  try {
    return question();
  } catch (error) {
    throw fromHere(error);
  }
}

/** Has calls begin, each with the object of the core's that `make` gives: made once, when the core is loaded. */
export function caller(make) {
  let made;
  return async (begin) => {
    await ready();
    try {
      return await begin((made ??= make()));
    } catch (error) {
      throw fromHere(error);
    }
  };
}

/** The core makes its errors without knowing who asked: their stacks begin here. */
function fromHere(error) {
  if (error instanceof RingCentralError) Error.captureStackTrace?.(error, fromHere);
  return error;
}
