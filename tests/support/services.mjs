// Starts what the tests talk to, on free ports of 127.0.0.1, and ends what it started.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The workspace's folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the sandbox knows the Worker by; none of it opens anything else. */
export const CREDENTIALS = {
  RC_CLIENT_ID: "sandbox-client",
  RC_CLIENT_SECRET: "sandbox-secret",
  RC_JWT: "sandbox-jwt",
  API_TOKENS: "sandbox-token",
  SIGNING_KEYS: "development-only-signing-key-of-the-sandbox",
};

/** The sandbox, with relaxed limits and ten times as fast unless `args` say otherwise: `{url, log, close, kill}`. */
export async function startSandbox({ args = [], port = 0 } = {}) {
  const program = process.env.SANDBOX_BIN;
  if (!program) throw new Error("SANDBOX_BIN names no program: run the tests with cargo xtask test");
  const sandbox = new Service("the sandbox", program, ["--limits", "relaxed", "--speed", "10", "--port", String(port), ...args]);
  const listening = await sandbox.until(30_000, (log) => /listening on (http:\/\/[\d.:]+)/.exec(log));
  return sandbox.handle(listening[1]);
}

/**
 * The Worker in workerd, beside the sandbox at `sandboxUrl`: `{url, log, persistTo, close, kill}`. `vars` replace its settings;
 * `persistTo` and `port` keep its store and its address over a restart; without `persistTo` the store goes when it closes.
 * `rate` makes its clock run that much faster from now on; `entry` is a file in the place of the Worker's own entry; `hasBucket` is false
 * for one that takes no files.
 */
export async function startWorker({ sandboxUrl, vars = {}, persistTo, port, rate, entry, hasBucket = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ringcentral-ai-worker-"));
  port ??= await freePort();
  const media = sandboxUrl && { RC_SERVER: sandboxUrl, RC_MEDIA_HOSTS: new URL(sandboxUrl).host, ALLOW_PRIVATE_MEDIA: "1" };
  const url = `http://127.0.0.1:${port}`;
  const clock = rate && { CLOCK: `${Date.now()}x${rate}` };
  const settings = { ...CREDENTIALS, PUBLIC_URL: url, ...media, ...clock, ...vars };
  const lines = Object.entries(settings).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(join(folder, "worker.vars"), lines.join(""));
  writeFileSync(join(folder, "wrangler.toml"), configuration(entry, hasBucket));
  const wrangler = ["node_modules/wrangler/bin/wrangler.js", "dev", "--config", join(folder, "wrangler.toml")];
  const where = ["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0", "--show-interactive-dev-session=false"];
  const state = ["--persist-to", persistTo ?? join(folder, "state"), "--env-file", join(folder, "worker.vars")];
  const worker = new Service("the Worker", process.execPath, [...wrangler, ...where, ...state], () => rmSync(folder, { recursive: true, force: true }));
  await worker.until(90_000, async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok);
  return { ...worker.handle(url), persistTo: persistTo ?? join(folder, "state") };
}

/** A folder that is gone when this process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "ringcentral-ai-test-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** The deployment's own configuration, for a Worker that is built already, with its optional bucket or without. */
function configuration(entry, hasBucket) {
  let text = readFileSync(join(ROOT, "wrangler.toml"), "utf8").replace(/^\[build\]\n(?:(?!\[).*\n)*/m, "");
  if (hasBucket) text = text.replace(/^# (\[\[r2_buckets\]\]|binding = "MEDIA"|bucket_name = .*)$/gm, "$1");
  if (entry) text = text.replace(/^main = ".*"/m, `main = "${entry}"`);
  return text.replace(/^(main|directory) = "(.*)"/gm, (_, name, path) => `${name} = "${join(ROOT, path)}"`);
}

/** wrangler asks nothing, reports nothing, looks nothing up, and keeps no traces: they hold paths, which hold signatures. */
export const ENVIRONMENT = {
  CI: "1",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_WRITE_LOGS: "false",
  X_LOCAL_OBSERVABILITY: "false",
};

/** A program with a process group of its own, so that its children end with it. */
class Service {
  static #running = new Set();
  /** One that was killed leaves its store behind for the one that is started after it. */
  static #untidy = new Set();
  #name;
  #child;
  #tidyUp;
  #log = "";

  static {
    process.on("exit", () => {
      Service.#running.forEach((service) => service.#signal("SIGKILL"));
      Service.#untidy.forEach((service) => service.#tidyUp());
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
  }

  constructor(name, program, args, tidyUp = () => {}) {
    this.#name = name;
    this.#tidyUp = tidyUp;
    const env = { ...process.env, ...ENVIRONMENT };
    delete env.NODE_TEST_CONTEXT; // A child that is a node program is no part of this test run.
    this.#child = spawn(program, args, { cwd: ROOT, detached: true, env, stdio: ["ignore", "pipe", "pipe"] });
    this.#child.on("error", (error) => (this.#log += error.message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on("data", (data) => (this.#log += data));
    Service.#running.add(this);
    Service.#untidy.add(this);
  }

  /** Waits until `ready`, asked with the log so far, gives something. */
  async until(patienceMs, ready) {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = await ready(this.#log);
      if (found) return found;
      if (this.#hasEnded() || Date.now() > deadline) {
        await this.#end("SIGKILL");
        throw new Error(`${this.#name} did not start:\n${this.#log.slice(-4_000)}`);
      }
      await sleep(50);
    }
  }

  handle(url) {
    return {
      url,
      pid: this.#child.pid,
      log: () => this.#log,
      close: async () => {
        await this.#end("SIGTERM");
        Service.#untidy.delete(this);
        this.#tidyUp();
      },
      kill: () => this.#end("SIGKILL"),
    };
  }

  async #end(signal) {
    Service.#running.delete(this);
    const ended = this.#hasEnded() || once(this.#child, "exit");
    this.#signal(signal);
    const late = setTimeout(() => this.#signal("SIGKILL"), 10_000);
    await ended;
    clearTimeout(late);
    this.#signal("SIGKILL"); // Whatever of the group has outlived its first process.
  }

  #hasEnded() {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #signal(signal) {
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // The group has ended.
    }
  }
}
