// The Worker, which the package asks.
import { JobsClient } from "ringcentral-ai";
import { forgetToken, token } from "./token.js";

/** The package's client, with the token of whoever is signed in. */
export const jobs = (given = token.peek()) => new JobsClient(location.origin, { token: given ?? "" });

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
