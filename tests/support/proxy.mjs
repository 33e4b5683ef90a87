// A proxy before one server: it passes everything on as it is, and keeps what went through.
import { Agent, createServer, request } from "node:http";
import { listening, received } from "./http.mjs";

/**
 * Starts it: `{url, seen, close}`. `seen` holds every exchange, `{method, path, headers, body, answer: {status, headers, body}}`: bodies
 * as bytes, the answer when it is over. `before` may hold an exchange back, and change it: it goes on as it is when the promise of that is
 * fulfilled.
 */
export async function startProxy(target, before = async () => {}) {
  const seen = [];
  const agent = new Agent({ keepAlive: false });
  const server = createServer(async (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const body = await received(incoming);
    if (!body) return;
    const exchange = { method, path, headers, body };
    seen.push(exchange);
    await before(exchange);
    const onward = request(target + exchange.path, { method, headers: exchange.headers, agent });
    onward.on("response", (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("close", () => (exchange.answer = { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
      answer.on("error", () => outgoing.destroy());
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    onward.end(exchange.body);
  });
  return { ...(await listening(server)), seen };
}

/** All that went either way in an exchange, as a text to be searched. */
export const wholeText = ({ path, headers, body, answer }) =>
  [path, JSON.stringify(headers), body.toString("latin1"), JSON.stringify(answer?.headers), answer?.body.toString("latin1")].join("\n");
