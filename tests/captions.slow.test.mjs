// Captions beside those of others on the same words: the shipped recordings, and a conversation with interruptions.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { conversations, deepgram, measured, payload, whisper } from "./support/captions.mjs";
import { installPackage } from "./support/package.mjs";

const { write: writeWhisper, missing } = whisper();
const LATEST = "latest word, s";
/** What nobody takes for late. */
const MAX_LATE_S = 1.5;
let api;
let remove;

before(async () => {
  ({ api, close: remove } = await installPackage());
  await api.ready();
});

after(() => remove?.());

/** The conversations whose name passes, each of a writer's counts added up; the latest word is the latest of all. */
function totals(write, passes) {
  const rows = conversations()
    .filter(([name]) => passes(name))
    .map(([, utterances]) => measured(write(utterances), utterances));
  const total = (key) => rows.map((row) => row[key]).reduce((sum, value) => (key === LATEST ? Math.max(sum, value) : sum + value));
  return Object.fromEntries(Object.keys(rows[0]).map((key) => [key, total(key)]));
}

const ours = (utterances) => new api.Transcript(payload(utterances)).srt({ speakerLabels: false });

/** Nothing that is counted may be more with us than with them. */
function compare(name, write, passes, but = []) {
  const table = { "ringcentral-ai": totals(ours, passes), [name]: totals(write, passes) };
  console.table(table);
  const { captions, ...mine } = table["ringcentral-ai"];
  for (const [key, value] of Object.entries(mine)) {
    const theirs = key === LATEST ? Math.max(table[name][key], MAX_LATE_S) : table[name][key];
    assert.ok(but.includes(key) || value <= theirs, `${key}: ${value} of ${captions}, ${name} has ${table[name][key]} of ${table[name].captions}`);
  }
}

const isWritten = (name) => name === "interruptions";
const isRecorded = (name) => !isWritten(name);

test("of recordings, captions are nowhere worse than those of @deepgram/captions", () => compare("@deepgram/captions", deepgram, isRecorded));

test("of people who interrupt each other, either", () => compare("@deepgram/captions", deepgram, isWritten));

test("of recordings, captions are nowhere worse than those of Whisper's writer", { skip: missing }, () => compare("whisper", writeWhisper, isRecorded));

// It shows what is said at once one after the other: with ease, and half a minute late.
test("of people who interrupt each other, either, but that who is on time has more to read at once", { skip: missing }, () =>
  compare("whisper", writeWhisper, isWritten, ["> 17 chars/s"]));
