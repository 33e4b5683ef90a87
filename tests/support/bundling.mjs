// The small program by which bundlers and runtimes prove that they know the package, and where it runs.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { startFiles } from "./http.mjs";

/** The first caption of the recording. */
export const PROOF = /^1 00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3} Thank you for calling/;

/** The whole way at the sandbox, as `proof()`, from `entry`: a login, a list, a submit, a wait, captions, and out. */
export const program = (sandbox, entry = "ringcentral-ai") => `
  import { RingCentral } from "${entry}";
  export async function proof() {
    const server = "${sandbox.url}";
    const rc = await RingCentral.login({ clientId: "sandbox-client", clientSecret: "sandbox-secret", jwt: "sandbox-jwt", server });
    for await (const recording of rc.recordings({ source: "calls", dateFrom: "2020-01-01" })) {
      const contentUri = await rc.contentUri(recording);
      const job = await rc.speechToText({ contentUri, webhook: "http://127.0.0.1:1/nobody-listens", encoding: "Mpeg" });
      const { transcript } = await job.wait();
      await rc.logout();
      return transcript.srt().split("\\n").slice(0, 3).join(" ");
    }
  }
`;

/** In a page: its title is what came of it. */
export const TITLE = "proof().then((found) => (document.title = found), (error) => (document.title = String(error.stack)));";
/** In a program: it prints what came of it. */
export const PRINT = "proof().then(console.log);";

/** Writes files of the given texts into a folder. */
export async function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof text === "string" ? text : JSON.stringify(text));
  }
}

/** Runs a program that prints the proof. */
export async function proves(command, args, options) {
  const { stdout } = await promisify(execFile)(command, args, { timeout: 120_000, ...options });
  assert.match(stdout.trim(), PROOF);
}

/** Opens an address in the browser: its title becomes the proof. */
export async function provesAt(browser, url) {
  const page = await browser.newPage();
  try {
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("requestfailed", (request) => wrong.push(request.url()));
    await page.goto(url);
    await page.waitForFunction(() => /-->|\n/.test(document.title), null, { timeout: 30_000 }).catch((error) => assert.fail(`${error.message}: ${wrong.join()}`));
    assert.match(await page.title(), PROOF);
  } finally {
    await page.close();
  }
}

/** The same of a folder's files. */
export async function provesFrom(browser, folder) {
  const files = await startFiles([["/", `${folder}/`]]);
  try {
    await provesAt(browser, `${files.url}/index.html`);
  } finally {
    await files.close();
  }
}
