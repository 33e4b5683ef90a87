// RingCentral's JavaScript SDK, unchanged, in a page of another origin than the sandbox's.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/sdk-page.test.mjs`.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { startBrowser } from "../support/browser.mjs";
import { startServer } from "../support/http.mjs";
import { ROOT, startSandbox } from "../support/services.mjs";

const SDK = join(ROOT, "node_modules/@ringcentral/sdk/dist/ringcentral.js");

/** A page that has the SDK, wherever it is looked for. */
async function startPage() {
  const script = await readFile(SDK);
  return startServer(({ path }, response) => {
    const isScript = path === "/ringcentral.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : "<!doctype html><title>app</title><script src=/ringcentral.js></script>");
  });
}

/** In the page: asks until it is refused, and says what the answers looked like there. */
async function signInAndAsk({ server, redirectUri, codeVerifier }) {
  const { SDK } = window.RingCentral;
  const platform = new SDK({ server, clientId: "sandbox-public", redirectUri }).platform();
  const code = platform.parseLoginRedirect(location.search).code;
  await platform.login({ code, code_verifier: codeVerifier });
  const path = "/restapi/v1.0/account/~/extension/~/call-log";
  const first = await platform.get(path, { recordingType: "All" });
  const { records } = await first.json();
  const sound = await (await platform.get(records[0].recording.contentUri, undefined, { headers: { Range: "bytes=0-9" } })).arrayBuffer();
  const refusal = async () => {
    for (let call = 0; call < 20; call++) await platform.get(path);
  };
  const error = await refusal().catch((error) => error);
  const header = (name) => error.response.headers.get(name);
  const names = ["retry-after", "x-rate-limit-group", "x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-window"];
  const refused = { status: error.response.status, message: error.message, headers: names.map(header) };
  await platform.logout();
  return { records: records.length, bytes: sound.byteLength, left: first.headers.get("x-rate-limit-remaining"), refused };
}

test("a page signs in with PKCE, reads, learns of the limits and signs out", { timeout: 60_000 }, async () => {
  const sandbox = await startSandbox({ args: ["--limits", "real"] });
  const app = await startPage();
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(app.url);
    const redirectUri = `${app.url}/back`;
    const { url, codeVerifier } = await page.evaluate(
      ([server, redirectUri]) => {
        const platform = new window.RingCentral.SDK({ server, clientId: "sandbox-public", redirectUri }).platform();
        return { url: platform.loginUrl({ usePKCE: true, state: "here" }), codeVerifier: platform.codeVerifier };
      },
      [sandbox.url, redirectUri],
    );
    await page.goto(url);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${redirectUri}?*`);
    const seen = await page.evaluate(signInAndAsk, { server: sandbox.url, redirectUri, codeVerifier });
    const { records, ...rest } = seen;
    assert.ok(records >= 2, `${records} recorded calls`);
    const refused = { status: 429, message: "Request rate exceeded", headers: ["60", "heavy", "10", "0", "60"] };
    assert.deepEqual(rest, { bytes: 10, left: "9", refused });
  } finally {
    await browser.close();
    await app.close();
    await sandbox.close();
  }
});
