// Levels of what tells none before it is decoded: the furthest sample of each stretch. Packets are taken as fast as the browser decodes them.
import { isPutTogether, putTogether } from "./opus-packets.js";

const STRETCH_S = 0.05;
/** Packets that come later than this, and than so many times as far apart as others, come after a silence in which none was sent. */
const [GAP_S, GAP_TIMES] = [0.25, 2];
const QUEUED_MAX = 64;
/** No recording is silent until then: who says so is not believed. */
const LATEST_S = 7 * 86_400;

/** Whether this browser decodes it. @param {AudioDecoderConfig} config */
export async function isDecoded(config) {
  if (typeof AudioDecoder === "undefined") return false;
  return AudioDecoder.isConfigSupported(config).then(
    ({ supported }) => Boolean(supported),
    () => false,
  );
}

/** @param {import("./codecs.js").Sound} sound @param {import("./levels.js").Levels} levels */
export async function decodeLevels({ config, packets }, levels) {
  const stretches = new Stretches(levels);
  let goOn = () => {};
  /** @type {unknown} */
  let failure;
  /** @param {unknown} error */
  const fail = (error) => {
    failure ??= error;
    goOn();
  };
  const decoder = new AudioDecoder({
    output: (data) => {
      try {
        stretches.add(data);
      } catch (error) {
        fail(error);
      }
      data.close();
    },
    error: fail,
  });
  decoder.ondequeue = () => goOn();
  decoder.configure(config);
  const silenceBefore = silences();
  for await (const { data, second = 0 } of isPutTogether(config) ? putTogether(packets) : packets) {
    while (!failure && decoder.decodeQueueSize > QUEUED_MAX) await new Promise((resolve) => (goOn = () => resolve(undefined)));
    const untilS = silenceBefore(second);
    if (untilS) {
      await decoder.flush();
      stretches.waitUntil(untilS);
    }
    if (failure) throw failure;
    if (data.length) decoder.decode(new EncodedAudioChunk({ type: "key", timestamp: Math.round(second * 1e6), data }));
  }
  await decoder.flush();
  decoder.close();
  if (failure) throw failure;
  stretches.end();
}

/** What tells, of each packet's time, until when it was silent before it, if so; decoders know of no time but what they have decoded. */
function silences() {
  let [begin, last, apart] = [NaN, NaN, Infinity];
  return (/** @type {number} */ second) => {
    if (Number.isNaN(begin)) begin = second;
    const since = second - last;
    last = second;
    if (since > 0) apart = Math.min(apart, since);
    return since > Math.max(GAP_S, apart * GAP_TIMES) ? second - begin : 0;
  };
}

class Stretches {
  #levels;
  #most = 0;
  #count = 0;
  #secondsDone = 0;
  #samples = new Float32Array();

  /** @param {import("./levels.js").Levels} levels */
  constructor(levels) {
    this.#levels = levels;
  }

  /** @param {AudioData} data */
  add(data) {
    const { numberOfFrames: frames, numberOfChannels: channels, sampleRate } = data;
    const perStretch = Math.max(1, Math.round(sampleRate * STRETCH_S));
    if (this.#samples.length < frames * channels) this.#samples = new Float32Array(frames * channels);
    for (let planeIndex = 0; planeIndex < channels; planeIndex += 1) {
      data.copyTo(this.#samples.subarray(planeIndex * frames, (planeIndex + 1) * frames), { planeIndex, format: "f32-planar" });
    }
    for (let from = 0; from < frames;) {
      const to = Math.min(frames, from + perStretch - this.#count);
      for (let channel = 0; channel < channels; channel += 1) this.#look(channel * frames + from, channel * frames + to);
      this.#count += to - from;
      from = to;
      if (this.#count >= perStretch) this.end();
    }
  }

  /** @param {number} from @param {number} to */
  #look(from, to) {
    for (let at = from; at < to; at += 1) {
      const far = Math.abs(this.#samples[at] ?? 0);
      if (far > this.#most) this.#most = far;
    }
  }

  end() {
    if (!this.#count) return;
    this.#levels.add(Math.min(1, this.#most), STRETCH_S);
    this.#secondsDone += STRETCH_S;
    [this.#most, this.#count] = [0, 0];
  }

  /** It is silent until then. @param {number} second */
  waitUntil(second) {
    if (second > LATEST_S) throw new RangeError("too long");
    for (this.end(); this.#secondsDone + STRETCH_S <= second; this.#secondsDone += STRETCH_S) this.#levels.add(0, STRETCH_S);
  }
}
