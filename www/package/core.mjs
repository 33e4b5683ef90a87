import { noReason } from "./abortable.mjs";
import { compile, notLoaded } from "./compile.mjs";
import { RingCentralError } from "./error.mjs";

/** A module of WebAssembly with its script: loaded once, when something is asked of it first. */
export class Core {
  /** A function that gives the module, its address or its bytes. */
  source;
  #file;
  #script;
  #loading;
  #isLoaded = false;

  /** The script is there already: a service worker imports none later. */
  constructor(file, script) {
    this.#file = file;
    this.#script = script;
  }

  /** The value, which needs this core, now that it is said where that comes from: with the value a bundler drops the rest. */
  with(value, source) {
    this.source = source;
    return value;
  }

  /** Loads it; again and again is harmless, and a failure may be tried again. */
  ready() {
    return (this.#loading ??= this.#load().catch((error) => {
      this.#loading = undefined;
      throw error;
    }));
  }

  /** Has `question` ask what it exports. */
  ask(question) {
    if (!this.#isLoaded) throw this.#missing();
    try {
      return question(this.#script);
    } catch (error) {
      throw fromHere(error);
    }
  }

  /** Has calls begin, each with the object that `make` makes of what is exported: made once, when that is loaded. */
  caller(make) {
    let made;
    return async (begin) => {
      await this.ready();
      try {
        return await begin((made ??= make(this.#script)));
      } catch (error) {
        throw fromHere(error);
      }
    };
  }

  async #load() {
    if (!this.source) throw this.#missing();
    await this.#script.default(await compile(this.#file, this.source));
    this.#isLoaded = true;
  }

  #missing() {
    return notLoaded(`${this.#file} is not loaded: await ready() first; of ringcentral-ai/slim, init({ client, results })`);
  }
}

/** The core makes its errors without knowing who asked: their stacks begin here. */
function fromHere(error = noReason()) {
  if (error instanceof RingCentralError) Error.captureStackTrace?.(error, fromHere);
  return error;
}
