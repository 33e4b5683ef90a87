// The console for whoever runs the Worker: what could not be used, figures, settings; and jobs compared, and engines chosen from.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { startConsole } from "./support/console.mjs";
import { engineSettings } from "./support/engines.mjs";

const READER = "a-token-that-reads-and-no-more";
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

let console_;
let tab;

before(async () => {
  console_ = await startConsole({ vars: { ACE: "1", API_TOKENS: `sandbox-token,read:${READER},submit:${READER}`, DEEPGRAM_MODEL: "nova-3" } });
});
after(() => console_?.close());
afterEach(() => console_.tab?.context().close());

const button = (name, options) => tab.getByRole("button", { name, ...options });
const said = (speakerId, start, seconds, text) => ({ speakerId, start, end: start + seconds, text, wordTimings: text.split(" ").map((word, index, { length }) => ({ word, start: start + (seconds * index) / length, end: start + (seconds * (index + 1)) / length })) });

async function deadLetter(text) {
  const headers = { "content-type": "application/json" };
  const job = await (await console_.ask("/v1/callbacks", { method: "POST", headers, body: JSON.stringify({ task: "speech-to-text" }) })).json();
  assert.equal((await fetch(job.callbackUrl, { method: "POST", body: text })).status, 422);
  return job;
}

describe("the operator's page", () => {
  it("shows what could not be used by cause and age, its bytes as text, and delivers it once more after saying how many", async () => {
    await deadLetter("<script>document.title='struck'</script>");
    await deadLetter("{");
    tab = await console_.openAt("#/", CLIPBOARD);
    await tab.getByRole("link", { name: "2 deliveries could not be used" }).click();
    const letters = tab.locator(".letters li");
    await letters.nth(1).waitFor();
    assert.deepEqual(await tab.locator("table").first().locator("tbody td").allInnerTexts(), ["2", "0", "0", "0"]);
    await letters.nth(1).getByRole("button", { name: "Look at its bytes" }).click();
    assert.equal(await letters.nth(1).locator("pre").innerText(), "<script>document.title='struck'</script>");
    await letters.first().getByRole("button", { name: "Delivering as curl" }).click();
    await tab.getByText("Copied:").waitFor();
    assert.match(await tab.evaluate(() => navigator.clipboard.readText()), /^curl -X POST -H "Authorization: Bearer \$TOKEN" '[^']+\/v1\/dead-letters\/[0-9a-f-]+\/replay'$/);
    await button("Deliver 2 once more").click();
    const dialog = tab.getByRole("dialog");
    await dialog.getByText("Deliver 2 deliveries once more?").waitFor();
    await dialog.getByRole("button", { name: "Deliver 2 once more" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await tab.locator(".bad-text").count(), 2);
    assert.doesNotMatch(await tab.title(), /struck/);
    assert.deepEqual(tab.complaints, []);
  });

  it("shows how the Worker stands, and says in words what is set wrong", async () => {
    tab = await console_.openAt("#/operator");
    await tab.getByText("At the engine").waitFor();
    await tab.getByRole("rowheader", { name: "ringcentral heavy" }).waitFor();
    const checks = tab.locator(".checks li");
    assert.match(await checks.first().innerText(), /^ *DEEPGRAM_MODEL It is of no effect without DEEPGRAM_API_KEY\.$/);
    assert.equal(await checks.count(), 1);
    const json = { error: { code: "ringcentral_permission_missing", message: "the app lacks ReadCallLog", requestId: "r" } };
    await tab.route("**/v1/recordings?source=calls*", (route) => route.fulfill({ status: 502, json }));
    await button("Ask RingCentral").click();
    await checks.filter({ hasText: "Voicemail at RingCentral" }).waitFor();
    assert.match(await checks.filter({ hasText: "Calls at RingCentral" }).innerText(), /The app lacks ReadCallLog\. *ringcentral_permission_missing/);
    assert.equal(await tab.locator(".checks .good-text").count(), 2);
  });

  it("is not offered to whom it is not open", async () => {
    tab = await console_.open("/");
    await tab.getByLabel("API token of this Worker").fill(READER);
    await tab.keyboard.press("Enter");
    await tab.locator(".recordings .row").first().waitFor();
    await tab.getByRole("link", { name: "Operator" }).waitFor({ state: "detached" });
    assert.equal(await tab.getByRole("alert").count(), 0);
  });
});

describe("comparing", () => {
  it("sets figures of finished jobs side by side and over time, as the address names them", async () => {
    const first = await console_.finished("speech-to-text", { transcript: "", words: [], audio_duration: 20, utterances: [said("0", 0, 5, "How are you today?"), said("1", 5, 5, "Very well, thank you.")] });
    const second = await console_.finished("speech-to-text", { transcript: "", words: [], audio_duration: 40, utterances: [said("0", 0, 30, "So it goes on and on."), said("1", 30, 10, "Yes.")] });
    tab = await console_.openAt("#/jobs");
    for (const { id } of [first, second]) await tab.locator(`.job:has(a[href="#/jobs/${id}"])`).getByRole("checkbox").check();
    await tab.getByRole("link", { name: "Compare", exact: true }).last().click();
    const row = (name) => tab.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell").allInnerTexts();
    await tab.locator(".trend").waitFor();
    assert.deepEqual([await row("Length"), await row("Speech, of"), await row("Largest share"), await row("Questions")], [["0:20", "0:40"], ["50%", "100%"], ["50%", "75%"], ["1", "0"]]);
    await tab.getByLabel("Figure").selectOption("longest");
    assert.match(await tab.locator(".trend").getAttribute("aria-label"), /^Longest turn: .*0:05; .*0:30$/);
    await tab.reload();
    await tab.locator(".trend").waitFor();
    assert.deepEqual(tab.complaints, []);
  });
});

describe("engines", () => {
  it("are offered where the Worker has a choice, with what each does, and the job is done by the chosen one", async () => {
    const others = await startConsole({ vars: (url) => engineSettings(url) });
    try {
      tab = await others.open(undefined, CLIPBOARD);
      const { items } = JSON.parse(await others.get("/v1/engines"));
      const start = tab.locator(".recordings .row", { hasText: "HARBOR STREET" }).getByRole("button", { name: /^Transcribe/ }).first();
      await start.click();
      const engine = tab.getByRole("combobox", { name: "Engine" });
      assert.deepEqual(await engine.locator("option").allInnerTexts(), ["The Worker's usual one", ...items.map(({ engine }) => engine)]);
      const tasks = { "Speech to text": "speech-to-text", "Analyze interaction": "analyze-interaction", "Who speaks when": "speaker-diarize", "Which enrolled speaker": "speaker-identify" };
      for (const item of items) {
        await engine.selectOption(item.engine);
        for (const [name, task] of Object.entries(tasks)) {
          assert.equal(await tab.getByRole("radio", { name }).isEnabled(), task in item.tasks, `${item.engine} ${task}`);
        }
      }
      await engine.selectOption("deepgram");
      await tab.getByRole("dialog").locator("summary").click();
      await tab.getByLabel("Name of the job").fill("It's <b>mine</b>");
      await button("Copy as curl").click();
      const copied = await tab.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^curl -X POST -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application\/json' -d '\{.*"label":"It'\\''s <b>mine<\/b>".*"engine":"deepgram".*"media":\{"recordingId":"[^"]+"\}\}' '[^']+\/v1\/jobs'$/);
      await Promise.all([tab.waitForResponse((response) => response.request().method() === "POST"), button("Start the job").click()]);
      const [{ id, engine: by }] = JSON.parse(await others.get("/v1/jobs?limit=1")).items;
      assert.equal(by, "deepgram");
      assert.equal(JSON.parse(await others.get(`/v1/jobs/${id}?wait=50`)).status, "succeeded");
      await tab.evaluate((id) => (location.hash = `#/jobs/${id}`), id);
      await tab.locator(".turn").first().waitFor();
      assert.deepEqual(tab.complaints, []);
    } finally {
      await tab.context().close();
      await others.close();
    }
  });
});
