// Small servers that the tests script themselves.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Answers each request with what `answer({method, path, headers, body}, response)` does: `{url, requests, close}`. */
export async function startServer(answer) {
  const requests = [];
  const server = createServer(async (incoming, response) => {
    const chunks = await incoming.toArray();
    const request = { method: incoming.method, path: incoming.url, headers: incoming.headers, body: Buffer.concat(chunks).toString() };
    requests.push({ ...request, at: Date.now() });
    await answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${server.address().port}`, requests, close };
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
