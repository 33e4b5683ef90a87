// The Worker's HTTP API as a program in any language would use it, and a look into its KV.
import { spawnSync } from "node:child_process";
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "./services.mjs";

/** Speaks to the Worker at `url` with a token: each call answers `{status, headers, text, json}`. */
export function api(url, token = "sandbox-token") {
  const ask = async (method, path, body, headers = {}) => {
    const authorization = token ? { authorization: `Bearer ${token}` } : {};
    const init = { method, headers: { ...authorization, ...headers }, redirect: "manual" };
    if (body !== undefined) {
      init.body = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
      init.headers["content-type"] ??= "application/json";
    }
    const response = await fetch(new URL(path, url), init);
    const text = await response.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      // Not every answer is JSON.
    }
    return { status: response.status, headers: response.headers, text, json };
  };
  const get = (path, headers) => ask("GET", path, undefined, headers);
  const post = (path, body, headers) => ask("POST", path, body, headers);
  /** Submits a job and gives it, accepted. */
  const submit = async (job, headers) => {
    const answer = await post("/v1/jobs", job, headers);
    assert.equal(answer.status, 202, answer.text);
    return answer.json;
  };
  /** Reserves a job that its caller submits and gives it, with its `callbackUrl`. */
  const reserve = async (task = "punctuate") => {
    const answer = await post("/v1/callbacks", { task });
    assert.deepEqual([answer.status, answer.json?.status], [201, "reserved"], answer.text);
    return answer.json;
  };
  /** The job when it has finished, `limitS` seconds from now at the latest. */
  const finished = async (id, limitS = 60) => {
    const deadline = Date.now() + limitS * 1000;
    for (;;) {
      const leftS = Math.ceil((deadline - Date.now()) / 1000);
      assert.ok(leftS > 0, `job ${id} has not finished in ${limitS} s`);
      const { json } = await get(`/v1/jobs/${id}?wait=${Math.min(leftS, 20)}`).catch(() => ({}));
      if (["succeeded", "failed", "expired"].includes(json?.status)) return json;
    }
  };
  return { ask, get, post, submit, reserve, finished };
}

/** The names of the keys in the KV namespace that lies under `persistTo`, which no running Worker may use. */
export const keysOf = (persistTo) => entriesOf(persistTo).map(({ name }) => name);

/** The same keys as KV tells them: `{name, expiration, metadata}`. */
export const entriesOf = (persistTo) => JSON.parse(wranglerKv(["list"], persistTo));

/** Deletes a key there. */
export const deleteKey = (persistTo, key) => wranglerKv(["delete", key], persistTo);

function wranglerKv(args, persistTo) {
  const wrangler = [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), "kv", "key", ...args];
  const where = ["--binding", "RESULTS", "--local", "--persist-to", persistTo, "--config", join(ROOT, "wrangler.toml")];
  const env = { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...wrangler, ...where], { cwd: ROOT, env, encoding: "utf8", maxBuffer: 256 << 20 });
  assert.equal(status, 0, stderr);
  return stdout;
}
