// The console in Chromium, as tests open it: whatever its page complains about, and whatever it asks of another origin, is kept.
import assert from "node:assert/strict";
import { startBrowser } from "./browser.mjs";
import { CREDENTIALS, startSandbox, startWorker } from "./services.mjs";

export const TOKEN = CREDENTIALS.API_TOKENS;
const PATIENCE_MS = 30_000;

/** The sandbox, a Worker and a browser: `{url, open, get, ask, close, tab}`; `vars` are settings, or what makes them of the sandbox's address. */
export async function startConsole({ args = [], vars = {}, ...options } = {}) {
  const sandbox = await startSandbox({ args });
  const worker = await startWorker({ sandboxUrl: sandbox.url, vars: typeof vars === "function" ? vars(sandbox.url) : vars, ...options });
  const browser = await startBrowser();
  return new Console(sandbox, worker, browser);
}

class Console {
  constructor(sandbox, worker, browser) {
    Object.assign(this, { sandbox, worker, browser, url: worker.url });
  }

  /** A new tab at a place; `place` is what stands behind the Worker's address. */
  async open(place = `/#token=${TOKEN}`, { url = this.url, ...context } = {}) {
    const tab = await (await this.browser.newContext(context)).newPage();
    tab.setDefaultTimeout(PATIENCE_MS);
    tab.complaints = [];
    tab.on("pageerror", (error) => tab.complaints.push(error.message));
    tab.on("console", (message) => message.type() === "error" && !isHarmless(message) && tab.complaints.push(message.text()));
    tab.on("request", (request) => !isOwn(request.url(), url) && tab.complaints.push(request.url()));
    await tab.goto(url + place);
    return (this.tab = tab);
  }

  /** The same, signed in, at a view. */
  async openAt(place, options) {
    const tab = await this.open(undefined, options);
    await tab.getByRole("navigation", { name: "Views" }).waitFor();
    await tab.evaluate((place) => (location.hash = place), place);
    return tab;
  }

  ask(path, init = {}) {
    return fetch(this.url + path, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } });
  }

  async get(path) {
    const response = await this.ask(path);
    assert.equal(response.status, 200, path);
    return response.text();
  }

  /** A job that has this result, as whoever submits by themselves has it delivered. */
  async finished(task, response, { status = "Success" } = {}) {
    const body = JSON.stringify({ task });
    const job = await (await this.ask("/v1/callbacks", { method: "POST", headers: { "content-type": "application/json" }, body })).json();
    const result = typeof response === "string" ? response : JSON.stringify({ jobId: crypto.randomUUID(), status, response });
    const delivered = await fetch(job.callbackUrl, { method: "POST", body: result });
    assert.equal(delivered.status, 200, await delivered.text());
    return job;
  }

  async close() {
    await this.browser.close();
    await this.worker.close();
    await this.sandbox.close();
  }
}

/** A blob is the page's own. */
const isOwn = (address, url) => address.startsWith(`${url}/`) || address.startsWith(`blob:${url}/`);

/** What Chromium says of an answer that is an error, or of a network that is away: whether the page copes is what the tests look at. */
const isHarmless = (message) => message.text().startsWith("Failed to load resource");
