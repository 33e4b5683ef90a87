const NAME = "RingCentralError";

/** A browser may not be shown `Retry-After`: RingCentral's penalty lasts as long. */
const PENALTY_S = 60;

/** Why something failed; `code` is the contract, the message is one sentence for people. */
export class RingCentralError extends Error {
  constructor({ name, message, code, retryable = false, ...more }, options) {
    const fields = { code, retryable, ...more };
    // What is promised with a code is there, whoever left it out.
    if (code === "rate_limited") fields.retryAfter ??= PENALTY_S;
    if (code === "invalid_field" || code === "encoding_unknown") fields.field ??= message.split(":")[0];
    // structuredClone keeps an error's message, stack and cause and nothing else.
    super(message, { cause: { name: NAME, ...fields }, ...options });
    Object.assign(this, fields);
  }

  /** Also for an error of another copy of the package; one that was cloned gets its fields back. */
  static is(value) {
    if (value instanceof RingCentralError) return true;
    if (Object.prototype.toString.call(value) !== "[object Error]") return false;
    const { name, ...fields } = value.cause ?? {};
    if (name === NAME) Object.assign(Object.setPrototypeOf(value, RingCentralError.prototype), fields);
    return value.name === NAME && typeof value.code === "string";
  }

  toJSON() {
    return { name: NAME, message: this.message, ...this };
  }
}
RingCentralError.prototype.name = NAME;
