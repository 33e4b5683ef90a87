import { writeTranscript } from "./core.js";
import { ask } from "./run.mjs";

/** The words of a result. */
export class Transcript {
  #result;

  constructor(result) {
    this.#result = typeof result === "string" ? result : JSON.stringify(result);
  }

  get segments() {
    return JSON.parse(this.json()).segments;
  }

  text() {
    return this.#write("txt");
  }

  srt() {
    return this.#write("srt");
  }

  vtt() {
    return this.#write("vtt");
  }

  json() {
    return this.#write("json");
  }

  #write(format) {
    return ask(() => writeTranscript(this.#result, format));
  }
}
