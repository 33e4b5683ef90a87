// Results as nobody wants them: a part is null, missing or of another kind, or full of markup. The rest is readable, and all of it is text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, it } from "node:test";
import { startConsole } from "./support/console.mjs";
import { ROOT } from "./support/services.mjs";

let console_;
let tab;

before(async () => {
  console_ = await startConsole();
});
after(() => console_?.close());
afterEach(() => console_.tab?.context().close());

const payload = (name) => JSON.parse(readFileSync(join(ROOT, "tests/payloads", `${name}.json`))).response;
const MARKUP = `<img src=x onerror="document.title='struck'"><script>document.title='struck'</script>&amp;{{constructor}}`;

/** Each place in a value: what sets it to something else in a copy. */
function* places(value, path = []) {
  if (value === null || typeof value !== "object") return;
  for (const key of Object.keys(value)) {
    yield [...path, key];
    yield* places(value[key], [...path, key]);
  }
}

function changed(value, path, to) {
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce((at, key) => at[key], copy);
  if (to === undefined) delete parent[path.at(-1)];
  else parent[path.at(-1)] = to;
  return copy;
}

/** An analysis with one of everything that RingCentral is known to give. */
const ANALYSIS = {
  utteranceInsights: [
    { start: 0.5, end: 2, text: "Do you have a blue chair?", speakerId: "0", confidence: 0.9, insights: [{ name: "Emotion", value: "Neutral", confidence: 0.7 }] },
    { start: 2.5, end: 4, text: "We have a blue chair.", speakerId: "1", insights: [] },
  ],
  speakerInsights: {
    speakerCount: 2,
    insights: [
      { name: "TalkToListenRatio", values: [{ speakerId: "0", value: "50:50" }] },
      { name: "Pace", values: [{ speakerId: "0", wpm: 180.2 }] },
      { name: "QuestionsAsked", values: [{ speakerId: "0", value: 1, questions: [{ question: "Do you have a blue chair?", start: 0.5 }] }] },
    ],
  },
  conversationalInsights: [
    { name: "KeyPhrases", values: [{ value: "blue chair", start: 0.5, end: 1 }] },
    { name: "ExtractiveSummary", values: [{ value: "We have a blue chair.", start: 2.5, end: 4, speakerId: "1" }] },
  ],
};

/** What each part of it shows. */
const SHOWN = { utteranceInsights: "Share of speech", speakerInsights: "Talk to listen ratio", conversationalInsights: "Key phrases" };

it("a part that is null, missing or of another kind leaves the rest readable", { timeout: 300_000 }, async () => {
  const { id } = await console_.finished("analyze-interaction", ANALYSIS);
  const variants = [...places(ANALYSIS)].flatMap((path) => [null, undefined, [null, "odd", 7]].map((to) => ({ path, to, response: changed(ANALYSIS, path, to) })));
  tab = await console_.open();
  await tab.getByRole("navigation", { name: "Views" }).waitFor();
  let response;
  await tab.route(`**/v1/jobs/${id}/result`, (route) => route.fulfill({ json: { jobId: "x", status: "Success", response } }));
  for (const variant of variants) {
    ({ response } = variant);
    const said = `${variant.path.join(".")} = ${JSON.stringify(variant.to)}`;
    await tab.evaluate((id) => (location.hash = `#/jobs/${id}?tab=insights`), id);
    await tab.locator(".insights").waitFor().catch((error) => assert.fail(`${said}: ${error.message}`));
    const text = await tab.locator(".insights").innerText();
    for (const [part, shown] of Object.entries(SHOWN)) assert.ok(part === variant.path[0] || text.includes(shown), `${said}: ${text}`);
    await tab.evaluate(() => (location.hash = "#/jobs"));
    await tab.getByRole("heading", { name: "Jobs" }).waitFor();
    assert.deepEqual(tab.complaints, [], said);
  }
});

it("markup in names, transcripts, insights and errors comes out as text", async () => {
  const strings = (value) => (typeof value === "string" ? MARKUP : Array.isArray(value) ? value.map(strings) : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, key === "name" || key === "speakerId" ? entry : strings(entry)])) : value);
  const analysis = await console_.finished("analyze-interaction", strings(ANALYSIS));
  const names = JSON.stringify({ label: MARKUP, speakers: { 0: MARKUP, 1: MARKUP } });
  await console_.ask(`/v1/jobs/${analysis.id}`, { method: "PATCH", headers: { "content-type": "application/json" }, body: names });
  const failed = await console_.finished("speech-to-text", { errors: [{ errorCode: MARKUP, message: MARKUP, parameterName: MARKUP }] }, { status: "Fail" });
  tab = await console_.openAt(`#/jobs/${analysis.id}`);
  await tab.locator(".turn").first().waitFor();
  for (const place of [`#/jobs/${analysis.id}`, `#/jobs/${analysis.id}?tab=insights`, `#/jobs/${analysis.id}?tab=details`, "#/jobs", `#/compare?jobs=${analysis.id}`, `#/jobs/${failed.id}`, "#/", "#/?text=%3Cimg%20src%3Dx%3E"]) {
    await tab.evaluate((place) => (location.hash = place), place);
    await tab.waitForTimeout(300);
    assert.equal(await tab.locator("img[src=x], main script, main img").count(), 0, place);
    assert.doesNotMatch(await tab.title(), /^struck/);
  }
  await tab.evaluate((id) => (location.hash = `#/jobs/${id}`), analysis.id);
  await tab.locator(".turn .said", { hasText: "<script>" }).first().waitFor();
  assert.deepEqual(tab.complaints, []);
});

it("names without an end make nothing wider than a narrow page", async () => {
  const { id } = await console_.finished("analyze-interaction", ANALYSIS);
  const endless = "W".repeat(200);
  const names = JSON.stringify({ label: endless, speakers: { 0: endless, 1: `${endless.slice(1)}V` } });
  await console_.ask(`/v1/jobs/${id}`, { method: "PATCH", headers: { "content-type": "application/json" }, body: names });
  tab = await console_.openAt(`#/jobs/${id}`, { viewport: { width: 360, height: 700 }, isMobile: true });
  await tab.locator(".turn").first().waitFor();
  for (const [place, there] of [[`#/jobs/${id}`, ".turn"], [`#/jobs/${id}?tab=insights`, ".shares"], [`#/jobs/${id}?tab=details`, ".details"], ["#/jobs", ".job"], [`#/compare?jobs=${id}`, "table"]]) {
    await tab.evaluate((place) => (location.hash = place), place);
    await tab.locator(there).first().waitFor();
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), place);
  }
});

it("RingCentral's own payloads are shown, of every task", async () => {
  const shown = {
    "analyze-interaction": ["analyze-interaction-success-with-emotion-2022", "Share of speech"],
    "speaker-diarize": ["diarize-success", "Who spoke when"],
    punctuate: ["punctuate-success", "Texts"],
    summarize: ["summarize-success", "Summary"],
  };
  for (const [task, [name, text]] of Object.entries(shown)) {
    const { id } = await console_.finished(task, payload(name));
    tab = await console_.openAt(`#/jobs/${id}?tab=insights`);
    await tab.locator(".insights", { hasText: text }).waitFor().catch((error) => assert.fail(`${task}: ${error.message}`));
    assert.deepEqual(tab.complaints, []);
    await tab.context().close();
  }
});

it("the empties differ: nobody speaks, no words, nothing readable", async () => {
  const cases = [
    ["speech-to-text", { transcript: "", words: [], utterances: [] }, "Nobody speaks in this recording."],
    ["punctuate", { texts: ["So it goes."] }, "This task gives no words."],
  ];
  for (const [task, response, text] of cases) {
    const { id } = await console_.finished(task, response);
    tab = await console_.openAt(`#/jobs/${id}`);
    await tab.getByText(text).waitFor();
    assert.deepEqual(tab.complaints, []);
    await tab.context().close();
  }
});
