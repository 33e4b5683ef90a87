import { jsonOf } from "./invalid.mjs";

/** An address with a secret in it: prints masked, `expose()` is the whole. */
export class SecretUrl {
  #whole;
  #shown;

  constructor(whole, shown = `${new URL(whole).origin}/[secret]`) {
    this.#whole = whole;
    this.#shown = shown;
  }

  expose() {
    return this.#whole;
  }

  toString() {
    return this.#shown;
  }

  toJSON() {
    return this.#shown;
  }

  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.#shown;
  }
}

/** A recording's content with an access token in its address, fit for `contentUri` until `validUntil`. */
export class ContentUri extends SecretUrl {
  constructor({ url, shown, validUntil }) {
    super(url, shown);
    this.validUntil = validUntil ? new Date(validUntil) : undefined;
  }
}

/** JSON in which such addresses stand whole: for the core, never for people. What has none is named, else `field`. */
export function write(value, field = "options") {
  try {
    return jsonOf(value, field, whole);
  } catch (error) {
    for (const [name, inner] of Object.entries(value ?? {})) if (typeof inner !== "function") jsonOf(inner ?? null, name, whole);
    throw error;
  }
}

function whole(key, shown) {
  return this[key] instanceof SecretUrl ? this[key].expose() : shown;
}
