// The console in Chromium, served by the Worker, beside the sandbox.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, describe, it } from "node:test";
import { wav } from "./support/audio.mjs";
import { startBrowser } from "./support/browser.mjs";
import { CREDENTIALS, startSandbox, startWorker } from "./support/services.mjs";

const TOKEN = CREDENTIALS.API_TOKENS;
const PATIENCE_MS = 30_000;

let sandbox;
let worker;
let browser;
let tab;

before(async () => {
  sandbox = await startSandbox({ args: ["--speed", "0.4"] }); // A job takes five seconds: time enough to watch it.
  worker = await startWorker({ sandboxUrl: sandbox.url });
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await worker?.close();
  await sandbox?.close();
});

afterEach(() => tab?.context().close());

/** A new tab at an address; whatever its page complains about fails the test. */
async function open(url) {
  tab = await (await browser.newContext()).newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  tab.complaints = [];
  tab.on("pageerror", (error) => tab.complaints.push(error.message));
  tab.on("console", (message) => message.type() === "error" && tab.complaints.push(message.text()));
  await tab.goto(url);
  return tab;
}

const get = async (path) => {
  const response = await fetch(worker.url + path, { headers: { authorization: `Bearer ${TOKEN}` } });
  assert.equal(response.status, 200, path);
  return response.text();
};

/** The support call: the newest of that caller's. */
const support = () => tab.getByRole("radio", { name: "HARBOR STREET" }).first();

async function submitFirst(task) {
  await support().check();
  if (task) await tab.getByRole("radio", { name: task }).check();
  await tab.getByRole("button", { name: "Submit" }).click();
}

const shown = () => tab.getByRole("heading", { name: "Transcript" }).waitFor();

// These come first: behind the Workers of tests below, which are the same user for the sandbox, this one's lists wait for half a minute.
describe("a file of this machine", () => {
  const FILE = { name: "call.wav", mimeType: "audio/wav", buffer: wav({ seconds: 2 }) };
  const file = () => tab.getByLabel("or a file of this machine");
  const submit = () => tab.getByRole("button", { name: "Submit" });
  const nameOfChosen = () => file().evaluate(({ files }) => files[0]?.name);

  const isPost = (path) => (request) => request.method() === "POST" && new URL(request.url()).pathname === path;

  async function openOrder() {
    await open(`${worker.url}/#token=${TOKEN}`);
    await support().waitFor();
  }

  /** Lets a file go above the page, as a pointer would. */
  async function drop() {
    const dataTransfer = await tab.evaluateHandle(([name, text]) => {
      const held = new DataTransfer();
      held.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
      return held;
    }, [FILE.name, FILE.buffer.toString("base64")]);
    await tab.dispatchEvent("h1", "dragover", { dataTransfer });
    assert.ok(await tab.locator("body.dropping #order").isVisible());
    await tab.dispatchEvent("h1", "drop", { dataTransfer });
    assert.equal(await tab.locator(".dropping").count(), 0);
  }

  it("that is chosen is uploaded, and leads to its transcript", async () => {
    await openOrder();
    await file().setInputFiles(FILE);
    assert.equal(await tab.locator("#file-size").innerText(), "0.1 MB");
    const [submitted] = await Promise.all([tab.waitForRequest(isPost("/v1/jobs")), submit().click()]);
    const { media } = submitted.postDataJSON();
    assert.deepEqual(Object.keys(media), ["uploadId"]);
    const upload = JSON.parse(await get(`/v1/uploads/${media.uploadId}`));
    assert.deepEqual([upload.name, upload.bytes], [FILE.name, FILE.buffer.length]);
    assert.equal(upload.sha256, createHash("sha256").update(FILE.buffer).digest("hex"));
    await shown();
    await tab.getByRole("button", { name: "New job" }).click();
    await support().waitFor();
    assert.deepEqual([await nameOfChosen(), await submit().isDisabled()], [undefined, true]);
    assert.deepEqual(tab.complaints, []);
  });

  it("takes the place of a recording, wherever it is dropped, and a recording takes its", async () => {
    await openOrder();
    await support().check();
    await drop();
    assert.deepEqual([await nameOfChosen(), await support().isChecked(), await submit().isDisabled()], [FILE.name, false, false]);
    await tab.locator("#days").selectOption("30");
    await support().waitFor();
    assert.deepEqual([await nameOfChosen(), await submit().isDisabled()], [FILE.name, false]);
    await support().check();
    assert.deepEqual([await nameOfChosen(), await tab.locator("#file-size").innerText()], [undefined, ""]);
    await drop();
    await submit().click();
    await shown();
    assert.deepEqual(tab.complaints, []);
  });

  it("shows how far it is, can be cancelled, and goes on from there", async () => {
    await openOrder();
    const begun = [];
    tab.on("request", (request) => isPost("/v1/uploads")(request) && begun.push(request));
    const parts = "**/v1/uploads/*/parts/*";
    const held = Promise.withResolvers();
    await tab.route(parts, held.resolve); // No part ever arrives.
    await file().setInputFiles(FILE);
    await submit().click();
    await held.promise;
    await tab.getByRole("progressbar", { name: FILE.name }).waitFor();
    await tab.getByText("0 of 0.1 MB").waitFor();
    await tab.getByRole("button", { name: "Cancel" }).click();
    await tab.unroute(parts);
    await submit().click();
    await shown();
    assert.equal(begun.length, 1);
  });

  it("can be chosen and submitted from the keyboard", async () => {
    await openOrder();
    await file().focus();
    const chosen = tab.waitForEvent("filechooser");
    await tab.evaluate(() => {}); // By then the browser knows that somebody waits for it.
    await tab.keyboard.press("Space");
    await (await chosen).setFiles(FILE);
    await submit().focus();
    await tab.keyboard.press("Enter");
    await shown();
    assert.equal(await tab.evaluate(() => document.activeElement.id), "result");
  });

  it("is no use to a Worker that keeps no files, which is said, and a recording still is", async () => {
    await openOrder();
    const json = { error: { code: "uploads_not_configured", message: "this Worker keeps no files", requestId: "r" } };
    await tab.route("**/v1/uploads", (route) => route.fulfill({ status: 501, json }));
    await file().setInputFiles(FILE);
    await submit().click();
    const problem = tab.getByRole("alert");
    await problem.waitFor();
    assert.match(await problem.innerText(), /This Worker keeps no files\. *uploads_not_configured\s+Choose a recording/);
    assert.deepEqual([await nameOfChosen(), await submit().isDisabled()], [FILE.name, false]);
    await submitFirst();
    await shown();
  });
});

describe("the console", () => {
  it("takes the token from the address, out of sight", async () => {
    await open(`${worker.url}/#token=${TOKEN}`);
    await support().waitFor();
    assert.equal(tab.url(), `${worker.url}/`);
    await tab.reload();
    await support().waitFor();
    assert.ok(!(await tab.content()).includes(TOKEN));
    assert.deepEqual(tab.complaints, []);
  });

  it("leads from a recording to its transcript and its files", async () => {
    await open(`${worker.url}/#token=${TOKEN}`);
    await submitFirst();
    await tab.locator("#steps .busy", { hasText: "Submitted" }).waitFor();
    await shown();
    const steps = await tab.locator("#steps li span:first-child").allInnerTexts();
    assert.deepEqual(steps.map((text) => text.split(":")[0]), ["Queued", "Submitted", "Succeeded"]);

    const files = {};
    for (const name of ["SRT", "VTT", "Text", "JSON"]) {
      const [download] = await Promise.all([tab.waitForEvent("download"), tab.getByRole("link", { name, exact: true }).click()]);
      files[download.suggestedFilename()] = await readFile(await download.path(), "utf8");
    }
    const id = /^speech-to-text-([0-9a-f-]{36})\.srt$/.exec(Object.keys(files)[0])[1];
    for (const ending of ["srt", "vtt", "txt"]) {
      assert.equal(files[`speech-to-text-${id}.${ending}`], await get(`/v1/jobs/${id}/transcript.${ending}`));
    }
    const result = JSON.parse(await get(`/v1/jobs/${id}/result`));
    assert.deepEqual(JSON.parse(files[`speech-to-text-${id}.json`]), result);

    const turns = await tab.locator(".conversation li").evaluateAll((items) => items.map((item) => [item.querySelector("b")?.innerText, item.querySelector("p").innerText]));
    assert.deepEqual(turns, result.response.utterances.map(({ speakerId, text }) => [`Speaker ${speakerId}`, text]));
    assert.deepEqual(tab.complaints, []);
  });

  it("goes on with a running job after a reload, and when the network has been away", async () => {
    await open(`${worker.url}/#token=${TOKEN}`);
    await submitFirst();
    await tab.locator("#steps li").first().waitFor();
    await tab.context().setOffline(true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await tab.context().setOffline(false);
    await tab.reload();
    await shown();
    await tab.reload();
    await shown();
    assert.equal(await tab.locator(".conversation li").count() > 1, true);
    await tab.getByRole("button", { name: "New job" }).click();
    await tab.getByRole("button", { name: "Submit" }).waitFor();
  });

  it("shows what an analysis found", async () => {
    await open(`${worker.url}/#token=${TOKEN}`);
    await submitFirst("Analyze interaction");
    await shown();
    await tab.getByRole("heading", { name: "Talk To Listen Ratio" }).waitFor();
    assert.ok((await tab.locator("#insights li").count()) > 0);
    assert.deepEqual(tab.complaints, []);
  });

  it("lists meetings and voicemail too, and says why one of them cannot be had", async () => {
    await open(`${worker.url}/#token=${TOKEN}`);
    await support().waitFor();
    await tab.locator("#source").selectOption("meetings");
    const rows = tab.locator("tbody tr");
    await rows.filter({ hasText: "RingCentral is still processing it" }).waitFor();
    assert.deepEqual(await tab.locator("thead th").allInnerTexts(), ["", "Started", "Length"]);
    assert.ok(await rows.filter({ hasText: "still processing" }).getByRole("radio").isDisabled());
    await tab.locator("#source").selectOption("voicemail");
    await tab.getByRole("columnheader", { name: "From" }).waitFor();
    await rows.getByRole("radio").first().check();
    await tab.getByRole("button", { name: "Submit" }).click();
    await shown();
    assert.match(await tab.locator(".conversation").innerText(), /Hello/);
    assert.deepEqual(tab.complaints, []);
  });

  it("can be used from the keyboard", async () => {
    await open(worker.url);
    await tab.keyboard.type(TOKEN);
    await tab.keyboard.press("Enter");
    await support().focus();
    await tab.keyboard.press("Space");
    await tab.keyboard.press("Enter");
    await shown();
    assert.equal(await tab.evaluate(() => document.activeElement.id), "result");
  });

  it("takes the sandbox's token from an address that is typed into an open tab, and no history has it", async () => {
    await open(worker.url);
    await tab.getByLabel("API token of this Worker").waitFor();
    const entries = await tab.evaluate(() => history.length);
    await tab.evaluate((token) => location.replace(`#token=${token}`), TOKEN);
    await support().waitFor();
    assert.deepEqual([tab.url(), await tab.evaluate(() => history.length)], [`${worker.url}/`, entries]);
    assert.deepEqual(tab.complaints, []);
  });

  it("stays signed in whatever token an address holds, and whatever the Worker says of it", async () => {
    const strong = "a-token-of-more-than-twenty-characters";
    const other = await startWorker({ sandboxUrl: sandbox.url, vars: { API_TOKENS: strong } });
    try {
      await open(other.url);
      await tab.getByLabel("API token of this Worker").fill(strong);
      await tab.keyboard.press("Enter");
      await submitFirst();
      for (const token of ["S3CRET", TOKEN, strong, ""]) {
        await tab.evaluate((token) => (location.hash = `token=${token}`), token);
        await tab.waitForFunction(() => !location.href.includes("token"));
      }
      await shown();
      assert.deepEqual(await tab.evaluate(() => Object.values(sessionStorage).map((value) => value.split("#").length).toSorted()), [1, 2]);
      assert.equal(await tab.evaluate(() => sessionStorage.getItem("ringcentral-ai token")), strong);
      assert.ok(await tab.getByRole("alert").isHidden());
    } finally {
      await other.close();
    }
  });

  it("takes no other token from an address, and says why", async () => {
    const strong = "S3CRET-token-of-more-than-twenty-characters";
    const other = await startWorker({ sandboxUrl: sandbox.url, vars: { API_TOKENS: strong } });
    try {
      await open(`${other.url}/#token=${strong}`);
      assert.match(await tab.getByRole("alert").innerText(), /An address may hold the sandbox's token alone.*\bunauthorized\b/);
      assert.deepEqual([tab.url(), await tab.evaluate(() => sessionStorage.length)], [`${other.url}/`, 0]);
    } finally {
      await other.close();
    }
  });

  it("asks for another token where the Worker does not take the one given", async () => {
    await open(`${worker.url}/#token=S3CRET-that-is-wrong`);
    const problem = tab.getByRole("alert");
    await problem.waitFor();
    assert.match(await problem.innerText(), /unauthorized/);
    assert.ok(await tab.getByLabel("API token of this Worker").isVisible());
    assert.doesNotMatch(await tab.content(), /S3CRET/);
    assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
  });

  it("says what to check when RingCentral refuses the Worker", { timeout: 120_000 }, async () => {
    const refused = await startWorker({ sandboxUrl: sandbox.url, vars: { RC_JWT: "S3CRET" } });
    try {
      await open(`${refused.url}/#token=${TOKEN}`);
      const problem = tab.getByRole("alert");
      await problem.waitFor();
      assert.match(await problem.innerText(), /ringcentral_login_refused[^]*RC_JWT/);
      assert.doesNotMatch(await tab.content(), /S3CRET/);
    } finally {
      await refused.close();
    }
  });
});
