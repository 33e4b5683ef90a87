// A Worker that takes uploads, as its API says; what goes wrong is up to the test.
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "./http.mjs";

export const TOKEN = "S3CRET-api";
const PART_BYTES = 16 << 20;
/** Long enough for a client to send whatever it sends at a time. */
const STORING_MS = 20;
const TIMES = { createdAt: "2026-01-01T00:00:00.000Z", expiresAt: "2026-01-02T00:00:00.000Z" };
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization,content-type",
  "access-control-allow-methods": "GET,PUT,POST",
};

/** An error as the Worker answers with it. */
export const refusal = (status, code, more) => ({ status, json: { error: { code, message: `it is ${code}`, requestId: "r-1", ...more } } });

/**
 * Starts one: `{url, requests, puts, most, stored, close}`. `fault(request, response)` may answer in its place, `cutAfter` is as for any server.
 * `puts` are the numbers of the parts that came whole, `most` is how many came at a time, `stored(id)` the bytes that are there.
 */
export async function startUploads({ partBytes = PART_BYTES, fault, cutAfter = () => Infinity } = {}) {
  const worker = { puts: [], most: 0, stored: (id) => uploads.get(id).whole() };
  const uploads = new Map();
  let coming = 0;

  /** A part counts from its first byte on, until it is stored. */
  function begun(request) {
    if (request.method === "PUT") worker.most = Math.max(worker.most, ++coming);
    return cutAfter(request);
  }

  async function store(upload, part, bytes) {
    await sleep(STORING_MS);
    coming -= 1;
    worker.puts.push(part);
    return upload.put(part, bytes);
  }

  function answer({ method, path, headers, body, bytes }) {
    if (method === "OPTIONS") return { status: 204 };
    if (headers.authorization !== `Bearer ${TOKEN}`) return refusal(401, "unauthorized");
    const [isTheirs, id, part] = /^\/v1\/uploads(?:\/([^/]+))?(?:\/parts\/(\d+)|\/complete)?$/.exec(path) ?? [];
    if (!isTheirs) return refusal(404, "not_found");
    if (!id) {
      const upload = new Upload(JSON.parse(body), partBytes);
      uploads.set(upload.id, upload);
      return { status: 201, ...upload.told() };
    }
    const upload = uploads.get(id);
    if (!upload) return refusal(404, "not_found");
    if (method === "PUT") return store(upload, Number(part), bytes);
    return method === "POST" ? upload.complete() : upload.told();
  }

  const server = await startServer(
    async (request, response) => {
      const given = (await fault?.(request, response)) ?? (await answer(request));
      return { ...given, headers: { ...CORS, ...given.headers } };
    },
    { cutAfter: begun },
  );
  return Object.assign(worker, server);
}

/** One upload. */
class Upload {
  id = randomUUID();
  #parts = new Map();

  constructor({ bytes, name }, partBytes) {
    Object.assign(this, { name, bytes, partBytes, ...TIMES });
  }

  told() {
    const parts = [...this.#parts].map(([part, { length }]) => ({ part, bytes: length }));
    return { json: { ...this, parts } };
  }

  put(part, bytes) {
    const count = Math.ceil(this.bytes / this.partBytes);
    const expected = part === count ? this.bytes - (count - 1) * this.partBytes : this.partBytes;
    if (this.sha256) return refusal(409, "upload_conflict");
    if (part < 1 || part > count || bytes.length !== expected) return refusal(422, "invalid_field", { field: "part" });
    this.#parts.set(part, bytes);
    return this.told();
  }

  complete() {
    if (this.whole().length < this.bytes) return refusal(409, "upload_conflict");
    this.contentType = "audio/wav";
    this.sha256 = createHash("sha256").update(this.whole()).digest("hex");
    return this.told();
  }

  whole() {
    return Buffer.concat([...this.#parts].toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes));
  }
}
