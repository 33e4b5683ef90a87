// The console in Chromium, served by the Worker, beside the sandbox: signing in, the recordings, and a job begun from them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, describe, it } from "node:test";
import { TOKEN, startConsole } from "./support/console.mjs";
import { startWorker } from "./support/services.mjs";

let console_;
let tab;

before(async () => {
  console_ = await startConsole({ args: ["--speed", "0.4"] }); // A job takes five seconds: time enough to watch it.
});
after(() => console_?.close());
afterEach(() => console_.tab?.context().close());

const open = async (...place) => (tab = await console_.open(...place));
const rows = (text) => tab.locator(".recordings .row").filter({ hasText: text });
/** The support call: the newest of that caller's. */
const support = () => rows("HARBOR STREET").first();
const signedIn = () => support().waitFor();
const button = (name, options) => tab.getByRole("button", { name, ...options });

async function startSupport(task) {
  await support().getByRole("button", { name: /Transcribe|Another job/ }).click();
  if (task) await tab.getByRole("radio", { name: task }).check();
  await button("Start the job").click();
  await button("Show the jobs").click();
  await tab.locator(".job a").first().click();
}

describe("signing in", () => {
  it("takes the token from the address, out of sight", async () => {
    await open();
    await signedIn();
    assert.equal(tab.url(), `${console_.url}/`);
    await tab.reload();
    await signedIn();
    assert.ok(!(await tab.content()).includes(TOKEN));
    assert.deepEqual(tab.complaints, []);
  });

  it("takes the sandbox's token from an address that is typed into an open tab, and no history has it", async () => {
    await open("/");
    await tab.getByLabel("API token of this Worker").waitFor();
    const entries = await tab.evaluate(() => history.length);
    await tab.evaluate((token) => location.replace(`#token=${token}`), TOKEN);
    await signedIn();
    assert.deepEqual([tab.url(), await tab.evaluate(() => history.length)], [`${console_.url}/`, entries]);
  });

  it("stays whatever token an address holds, and whatever the Worker says of it", async () => {
    const strong = "a-token-of-more-than-twenty-characters";
    const other = await startWorker({ sandboxUrl: console_.sandbox.url, vars: { API_TOKENS: strong } });
    try {
      await open("/", { url: other.url });
      await tab.getByLabel("API token of this Worker").fill(strong);
      await tab.keyboard.press("Enter");
      await signedIn();
      for (const token of ["S3CRET", TOKEN, strong, ""]) {
        await tab.evaluate((token) => (location.hash = `token=${token}`), token);
        await tab.waitForFunction(() => !location.href.includes("token"));
      }
      await signedIn();
      assert.deepEqual(await tab.evaluate(() => Object.entries(sessionStorage)), [["ringcentral-ai token", strong]]);
      assert.ok(!(await tab.evaluate(() => JSON.stringify(localStorage))).includes(strong));
      assert.equal(await tab.getByRole("alert").count(), 0);
    } finally {
      await other.close();
    }
  });

  it("takes no other token from an address, and says why", async () => {
    await open("/#token=S3CRET-token-of-more-than-twenty-characters");
    assert.match(await tab.getByRole("alert").innerText(), /An address may hold the sandbox's token alone.*\bunauthorized\b/);
    assert.deepEqual([tab.url(), await tab.evaluate(() => sessionStorage.length)], [`${console_.url}/`, 0]);
  });

  it("asks for another token where the Worker does not take the one given, and keeps none", async () => {
    await open("/");
    await tab.getByLabel("API token of this Worker").fill("S3CRET-that-is-wrong");
    await tab.keyboard.press("Enter");
    assert.match(await tab.getByRole("alert").innerText(), /unauthorized/);
    assert.ok(await tab.getByLabel("API token of this Worker").isVisible());
    assert.doesNotMatch(await tab.content(), /S3CRET/);
    assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
  });

  it("ends where the Worker takes the token no more, and the form says why", async () => {
    await open();
    await signedIn();
    const json = { error: { code: "unauthorized", message: "the token is none of API_TOKENS", requestId: "r" } };
    await tab.route("**/v1/jobs?*", (route) => route.fulfill({ status: 401, json }));
    await tab.reload();
    await tab.getByLabel("API token of this Worker").waitFor();
    assert.match(await tab.getByRole("alert").innerText(), /The token is none of API_TOKENS\. *unauthorized/);
    assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
  });

  it("says what to check when RingCentral refuses the Worker", { timeout: 120_000 }, async () => {
    const refused = await startWorker({ sandboxUrl: console_.sandbox.url, vars: { RC_JWT: "S3CRET" } });
    try {
      await open(undefined, { url: refused.url });
      const problem = tab.getByRole("alert").first();
      await problem.waitFor();
      assert.match(await problem.innerText(), /ringcentral_login_refused[^]*RC_JWT/);
      assert.doesNotMatch(await tab.content(), /S3CRET/);
    } finally {
      await refused.close();
    }
  });
});

describe("the recordings", () => {
  it("are calls, meetings and voicemail in one list, and say why one of them cannot be had", async () => {
    await open();
    await signedIn();
    const kinds = await tab.locator(".kind .unseen").allInnerTexts();
    assert.deepEqual([...new Set(kinds)].sort(), ["Inbound call", "Meeting", "Outbound call", "Voicemail"]);
    const waiting = rows("RingCentral is still processing it");
    assert.deepEqual([await waiting.getByRole("checkbox").isDisabled(), await waiting.getByRole("button").count()], [true, 0]);
    assert.deepEqual(tab.complaints, []);
  });

  it("are filtered by what stands in the address, which a reload keeps and a view is saved of", async () => {
    await open();
    await signedIn();
    await tab.getByLabel("Source").selectOption("voicemail");
    await rows("HARBOR STREET").first().waitFor({ state: "detached" });
    await rows("RIVERSIDE DENTAL").waitFor();
    await tab.getByLabel("Name or number").fill("riverside");
    await tab.waitForURL(/#\/\?source=voicemail&text=riverside$/);
    await button("Save this view").click();
    await tab.getByLabel("Name", { exact: true }).fill("<b>Dental</b>");
    await tab.locator("#save-view button").click();
    await tab.reload();
    await rows("RIVERSIDE DENTAL").waitFor();
    assert.equal(await tab.locator(".recordings .row").count(), 1);
    await tab.getByLabel("Name or number").fill("nobody of that name");
    await tab.getByText("Nothing matches these filters.").waitFor();
    await button("Clear the filters").click();
    await tab.waitForURL(`${console_.url}/`);
    await signedIn();
    await tab.getByRole("link", { name: "<b>Dental</b>" }).click();
    await rows("HARBOR STREET").first().waitFor({ state: "detached" });
    await rows("RIVERSIDE DENTAL").waitFor();
    assert.equal(await tab.locator(".recordings .row").count(), 1);
  });

  it("are copied as the calls that they come of, one a source", async () => {
    await open(undefined, { permissions: ["clipboard-read", "clipboard-write"] });
    await signedIn();
    await button("This list as curl").click();
    await tab.getByText("Copied: the token stands in $TOKEN.").waitFor();
    const calls = (await tab.evaluate(() => navigator.clipboard.readText())).split("\n");
    const asked = calls.map((call) => /^curl -H "Authorization: Bearer \$TOKEN" '(.*)'$/.exec(call)[1]);
    assert.deepEqual(asked.map((url) => new URL(url).searchParams.get("source")), ["calls", "meetings", "voicemail"]);
    for (const url of asked) assert.ok(JSON.parse(await console_.get(url.slice(console_.url.length))).items.length > 0, url);
  });

  it("are shown from the other sources where one cannot be had", async () => {
    await open("/");
    const json = { error: { code: "ringcentral_permission_missing", message: "the app lacks a permission", permission: "Video", requestId: "r-17" } };
    await tab.route("**/v1/recordings?*source=meetings*", (route) => route.fulfill({ status: 502, json }));
    await tab.evaluate((token) => (location.hash = `token=${token}`), TOKEN);
    await signedIn();
    assert.match(await tab.getByRole("alert").innerText(), /ringcentral_permission_missing[^]*without meetings/);
    await button("Copy the request's id").waitFor();
  });

  it("are shown without waiting for a source that is slow, whose own come into their places later", async () => {
    await open("/");
    const held = Promise.withResolvers();
    await tab.route("**/v1/recordings?*source=voicemail*", async (route) => {
      await held.promise;
      await route.continue();
    });
    await tab.evaluate((token) => (location.hash = `token=${token}`), TOKEN);
    await signedIn();
    assert.equal(await rows("Voicemail").count(), 0);
    held.resolve();
    await rows("Voicemail").waitFor();
    const order = await tab.locator(".recordings .row").evaluateAll((all) => all.map((row) => row.querySelector(".kind .unseen").textContent));
    assert.ok(order.indexOf("Voicemail") < order.lastIndexOf("Meeting"), order.join());
  });

  it("are read again by themselves when the network is back", async () => {
    await open();
    await signedIn();
    await tab.context().setOffline(true);
    await tab.getByLabel("Time").selectOption("30");
    await tab.getByRole("alert").first().waitFor();
    await tab.context().setOffline(false);
    await signedIn();
    await tab.getByRole("alert").first().waitFor({ state: "detached" });
  });

  it("start several jobs at once, with the options that are chosen", async () => {
    await open();
    await signedIn();
    for (const row of [support(), rows("STORAGE ROOM").first()]) await row.getByRole("checkbox").check();
    await button("Start 2 jobs").click();
    const asked = [];
    tab.on("request", (request) => request.method() === "POST" && asked.push(request.postDataJSON()));
    const dialog = tab.getByRole("dialog");
    await dialog.locator("summary").click();
    await dialog.getByLabel("Number of speakers").fill("2");
    await dialog.getByLabel("Words that are likely").fill("Brightwater\ngrinder");
    await dialog.getByRole("checkbox", { name: "Punctuation" }).uncheck();
    await dialog.getByRole("button", { name: "Start 2 jobs" }).click();
    await tab.getByText("2 jobs are started.").waitFor();
    const input = { enableSpeakerDiarization: true, speakerCount: 2, enablePunctuation: false, speechContexts: [{ phrases: ["Brightwater", "grinder"] }] };
    assert.deepEqual(asked.map(({ task, input }) => ({ task, input })), [1, 2].map(() => ({ task: "speech-to-text", input })));
    assert.equal(new Set(asked.map(({ media }) => media.recordingId)).size, 2);
    await tab.getByRole("link", { name: /^\d jobs? running$/ }).waitFor();
    assert.equal(await tab.getByRole("checkbox", { checked: true }).count(), 0);
  });

  it("that were started are not started again where a later one fails", async () => {
    await open();
    await signedIn();
    const taken = [];
    await tab.route("**/v1/jobs", (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      taken.push(route.request().postDataJSON().media.recordingId);
      const refused = { error: { code: "invalid_field", field: "media", message: "media: not now", requestId: "r" } };
      return taken.length === 2 ? route.fulfill({ status: 422, json: refused }) : route.fallback();
    });
    for (const row of [support(), rows("STORAGE ROOM").first()]) await row.getByRole("checkbox").check();
    await button("Start 2 jobs").click();
    const dialog = tab.getByRole("dialog");
    await dialog.getByRole("button", { name: "Start 2 jobs" }).click();
    await dialog.getByText("media: not now").waitFor();
    await dialog.getByRole("button", { name: "Start the job" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual([taken.length, taken[2], taken[0] === taken[1]], [3, taken[1], false]);
  });

  it("lead to a transcript and its files, and are marked as analysed then", async () => {
    await open();
    await signedIn();
    await startSupport();
    await tab.locator(".stages .busy", { hasText: "Waiting for the result" }).waitFor();
    await tab.locator(".turn").first().waitFor();
    const id = /jobs\/([0-9a-f-]{36})/.exec(tab.url())[1];
    const files = {};
    for (const name of ["SRT", "VTT", "Text", "JSON", "Result", "CSV", "Markdown"]) {
      await button("Export").click();
      await tab.getByRole("radio", { name: new RegExp(`^${name}`) }).check();
      const [download] = await Promise.all([tab.waitForEvent("download"), button("Save the file").click()]);
      files[download.suggestedFilename().split(`${id}.`)[1]] = await readFile(await download.path(), "utf8");
    }
    for (const ending of ["srt", "vtt", "txt"]) assert.equal(files[ending], await console_.get(`/v1/jobs/${id}/transcript.${ending}`));
    const result = JSON.parse(await console_.get(`/v1/jobs/${id}/result`));
    assert.deepEqual(JSON.parse(files["result.json"]), result);
    assert.equal(files.csv.split("\r\n").length, result.response.utterances.length + 2);
    assert.match(files.md, /\*\*Speaker 0\*\* \(0:00\)\n\nThank you/);
    const turns = await tab.locator(".turn").evaluateAll((items) => items.map((item) => [item.querySelector("b")?.innerText, item.querySelector("p").innerText]));
    assert.deepEqual(turns, result.response.utterances.map(({ speakerId, text }) => [`Speaker ${speakerId}`, text]));
    await tab.getByRole("link", { name: "Recordings" }).click();
    await support().getByRole("link", { name: "Transcript" }).waitFor();
    await tab.getByLabel("Analysis").selectOption("new");
    await rows("RIVERSIDE DENTAL").first().waitFor();
    assert.deepEqual(tab.complaints, []);
  });

  it("are opened by their names: what was found, its words first on a narrow page, or the start of a job", async () => {
    const [{ id: recordingId }] = JSON.parse(await console_.get("/v1/recordings")).items;
    const body = JSON.stringify({ task: "speech-to-text", media: { recordingId }, input: { enableSpeakerDiarization: true } });
    const { id } = await (await console_.ask("/v1/jobs", { method: "POST", headers: { "content-type": "application/json" }, body })).json();
    await console_.get(`/v1/jobs/${id}?wait=50`);
    await open(undefined, { viewport: { width: 360, height: 740 } });
    await signedIn();
    await support().getByText("HARBOR STREET").click();
    const words = tab.getByText("Thank you for calling");
    await words.waitFor();
    assert.ok((await words.boundingBox()).y < 600, "they are on the first screen");
    const share = tab.getByText("% of speech").first();
    assert.ok(await share.isHidden());
    await tab.getByText("Speakers").click();
    await share.waitFor();
    await tab.goBack();
    await rows("Voicemail").getByText("RIVERSIDE DENTAL").click();
    await tab.getByRole("dialog", { name: "Start a job" }).waitFor();
    assert.deepEqual(tab.complaints, []);
  });

  it("can be used from the keyboard alone", async () => {
    await open("/");
    await tab.keyboard.type(TOKEN);
    await tab.keyboard.press("Enter");
    await signedIn();
    await support().getByRole("button").focus();
    await tab.keyboard.press("Enter");
    await tab.getByRole("dialog").waitFor();
    await tab.keyboard.press("Escape");
    await tab.getByRole("dialog").waitFor({ state: "detached" });
    await support().getByRole("button").focus();
    await tab.keyboard.press("Enter");
    await tab.getByRole("radio", { name: "Speech to text" }).focus();
    await tab.keyboard.press("ArrowDown");
    assert.ok(await tab.getByRole("radio", { name: "Analyze interaction" }).isChecked());
    await tab.keyboard.press("Enter");
    await tab.getByText("The job is started.").waitFor();
    await tab.keyboard.press("?");
    await tab.getByRole("dialog", { name: "Keys and help" }).waitFor();
  });
});
