// The Worker, which the package asks.
import { JobsClient } from "ringcentral-ai";
import { signal } from "@preact/signals-core";
import { forgetToken, token } from "./token.js";

/** So often the package tries a request at most whose failure may pass. */
export const TRIES = 5;
/** Longer than any of the pauses between tries that nobody asked for. */
const LONGEST_PAUSE_MS = 10_000;

/** The try of a request that was in vain and is not the last, while one is. */
export const inVain = signal(/** @type {number | undefined} */ (undefined));

/** The package's client, with the token of whoever is signed in. */
export const jobs = (given = token.peek()) => new JobsClient(location.origin, { token: given ?? "", maxRetries: TRIES - 1, logger: counting() });

/** Counts the tries of a client's requests that are in vain one after another. */
function counting() {
  let tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let givenUp;
  return (/** @type {import("ringcentral-ai").LogEntry} */ { status = 0, error }) => {
    clearTimeout(givenUp);
    const isInVain = error !== "AbortError" && (status === 0 || status === 429 || status === 500 || status >= 503);
    if (!isInVain && tries === 0) return;
    tries = isInVain ? (tries + 1) % TRIES : 0;
    inVain.value = tries || undefined;
    if (tries) givenUp = setTimeout(() => (inVain.value = undefined), LONGEST_PAUSE_MS); // Who asked may have gone.
  };
}

/**
 * A `fetch` of the package's that sends with more, and whose answer is passed on as something else.
 * @param {RequestInit} more
 * @param {(response: Response) => Response} [passed]
 * @returns {import("ringcentral-ai").FetchLike}
 */
export const sending = (more, passed = (response) => response) => async (url, init) => passed(await fetch(url, /** @type {RequestInit} */ ({ ...init, ...more })));

/** Whether it was given up by whoever asked. @param {unknown} error */
export const isAbort = (error) => error instanceof DOMException && error.name === "AbortError";

/** Why the Worker does not take a token; nothing where it does, or where it is reached and has another reason. @param {string} given */
export async function refusalOf(given) {
  const error = await jobs(given)
    .list({ limit: 1 })
    .next()
    .then(
      () => undefined,
      (error) => error,
    );
  return ["unauthorized", "network_or_cors", "invalid_field"].includes(error?.code) ? error : undefined;
}

/** Signs out where an error says that the token is none; gives the error back. @param {any} error */
export function heeded(error) {
  if (error?.code === "unauthorized") forgetToken(error);
  return error;
}

/**
 * The next of a list, so many at most, and whether there are more.
 * @template T
 * @param {AsyncGenerator<T>} list
 * @param {number} most
 * @returns {Promise<{ items: T[], hasMore: boolean }>}
 */
export async function taken(list, most) {
  const items = /** @type {T[]} */ ([]);
  while (items.length < most) {
    const { done, value } = await list.next();
    if (done) return { items, hasMore: false };
    items.push(value);
  }
  return { items, hasMore: true };
}
