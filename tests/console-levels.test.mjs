// How loud a recording is, told while it streams: as it is in the console's worker, in Chromium, and what reads containers without one.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Bytes } from "../www/console/player/bytes.js";
import { Levels } from "../www/console/player/levels.js";
import { readLevels } from "../www/console/player/media-levels.js";
import { openFlac } from "../www/console/player/flac.js";
import { openMp4 } from "../www/console/player/mp4.js";
import { openOgg } from "../www/console/player/ogg.js";
import { putTogether } from "../www/console/player/opus-packets.js";
import { openWebm } from "../www/console/player/webm.js";
import { wav } from "./support/audio.mjs";
import { startBrowser } from "./support/browser.mjs";
import { startServer } from "./support/http.mjs";
import { ROOT } from "./support/services.mjs";

const ASSETS = join(ROOT, "dist/console/assets");
const WORKER = readdirSync(ASSETS).find((name) => name.startsWith("peaks-worker"));
const format = (name) => readFileSync(join(ROOT, `tests/sandbox/tests/formats/${name}`));
const sandboxed = (name) => readFileSync(join(ROOT, `tests/sandbox/media/${name}`));
const MP3 = sandboxed("support-call.mp3");
const MP3_S = 83.4;

/** What is asked for under `/media` is answered with these, by ranges if they are to be had. */
let media;
let server;
let browser;
let tab;

before(async () => {
  const policy = /Content-Security-Policy: (.*)/.exec(readFileSync(join(ROOT, "dist/console/_headers"), "utf8"))[1];
  server = await startServer(({ path, headers }) => {
    if (path === "/worker.js") return { headers: { "content-type": "text/javascript", "content-security-policy": policy }, body: readFileSync(join(ASSETS, WORKER)) };
    if (path !== "/media") return { headers: { "content-type": "text/html", "content-security-policy": policy }, body: "<!doctype html><title>levels</title>" };
    const [, from] = (media.hasRanges && /bytes=(\d+)-$/.exec(headers.range ?? "")) || [];
    if (!from) return { headers: { "content-type": "audio/any" }, body: media.bytes };
    const { bytes } = media;
    return { status: 206, headers: { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` }, body: bytes.subarray(Number(from)) };
  });
  browser = await startBrowser();
  tab = await browser.newPage();
  await tab.goto(server.url);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** What the console's worker tells of a recording at an address, or of a file of the page's: `{values, seconds, isWhole, ranges}`. */
async function told(bytes, { hasRanges = true, isFile = false } = {}) {
  media = { bytes, hasRanges };
  const before = server.requests.length;
  const found = await tab.evaluate(async (isFile) => {
    const source = isFile ? new File([await (await fetch("/media")).blob()], "a") : new URL("/media", location.href).href;
    const worker = new Worker("/worker.js", { type: "module" });
    const all = [];
    await new Promise((resolve) => {
      worker.onmessage = ({ data }) => (all.push(data), data.isDone && resolve());
      worker.postMessage(source);
    });
    worker.terminate();
    const last = all.findLast(({ values }) => values);
    return { values: [...(last?.values ?? [])], seconds: last?.seconds, isWhole: Boolean(all.at(-1).values) };
  }, isFile);
  const asked = server.requests.slice(before + (isFile ? 1 : 0)).filter(({ path }) => path === "/media");
  return { ...found, ranges: asked.map(({ headers }) => headers.range) };
}

/** Each piece as a stream would bring it; a page's decoders are not there. */
async function read(bytes, piece = 65_536, behind = async (from) => new Bytes(new Blob([bytes.subarray(from)]).stream())) {
  const levels = new Levels();
  const from = new Bytes(streamOf(bytes, piece));
  const has = await readLevels(from, behind, levels);
  return { has, place: from.place, ...levels.peaks() };
}

function streamOf(bytes, piece) {
  let at = 0;
  return new ReadableStream({
    pull(stream) {
      if (at >= bytes.length) return stream.close();
      stream.enqueue(new Uint8Array(bytes.subarray(at, (at += piece))));
    },
  });
}

setFlagsFromString("--expose-gc");
/** Lets go of what nobody holds. */
const collect = runInNewContext("gc");

const mean = (all) => all.reduce((sum, value) => sum + value, 0) / all.length;

/** How high the peaks are from one second to another. */
const height = ({ values, seconds }, from, to) => mean(values.slice(...[from, to].map((second) => Math.round((second / seconds) * values.length))));

/** How high the peaks are where words are said, and where nobody says one for a while. */
function heights({ values, seconds }, name) {
  const said = JSON.parse(sandboxed(`${name}.words.json`)).utterances.flatMap(({ words }) => words);
  const at = (second) => values[Math.floor((second / seconds) * values.length)];
  const pauses = said.slice(1).flatMap(({ start }, index) => (start - said[index].end > 0.4 ? [(start + said[index].end) / 2] : []));
  return { spoken: mean(said.map(({ start, end }) => at((start + end) / 2))), silent: mean(pauses.map(at)) };
}

/** These files are loud from 1 to 2.5 seconds in the left channel, from 3 to 3.6 in the right one, and silent else. */
function assertLoudWhereItIs(found, name) {
  assert.ok(found.isWhole && Math.abs(found.seconds - 4) < 0.15, `${name} ${found.seconds}`);
  const loud = [height(found, 1.1, 2.4), height(found, 3.1, 3.5)];
  const silent = [height(found, 0, 0.85), height(found, 2.65, 2.85), height(found, 3.8, 3.95)];
  assert.ok(Math.min(...loud) > 150 && Math.max(...silent) < 25, `${name}: ${loud} ${silent}`);
}

for (const name of ["opus.ogg", "opus.webm", "opus.mp4", "vorbis.ogg", "vorbis.webm", "vorbis.mkv", "flac.flac"]) {
  it(`${name} is decoded by the browser: levels are high where it is loud, and nowhere else`, async () => {
    assertLoudWhereItIs(await told(format(name)), name);
    assertLoudWhereItIs(await told(format(name), { isFile: true }), `${name}, a file`);
  });
}

it("fragments of MP4 are read as they come", async () => {
  // ffmpeg -i opus.mp4 -c:a libopus -b:a 8k -movflags frag_keyframe+empty_moov+default_base_moof -frag_duration 500000 opus-fragments.mp4
  const found = await told(readFileSync(join(ROOT, "tests/levels/opus-fragments.mp4")));
  assertLoudWhereItIs(found, "fragments");
  assert.deepEqual(found.ranges, [undefined]);
});

/** The packets that a container holds. */
async function all(open, bytes) {
  const { config, packets } = await open(new Bytes(streamOf(bytes, 777)));
  const found = [];
  for await (const packet of packets) found.push(packet);
  return { config, packets: found };
}

const number = (value, bytes) => Buffer.from(Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) & 255));

/** A page of Ogg's. */
const page = (serial, flags, body, laces) => Buffer.concat([Buffer.from(["OggS", "\0", String.fromCharCode(flags), "\0".repeat(8)].join(""), "latin1"), number(serial, 4), Buffer.alloc(8), Buffer.from([laces.length, ...laces]), body]);

/** Packets in Ogg, each cut in the middle of its first 255 bytes' end, beside a stream of something else. */
function ogg(packets) {
  const pages = packets.flatMap((packet) => {
    const laces = [...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255];
    if (laces.length === 1) return [page(1, 0, packet, laces)];
    return [page(1, 0, packet.subarray(0, 255), [255]), page(2, 0, Buffer.from("something else"), [14]), page(1, 1, packet.subarray(255), laces.slice(1))];
  });
  return Buffer.concat([page(2, 2, Buffer.from("fishead"), [7]), ...pages]);
}

it("FLAC in Ogg, its packets in pieces and another stream among them", async () => {
  const { config, packets } = await all(openFlac, format("flac.flac"));
  const head = Buffer.concat([Buffer.from("\x7fFLAC\x01\0\0\x01", "latin1"), config.description]);
  const bytes = ogg([head, Buffer.from([0x84, 0, 0, 0]), ...packets.map(({ data }) => data)]);
  const read = await all(openOgg, bytes);
  assert.deepEqual(read, { config, packets });
  assertLoudWhereItIs(await told(bytes), "FLAC in Ogg");
});

it("what only looks as if a frame of FLAC began is none", async () => {
  const { packets } = await all(openFlac, format("flac.flac"));
  const frames = packets.map(({ data }) => Buffer.from(data));
  const bytes = format("flac.flac");
  frames[5] = Buffer.concat([frames[5].subarray(0, 100), frames[2].subarray(0, 40), frames[5].subarray(100)]);
  const read = await all(openFlac, Buffer.concat([bytes.subarray(0, bytes.indexOf(frames[0])), ...frames]));
  assert.deepEqual(read.packets.map(({ data }) => Buffer.from(data)), frames);
});

const size = (value) => (value < 127 ? Buffer.from([0x80 | value]) : number(2 ** 28 + value, 4));
const element = (id, content) => Buffer.concat([Buffer.from(id, "hex"), size(content.length), content]);

/** Packets of Matroska, several a block, as its ways to say where one ends have it. */
const LACED = {
  Xiph: [2, (lengths) => Buffer.from(lengths.slice(0, -1).flatMap((length) => [...Array(Math.floor(length / 255)).fill(255), length % 255]))],
  fixed: [4, () => Buffer.alloc(0)],
  EBML: [6, (lengths) => Buffer.concat(lengths.slice(0, -1).map((length, index) => number(index ? 2 ** 14 + 8191 + length - lengths[index - 1] : 2 ** 14 + length, 2)))],
};

for (const [name, [flag, lengthsOf]] of Object.entries(LACED)) {
  it(`several packets of a block of Matroska are told apart: ${name}`, async () => {
    const bytes = format("opus.webm");
    const head = bytes.subarray(0, bytes.indexOf(Buffer.from("1f43b675", "hex")));
    const packets = Array.from({ length: 12 }, (_, index) => Buffer.alloc(flag === 4 ? 300 : 200 + 37 * (index % 5), index + 1));
    const blocks = [0, 4, 8].map((from) => {
      const group = packets.slice(from, from + 4);
      return element("a3", Buffer.concat([Buffer.from([0x81, 0, from, flag, group.length - 1]), lengthsOf(group.map(({ length }) => length)), ...group]));
    });
    const read = await all(openWebm, Buffer.concat([head, Buffer.from("1f43b67501ffffffffffffff", "hex"), element("e7", Buffer.from([100])), ...blocks]));
    assert.deepEqual(read.packets.map(({ data }) => Buffer.from(data)), packets);
    assert.deepEqual(read.packets.map(({ second }) => Math.round(second * 1000)), [0, 4, 8].flatMap((from) => Array(4).fill(100 + from)));
  });
}

it("what was not sent while it was silent is silent", async () => {
  const bytes = Buffer.from(format("opus.webm"));
  const from = bytes.indexOf(Buffer.from("1f43b675", "hex"));
  let left = 0;
  // Blocks of the second half second and of what lies between the two voices become nothing.
  for (let at = bytes.indexOf(Buffer.from([0xa3]), from); bytes[at] === 0xa3; ) {
    const length = bytes[at + 1] & 0x80 ? 1 : 2;
    const content = length === 1 ? bytes[at + 1] & 0x7f : bytes.readUInt16BE(at + 1) & 0x3fff;
    const ms = bytes.readInt16BE(at + 1 + length + 1);
    if ((ms > 300 && ms < 900) || (ms > 2600 && ms < 2900)) {
      bytes[at] = 0xec;
      left += 1;
    }
    at += 1 + length + content;
  }
  assert.ok(left > 35, String(left));
  assertLoudWhereItIs(await told(bytes), "a gap");
});

it("packets of Opus are put together up to 120 ms, and not across what was silent", async () => {
  const packet = (kind, second, length = 10) => ({ data: Buffer.alloc(length, kind << 3), second });
  const made = async (packets) => {
    const found = [];
    for await (const { data, second } of putTogether(packets)) found.push([second, data.length, data[0] & 3, data[0] & 3 ? data[1] & 63 : 1]);
    return found;
  };
  const twenty = Array.from({ length: 9 }, (_, index) => packet(1, index * 0.02));
  assert.deepEqual(await made(twenty), [[0, 2 + 5 + 6 * 9, 3, 6], [0.12, 2 + 2 + 3 * 9, 3, 3]]);
  assert.deepEqual(await made([packet(3, 0), packet(3, 0.06), packet(3, 0.12)]), [[0, 2 + 1 + 18, 3, 2], [0.12, 10, 0, 1]]);
  assert.deepEqual(await made([packet(1, 0), packet(1, 1), packet(9, 1.02)]), [[0, 10, 0, 1], [1, 10, 0, 1], [1.02, 10, 0, 1]]);
  const lengths = [1, 252, 253, 254, 255, 256];
  const { value } = await putTogether((async function* () {
    for (const length of lengths) yield packet(1, 0, length);
  })()).next();
  // 251 is said in one byte; from 252 on, the second byte counts fours.
  assert.deepEqual([...value.data.subarray(2, 11)], [0, 251, 252, 0, 253, 0, 254, 0, 1 << 3]);
  assert.equal(value.data.length, 2 + 8 + lengths.reduce((sum, length) => sum + length - 1, 0));
});

it("without a decoder for it there are none, and no more of it is read than its head", async () => {
  for (const name of ["opus.ogg", "opus.webm", "opus.mp4", "vorbis.ogg", "flac.flac"]) {
    const { has, place } = await read(format(name));
    assert.ok(has === false && place < 10_000, `${name} ${place}`);
  }
});

const boxesOf = (bytes) => {
  const boxes = [];
  for (let at = 0; at < bytes.length; at = boxes.at(-1).end) boxes.push({ name: bytes.toString("latin1", at + 4, at + 8), begin: at, end: at + bytes.readUInt32BE(at) });
  return Object.fromEntries(boxes.map(({ name, begin, end }) => [name, bytes.subarray(begin, end)]));
};

/** The table of an MP4 whose chunks lie elsewhere. */
function moved(moov, where) {
  const bytes = Buffer.from(moov);
  for (let table = bytes.indexOf("stco"); table >= 0; table = bytes.indexOf("stco", table + 4)) {
    for (let entry = 0; entry < bytes.readUInt32BE(table + 8); entry += 1) {
      const at = table + 12 + entry * 4;
      bytes.writeUInt32BE(where(bytes.readUInt32BE(at)), at);
    }
  }
  return bytes;
}

/** The same with its table in front. */
function tableFirst(bytes) {
  const { ftyp, moov, mdat } = boxesOf(bytes);
  const free = bytes.indexOf(mdat) - ftyp.length;
  return Buffer.concat([ftyp, moved(moov, (at) => at + moov.length - free), mdat]);
}

/** The same with a length of 64 bits. */
function tableLastAndLong(bytes) {
  const { ftyp, moov, mdat } = boxesOf(bytes);
  const begin = bytes.indexOf(mdat);
  return Buffer.concat([ftyp, longBox("mdat", mdat.length - 8), mdat.subarray(8), moved(moov, (at) => at - begin + ftyp.length + 8)]);
}

function longBox(name, bytes) {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1);
  head.write(name, 4);
  head.writeBigUInt64BE(BigInt(bytes + 16), 8);
  return head;
}

for (const name of ["opus.mp4", "aac.m4a"]) {
  it(`${name}: a table behind the sound is asked for once, by its range; one in front by no request more; levels are the same`, async () => {
    const bytes = format(name);
    const last = await told(bytes);
    const [begin] = [bytes.indexOf(boxesOf(bytes).moov)];
    assert.ok(last.isWhole && last.values.length > 70, JSON.stringify(last));
    assert.deepEqual(last.ranges, [undefined, `bytes=${begin}-`]);
    const long = await told(tableLastAndLong(bytes));
    assert.deepEqual([long.values, long.ranges.length], [last.values, 2]);
    const first = await told(tableFirst(bytes));
    assert.deepEqual([first.values, first.ranges], [last.values, [undefined]]);
    assert.deepEqual((await told(bytes, { isFile: true })).values, last.values);
  });
}

it("a server that gives no ranges, or sound whose end nobody knows before a table: no levels, and the worker says that it is done", async () => {
  const bytes = format("opus.mp4");
  const refused = await told(bytes, { hasRanges: false });
  assert.deepEqual([refused.values, refused.isWhole, refused.ranges.length], [[], false, 2]);
  const endless = Buffer.from(bytes);
  endless.writeUInt32BE(0, bytes.indexOf("mdat") - 4);
  const open = await told(endless);
  assert.deepEqual([open.values, open.ranges], [[], [undefined]]);
  const first = tableFirst(bytes);
  first.writeUInt32BE(0, first.indexOf("mdat") - 4);
  assertLoudWhereItIs(await told(first), "to its end");
});

it("of a film of 400 MB nothing is kept but its table, wherever that stands, and its table is asked for once", async () => {
  const bytes = sandboxed("planning-1.mp4");
  const { ftyp, moov, mdat } = boxesOf(bytes);
  const begin = bytes.indexOf(mdat);
  const middle = mdat.length >> 1;
  const FILLER = 400_000_000;
  const head = Buffer.concat([ftyp, longBox("mdat", mdat.length - 8 + FILLER)]);
  const places = [];
  let most = Infinity;
  collect();
  const { arrayBuffers: before } = process.memoryUsage();
  // A chunk must not lie across the filler: the middle is where one begins.
  const chunks = [];
  moved(moov, (at) => (chunks.push(at), at));
  const from = Math.min(...chunks.filter((at) => at >= begin + middle));
  const place = (at) => ftyp.length + 16 + (at - begin - 8) + (at >= from ? FILLER : 0);
  const parts = (function* () {
    yield head;
    yield bytes.subarray(begin + 8, from);
    for (let left = FILLER; left > 0; left -= 1_000_000) yield new Uint8Array(1_000_000);
    collect();
    most = process.memoryUsage().arrayBuffers - before;
    yield bytes.subarray(from, begin + mdat.length);
  })();
  const stream = new ReadableStream({
    pull(stream) {
      const { done, value } = parts.next();
      if (done) stream.close();
      else stream.enqueue(new Uint8Array(value));
    },
  });
  const levels = new Levels();
  const behind = async (at) => (places.push(at), new Bytes(new Blob([moved(moov, place)]).stream()));
  assert.equal(await readLevels(new Bytes(stream), behind, levels), true);
  assert.deepEqual(places, [head.length + mdat.length - 8 + FILLER]);
  assert.deepEqual(levels.peaks().values, (await read(bytes)).values);
  assert.ok(most < 20_000_000, `${most} bytes are kept`);
});

it("levels of MP3 come without decoding: loud parts are high, silence is flat, 100 MB take seconds", async () => {
  const { values, seconds } = await read(MP3);
  assert.ok(Math.abs(seconds - MP3_S) < 0.2, seconds);
  const { spoken, silent } = heights({ values, seconds }, "support-call");
  assert.ok(spoken > 3 * silent, `${spoken} ${silent}`);
  for (const piece of [100, 3333]) assert.deepEqual((await read(MP3, piece)).values, values);
  const much = Buffer.concat(Array(Math.ceil(1e8 / MP3.length)).fill(MP3));
  const begun = performance.now();
  const { values: most, seconds: all } = await read(much);
  console.log(`# levels of ${much.length} bytes of MP3: ${Math.round(performance.now() - begun)} ms`);
  assert.ok(most.length === 2000 && Math.abs(all / ((MP3_S * much.length) / MP3.length) - 1) < 0.01);
  assert.ok(performance.now() - begun < 20_000);
});

it("levels of AAC come without decoding too, of a film as of what is bare, whatever pieces it comes in", async () => {
  const film = await read(sandboxed("planning-1.mp4"));
  const { spoken, silent } = heights(film, "planning-1");
  assert.ok(Math.abs(film.seconds - 50) < 1.5 && spoken > 2 * silent, `${film.seconds} ${spoken} ${silent}`);
  const [bare, boxed] = [await read(format("aac.aac")), await read(format("aac.m4a"))];
  assert.ok(bare.values.length > 10 && Math.abs(bare.seconds - boxed.seconds) < 0.2, `${bare.seconds} ${boxed.seconds}`);
  assert.ok(new Set(bare.values).size > 5);
  assert.deepEqual([...bare.values.slice(0, 20)], [...boxed.values.slice(0, 20)]);
  for (const piece of [1, 100, 999]) assert.deepEqual([await read(format("aac.aac"), piece), await read(format("aac.m4a"), piece)], [bare, boxed]);
});

it("levels of WAV are its furthest samples, whatever pieces it comes in, and what is before them is not kept", async () => {
  const bytes = wav({ seconds: 4, sample: (_, t) => (t < 2 ? 0.9 : 0.1) * Math.sin(2 * Math.PI * 440 * t) });
  const { values, seconds } = await read(bytes);
  assert.ok(Math.abs(seconds - 4) < 0.1);
  assert.ok(values[10] === 255 && values.at(-10) > 40 && values.at(-10) < 100, values.at(-10));
  const note = Buffer.alloc(8 + 10_000);
  note.write("LIST");
  note.writeUInt32LE(10_000, 4);
  const noted = Buffer.concat([bytes.subarray(0, 36), note, bytes.subarray(36)]);
  for (const piece of [7, 999]) assert.deepEqual([(await read(bytes, piece)).values, (await read(noted, piece)).values], [values, values]);
  assert.equal((await read(Buffer.from("RIFF????WAVEjunk"))).values.length, 0);
});

it("however many levels come, they take no more memory, and each stays where it was", () => {
  const levels = new Levels();
  for (let second = 0; second < 3_000_000; second += 1) levels.add(second < 2_000_000 ? 0.1 : 1, 1);
  const { values, seconds } = levels.peaks();
  assert.ok(values.length === 2000 && Math.abs(seconds - 3_000_000) < 1);
  assert.ok(Math.abs(values.indexOf(255) - 1333) <= 1 && values[1300] < 100 && values[1999] === 255, values.indexOf(255));
});

/** The same chances in each run. */
function chances(seed) {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** What somebody damaged: cut off, or with other bytes here and there, the first ones most. */
function damaged(bytes, chance) {
  const made = Buffer.from(bytes.subarray(0, chance() < 0.3 ? Math.floor(chance() * bytes.length) : bytes.length));
  for (let times = Math.floor(chance() * 12); times > 0 && made.length > 12; times -= 1) {
    const at = Math.floor(12 + chance() ** 3 * (made.length - 12));
    made.fill(chance() < 0.5 ? 0xff : Math.floor(chance() * 256), at, Math.min(made.length, at + 1 + Math.floor(chance() * 4)));
  }
  return made;
}

const CONTAINERS = { "opus.ogg": openOgg, "vorbis.ogg": openOgg, "opus.webm": openWebm, "vorbis.mkv": openWebm, "opus.mp4": openMp4, "aac.m4a": openMp4, "flac.flac": openFlac };

/** How many packets are found; of what is no such file none, of one that is cut off those that are there. */
async function packetsOf(open, bytes) {
  let count = 0;
  try {
    const sound = await open(new Bytes(streamOf(bytes, 65_536)), async (from) => new Bytes(new Blob([bytes.subarray(from)]).stream()));
    if (sound) for await (const { data } of sound.packets) count += data.length >= 0 ? 1 : 0;
  } catch (error) {
    assert.ok(error instanceof RangeError, error);
  }
  return count;
}

it("whatever is damaged ends, and has no more packets than bytes", { timeout: 120_000 }, async () => {
  const chance = chances(7);
  for (const [name, open] of Object.entries(CONTAINERS)) {
    const whole = await packetsOf(open, format(name));
    assert.ok(whole >= 30, `${name} ${whole}`);
    for (let times = 0; times < 300; times += 1) {
      const bytes = damaged(format(name), chance);
      assert.ok((await packetsOf(open, bytes)) <= bytes.length, name);
    }
  }
});

it("in the browser too, and the worker says that it is done", { timeout: 120_000 }, async () => {
  const chance = chances(11);
  for (const name of Object.keys(CONTAINERS)) {
    for (let times = 0; times < 12; times += 1) {
      const { values } = await told(damaged(format(name), chance));
      assert.ok(values.length <= 2000, name);
    }
  }
});

it("a silence of a thousand years is not believed", async () => {
  const bytes = format("opus.webm");
  const late = Buffer.concat([Buffer.from("1f43b67501ffffffffffffffe788", "hex"), number(2 ** 45, 8), element("a3", Buffer.from([0x81, 0, 0, 0x80, 0xfc, 0xff, 0xfe]))]);
  const { seconds, isWhole } = await told(Buffer.concat([bytes, late]));
  assert.ok(!isWhole && !(seconds > 5), String(seconds));
});

it("lies are not believed: sizes, counts, depths", { timeout: 60_000 }, async () => {
  const { arrayBuffers: before } = process.memoryUsage();
  const many = (bytes, times) => Buffer.concat(Array(times).fill(bytes));
  const webm = Buffer.from("1a45dfa380", "hex");
  const huge = Buffer.from(format("opus.webm"));
  huge.fill(0xff, huge.indexOf(Buffer.from("63a2", "hex")) + 2, huge.indexOf(Buffer.from("63a2", "hex")) + 3);
  const frames = tableFirst(format("aac.m4a"));
  const sizes = frames.indexOf("stsz");
  frames.writeUInt32BE(1, sizes + 8); // each has one byte
  frames.writeUInt32BE(0xffff_ffff, sizes + 12);
  frames.writeUInt32BE(0xffff_ffff, frames.indexOf("stsc") + 16);
  const table = Buffer.from(frames);
  table.writeUInt32BE(0, sizes + 8);
  const long = Buffer.from(frames);
  long.writeUInt32BE(0x7fff_ffff, long.indexOf("moov") - 4);
  const pages = many(Buffer.concat([Buffer.from("OggS\0\x01"), Buffer.alloc(20), Buffer.from([255]), Buffer.alloc(255, 255), Buffer.alloc(255 * 255)]), 1500);
  const head = format("opus.ogg").subarray(0, 47);
  head.copy(pages, 0, 0, 47);
  const lies = { nested: [openWebm, many(Buffer.from("1853806701ffffffffffffff", "hex"), 1e5)], tracks: [openWebm, many(Buffer.from("ae80", "hex"), 1e6)], heads: [openWebm, huge], void: [openWebm, Buffer.concat([webm, element("ec", Buffer.alloc(10)), Buffer.from("ec01fffffffffffff0", "hex")])], frames: [openMp4, frames], table: [openMp4, table], long: [openMp4, long], boxes: [openMp4, many(Buffer.from("\0\0\0\x08moov"), 1e5)], packet: [openOgg, pages], zeros: [openMp4, Buffer.alloc(1e6)] };
  for (const [name, [open, bytes]] of Object.entries(lies)) {
    const begun = performance.now();
    const count = await packetsOf(open, bytes);
    const { arrayBuffers } = process.memoryUsage();
    assert.ok(count <= bytes.length && performance.now() - begun < 10_000, `${name} ${count}`);
    assert.ok(arrayBuffers - before < 400_000_000, `${name}: ${arrayBuffers} bytes`);
  }
});
