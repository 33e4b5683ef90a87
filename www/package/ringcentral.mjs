import { RingCentral as Session } from "./core.js";
import { items } from "./pages.mjs";
import { parse, run } from "./run.mjs";
import { ContentUri, write } from "./secret-url.mjs";

/** RingCentral, seen by one user. */
export class RingCentral {
  #session;

  constructor(options) {
    let session;
    this.#session = () => (session ??= new Session(write(options)));
  }

  static async login({ clientId, clientSecret, jwt, server, mediaHosts }, options) {
    const rc = new RingCentral({ clientId, clientSecret, jwt, server, mediaHosts });
    await rc.#run((session) => session.login(), options);
    return rc;
  }

  static fromToken({ accessToken = "", server, mediaHosts }) {
    return new RingCentral({ accessToken, server, mediaHosts });
  }

  recordings(filters) {
    return items(filters, (query, options) => this.#run((session) => session.recordings(query), options));
  }

  async contentUri(recording, options) {
    const address = String(recording?.contentUri ?? recording);
    return new ContentUri(parse(await this.#run((session) => session.contentUri(address), options)));
  }

  speechToText(fields, options) {
    return this.#submit("speech-to-text", fields, options);
  }

  speakerDiarize(fields, options) {
    return this.#submit("speaker-diarize", fields, options);
  }

  speakerIdentify(fields, options) {
    return this.#submit("speaker-identify", fields, options);
  }

  analyzeInteraction(fields, options) {
    return this.#submit("analyze-interaction", fields, options);
  }

  punctuate(fields, options) {
    return this.#submit("punctuate", fields, options);
  }

  summarize(fields, options) {
    return this.#submit("summarize", fields, options);
  }

  async jobStatus(jobId, options) {
    return parse(await this.#run((session) => session.jobStatus(String(jobId)), options));
  }

  async #submit(task, fields, options) {
    const text = write(fields);
    return parse(await this.#run((session) => session.submit(task, text), options));
  }

  #run(begin, options) {
    return run(() => begin(this.#session()), options);
  }
}
