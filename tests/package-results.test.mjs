// What is done with a result: a callback read by a server of one's own; who spoke how long, parts of a transcript, places in it, copies of it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { inspect } from "node:util";
import { MessageChannel } from "node:worker_threads";
import srtParser from "srt-parser-2";
import webvtt from "webvtt-parser";
import { installPackage, printed } from "./support/package.mjs";

let api;
let close;

before(async () => {
  ({ api, close } = await installPackage());
  await api.ready();
});

after(() => close?.());

const payload = (name) => readFileSync(new URL(`payloads/${name}.json`, import.meta.url), "utf8");

/** A result whose utterances are `[speakerId, start, end, text]`, with names. */
function spoken(utterances, names) {
  const response = { utterances: utterances.map(([speakerId, start, end, text]) => ({ speakerId, start, end, text })) };
  return new api.Transcript({ status: "Success", response }, names);
}

describe("captions", () => {
  it("are read by parsers that others wrote as they were written: every word, in order, no time backwards", () => {
    for (const transcript of anyTranscripts()) {
      const said = words(transcript.segments.map(({ text }) => text).join(" ")).toSorted();
      const srt = new srtParser().fromSrt(transcript.srt({ speakerLabels: false })).map(({ startSeconds: start, endSeconds: end, text }) => ({ start, end, text }));
      const { cues, errors } = new webvtt.WebVTTParser().parse(transcript.vtt({ speakerLabels: false }), "metadata");
      assert.deepEqual(errors, []);
      const vtt = cues.map(({ startTime: start, endTime: end, text }) => ({ start, end, text: plain(text) }));
      for (const read of [srt, vtt]) {
        assert.ok(read.every(({ start, end }, at) => start < end && (at === 0 || read[at - 1].start <= start)));
        assert.deepEqual(read.flatMap(({ text }) => words(text)).toSorted(), said);
      }
      const timesMs = (cues) => cues.map(({ start, end }) => [start, end].map((time) => Math.round(time * 1_000)));
      assert.deepEqual(timesMs(vtt), timesMs(srt));
    }
  });
});

/** A cue's text without its markup. */
const plain = (text) => text.replaceAll(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
/** Letters and digits alone, each run of them a word: markup and dashes are the format's. */
const words = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** The same numbers between 0 and 1 in each run. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const WORDS = "the scarf That’s fine naïve so… 東京 都 self-service SELF service <b> ﬁne 100 % a".split(" ");

/** Transcripts of all kinds: several who speak at once, unknown ones, missing and contradictory times. */
function* anyTranscripts() {
  for (let seed = 1; seed <= 60; seed++) {
    const random = chance(seed);
    const pick = (list) => list[Math.floor(random() * list.length)];
    const words = () => Array.from({ length: 1 + random() * 9 }, () => pick(WORDS));
    const utterances = Array.from({ length: random() * 12 }, () => {
      const start = Math.round(random() * 60_000) / 1000;
      return [pick(["0", "1", "1", 2, null]), pick([start, start, null, -1]), pick([start + random() * 9, start, null, "x"]), words().join(" ")];
    });
    yield spoken(utterances, { 1: "Ann" });
  }
}

const spokenWords = ({ segments }) => segments.flatMap(({ words }) => words.map(({ word }) => word));

/** What every form says of two transcripts that are the same. */
function assertSame(one, other) {
  for (const form of ["json", "text", "srt", "vtt"]) assert.equal(one[form](), other[form]());
  assert.deepEqual(one.segments, other.segments);
}

describe("talk time", () => {
  it("is the time of each speaker's segments, overlaps of their own once, of others for each", () => {
    const transcript = spoken(
      [
        ["b", 0, 4, "This is what I said before."],
        ["a", 2, 6, "And I said that it is so."],
        ["b", 3, 5, "I said it at the same time."],
        ["c", 50, 52, "A word at the end."],
      ],
      { a: "Ann" },
    );
    assert.deepEqual(transcript.talkTime(), [
      { speaker: "b", seconds: 5, share: 5 / 11 },
      { speaker: "a", name: "Ann", seconds: 4, share: 4 / 11 },
      { speaker: "c", seconds: 2, share: 2 / 11 },
    ]);
  });

  it("counts what lies within another segment of the same speaker once", () => {
    const said = (start, end) => ({ speaker: "0", start, end, text: "Hm.", words: [{ start, end: start, word: "Hm." }] });
    const transcript = new api.Transcript({ segments: [said(0, 10), said(2, 3), said(5, 6), said(9, 11.001)] });
    assert.deepEqual(transcript.talkTime(), [{ speaker: "0", seconds: 11.001, share: 1 }]);
  });

  it("knows who is not known, and nobody", () => {
    const { segments } = spoken([[undefined, 1, 2.5, "Hello there."]]);
    assert.deepEqual(new api.Transcript({ segments }).talkTime(), [{ seconds: 1.5, share: 1 }]);
    assert.deepEqual(new api.Transcript({ status: "Success", response: { transcript: "", words: [] } }).talkTime(), []);
    const still = { speaker: "0", start: 3, end: 3, text: "Hm.", words: [{ start: 3, end: 3, word: "Hm." }] };
    assert.deepEqual(new api.Transcript({ segments: [still] }).talkTime(), [{ speaker: "0", seconds: 0, share: 0 }]);
  });

  it("is never negative, and all shares are 1", () => {
    for (const transcript of anyTranscripts()) {
      const times = transcript.talkTime();
      assert.ok(times.every(({ seconds, share }) => seconds >= 0 && share >= 0 && share <= 1));
      const sum = times.reduce((sum, { share }) => sum + share, 0);
      assert.ok(times.length === 0 || Math.abs(sum - 1) < 1e-9, `${sum}`);
      assert.equal(times.length, new Set(transcript.segments.map(({ speaker }) => speaker)).size);
      assert.deepEqual(times[0]?.speaker, transcript.segments[0]?.speaker);
    }
  });
});

describe("one speaker", () => {
  it("is a transcript of its own, with the name", () => {
    const transcript = new api.Transcript(payload("stt-success-diarized-2024-01-09"), { 1: "Parker Scarves" });
    const ids = transcript.talkTime().map(({ speaker }) => speaker);
    assert.ok(ids.length > 1);
    const parts = ids.map((id) => transcript.bySpeaker(id));
    for (const [at, part] of parts.entries()) {
      assert.ok(part.segments.every(({ speaker }) => speaker === ids[at]));
      assert.match(part.srt(), /^1\n00:00/);
    }
    assert.equal(parts.reduce((sum, { segments }) => sum + segments.length, 0), transcript.segments.length);
    assert.match(transcript.bySpeaker("1").text(), /^Parker Scarves: /);
    assert.deepEqual(transcript.bySpeaker("nobody").segments, []);
    assert.deepEqual([transcript.bySpeaker(undefined).segments, transcript.bySpeaker("nobody").text()], [[], ""]);
  });
});

describe("a slice", () => {
  const talk = () =>
    new api.Transcript({
      response: { words: ["One", "two,", "three", "four."].map((word, at) => ({ word, start: at + 0.5, end: at + 1.25, speakerId: "0" })) },
    });

  it("holds whole words, with the recording's times or those of a clip", () => {
    const slice = talk().slice({ from: 1.5, to: 3.5 });
    assert.deepEqual([slice.text(), slice.segments[0].start, slice.segments[0].end], ["Speaker 0: two, three\n", 1.5, 3.25]);
    const clip = talk().slice({ from: 1.25, to: 3, startAtZero: true });
    assert.deepEqual(clip.segments[0].words, [
      { start: 0.25, end: 1, word: "two," },
      { start: 1.25, end: 2, word: "three" },
    ]);
    assert.match(clip.srt(), /^1\n00:00:00,250 --> /);
    assert.match(clip.vtt(), /00:00:00\.250 --> /);
    assert.equal(talk().slice({ from: 2.5, to: Infinity }).text({ speakerLabels: false }), "three four.\n");
    assert.deepEqual(talk().slice({ from: 100 }).segments, []);
    assertSame(talk().slice(), talk());
  });

  it("names what may not be", () => {
    for (const [field, options] of [
      ["from", { from: -1 }],
      ["from", { from: NaN }],
      ["from", { from: "soon" }],
      ["to", { from: 2, to: 1 }],
      ["to", { to: -Infinity }],
      ["to", { to: null }],
      ["startAtZero", { startAtZero: 1 }],
      ["speaker", { speaker: "0" }],
      ["options", "1"],
      ["options", null],
      ["options", [1, 2]],
    ]) {
      assert.throws(() => talk().slice(options), { name: "RingCentralError", code: "invalid_field", field });
    }
    assert.equal(talk().text({ speakerLabels: false }), "One two, three four.\n");
  });

  it("and those that follow it hold each word once", () => {
    for (const transcript of anyTranscripts()) {
      const cuts = [0, 7.5, 20, 20.001, 41, Infinity];
      const parts = cuts.slice(1).map((to, at) => transcript.slice({ from: cuts[at], to }));
      assert.deepEqual(parts.flatMap(spokenWords).sort(), spokenWords(transcript).sort());
      for (const [at, part] of parts.entries()) {
        const times = part.segments.flatMap(({ words }) => words.map(({ start }) => start));
        assert.ok(times.every((start) => start >= cuts[at] && start < cuts[at + 1]));
      }
    }
  });
});

describe("a search", () => {
  const found = (texts, query, options) => {
    const transcript = spoken(texts.map((text, at) => [`${at}`, at * 10, at * 10 + 8, text]));
    return transcript.search(query, options).map(({ text }) => text);
  };

  it("finds words and parts of words, whatever case, accent, width and punctuation", () => {
    for (const [text, query, expected] of [
      ["I would like to know.", "LIKE TO", ["like to"]],
      ["Well, we deliver. They delivered!", "deliver", ["deliver.", "delivered!"]],
      ["A self-service desk.", "self service", ["self-service"]],
      ["A self service desk.", "Self-Service", ["self service"]],
      ["Don’t say that.", "don't", ["Don’t"]],
      ["Don't say that.", "dont say", ["Don't say"]],
      ["Cafe\u0301 naïve", "café NAIVE", ["Cafe\u0301 naïve"]],
      ["Die Straße ist lang.", "STRASSE", ["Straße"]],
      ["Ο Οδυσσεύς ήρθε", "οδυσσευσ", ["Οδυσσεύς"]],
      ["İstanbul and Iğdır", "istanbul", ["İstanbul"]],
      ["Ｆｕｌｌ ｗｉｄｔｈ ﬁne", "full width fine", ["Ｆｕｌｌ ｗｉｄｔｈ ﬁne"]],
      ["Room №5, 100 %.", "100%", ["100"]],
      ["東京 都 に 行く", "東京都", ["東京 都"]],
      ["5 月 の AI 技術", "5月のＡＩ技術", ["5 月 の AI 技術"]],
      ["We said AI and 技術.", "ai技術", []],
      ["Say bye-bye, bye!", "bye", ["bye-bye,", "bye!"]],
      ["東京都に行く", "京都", ["東京都に行く"]],
      ["서울에 갑니다", "서울", ["서울에"]],
      ["नमस्ते दुनिया", "नमस्ते", ["नमस्ते"]],
      ["no no no no", "no no", ["no no", "no no"]],
      ["banana", "an", ["banana"]],
      ["one two", "one  —  two", ["one two"]],
      ["the art", "heart", []],
      ["one. (two)", "two one", []],
      ["anything", "", []],
      ["anything at all?", " ?! ", []],
      ["anything", "\ud800", []],
    ]) {
      assert.deepEqual(found([text], query), expected, `${query} in ${text}`);
    }
  });

  it("finds whole words alone where that is wanted", () => {
    const text = "Cancel it: you can, can't you? Scan! Can";
    assert.deepEqual(found([text], "can", { wholeWords: true }), ["can,", "Can"]);
    assert.deepEqual(found([text], "can"), ["Cancel", "can,", "can't", "Scan!", "Can"]);
    assert.deepEqual(found([text], "can cant", { wholeWords: true }), ["can, can't"]);
  });

  it("stays within a segment, and says who speaks and when", () => {
    const transcript = spoken([["0", 0, 2, "So it"], ["1", 2, 4, "was. So it was."]], { 1: "Ann" });
    const hits = transcript.search("it was");
    const [segment] = transcript.segments.slice(1);
    const [, , it, was] = segment.words;
    assert.deepEqual(hits, [{ text: "it was.", start: it.start, end: was.end, speaker: "1", name: "Ann", segment }]);
    assert.equal(hits[0].segment, segment);
    const { start, end } = hits[0];
    assert.equal(transcript.slice({ from: start, to: end }).text(), "Ann: it was.\n");
  });

  it("takes nothing but a text", () => {
    for (const query of [undefined, null, 7, ["a"], /a/]) {
      assert.throws(() => spoken([]).search(query), { code: "invalid_field", field: "query" });
    }
  });

  it("finds every word that there is, within the transcript, and no word twice", () => {
    for (const transcript of anyTranscripts()) {
      for (const query of ["scarf", "self service", "東京都", "fine", "a"]) {
        const hits = transcript.search(query);
        const places = hits.flatMap(({ segment, start, end }) => {
          assert.ok(transcript.segments.includes(segment) && segment.start <= start && start <= end && end <= segment.end);
          return [transcript.segments.indexOf(segment) * 1e6 + start];
        });
        assert.deepEqual(places, places.toSorted((one, other) => one - other));
      }
      const scarves = spokenWords(transcript).filter((word) => word === "scarf").length;
      assert.equal(transcript.search("scarf", { wholeWords: true }).length, scarves);
    }
  });
});

describe("a copy of a transcript", () => {
  const SECRET = "https://media.ringcentral.com/x?access_token=S3CRET";

  it("is its words and names, of which the same transcript comes again", async () => {
    const transcripts = [...anyTranscripts(), new api.Transcript(payload("stt-success-diarized-2024-01-09"), { 0: "Ann", 1: "Bob <b>" })];
    for (const transcript of transcripts) {
      const clone = structuredClone(transcript);
      assert.deepEqual([Object.keys(clone), Object.getPrototypeOf(clone)], [["segments"], Object.prototype]);
      assertSame(new api.Transcript(clone), transcript);
      assertSame(new api.Transcript(JSON.stringify(transcript)), transcript);
      assertSame(new api.Transcript(JSON.parse(transcript.json())), transcript);
      assertSame(new api.Transcript(transcript), transcript);
    }
    const [transcript] = transcripts.slice(-1);
    const { port1, port2 } = new MessageChannel();
    const posted = new Promise((resolve) => port2.once("message", resolve));
    port1.postMessage({ transcript });
    assertSame(new api.Transcript((await posted).transcript), transcript);
    port1.close();
    assert.match(new api.Transcript(structuredClone(transcript), { 0: "Cid" }).text(), /^Cid: [^]+\nBob ‹b›: /);
  });

  it("holds nothing else of the result, and of one without words nothing", () => {
    const fail = { status: "Fail", response: { errors: [{ errorCode: "CAI-101", message: SECRET }] } };
    const heard = { status: "Success", contentUri: SECRET, response: { transcript: "hi", words: [{ word: "hi", start: 0, end: 1 }] } };
    for (const result of [fail, heard, JSON.parse(payload("summarize-success"))]) {
      const transcript = new api.Transcript(result);
      const shown = [inspect(transcript, { showHidden: true, getters: true, depth: 9 }), JSON.stringify(transcript), JSON.stringify(structuredClone({ transcript }))];
      assert.doesNotMatch(shown.join(), /S3CRET/);
      if (result === heard) continue;
      assert.equal(shown[1], "{}");
      for (const of of [transcript, new api.Transcript(structuredClone(transcript))]) {
        for (const call of [() => of.text(), () => of.segments, () => of.talkTime(), () => of.search("a"), () => of.slice(), () => of.bySpeaker("0")]) {
          assert.throws(call, { code: "no_transcript" });
        }
      }
    }
  });

  it("may be corrected", () => {
    const transcript = spoken([["0", 1, 3, "I bought a scarf on line."]]);
    const { segments } = structuredClone(transcript);
    segments[0].text = "I bought a scarf online!";
    const corrected = new api.Transcript({ segments });
    assert.deepEqual([corrected.text(), corrected.segments[0].start], ["Speaker 0: I bought a scarf online!\n", 1]);
  });

  it("is refused by name where it is none", () => {
    const circle = {};
    circle.circle = circle;
    for (const result of [undefined, () => 1, circle, { id: 1n }]) {
      assert.throws(() => new api.Transcript(result), { name: "RingCentralError", code: "invalid_field", field: "result" });
    }
    for (const result of ["", "<html>", '{"segments": [', null, 7, [], { segments: 7 }]) {
      assert.throws(() => new api.Transcript(result).srt(), ({ code }) => ["unexpected_answer", "no_transcript"].includes(code), inspect(result));
    }
  });
});

describe("a callback", () => {
  const read = (body, options) => api.parseCallback(body, options);
  const brief = ({ status, task, jobId, errors }) => [status, task, jobId, errors?.map(({ errorCode }) => errorCode)];
  const STT = ["Success", "speech-to-text", "c8b1bd02-af17-11ee-93fb-0050568c76a9", undefined];
  const SECRET = "https://media.ringcentral.com/x?access_token=S3CRET";

  /** What reading a body throws; nothing of the body is in it. */
  function refused(body, options) {
    try {
      read(body, options);
    } catch (error) {
      assert.ok(error instanceof api.RingCentralError, `${error}`);
      assert.doesNotMatch(printed(error), /S3CRET/);
      return [error.code, error.field ?? error.message.replace("the callback cannot be read: ", "")];
    }
    assert.fail(`it was read: ${inspect(body).slice(0, 99)}`);
  }

  it("is read of every documented payload, and of no other", () => {
    const expected = {
      "analyze-interaction-success-with-emotion-2022": ["Success", "analyze-interaction", undefined, undefined],
      "diarize-success": ["Success", "speaker-diarize", undefined, undefined],
      "fail-contentUri-invalid": ["Fail", undefined, undefined, ["CAI-101"]],
      "fail-punctuate-texts-invalid": ["Fail", undefined, undefined, ["CAI-101"]],
      "job-status-inprogress": ["InProgress", "analyze-interaction", "80800e1a-a663-11ee-b548-0050568ccd07", undefined],
      "job-status-success": ["Success", "analyze-interaction", "80800e1a-a663-11ee-b548-0050568ccd07", undefined],
      "punctuate-success": ["Success", "punctuate", undefined, undefined],
      "recognize-emotion-success": ["Success", undefined, undefined, undefined],
      "stt-success-diarized-2024-01-09": STT,
      "stt-success-no-diarization-2023-09-26": ["Success", "speech-to-text", "c53c06a2-5cbd-11ee-819d-0050568c1bf3", undefined],
      "summarize-success": ["Success", "summarize", undefined, undefined],
    };
    const names = readdirSync(new URL("payloads", import.meta.url)).filter((name) => name.endsWith(".json"));
    assert.ok(names.length > 20);
    for (const name of names.map((name) => name.replace(".json", ""))) {
      const known = expected[name];
      // A job's request holds what a result may hold, and a status that nobody has documented decides nothing.
      if (!known && /^(request|meeting)/.test(name)) continue;
      if (known) assert.deepEqual(brief(read(payload(name))), known, name);
      else assert.deepEqual(refused(payload(name)), ["unreadable_callback", "it says neither how the job stands nor what came of it"], name);
    }
  });

  it("is a text, bytes, or the object that a framework made of it", () => {
    const text = payload("stt-success-diarized-2024-01-09");
    const object = JSON.parse(text);
    const bytes = new TextEncoder().encode(text);
    const little = Buffer.from(text, "utf16le");
    const padded = new Uint8Array(bytes.length + 9);
    padded.set(bytes, 4);
    const bodies = [
      text,
      `\ufeff${text}`,
      bytes,
      bytes.buffer,
      Buffer.from(bytes),
      padded.subarray(4, 4 + bytes.length),
      new DataView(bytes.buffer),
      Buffer.concat([Buffer.from("\ufeff"), bytes]),
      little,
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(little).swap16(),
      Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
      object,
    ];
    for (const [at, body] of bodies.entries()) {
      const callback = read(body, { names: { 0: "Ann" } });
      assert.deepEqual(brief(callback), STT, `${at}`);
      assert.deepEqual([callback.raw, callback.response], [object, object.response], `${at}`);
      assert.equal(callback.transcript.srt(), new api.Transcript(object, { 0: "Ann" }).srt(), `${at}`);
    }
    assert.equal(read(object).raw, object);
  });

  it("is of the task that it names, else of the one that is given, else of the one whose fields it has", () => {
    const identified = { utterances: [{ speakerId: "59586", start: 0, end: 2 }] };
    const bare = read(identified);
    assert.deepEqual([brief(bare), bare.response, bare.raw], [["Success", "speaker-identify", undefined, undefined], identified, identified]);
    assert.throws(() => bare.transcript.text(), { code: "no_transcript" });
    assert.equal(read(identified, { task: "speaker-diarize" }).task, "speaker-diarize");
    assert.equal(read({ api: "/ai/text/v1/async/summarize", response: {}, status: "Success" }, { task: "punctuate" }).task, "summarize");
    assert.equal(read({ status: "InProgress" }, { task: "punctuate" }).task, "punctuate");
    const other = read({ api: "/ai/v9/translate", status: "Success", response: ["x"] });
    assert.deepEqual([brief(other), other.response], [["Success", undefined, undefined, undefined], ["x"]]);
    assert.deepEqual(refused({ status: "Fail" }, { task: "transcribe" }), ["invalid_field", "task"]);
  });

  it("is read as leniently as the Worker reads it", () => {
    const response = { transcript: "hi", words: [{ word: "hi", start: 0, end: 1 }] };
    for (const status of ["Success", "success", "Completed", "Failed", 7, null, undefined]) {
      const callback = read({ status, response, jobId: 7 });
      assert.deepEqual([brief(callback), callback.transcript.text()], [["Success", "speech-to-text", "7", undefined], "hi\n"], `${status}`);
    }
    for (const body of [{ status: "error" }, { status: "Fail", response: 7 }, { status: "Done", errors: [{}] }]) assert.equal(read(body).status, "Fail");
    assert.deepEqual(read({ status: "Queued" }), { status: "InProgress", raw: { status: "Queued" } });
    const odd = String.raw`{"status":"Success","response":{"transcript":"h\ud83di` + "\u0001\n" + String.raw`","words":[{"word":"h\ud83di","start":NaN,"confidence":-Infinity}]}}`;
    const { raw, transcript } = read(odd);
    assert.deepEqual([raw.response.words[0], transcript.text()], [{ word: "h\ufffdi", start: null, confidence: null }, "h\ufffdi\n"]);
    assert.equal(read('{"status":"Success","response":{"transcript":"h\ud83di"}}').transcript.text(), "h\ufffdi\n");
    const latin = Buffer.from('{"status":"Success","response":{"transcript":"na\u00efve"}}', "latin1");
    assert.equal(read(latin).response.transcript, "na\ufffdve");
  });

  it("that is a Fail says why, without an address's query", () => {
    const { errors, raw } = read({ status: "Fail", response: { errors: [{ errorCode: "CAI-101", message: `no ${SECRET}`, parameterName: "contentUri" }] } });
    assert.deepEqual(errors, [{ errorCode: "CAI-101", message: "no https://media.ringcentral.com/[secret]", parameterName: "contentUri" }]);
    assert.match(raw.response.errors[0].message, /S3CRET/);
    assert.deepEqual(read({ status: "Fail", response: null }).errors, []);
  });

  it("that cannot be read says what is wrong, and the next one is read", () => {
    const unreadable = (reason) => ["unreadable_callback", reason];
    const [notJson, notObject, says] = ["it is not JSON, or only a part of it", "it is not a JSON object", "it says neither how the job stands nor what came of it"];
    const text = payload("stt-success-diarized-2024-01-09");
    const deep = (open, depth) => `{"status":"Success","response":${open.repeat(depth)}`;
    for (const [body, expected] of [
      ["", unreadable("it is empty")],
      [" ".repeat(10_000_000), unreadable("it is empty")],
      [new ArrayBuffer(10_000_000), unreadable(notObject)],
      [`<html><p>S3CRET${"x".repeat(999)}</html>`, unreadable(notObject)],
      ["<html><style>p { color: red }</style>", unreadable(notJson)],
      ["null", unreadable(notObject)],
      ["7", unreadable(notObject)],
      ['["S3CRET"]', unreadable(notObject)],
      [["S3CRET"], unreadable(notObject)],
      ['"S3CRET"', unreadable(notObject)],
      ["{}", unreadable(says)],
      [{}, unreadable(says)],
      [{ response: { S3CRET: 1 } }, unreadable(says)],
      [{ status: { S3CRET: 1 } }, unreadable(says)],
      [{ api: "/ai/text/v1/async/summarize", status: "Success", response: "S3CRET" }, unreadable("response is not an object")],
      [{ api: "/ai/text/v1/async/summarize", status: "Success" }, unreadable("response is not an object")],
      [deep("[", 1_000_000), unreadable(notJson)],
      [deep('{"a":', 1_000_000), unreadable(notJson)],
      [`${deep("[", 500)}${"]".repeat(500)},"a":NaN}`, unreadable("it is nested too deeply")],
      ["x".repeat(25 * 2 ** 20 + 1), unreadable("it is larger than 25 MiB")],
      [new Uint8Array(25 * 2 ** 20 + 1), unreadable("it is larger than 25 MiB")],
      [Buffer.from([0x1f, 0x8b, 8, 0]), ["invalid_field", "body"]],
      [undefined, ["invalid_field", "body"]],
      [null, ["invalid_field", "body"]],
      [7, ["invalid_field", "body"]],
      [() => text, ["invalid_field", "body"]],
      [{ status: "Success", id: 1n }, ["invalid_field", "body"]],
      [Promise.resolve(text), ["invalid_field", "body"]],
      [new Response(text), ["invalid_field", "body"]],
    ]) {
      assert.deepEqual(refused(body), expected, inspect(body).slice(0, 99));
      assert.equal(read({ status: "InProgress" }).status, "InProgress");
    }
    for (const end of [1, 2, 20, 300, 1500, text.length - 3]) assert.deepEqual(refused(text.slice(0, end)), unreadable(notJson), `${end}`);
  });

  it("may be nested as deeply as it likes where nobody looks", () => {
    const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const { status, transcript } = read(`{"status":"Success","more":${nested},"response":{"transcript":"hi","more":${nested}}}`);
    assert.deepEqual([status, transcript.text()], ["Success", "hi\n"]);
  });
});
