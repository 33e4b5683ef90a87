// The small program by which bundlers and runtimes prove that they know the package, and where it runs.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { startFiles } from "./http.mjs";

const RESULT = `{ status: "Success", response: { transcript: "so it goes", words: [{ word: "so it goes", start: 0, end: 1 }] } }`;
const PROOF = /^\d+ so it goes$/;

/** What lists a recording of the sandbox's and writes a transcript, as `proof()`, from `entry`. */
export const program = (sandbox, entry = "ringcentral-ai") => `
  import { RingCentral, Transcript, ready } from "${entry}";
  export async function proof() {
    const server = "${sandbox.url}";
    await ready();
    const rc = await RingCentral.login({ clientId: "sandbox-client", clientSecret: "sandbox-secret", jwt: "sandbox-jwt", server });
    for await (const { id } of rc.recordings({ dateFrom: "2020-01-01" })) return [id, new Transcript(${RESULT}).text().trim()].join(" ");
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
    await page.waitForFunction(() => /so it goes|\n/.test(document.title), null, { timeout: 30_000 }).catch((error) => assert.fail(`${error.message}: ${wrong.join()}`));
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
