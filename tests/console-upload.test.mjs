// A file of this machine in the console: chosen, dropped, cancelled, gone on with.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, it } from "node:test";
import { wav } from "./support/audio.mjs";
import { startConsole } from "./support/console.mjs";
import { temporaryFolder } from "./support/services.mjs";

const FILE = { name: "call.wav", buffer: wav({ seconds: 2 }) };
const PATH = join(temporaryFolder(), FILE.name);
writeFileSync(PATH, FILE.buffer);

let console_;
let tab;

before(async () => {
  console_ = await startConsole();
});
after(() => console_?.close());
afterEach(() => console_.tab?.context().close());

const start = () => tab.getByRole("button", { name: "Start the job" });
const dialog = () => tab.getByRole("dialog");
const isPost = (path) => (request) => request.method() === "POST" && new URL(request.url()).pathname === path;
/** Nobody speaks in it: that is its result. */
const shown = () => tab.getByText("Nobody speaks in this recording.").waitFor();

async function open() {
  tab = await console_.open();
  await tab.getByRole("button", { name: "Use a file" }).waitFor();
}

const choose = () => tab.locator("#file").setInputFiles(PATH);

/** Lets a file go above the page, as a pointer would. */
async function drop() {
  const dataTransfer = await tab.evaluateHandle(([name, text]) => {
    const held = new DataTransfer();
    held.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
    return held;
  }, [FILE.name, FILE.buffer.toString("base64")]);
  await tab.dispatchEvent("main", "dragover", { dataTransfer });
  assert.ok(await tab.getByText("Drop it anywhere").isVisible());
  await tab.dispatchEvent("main", "drop", { dataTransfer });
  assert.equal(await tab.locator(".dropping").count(), 0);
}

it("a file that is chosen is uploaded, leads to its transcript, and is heard from where it is", async () => {
  await open();
  await choose();
  assert.match(await dialog().innerText(), /call\.wav\s*0\.1 MB/);
  const [submitted] = await Promise.all([tab.waitForRequest(isPost("/v1/jobs")), start().click()]);
  const { media, label } = submitted.postDataJSON();
  assert.deepEqual([Object.keys(media), label], [["uploadId"], FILE.name]);
  const upload = JSON.parse(await console_.get(`/v1/uploads/${media.uploadId}`));
  assert.deepEqual([upload.name, upload.bytes, upload.sha256], [FILE.name, FILE.buffer.length, createHash("sha256").update(FILE.buffer).digest("hex")]);
  await shown();
  await tab.getByRole("heading", { name: FILE.name }).waitFor();
  await tab.getByRole("button", { name: "Listen to it" }).click();
  await tab.getByRole("button", { name: "Pause" }).waitFor();
  assert.deepEqual(tab.complaints, []);
});

it("a file that is dropped in any view is taken", async () => {
  await open();
  await tab.getByRole("link", { name: "Jobs" }).first().click();
  await tab.getByRole("heading", { name: "Jobs" }).waitFor();
  await drop();
  await start().click();
  await shown();
  assert.deepEqual(tab.complaints, []);
});

it("an upload shows how far it is, can be cancelled, and goes on from there after a reload", async () => {
  await open();
  const begun = [];
  tab.on("request", (request) => isPost("/v1/uploads")(request) && begun.push(request));
  const parts = "**/v1/uploads/*/parts/*";
  const held = Promise.withResolvers();
  await tab.route(parts, held.resolve); // No part ever arrives.
  await choose();
  await start().click();
  await held.promise;
  await tab.getByRole("progressbar", { name: FILE.name }).waitFor();
  await tab.getByText("0 of 0.1 MB").waitFor();
  await tab.getByRole("button", { name: "Cancel" }).click();
  await tab.unroute(parts);
  await tab.reload();
  await tab.getByRole("button", { name: "Use a file" }).waitFor();
  await choose();
  await start().click();
  await shown();
  assert.equal(begun.length, 1);
});

it("is no use to a Worker that keeps no files, which is said where the choice was made", async () => {
  await open();
  const json = { error: { code: "uploads_not_configured", message: "this Worker keeps no files", requestId: "r" } };
  await tab.route("**/v1/uploads", (route) => route.fulfill({ status: 501, json }));
  await choose();
  await start().click();
  const problem = dialog().getByRole("alert");
  await problem.waitFor();
  assert.match(await problem.innerText(), /This Worker keeps no files\. *uploads_not_configured\s+Choose a recording/);
  assert.ok(await start().isEnabled());
});
