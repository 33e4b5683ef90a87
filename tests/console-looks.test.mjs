// How the console looks: each view at three widths and in both schemes, without a fault that axe finds, and nothing wider than the page.
// With PICTURES=docs it writes the pictures that README shows.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startConsole } from "./support/console.mjs";
import { ROOT } from "./support/services.mjs";

const AXE = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
const SIZES = { 360: 740, 1280: 800, 2560: 1440 };
const PICTURES = process.env.PICTURES && join(ROOT, process.env.PICTURES);

let console_;
let jobs;

const post = (path, body) => console_.ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).then((response) => response.json());

before(async () => {
  console_ = await startConsole();
  const { items } = JSON.parse(await console_.get("/v1/recordings?dateFrom=2020-01-01"));
  const media = { recordingId: items[0].id };
  const input = { enableSpeakerDiarization: true };
  const told = { label: "Wrong grinder, to be replaced" };
  const analysis = await post("/v1/jobs", { task: "analyze-interaction", media, input: { insights: ["All"] }, ...told });
  const words = await post("/v1/jobs", { task: "speech-to-text", media, input, ...told });
  for (const { id } of [analysis, words]) await console_.get(`/v1/jobs/${id}?wait=50`);
  await console_.ask(`/v1/jobs/${words.id}`, { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify({ speakers: { 0: "Dana", 1: "Customer" } }) });
  const failed = await console_.finished("speech-to-text", { errors: [{ errorCode: "CAI-101", message: "Invalid contentUri" }] }, { status: "Fail" });
  const silent = await console_.finished("speech-to-text", { transcript: "", words: [], utterances: [] });
  const reserved = await post("/v1/callbacks", { task: "speech-to-text" });
  await fetch(reserved.callbackUrl, { method: "POST", body: "<html>" });
  jobs = { analysis, words, failed, silent, reserved };
});
after(() => console_?.close());

/** Each view and state: where it is, what shows that it is there, and what is done first. */
const VIEWS = {
  recordings: { place: "#/", there: ".recordings .row" },
  "an empty filter": { place: "#/?text=nobody", there: ".empty" },
  "a selection": { place: "#/", there: ".recordings .row", act: (tab) => tab.getByRole("checkbox", { disabled: false }).first().check() },
  "the start of a job": { place: "#/", there: ".recordings .row", act: (tab) => tab.getByRole("button", { name: /^Transcribe/ }).first().click().then(() => tab.locator("dialog summary").click()) },
  jobs: { place: "#/jobs", there: ".job" },
  "a running job": { place: () => `#/jobs/${jobs.reserved.id}`, there: ".stages" },
  "a failed job": { place: () => `#/jobs/${jobs.failed.id}`, there: ".problem" },
  transcript: { place: () => `#/jobs/${jobs.words.id}`, there: ".turn", act: (tab) => tab.getByLabel("Search the transcript").fill("order").then(() => tab.getByText(/1 of \d/).waitFor()) },
  "nobody speaks": { place: () => `#/jobs/${jobs.silent.id}`, there: ".empty" },
  export: { place: () => `#/jobs/${jobs.words.id}`, there: ".turn", act: (tab) => tab.getByRole("button", { name: "Export" }).click() },
  insights: { place: () => `#/jobs/${jobs.analysis.id}?tab=insights`, there: ".figure", act: (tab) => tab.locator(".figure summary", { hasText: "Questions" }).first().click() },
  compare: { place: () => `#/compare?jobs=${jobs.words.id},${jobs.analysis.id}`, there: ".trend" },
  operator: { place: "#/operator", there: ".letters li" },
  help: { place: "#/", there: ".recordings .row", act: (tab) => tab.getByRole("button", { name: "Keys and help" }).click() },
};

/** What README shows, and at which size it is taken. */
const SHOWN = { recordings: "console-recordings", transcript: "console-transcript", insights: "console-insights" };

async function look(tab, name, width, scheme) {
  const { there, act } = VIEWS[name];
  if (await tab.getByRole("dialog").count()) await tab.keyboard.press("Escape");
  const place = VIEWS[name].place;
  await tab.evaluate((place) => (location.hash = place), typeof place === "string" ? place : place());
  await tab.locator(there).first().waitFor();
  await act?.(tab);
  await tab.evaluate(() => document.fonts.ready);
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} is ${wide} px too wide at ${width}`);
  const faults = await tab.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 150)} ${failureSummary}`).join(" | ")}`)));
  assert.deepEqual(faults, [], `${name} at ${width}, ${scheme}`);
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  if (process.env.ALL_PICTURES) await tab.screenshot({ path: join(PICTURES, `${name}-${width}-${scheme}.png`.replaceAll(" ", "-")) });
  else if (SHOWN[name] && width === "1280" && scheme === (name === "transcript" ? "dark" : "light")) await tab.screenshot({ path: join(PICTURES, `${SHOWN[name]}.png`) });
}

for (const [width, height] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"]) {
    describe(`at ${width} pixels, ${colorScheme}`, () => {
      let tab;
      before(async () => {
        tab = await console_.openAt("#/", { viewport: { width: Number(width), height }, colorScheme, reducedMotion: "reduce", isMobile: width === "360", hasTouch: width === "360" });
        await tab.evaluate(AXE);
      });
      after(() => tab?.context().close());
      for (const name of Object.keys(VIEWS)) {
        it(name, async () => {
          await look(tab, name, width, colorScheme);
          assert.deepEqual(tab.complaints, []);
        });
      }
    });
  }
}

it("the form that signs in is without a fault too", async () => {
  const tab = await console_.open("/");
  await tab.getByLabel("API token of this Worker").waitFor();
  await tab.evaluate(AXE);
  const faults = await tab.evaluate(() => window.axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)));
  assert.deepEqual(faults, []);
  await tab.context().close();
});
