// Small servers that the tests script themselves.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/**
 * Answers each request with what `answer({method, path, headers, body, bytes}, response)` gives (see `send`) or does: `{url, requests,
 * close}`. `cutAfter(request)` says after how many bytes of a body its connection is cut.
 */
export async function startServer(answer, { cutAfter = () => Infinity } = {}) {
  const requests = [];
  const server = createServer(async (incoming, response) => {
    const request = { method: incoming.method, path: incoming.url, headers: incoming.headers };
    const bytes = await received(incoming, cutAfter(request));
    if (!bytes) return;
    Object.assign(request, { body: bytes.toString(), bytes });
    requests.push({ ...request, at: Date.now() });
    const value = await answer(request, response);
    if (value?.constructor === Object) await send(response, value);
  });
  return { ...(await listening(server)), requests };
}

/** Has a server listen on a free port of this machine: `{url, close}`. */
export async function listening(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

/** A request's body; none where its connection is cut, from here or from there. */
export async function received(incoming, mostBytes = Infinity) {
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > mostBytes) return void incoming.destroy();
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

/**
 * An answer as a value, whatever it is: `status`, `headers`, `json` or `body` (text or bytes), `redirect` to an address, `slowMs` before
 * its first byte (`Infinity`: it never comes), `cut` after so many bytes of the body (`-1`: before the first byte of the answer).
 */
async function send(response, { status, headers = {}, json, body = json === undefined ? "" : JSON.stringify(json), redirect, slowMs = 0, cut }) {
  if (slowMs === Infinity) return;
  await sleep(slowMs);
  if (cut < 0) return response.destroy();
  const bytes = Buffer.from(body);
  const type = json === undefined ? {} : { "content-type": "application/json" };
  response.writeHead(status ?? (redirect ? 307 : 200), { ...type, "content-length": bytes.length, ...(redirect && { location: redirect }), ...headers });
  response.flushHeaders();
  if (cut === undefined) return response.end(bytes);
  response.write(bytes.subarray(0, cut), () => response.destroy());
}

/** Answers with JSON. */
export function reply(response, status, value, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

/** Serves files: `folders` is a list of `[prefix, folder]`, the first prefix that fits counts. */
export function startFiles(folders) {
  return startServer(async ({ path }, response) => {
    const name = normalize(decodeURIComponent(new URL(path, "http://h").pathname));
    const [prefix, folder] = folders.find(([prefix]) => name.startsWith(prefix)) ?? [];
    const file = folder && join(folder, name.slice(prefix.length) || "index.html");
    const bytes = file && (await readFile(file).catch(() => undefined));
    response.writeHead(bytes ? 200 : 404, { "content-type": TYPES[extname(file ?? "")] ?? "text/plain" });
    response.end(bytes);
  });
}
