// A user's session, kept where its caller says and renewed once for all tabs that have it.
import { sleep } from "./abortable.mjs";
import { RingCentralError } from "./error.mjs";
import { invalid, textOf } from "./invalid.mjs";
import { Supply } from "./supply.mjs";

/** What the names begin with under which something is kept. */
export const PREFIX = "ringcentral-ai";
/** So long after a renewal no other tab looks: by then it has heard of it. */
const TOLD_MS = 100;

/** A storage that ends with its page. */
export function memory() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** What was kept as a text; what somebody else wrote there is nothing. */
export function objectOf(text) {
  try {
    return JSON.parse(text ?? "null") ?? undefined;
  } catch {
    return undefined;
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
      if (typeof storage[name] !== "function") throw invalid("storage", `it must have ${name}(), as sessionStorage has`);
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

  /** The token went into a content URI that may be used for so long: until then, or its end, no tab has another take its place. */
  hold(ms = Infinity) {
    return this.#alone(async () => {
      const kept = await this.read();
      if (kept?.expiresAt) await this.write({ ...kept, heldUntil: Math.max(kept.heldUntil ?? 0, Math.min(kept.expiresAt, Date.now() + ms)) });
    });
  }

  /** Ends it, here and at RingCentral; a renewal that is under way is ended with it. */
  async end(session, how) {
    const kept = await this.#alone(async () => {
      const kept = await this.read();
      await this.#storage.removeItem(this.#key);
      this.#channel?.close();
      return kept;
    });
    await session.endSession(JSON.stringify(kept ?? {}), how);
  }

  /** Does `work` while no tab renews it. */
  #alone = (work) => alone(this.#key, work, () => undefined);

  #next(session, isRejected) {
    const work = async () => {
      let kept = await this.read();
      if (!kept) throw over();
      const isKnown = kept.accessToken === this.#token;
      const isDue = isKnown ? session.needsToken() : kept.renewAt <= Date.now();
      const isHeld = kept.heldUntil > Date.now();
      if ((isKnown && isRejected) || (isDue && !isHeld)) kept = await this.#renew(session, kept);
      this.#token = kept.accessToken;
      return kept;
    };
    return alone(this.#key, work, () => this.#isTold);
  }

  async #renew(session, { id, server, mediaHosts, heldUntil: _, ...kept }) {
    if (!kept.refreshToken) throw over();
    try {
      const next = { ...(await session.renew(JSON.stringify(kept), this.#how.of())), id, server, mediaHosts };
      if (!(await this.read())) {
        // Where there are no locks the user may have left meanwhile: the new tokens end as the old ones did.
        await session.endSession(JSON.stringify(next), this.#how.of());
        throw over();
      }
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

const over = () =>
  new RingCentralError({ code: "ringcentral_token_rejected", message: "the session is over: the user has to sign in again", status: 401, retryable: false });
