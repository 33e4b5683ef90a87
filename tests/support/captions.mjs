// How captions do for whoever reads them: what other writers of captions make of the same words, and what can be counted.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DeepgramConverter, srt as deepgramSrt } from "@deepgram/captions";
import { pythonWith } from "./python.mjs";
import { ROOT } from "./services.mjs";

const MEDIA = join(ROOT, "tests/sandbox/media");
const CAPTIONS = join(ROOT, "tests/captions");
/** About 150 words a minute. */
const S_A_LETTER = 0.075;

/** Conversations by name: utterances `{speakerId, words: [{text, start, end}]}` in the order of time. */
export function conversations() {
  const recorded = readdirSync(MEDIA)
    .filter((name) => name.endsWith(".words.json"))
    .map((name) => [name.split(".")[0], JSON.parse(readFileSync(join(MEDIA, name), "utf8")).utterances ?? []])
    .filter(([, utterances]) => utterances.length > 0);
  const written = JSON.parse(readFileSync(join(CAPTIONS, "conversation.json"), "utf8"));
  return [...recorded, ["interruptions", written.map(spoken)]];
}

/** Words at a human pace from the time on that the utterance begins. */
function spoken([speakerId, start, text]) {
  let now = start;
  const word = (text) => {
    const word = { text, start: now, end: now + text.length * S_A_LETTER };
    now = word.end + 0.03;
    return word;
  };
  return { speakerId, words: text.split(" ").map(word) };
}

const joined = (words) => words.map(({ text }) => text).join(" ");

/** The words as RingCentral gives them. */
export const payload = (utterances) => ({
  status: "Success",
  response: {
    utterances: utterances.map(({ speakerId, words }) => ({
      speakerId,
      start: words[0].start,
      end: words.at(-1).end,
      text: joined(words),
      wordTimings: words.map(({ text, start, end }) => ({ word: text, start, end })),
    })),
  },
});

/** SRT by `@deepgram/captions`, from words in the order of time. */
export function deepgram(utterances) {
  const words = inOrder(utterances).map(({ text, start, end }) => ({ word: text, punctuated_word: text, start, end, confidence: 1 }));
  return deepgramSrt(new DeepgramConverter({ metadata: {}, results: { channels: [{ alternatives: [{ words }] }] } }));
}

/** Whisper's writer: `{write}`, or `{missing}`, a sentence for a test's `skip`. */
export function whisper() {
  const probe = "from importlib.util import find_spec; assert find_spec('whisper')";
  const { command, env, missing } = pythonWith({ name: "openai-whisper", requirements: join(CAPTIONS, "requirements.txt"), probe, more: ["--no-deps"] });
  if (missing) return { missing };
  return {
    write(utterances) {
      const word = ({ text, start, end }) => ({ word: ` ${text}`, start, end });
      const segments = utterances.map(({ words }) => ({ start: words[0].start, end: words.at(-1).end, text: joined(words), words: words.map(word) }));
      const { status, stdout, stderr } = spawnSync(command, [join(CAPTIONS, "whisper_writer.py")], { env, input: JSON.stringify(segments), encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      return stdout;
    },
  };
}

const inOrder = (utterances) => utterances.flatMap(({ words }) => words).sort((one, other) => one.start - other.start);

const seconds = (clock) => clock.split(/[:,.]/).reduce((sum, part, index) => sum + Number(part) * [3600, 60, 1, 0.001][index], 0);

/** The captions of an SRT: `{start, end, lines}`. */
export const captions = (srt) =>
  [...srt.matchAll(/^(\S+) --> (\S+)\n((?:.+\n?)+)/gm)].map(([, start, end, text]) => ({ start: seconds(start), end: seconds(end), lines: text.trim().split("\n") }));

/** What can be counted of an SRT whose words are these. */
export function measured(srt, utterances) {
  const cues = captions(srt);
  const bare = cues.map(({ lines }) => lines.map((line) => line.replace(/^- /, "")).join(" ").replace(/ - /g, " "));
  const count = (is) => cues.filter((cue, index) => is(cue, bare[index])).length;
  const pace = ({ start, end, lines }) => lines.join(" ").length / (end - start);
  return {
    captions: cues.length,
    "< 0.83 s": count(({ start, end }) => end - start < 0.8325),
    "> 7 s": count(({ start, end }) => end - start > 7.0005),
    "> 17 chars/s": count((cue) => pace(cue) > 17.05),
    "> 20 chars/s": count((cue) => pace(cue) > 20.05),
    "lines > 42": cues.flatMap(({ lines }) => lines).filter((line) => line.length > 42).length,
    "one word": count((_, text) => !/\s/.test(text.trim()) && !/[.?!]$/.test(text)),
    "not at a sentence's end": count((_, text) => !/[.?!]["”]?$/.test(text)),
    "latest word, s": Math.round(latest(cues, bare, utterances) * 100) / 100,
  };
}

/** By how many seconds the latest word is shown after, or gone before, it is said; each is looked for where it is nearest. */
function latest(cues, bare, utterances) {
  const places = new Map();
  bare.forEach((text, index) => text.split(/\s+/).forEach((word) => places.set(word, [...(places.get(word) ?? []), cues[index]])));
  let worst = 0;
  for (const { text, start } of inOrder(utterances)) {
    const away = (cue) => Math.max(0, cue.start - start, start - cue.end);
    const found = places.get(text);
    if (!found?.length) throw new Error(`${text} is shown too seldom`);
    const nearest = found.reduce((best, cue) => (away(cue) < away(best) ? cue : best));
    found.splice(found.indexOf(nearest), 1);
    worst = Math.max(worst, away(nearest));
  }
  return worst;
}
