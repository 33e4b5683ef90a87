import { compile, notLoaded } from "./compile.mjs";
import { RingCentralError } from "./error.mjs";

/** A module of WebAssembly with its script: loaded once, when something is asked of it first. */
export class Core {
  /** A function that gives the module, its address or its bytes. */
  source;
  #name;
  #importScript;
  #loading;
  #loaded;

  constructor(name, importScript) {
    this.#name = name;
    this.#importScript = importScript;
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
    if (!this.#loaded) throw this.#missing();
    try {
      return question(this.#loaded);
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
        return await begin((made ??= make(this.#loaded)));
      } catch (error) {
        throw fromHere(error);
      }
    };
  }

  async #load() {
    if (!this.source) throw this.#missing();
    // The script looks at its runtime when it is imported, so that is not before it is needed.
    const script = this.#importScript().catch((cause) => {
      throw notLoaded(`${this.#name}.js could not be loaded: have it served beside the package's scripts`, { cause });
    });
    const [loaded, module] = await Promise.all([script, compile(`${this.#name}_bg.wasm`, this.source)]);
    await loaded.default(module);
    this.#loaded = loaded;
  }

  #missing() {
    return notLoaded(`${this.#name}_bg.wasm is not loaded: await ready() first; of ringcentral-ai/slim, init({ client, results })`);
  }
}

/** The core makes its errors without knowing who asked: their stacks begin here. */
function fromHere(error) {
  if (error instanceof RingCentralError) Error.captureStackTrace?.(error, fromHere);
  return error;
}
