// The Worker: asked by the package, and by `ask` where the package has no call for a route.
import { JobsClient, RingCentralError } from "ringcentral-ai";
import { forgetToken, token } from "./token.js";

/** The package's client, with the token of whoever is signed in. */
export const jobs = (given = token.peek()) => new JobsClient(location.origin, { token: given ?? "" });

/** Whether it was given up by whoever asked. @param {unknown} error */
export const isAbort = (error) => error instanceof DOMException && error.name === "AbortError";

/**
 * Asks a route with the token and gives the response; an error is one of the package's.
 * @param {string} method
 * @param {string} path
 * @param {{ body?: unknown, signal?: AbortSignal, headers?: Record<string, string>, keepalive?: boolean }} [how]
 */
export async function ask(method, path, { body, signal, headers, keepalive = false } = {}) {
  const sent = { authorization: `Bearer ${token.peek() ?? ""}`, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers };
  /** @type {RequestInit} */
  const init = {
    method,
    headers: sent,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
    redirect: "error",
    keepalive,
  };
  const response = await fetch(path, init).catch((error) => {
    if (isAbort(error)) throw error;
    throw new RingCentralError({ code: "network_or_cors", message: "the Worker was not reached", retryable: true });
  });
  if (response.ok) return response;
  throw await errorOf(response);
}

/** @param {Response} response */
async function errorOf(response) {
  const { error } = await response.json().catch(() => ({}));
  const { status } = response;
  const unknown = { code: "unexpected_answer", message: `the Worker answered with status ${status}, and not as it does`, retryable: status >= 500 };
  if (typeof error?.code !== "string") return new RingCentralError({ ...unknown, status });
  return new RingCentralError({ ...error, message: String(error.message), status, retryable: status >= 500 || status === 429 });
}

/** Why the Worker does not take a token; nothing where it does, or where it is reached and has another reason. @param {string} given */
export async function refusalOf(given) {
  const error = await jobs(given)
    .list({ limit: 1 })
    .next()
    .then(
      () => undefined,
      (error) => error,
    );
  return error?.code === "unauthorized" || error?.code === "network_or_cors" ? error : undefined;
}

/** Signs out where an error says that the token is none; gives the error back. @param {any} error */
export function heeded(error) {
  if (error?.code === "unauthorized") forgetToken(error);
  return error;
}
