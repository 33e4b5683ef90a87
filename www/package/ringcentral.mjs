import { RingCentral as Session } from "./core.js";
import { items } from "./pages.mjs";
import { run } from "./run.mjs";
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
    await rc.#run((session, signal) => session.login(signal), options);
    return rc;
  }

  static fromToken({ accessToken = "", server, mediaHosts }) {
    return new RingCentral({ accessToken, server, mediaHosts });
  }

  async logout(options) {
    await this.#run((session, signal) => session.logout(signal), options);
  }

  recordings(filters) {
    return items(filters, (query, options) => this.#run((session, signal) => session.recordings(query, signal), options));
  }

  async contentUri(recording, options) {
    const address = String(recording?.contentUri ?? recording);
    return new ContentUri(await this.#run((session, signal) => session.contentUri(address, signal), options));
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
    return await this.#run((session, signal) => session.jobStatus(String(jobId), signal), options);
  }

  async #submit(task, fields, options) {
    const text = write(fields);
    return await this.#run((session, signal) => session.submit(task, text, signal), options);
  }

  #run(begin, options) {
    return run((signal) => begin(this.#session(), signal), options);
  }
}
