// Copies a text, and says so.
import { t } from "../texts/texts.js";
import { notify } from "./notices.js";

/** @param {string} text @param {string} done */
export async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    notify(done);
  } catch {
    notify(t.notCopied);
  }
}

/**
 * A call as a line for a terminal; the token stands in a variable, never in the line.
 * @param {string} method @param {string} path @param {unknown} [body]
 */
export function curl(method, path, body) {
  const quoted = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;
  const sent = body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`];
  const verb = method === "GET" ? [] : [`-X ${method}`];
  return ["curl", ...verb, '-H "Authorization: Bearer $TOKEN"', ...sent, quoted(location.origin + path)].join(" ");
}

/** @param {string} method @param {string} path @param {unknown} [body] */
export const copyCurl = (method, path, body) => copy(curl(method, path, body), t.curlCopied);
