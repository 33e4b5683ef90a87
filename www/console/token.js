// The API token: from the form or, the sandbox's, from the address; kept in this tab alone.
const KEY = "ringcentral-ai token";
/** Everybody knows it. An address stays in the browser's history, where no other token belongs. */
const SANDBOX_TOKEN = "sandbox-token";

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

export const keptToken = () => sessionStorage.getItem(KEY);

export const keepToken = (token) => sessionStorage.setItem(KEY, token);

export const forgetToken = () => sessionStorage.removeItem(KEY);
