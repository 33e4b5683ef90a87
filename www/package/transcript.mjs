import { results } from "./results.mjs";
import { jsonOf } from "./invalid.mjs";

/** The words of a result. */
export class Transcript {
  #source;
  #names;
  #segments;

  constructor(result, names) {
    this.#source = typeof result === "string" ? result : jsonOf(result, "result");
    this.#names = jsonOf(names ?? {}, "names");
    // An own property: what structuredClone, JSON.stringify and whoever shows a value see. Without words there is none; the methods say why.
    if (mayHaveWords(this.#source)) Object.defineProperty(this, "segments", { ...SEGMENTS, enumerable: true });
  }

  get segments() {
    return (this.#segments ??= JSON.parse(this.json()).segments);
  }

  text(options) {
    return this.#write("txt", options);
  }

  srt(options) {
    return this.#write("srt", options);
  }

  vtt(options) {
    return this.#write("vtt", options);
  }

  json() {
    return this.#write("json");
  }

  talkTime() {
    return results.ask(({ talkTime }) => talkTime(this.segments));
  }

  bySpeaker(speaker) {
    return new Transcript({ segments: this.segments.filter((segment) => segment.speaker === speaker) });
  }

  slice(options = {}) {
    return new Transcript(this.#write("json", {}, options));
  }

  search(query, options) {
    return results.ask(({ search }) => search(this.segments, query, options));
  }

  #write(format, options = {}, slice = {}) {
    // JSON has no Infinity: what goes on to there goes on to the end.
    const part = jsonOf(slice, "options", (_, value) => (value === Infinity ? undefined : value));
    const chosen = jsonOf(options, "options");
    return results.ask(({ writeTranscript }) => writeTranscript(this.#source, format, chosen, this.#names, part));
  }
}

/** Before the core is loaded nobody knows. */
function mayHaveWords(source) {
  try {
    return results.ask(({ hasTranscript }) => hasTranscript(source));
  } catch {
    return true;
  }
}

const SEGMENTS = Object.getOwnPropertyDescriptor(Transcript.prototype, "segments");
