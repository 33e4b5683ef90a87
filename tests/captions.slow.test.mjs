// Captions beside those of others on the same words: the shipped recordings, and a conversation with interruptions.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { conversations, deepgram, measured, payload, whisper } from "./support/captions.mjs";
import { installPackage } from "./support/package.mjs";

const { write: writeWhisper, missing } = whisper();
let api;
let remove;

before(async () => {
  ({ api, close: remove } = await installPackage());
  await api.ready();
});

after(() => remove?.());

/** All conversations, each of a writer's counts added up; the latest word is the latest of all. */
function totals(write) {
  const rows = conversations().map(([, utterances]) => measured(write(utterances), utterances));
  const total = (key) => rows.map((row) => row[key]).reduce((sum, value) => (key.startsWith("latest") ? Math.max(sum, value) : sum + value));
  return Object.fromEntries(Object.keys(rows[0]).map((key) => [key, total(key)]));
}

const ours = (utterances) => new api.Transcript(payload(utterances)).srt({ speakerLabels: false });

function compare(name, write) {
  const table = { "ringcentral-ai": totals(ours), [name]: totals(write) };
  console.table(table);
  const { captions, ...mine } = table["ringcentral-ai"];
  for (const [key, value] of Object.entries(mine)) {
    assert.ok(value <= table[name][key], `${key}: ${value} of ${captions}, ${name} has ${table[name][key]} of ${table[name].captions}`);
  }
}

test("captions are nowhere worse than those of @deepgram/captions", () => compare("@deepgram/captions", deepgram));

test("captions are nowhere worse than those of Whisper's writer", { skip: missing }, () => compare("whisper", writeWhisper));
