// What the Worker is measured against: the least that takes a callback, in JavaScript alone. It checks a signature, reads the body
// whole, hashes it, puts it into KV and tells one Durable Object, which writes a row and answers those who wait; and it logs a line a
// request. Started by bench/callback.mjs with the Worker's own configuration, so that everything around both is the same.
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

const HMAC = { name: "HMAC", hash: "SHA-256" };
let key;

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const url = new URL(request.url);
    const [, route, ...parts] = url.pathname.split("/");
    const response = await this.answer(request, route, parts, url.searchParams);
    if (!this.env.QUIET) console.log(JSON.stringify({ route, method: request.method, status: response.status, requestId: crypto.randomUUID() }));
    return response;
  }

  async answer(request, route, [id, attempt, signature], parameters) {
    if (route === "callbacks" && request.method === "POST") return this.take(request, id, attempt, signature);
    if (route === "jobs") return Response.json(await this.desk().wait(id, Number(parameters.get("wait"))));
    return new Response("ok");
  }

  async take(request, id, attempt, signature) {
    key ??= await crypto.subtle.importKey("raw", Buffer.from(this.env.SIGNING_KEYS), HMAC, false, ["verify"]);
    const signed = Buffer.from(`${id}/${attempt}`);
    const isOurs = await crypto.subtle.verify("HMAC", key, Buffer.from(signature, "hex"), signed);
    if (!isOurs) return new Response("forbidden", { status: 403 });
    const body = await request.arrayBuffer();
    const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", body)).toString("hex");
    const name = `result/${id}/${crypto.randomUUID()}`;
    const metadata = { bytes: body.byteLength, sha256 };
    await this.env.RESULTS.put(name, body, { expirationTtl: 2_592_000, metadata });
    await this.desk().finish(id, name);
    return new Response(null, { status: 200 });
  }

  desk() {
    return this.env.DESK.getByName("main");
  }
}

export class Desk extends DurableObject {
  #waiting = new Map();

  constructor(ctx, env) {
    super(ctx, env);
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, key TEXT, completed_ms INTEGER) WITHOUT ROWID");
  }

  finish(id, key) {
    this.ctx.storage.sql.exec("INSERT OR IGNORE INTO jobs VALUES (?, ?, ?)", id, key, Date.now());
    const job = this.#job(id);
    for (const tell of this.#waiting.get(id) ?? []) tell(job);
    this.#waiting.delete(id);
  }

  async wait(id, seconds) {
    const job = this.#job(id);
    if (job.status === "succeeded") return job;
    const { promise, resolve } = Promise.withResolvers();
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting.add(resolve));
    const patience = setTimeout(() => resolve(this.#job(id)), seconds * 1000);
    try {
      return await promise;
    } finally {
      clearTimeout(patience);
      waiting.delete(resolve);
    }
  }

  #job(id) {
    const [row] = this.ctx.storage.sql.exec("SELECT key, completed_ms FROM jobs WHERE id = ?", id);
    return { id, status: row ? "succeeded" : "reserved", completedAt: row && new Date(row.completed_ms).toISOString() };
  }
}
