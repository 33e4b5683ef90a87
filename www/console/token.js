// The API token: from the address or from the form, kept in this tab alone.
const KEY = "ringcentral-ai token";

/** The token in hand; one in the address is taken out of it, so that nobody copies it along. */
export function currentToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    keepToken(given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY);
}

export const keepToken = (token) => sessionStorage.setItem(KEY, token);

export const forgetToken = () => sessionStorage.removeItem(KEY);
