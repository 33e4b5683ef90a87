// A transcript in the console: listened to, searched, named, copied; and whatever a result holds, it is text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { startConsole } from "./support/console.mjs";
import { ROOT } from "./support/services.mjs";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

let console_;
let tab;
/** A job of the support call, finished. */
let call;

before(async () => {
  console_ = await startConsole();
  const { items } = JSON.parse(await console_.get("/v1/recordings"));
  const body = JSON.stringify({ task: "speech-to-text", media: { recordingId: items[0].id }, input: { enableSpeakerDiarization: true } });
  call = await (await console_.ask("/v1/jobs", { method: "POST", headers: { "content-type": "application/json" }, body })).json();
  await (await console_.ask(`/v1/jobs/${call.id}?wait=50`)).json();
});
after(() => console_?.close());
afterEach(() => console_.tab?.context().close());

const button = (name, options) => tab.getByRole("button", { name, ...options });
const position = () => tab.getByRole("slider", { name: "Position" });
const now = async () => Number(await position().getAttribute("aria-valuenow"));
const reaches = (seconds) => tab.waitForFunction((seconds) => Number(document.querySelector("[role=slider]").ariaValueNow) >= seconds, seconds);

async function open(id = call.id, options) {
  tab = await console_.openAt(`#/jobs/${id}`, options);
  await tab.locator(".turn").first().waitFor();
}

/** The middle of a word on the page. */
const placeOf = (word) =>
  tab.evaluate((word) => {
    const walker = document.createTreeWalker(document.querySelector(".turns"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const from = walker.currentNode.data.indexOf(word);
      if (from < 0) continue;
      const range = new Range();
      range.setStart(walker.currentNode, from);
      range.setEnd(walker.currentNode, from + word.length);
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
  }, word);

describe("listening", () => {
  it("a click on a word plays it, the word that is spoken is marked, and so is its row", async () => {
    await open();
    const { x, y } = await placeOf("grinder");
    await tab.mouse.click(x, y);
    await button("Pause").waitFor();
    await reaches(7);
    assert.ok((await now()) < 12);
    await tab.waitForFunction(() => CSS.highlights.get("spoken")?.size === 1);
    const spoken = await tab.evaluate(() => [...CSS.highlights.get("spoken")][0].toString());
    assert.match(await tab.locator(".turn[data-now]").innerText(), new RegExp(spoken.replace(/[?.]/g, "\\$&")));
    assert.deepEqual(tab.complaints, []);
  });

  it("what is played is followed until somebody scrolls, and again when they ask for it", async () => {
    await open(call.id, { viewport: { width: 900, height: 500 } });
    await tab.locator(".turn .at").nth(3).click();
    await button("Pause").waitFor();
    await tab.mouse.move(400, 200);
    await tab.mouse.wheel(0, 2000);
    const back = button(/^Back to \d:\d\d$/);
    await back.click();
    await back.waitFor({ state: "detached" });
    await tab.waitForFunction(() => {
      const { top, bottom } = document.querySelector(".turn[data-now]").getBoundingClientRect();
      return top > 0 && bottom < innerHeight;
    });
  });

  it("a turn is repeated, the speed is kept, and so is the place over a reload", async () => {
    await open();
    await tab.getByLabel("Speed").selectOption("2");
    const second = tab.locator(".turn").nth(1);
    await second.locator(".at").click();
    await reaches(7);
    await tab.keyboard.press("r");
    await tab.waitForFunction(() => document.querySelector("[aria-label='Repeat this turn']").ariaPressed === "true");
    const times = [];
    for (let tries = 0; tries < 50; tries += 1) {
      times.push(await now());
      await tab.waitForTimeout(100);
    }
    assert.ok(Math.max(...times) <= 12 && times.some((time, index) => time < (times[index - 1] ?? 0)), times.join());
    await tab.keyboard.press("k");
    await button("Play", { exact: true }).waitFor();
    const left = await now();
    await tab.reload();
    await tab.locator(".turn").first().waitFor();
    await tab.waitForFunction(() => document.querySelector("[role=slider]"));
    assert.ok(Math.abs((await now()) - left) <= 1, `${await now()} ${left}`);
  });

  it("the keys do what the help says, and not where they are switched off or meant for a field", async () => {
    await open();
    await tab.keyboard.press("l");
    assert.equal(await now(), 10);
    await tab.keyboard.press("ArrowRight");
    await tab.keyboard.press("j");
    assert.equal(await now(), 5);
    await tab.keyboard.press("/");
    await tab.keyboard.type("jl");
    assert.deepEqual([await now(), await tab.getByLabel("Search the transcript").inputValue()], [5, "jl"]);
    await tab.keyboard.press("Escape");
    const isUntouched = await tab.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "f", ctrlKey: true, bubbles: true, cancelable: true })));
    assert.ok(isUntouched);
    await tab.keyboard.press("?");
    await tab.getByRole("checkbox", { name: /^Single keys/ }).uncheck();
    await tab.keyboard.press("Escape");
    await tab.keyboard.press("l");
    assert.equal(await now(), 5);
    await button("Keys and help").click();
    await tab.getByRole("checkbox", { name: /^Single keys/ }).check();
    await tab.keyboard.press("Escape");
    await tab.keyboard.press("k");
    await button("Pause").waitFor();
    await tab.getByRole("link", { name: "Recordings" }).click();
    await tab.getByRole("heading", { name: "Recordings" }).waitFor();
    await tab.keyboard.press("k");
    await button("Play", { exact: true }).waitFor();
    await position().focus();
    await tab.keyboard.press("End");
    assert.ok((await now()) > 80);
  });

  it("the waveform is drawn of the recording's own levels, once, and they are kept", async () => {
    await open();
    await tab.waitForFunction(() => localStorage.getItem("ringcentral-ai peaks"));
    const media = [];
    tab.on("request", (request) => request.url().includes("/media") && media.push(request.url()));
    await tab.reload();
    await tab.locator(".turn").first().waitFor();
    const ink = await tab.waitForFunction(() => {
      const canvas = document.querySelector(".waveform canvas");
      if (!canvas?.width) return 0;
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height * 0.5);
      return data.filter((value, index) => index % 4 === 3 && value > 0).length;
    });
    assert.ok((await ink.jsonValue()) > 500);
    assert.deepEqual(media, []);
  });

  it("what only the browser can decode is drawn too: high where it is loud, low where it is not", async () => {
    const sound = readFileSync(join(ROOT, "tests/sandbox/tests/formats/opus.ogg")); // loud from 1 to 2.5 and from 3 to 3.6 s
    const begin = sound.indexOf("OggS", sound.indexOf("OpusTags"));
    const body = Buffer.concat([sound.subarray(0, begin), ...Array(6).fill(sound.subarray(begin))]);
    tab = await console_.openAt("#/jobs");
    await tab.route("**/v1/jobs/*/media?*", (route) => route.fulfill({ headers: { "content-type": "audio/ogg" }, body }));
    await tab.evaluate((id) => (location.hash = `#/jobs/${id}`), call.id);
    const peaks = await tab.waitForFunction(() => JSON.parse(localStorage.getItem("ringcentral-ai peaks") ?? "[]")[0]?.[1]);
    const { seconds } = await peaks.jsonValue();
    assert.ok(Math.abs(seconds - 24) < 0.5, seconds);
    await tab.waitForFunction((each) => {
      const canvas = document.querySelector(".waveform canvas");
      if (!canvas?.width) return undefined;
      const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, Math.floor(canvas.height * 0.55));
      const tall = (x) => Array.from({ length: height }, (_, y) => data[(y * width + x) * 4 + 3]).filter((alpha) => alpha > 0).length;
      const perSecond = width / Number(document.querySelector("[role=slider]").ariaValueMax);
      const between = (from, to) => Math.max(...Array.from({ length: Math.floor((to - from) * perSecond) }, (_, x) => tall(Math.ceil(from * perSecond) + x)));
      const all = Array.from({ length: 6 }, (_, time) => [between(time * each + 1.4, time * each + 2.2), between(time * each + 0.2, time * each + 0.7)]);
      return all.every(([loud, silent]) => loud > 3 * silent && loud > 10);
    }, seconds / 6);
    assert.deepEqual(tab.complaints, []);
  });

  it("a film's table, which comes last, is asked for once, by a range, and its levels are kept", async () => {
    const { items } = JSON.parse(await console_.get("/v1/recordings?source=meetings"));
    const body = JSON.stringify({ task: "speech-to-text", media: { recordingId: items.find(({ submittable }) => submittable).id } });
    const { id } = await (await console_.ask("/v1/jobs", { method: "POST", headers: { "content-type": "application/json" }, body })).json();
    await console_.get(`/v1/jobs/${id}?wait=50`);
    tab = await console_.openAt("#/jobs");
    const ranges = [];
    tab.on("request", (request) => request.url().includes(`${id}/media`) && ranges.push(request.headers().range?.replace(/\d+/, "N")));
    await tab.evaluate((id) => (location.hash = `#/jobs/${id}`), id);
    await tab.waitForFunction(() => localStorage.getItem("ringcentral-ai peaks"));
    assert.deepEqual(ranges, [undefined, "bytes=N-"]);
    assert.deepEqual(tab.complaints, []);
  });
});

describe("searching", () => {
  it("says how many places there are and which one is shown, and marks them on the text", async () => {
    await open();
    await tab.getByLabel("Search the transcript").fill("ORDER");
    const found = tab.locator(".found");
    await tab.getByText("1 of 4").waitFor();
    await button("Next place found").click();
    await button("Next place found").click();
    assert.equal(await found.innerText(), "3 of 4");
    assert.deepEqual(await tab.evaluate(() => ["hit", "here"].map((name) => [...CSS.highlights.get(name)].map(String))), [["ordered", "order", "order", "order"], ["order"]]);
    await tab.locator("h1").click();
    await tab.keyboard.press("p");
    assert.equal(await found.innerText(), "2 of 4");
    await tab.getByLabel("Search the transcript").fill("no such word");
    await tab.getByText("Nowhere").waitFor();
    await tab.keyboard.press("Escape");
    await found.waitFor({ state: "detached" });
    assert.equal(await tab.evaluate(() => CSS.highlights.size), 0);
  });
});

describe("taking along", () => {
  it("copies what is shown, with times or without", async () => {
    await open(call.id, CLIPBOARD);
    const copied = async (how) => {
      await button("Copy", { exact: true }).click();
      await button(how).click();
      await tab.getByRole("dialog").waitFor({ state: "detached" });
      return tab.evaluate(() => navigator.clipboard.readText());
    };
    assert.match(await copied("Without times"), /^Speaker 0: Thank you for calling/);
    assert.match(await copied("With times"), /^0:00 Speaker 0: Thank you[^]*\n0:06 Speaker 1: Hi Dana/);
  });

  it("a name that is given to a speaker stands everywhere, after a reload, and in what the Worker writes", async () => {
    await open();
    await button("Rename Speaker 0").click();
    await tab.getByLabel("Name of Speaker 0").fill("Dana <script>alert(1)</script>");
    await tab.locator("form:popover-open button").click();
    const name = tab.locator(".turn .who b").first();
    await tab.waitForFunction(() => document.querySelector(".turn .who b").textContent.startsWith("Dana"));
    assert.equal(await name.innerText(), "Dana <script>alert(1)</script>");
    await tab.reload();
    await tab.locator(".turn").first().waitFor();
    assert.equal(await name.innerText(), "Dana <script>alert(1)</script>");
    assert.match(await console_.get(`/v1/jobs/${call.id}/transcript.txt`), /^Dana/);
    await tab.getByRole("link", { name: "Insights" }).click();
    await tab.locator(".shares .who", { hasText: "Dana" }).waitFor();
    assert.deepEqual(tab.complaints, []);
  });
});

const utterance = (speakerId, start, words) => ({ speakerId, start, end: start + 2, text: words, wordTimings: words.split(" ").map((word, index) => ({ word, start: start + index * 0.3, end: start + index * 0.3 + 0.2, confidence: word === "chair" ? 0.2 : 0.9 })) });

describe("speakers and words that were mistaken", () => {
  it("a turn is given to somebody else, to somebody new, and back, in everything", async () => {
    await open();
    const turn = tab.locator(".turn").nth(1);
    const who = () => turn.locator(".who b").innerText();
    const [before, neighbour] = [await who(), await tab.locator(".turn").nth(0).locator(".who b").innerText()];
    assert.notEqual(before, neighbour);
    const give = async (choose) => {
      await turn.locator(".who").click();
      await choose(tab.getByRole("dialog", { name: "Who says this?" }));
      await tab.getByRole("dialog").waitFor({ state: "detached" });
    };
    const shown = async (name) => tab.waitForFunction((name) => document.querySelectorAll(".turn")[1].querySelector(".who b").textContent === name, name);
    await give(async (dialog) => {
      await dialog.getByRole("radio", { name: neighbour }).check();
      await dialog.getByRole("button", { name: "Save" }).click();
    });
    await shown(neighbour);
    const segments = async () => JSON.parse(await console_.get(`/v1/jobs/${call.id}/transcript.json`)).segments;
    const [first, second] = await segments();
    assert.equal(second.speaker, first.speaker);
    await turn.getByRole("button", { name: /^Play from/ }).click(); // the name of a turn that goes on is not seen: the tool asks for the present one
    await button("Reassign turn").click();
    const dialog = tab.getByRole("dialog", { name: "Who says this?" });
    await dialog.getByLabel("Somebody else").fill("Eve & <b>");
    await dialog.getByRole("button", { name: "Save" }).click();
    await shown("Eve & <b>");
    assert.match(await console_.get(`/v1/jobs/${call.id}/transcript.txt`), /Eve \+ ‹b›/);
    await tab.reload();
    await tab.locator(".turn").first().waitFor();
    await shown("Eve & <b>");
    await give((dialog) => dialog.getByRole("button", { name: "As it was heard" }).click());
    await shown(before);
    assert.equal((await segments())[1].speaker === first.speaker, false);
    assert.deepEqual(tab.complaints, []);
  });

  it("a speaker who is another one is put together with them, in insights too, and told apart again", async () => {
    const { id } = await console_.finished("speech-to-text", { transcript: "", words: [], utterances: [utterance("0", 0, "Good morning."), utterance("1", 3, "Good morning."), utterance("2", 6, "How are you?")] });
    await open(id);
    const people = tab.locator(".speakers li");
    assert.equal(await people.count(), 3);
    await button("Rename Speaker 2").click();
    await tab.locator("form:popover-open").getByLabel("Or the same person as").selectOption({ label: "Speaker 0" });
    await tab.locator("form:popover-open").getByRole("button", { name: "Save" }).click();
    await tab.waitForFunction(() => document.querySelectorAll(".speakers li").length === 2);
    assert.deepEqual(await tab.locator(".turn").evaluateAll((rows) => rows.map(({ dataset }) => dataset.voice)), ["0", "1", "0"]);
    await tab.reload();
    await tab.locator(".turn").first().waitFor();
    assert.equal(await people.count(), 2);
    await tab.getByRole("link", { name: "Insights" }).click();
    assert.deepEqual(await tab.locator(".shares li .number").allInnerTexts().then((texts) => texts.map((text) => text.split(/\s/)[0])), ["67%", "33%"]);
    await tab.getByRole("link", { name: "Transcript" }).click();
    await button("Rename Speaker 0").click();
    await button("Tell these 2 apart again").click();
    await tab.waitForFunction(() => document.querySelectorAll(".speakers li").length === 3);
    assert.deepEqual(JSON.parse(await console_.get(`/v1/jobs/${id}`)).speakers, { 0: "Speaker 0" });
    assert.deepEqual(tab.complaints, []);
  });

  it("words that the engine was not sure of are marked when somebody asks for it", async () => {
    const { id } = await console_.finished("speech-to-text", { transcript: "", words: [], utterances: [utterance("0", 0, "The blue chair of the hall.")] });
    await open(id);
    assert.equal(await tab.evaluate(() => CSS.highlights.has("unsure")), false);
    await button("Mark unsure words").click();
    assert.deepEqual(await tab.evaluate(() => [...CSS.highlights.get("unsure")].map(String)), ["chair"]);
    await open();
    assert.equal(await button("Mark unsure words").count(), 0);
  });
});
