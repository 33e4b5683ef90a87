// What `wrangler deploy` would upload: it is made by the deployment's own configuration, without an account, and stays small.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { ENVIRONMENT, ROOT, temporaryFolder } from "./support/services.mjs";

/**
 * Scripts and WebAssembly, compressed as wrangler does. The Worker with RingCentral's AI alone is 400 KiB; the four other engines, what is
 * computed of words and what a language model is asked for take 88 more. Cloudflare takes 3 MB, of those who pay 10.
 */
const MAX_BYTES = 488 * 1024;

test("a deployment is built by itself, has its KV and its Durable Object, and fits its budget", async () => {
  const wrangler = ["node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run", "--outdir", temporaryFolder()];
  const env = { ...process.env, ...ENVIRONMENT, CLOUDFLARE_API_TOKEN: "" };
  const { stdout } = await promisify(execFile)(process.execPath, wrangler, { cwd: ROOT, env });
  const bytes = Number(/gzip: ([\d.]+) KiB/.exec(stdout)?.[1]) * 1024;
  assert.ok(bytes > 0 && bytes <= MAX_BYTES, `${bytes} bytes\n${stdout}`);
  assert.match(stdout, /env\.RESULTS.*KV Namespace/);
  assert.match(stdout, /env\.DESK.*Durable Object/);
});
