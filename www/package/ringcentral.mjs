import { client } from "./cores.mjs";
import { items } from "./pages.mjs";
import { ContentUri, write } from "./secret-url.mjs";

/** RingCentral, seen by one user. */
export class RingCentral {
  #run;

  constructor(options) {
    this.#run = client.caller(({ RingCentral: Session }) => new Session(write(options)));
  }

  static async login({ accessToken, ...credentials }, { signal } = {}) {
    const rc = new RingCentral(credentials); // The core would take up a token instead of logging in.
    await rc.#run((session) => session.login(signal));
    return rc;
  }

  static fromToken({ accessToken = "", server, mediaHosts }) {
    return new RingCentral({ accessToken, server, mediaHosts });
  }

  async logout({ signal } = {}) {
    await this.#run((session) => session.logout(signal));
  }

  recordings(filters) {
    return items(filters, (query, signal) => this.#run((session) => session.recordings(query, signal)));
  }

  async contentUri(recording, { signal } = {}) {
    const address = String(recording?.contentUri ?? recording);
    return new ContentUri(await this.#run((session) => session.contentUri(address, signal)));
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

  jobStatus(jobId, { signal } = {}) {
    return this.#run((session) => session.jobStatus(String(jobId), signal));
  }

  async #submit(task, fields, { signal } = {}) {
    const text = write(fields);
    return this.#run((session) => session.submit(task, text, signal));
  }
}
