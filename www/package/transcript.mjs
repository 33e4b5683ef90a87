import { results } from "./cores.mjs";

/** The words of a result. */
export class Transcript {
  #result;
  #names;

  constructor(result, names = {}) {
    this.#result = typeof result === "string" ? result : JSON.stringify(result);
    this.#names = JSON.stringify(names);
  }

  get segments() {
    return JSON.parse(this.json()).segments;
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

  #write(format, options = {}) {
    return results.ask(({ writeTranscript }) => writeTranscript(this.#result, format, JSON.stringify(options), this.#names));
  }
}
