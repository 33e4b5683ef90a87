// The API token: from the form or, the sandbox's, from the address; kept in this tab alone.
import { signal } from "@preact/signals-core";

const KEY = "ringcentral-ai token";
/** Everybody knows it. An address stays in the browser's history, where no other token belongs. */
const SANDBOX_TOKEN = "sandbox-token";

/** Why whoever was signed in is so no more. */
export const lost = signal(/** @type {any} */ (undefined));
/** The token of whoever is signed in. */
export const token = signal(sessionStorage.getItem(KEY));

/** @param {string} given */
export function keepToken(given) {
  lost.value = undefined;
  sessionStorage.setItem(KEY, given);
  token.value = given;
}

/** @param {unknown} [reason] */
export function forgetToken(reason) {
  lost.value = reason;
  sessionStorage.removeItem(KEY);
  token.value = null;
}

/**
 * The token in the address, which is taken out of it at once, so that nobody copies it along: `{token}`, which is empty where it is not
 * the sandbox's; undefined where there is none.
 */
export function tokenInAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given === null) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return { token: given === SANDBOX_TOKEN ? given : "" };
}
