// A user's own session: signed in to in a page, kept where its caller says, renewed once for all tabs that have it.
import { sleep } from "./abortable.mjs";
import { RingCentralError } from "./error.mjs";
import { textOf } from "./invalid.mjs";
import { Supply } from "./supply.mjs";

const PREFIX = "ringcentral-ai";
/** So long after a renewal no other tab looks: by then it has heard of it. */
const TOLD_MS = 100;
/** What the state of a login in a window of its own begins with. */
const POPUP = "popup.";

/** Where one tab keeps the logins that it has begun; a program without tabs keeps them in memory. */
const tab = () => globalThis.sessionStorage ?? MEMORY;

/** A storage that ends with its page. */
function memory() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const MEMORY = memory();

/** Where the user signs in; what the end of it needs stays in this tab. */
export async function begin(session, { clientId, redirectUri, server, mediaHosts }, isPopup = false) {
  if (!globalThis.crypto?.subtle) throw refusal("redirectUri", "a login is begun by a page of https, or of this machine: others have no crypto.subtle");
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
  if (!kept) throw refusal("redirect", "it is not the end of a login that was begun in this tab: begin again");
  tab().removeItem(key);
  return kept;
}

/** What was kept as a text; what somebody else wrote there is nothing. */
function objectOf(text) {
  try {
    return JSON.parse(text ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
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
    return await new Promise((resolve, reject) => {
      channel.onmessage = ({ data }) => resolve(data);
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  } finally {
    channel.close();
  }
}

/** A session that is kept in `storage`, for every client of it in whatever tab. */
export class Kept {
  #storage;
  #key;
  #how;
  #token;
  #channel;
  #isTold;

  constructor(clientId, storage, how) {
    storage ??= memory();
    for (const name of ["getItem", "setItem", "removeItem"]) {
      if (typeof storage[name] !== "function") throw refusal("storage", `it must have ${name}(), as sessionStorage has`);
    }
    this.#key = `${PREFIX}:${textOf(clientId, "clientId")}`;
    this.#storage = storage;
    this.#how = how;
    this.#listen();
  }

  /** What is kept, if anything. */
  async read() {
    const kept = objectOf(await this.#storage.getItem(this.#key));
    return typeof kept?.accessToken === "string" ? kept : undefined;
  }

  async write(kept) {
    await this.#storage.setItem(this.#key, JSON.stringify(kept));
  }

  /** What gives a session its tokens. */
  supply() {
    return new Supply((session, isRejected) => this.#next(session, isRejected));
  }

  /** Ends it, here and at RingCentral. */
  async end(session, how) {
    const kept = await this.read();
    await this.#storage.removeItem(this.#key);
    this.#channel?.close();
    await session.endSession(JSON.stringify(kept ?? {}), how);
  }

  #next(session, isRejected) {
    const work = async () => {
      let kept = await this.read();
      if (!kept) throw over();
      const isKnown = kept.accessToken === this.#token;
      if (isKnown ? isRejected || session.needsToken() : kept.renewAt <= Date.now()) kept = await this.#renew(session, kept);
      this.#token = kept.accessToken;
      return kept;
    };
    return alone(this.#key, work, () => this.#isTold);
  }

  async #renew(session, { id, server, mediaHosts, ...kept }) {
    if (!kept.refreshToken) throw over();
    try {
      const next = { ...(await session.renew(JSON.stringify(kept), this.#how.of())), id, server, mediaHosts };
      await this.write(next);
      this.#channel?.postMessage(next);
      this.#isTold = sleep(TOLD_MS);
      return next;
    } catch (error) {
      if (error?.code === "ringcentral_token_rejected") await this.#storage.removeItem(this.#key);
      throw error;
    }
  }

  /** A tab that was duplicated has the session in a storage of its own. */
  #listen() {
    if (typeof BroadcastChannel !== "function") return;
    this.#channel = new BroadcastChannel(this.#key);
    this.#channel.unref?.(); // Of Node's: it keeps no program from ending.
    this.#channel.onmessage = async ({ data }) => {
      const kept = await this.read();
      if (kept?.id === data.id && kept.expiresAt < data.expiresAt) await this.write(data);
    };
  }
}

/** Does `work` while no other tab of this origin does; the others wait for `rest` too. */
function alone(name, work, rest) {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) return work();
  return new Promise((resolve, reject) => {
    const held = locks.request(name, async () => {
      await work().then(resolve, reject);
      await rest();
    });
    held.catch(reject);
  });
}

const refusal = (field, rule) => new RingCentralError({ code: "invalid_field", field, message: `${field}: ${rule}`, retryable: false });

export const blocked = () =>
  new RingCentralError({ code: "popup_blocked", message: "the browser opens no window: begin the login in the handler of a click", retryable: true });

const over = () =>
  new RingCentralError({ code: "ringcentral_token_rejected", message: "the session is over: the user has to sign in again", status: 401, retryable: false });
