// How a page's user signs in: to RingCentral's page and back, in the page's own window or in another.
import { abortable } from "./abortable.mjs";
import { RingCentralError } from "./error.mjs";
import { invalid, textOf } from "./invalid.mjs";
import { PREFIX, memory, objectOf } from "./kept.mjs";

export { Kept } from "./kept.mjs";

/** What the state of a login in a window of its own begins with. */
const POPUP = "popup.";

/** Where one tab keeps the logins that it has begun; a program without tabs keeps them in memory. */
const tab = () => globalThis.sessionStorage ?? MEMORY;

const MEMORY = memory();

/** Where the user signs in; what the end of it needs stays in this tab. */
export async function begin(session, { clientId, redirectUri, server, mediaHosts }, isPopup = false) {
  if (!globalThis.crypto?.subtle) throw invalid("redirectUri", "a login is begun by a page of https, or of this machine: others have no crypto.subtle");
  const state = (isPopup ? POPUP : "") + text64(crypto.getRandomValues(new Uint8Array(16)));
  const verifier = text64(crypto.getRandomValues(new Uint8Array(32)));
  const challenge = text64(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
  const url = session.beginLogin(textOf(clientId, "clientId"), textOf(redirectUri, "redirectUri"), state, challenge);
  tab().setItem(`${PREFIX}:login:${state}`, JSON.stringify({ clientId, redirectUri, state, verifier, server, mediaHosts }));
  return url;
}

/** Bytes in base64url. */
const text64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** What was begun with the state in that address; it is taken once. */
export function begun(cameBackTo) {
  const state = stateOf(cameBackTo);
  const key = `${PREFIX}:login:${state}`;
  const kept = state && objectOf(tab().getItem(key));
  if (!kept) throw invalid("redirect", "it is not the end of a login that was begun in this tab: begin again");
  tab().removeItem(key);
  return kept;
}

function stateOf(address) {
  const text = textOf(address, "redirect");
  return URL.canParse(text) ? new URL(text).searchParams.get("state") : undefined;
}

/** Whether that address ends a login in a window that was opened for it; then whoever opened it is told, and the window closes. */
export function isPopup(cameBackTo) {
  const state = stateOf(cameBackTo);
  if (!state || !state.startsWith(POPUP)) return false;
  const channel = new BroadcastChannel(`${PREFIX}:${state}`);
  channel.postMessage(String(cameBackTo));
  channel.close();
  globalThis.close?.();
  return true;
}

/** The address that the window opened at `url` comes back to. */
export async function cameBack(url, signal) {
  const channel = new BroadcastChannel(`${PREFIX}:${new URL(url).searchParams.get("state")}`);
  try {
    const comesBack = new Promise((resolve) => {
      channel.onmessage = ({ data }) => resolve(data);
    });
    return await abortable(signal, () => comesBack);
  } finally {
    channel.close();
  }
}

export const blocked = () =>
  new RingCentralError({ code: "popup_blocked", message: "the browser opens no window: begin the login in the handler of a click", retryable: true });
