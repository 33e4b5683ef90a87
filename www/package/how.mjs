// How a client's requests are sent: what its caller chose, as the core takes it for each call.
import { invalid } from "./invalid.mjs";

/** An answer that takes longer counts as lost; the Worker holds a question for 55 s at most. */
const LIMIT_MS = 90_000;
/** So often something is tried again. */
const RETRIES = 4;
/** The longest that a timer can hold. */
const LONGEST_MS = 2 ** 31 - 1;

const isWhole = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
const isFunction = (value) => typeof value === "function";

/** Each option: what it must be, as a test and in words. */
const RULES = {
  timeoutMs: [isWhole(1, LONGEST_MS), `it must be a whole number of milliseconds from 1 to ${LONGEST_MS}`],
  maxRetries: [isWhole(0, 100), "it must be a whole number from 0 to 100"],
  fetch: [isFunction, "it must be a function with the arguments and the promise of fetch"],
  logger: [isFunction, "it must be a function that takes an entry"],
  headers: [isHeaders, "it must be an object of names and texts that can stand in a request's header"],
};
const TOLD = [isFunction, "it must be a function"];
const RULES_OF_CALLS = {
  timeoutMs: RULES.timeoutMs,
  maxRetries: RULES.maxRetries,
  signal: [(value) => value === null || isFunction(value.addEventListener), "it must be an AbortSignal"],
  onStatus: TOLD,
  onSkipped: TOLD,
  onProgress: TOLD,
};

export class How {
  #options;

  /** Takes those of its options that `options` has. */
  constructor(options) {
    this.#options = checked(options, RULES);
  }

  /** The same, with what is given in the place of its own. */
  with(options) {
    return new How({ ...this.#options, ...checked(options, RULES) });
  }

  get options() {
    return this.#options;
  }

  /** One call of the core's; a wait has `bounds`, and is not given up earlier than the other side answers. */
  of(options, { send = this.send } = {}, bounds) {
    const { timeoutMs = LIMIT_MS, maxRetries = RETRIES, signal } = { ...this.#options, ...checked(options) };
    return {
      signal,
      maxTries: maxRetries + 1,
      fetch: send,
      get limitMs() {
        return bounds ? (bounds().answerMs ?? LIMIT_MS) : timeoutMs;
      },
      get pauseMs() {
        return bounds?.().pauseMs ?? LONGEST_MS;
      },
    };
  }

  /** Sends one request, and tells the logger what became of it: never of its query, its headers or its body. */
  send = async (url, init) => {
    const { fetch = globalThis.fetch, headers = {} } = this.#options;
    const sent = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) if (!sent.has(name)) sent.set(name, value);
    const began = performance.now();
    const tell = (outcome) => this.#tell(url, init, { ...outcome, ms: Math.round(performance.now() - began) });
    try {
      const response = await fetch(url, { ...init, headers: sent });
      tell({ status: response.status });
      return response.body?.getReader ? response : inOnePart(response);
    } catch (error) {
      tell({ error: String(error?.name ?? "Error") });
      throw error;
    }
  };

  #tell(url, { method = "GET" }, outcome) {
    const { origin, pathname } = new URL(url);
    try {
      this.#options.logger?.({ event: "request", method, url: origin + pathname, ...outcome });
    } catch {
      // A logger that fails is no reason for a call to fail.
    }
  }
}

/** The answer of a `fetch` that has no streams, as one. */
function inOnePart(response) {
  const parts = [response];
  const read = async () => {
    const [part] = parts.splice(0);
    return { value: part && new Uint8Array(await part.arrayBuffer()) };
  };
  return { status: response.status, headers: response.headers, body: { getReader: () => ({ read }) } };
}

/** Those of the options that have a rule. */
export function checked(options, rules = RULES_OF_CALLS) {
  const given = Object.keys(rules).map((name) => [name, options?.[name]]).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const [isRight, rule] = rules[name];
    if (!isRight(value)) throw invalid(name, rule);
  }
  return Object.fromEntries(given);
}

/** A call's options, and what else is given with them. */
export function parted(given) {
  const rest = Object.entries(given ?? {}).filter(([name]) => !Object.hasOwn(RULES_OF_CALLS, name));
  return [checked(given), Object.fromEntries(rest)];
}

function isHeaders(value) {
  try {
    new Headers(value); // It throws where a name or a value cannot stand in one.
    return value.constructor === Object;
  } catch {
    return false;
  }
}
