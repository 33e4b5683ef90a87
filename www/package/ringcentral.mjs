import { client } from "./client.mjs";
import { How } from "./how.mjs";
import { textOf } from "./invalid.mjs";
import { items } from "./pages.mjs";
import { ready } from "./ready.mjs";
import { results } from "./results.mjs";
import { ContentUri, write } from "./secret-url.mjs";
import { SubmittedJob } from "./submitted-job.mjs";
import { Supply } from "./supply.mjs";

/** What signs users in is loaded with the first of them. */
const signIn = () => import("./sign-in.mjs");
/** What enrolls speakers, with the first of them. */
const enrolling = () => import("./enrollments.mjs");

/** RingCentral's FAQ: a job takes half an hour at most, so its media is fetched within that. */
const FETCHED_WITHIN_MS = 1_800_000;

/** RingCentral, seen by one user. */
export class RingCentral {
  #session;
  #how;

  /** A session that several clients share: the core's, where RingCentral is, what gives it tokens, and where it is kept. */
  constructor(session, how) {
    this.#session = session;
    this.#how = how;
  }

  static async login(given, options) {
    const { accessToken, ...credentials } = given ?? {};
    const rc = RingCentral.#open(credentials, { isOurs: true }); // The core would take up a token instead of logging in.
    await rc.#ask((session, how) => session.login(how), options);
    return rc;
  }

  static fromToken(given) {
    const { accessToken = "", ...options } = given ?? {};
    if (typeof accessToken !== "function") return RingCentral.#open({ accessToken, ...options });
    return RingCentral.#open({ isSupplied: true, ...options }, { supply: new Supply(() => supplied(accessToken)) });
  }

  static async loginUrl(login) {
    const { begin } = await signIn();
    return { url: await RingCentral.#open({ isSupplied: true, ...login }).#run((session) => begin(session, login ?? {})) };
  }

  static async finishLogin(cameBackTo, options) {
    const { isPopup } = await signIn();
    if (isPopup(cameBackTo)) return new Promise(() => {}); // This window closes.
    return RingCentral.#signedIn(cameBackTo, options);
  }

  static async loginPopup(login, options) {
    const popup = globalThis.open?.("about:blank", "_blank", "popup,width=500,height=700"); // At once: a later one would be blocked.
    const { begin, blocked, cameBack } = await signIn();
    if (!popup) throw blocked();
    try {
      const url = await RingCentral.#open({ isSupplied: true, ...login }).#run((session) => begin(session, login ?? {}, true));
      const comesBack = cameBack(url, options?.signal);
      popup.location.href = url;
      return await RingCentral.#signedIn(await comesBack, { ...login, ...options });
    } catch (error) {
      popup.close();
      throw error;
    }
  }

  static async restore(given) {
    const { clientId, storage, ...options } = given ?? {};
    const { Kept } = await signIn();
    const kept = new Kept(clientId, storage, new How(options));
    const found = await kept.read();
    return found && RingCentral.#keeping(kept, found, options);
  }

  withOptions(options) {
    return new RingCentral(this.#session, this.#how.with(options));
  }

  async logout(options) {
    const { kept, supply } = this.#session;
    supply?.end();
    await this.#run((session) => (kept ? kept.end(session, this.#how.of(options)) : session.logout(this.#how.of(options))));
  }

  recordings(filters) {
    return items(filters, async (query, options) => {
      await ready();
      const target = results.ask(({ recordingsTarget }) => recordingsTarget(query));
      const answer = await this.#ask((session, how) => session.listPage(target, how), options);
      return JSON.parse(results.ask(({ recordingsPage }) => recordingsPage(query, answer, write(this.#session.place))));
    });
  }

  async contentUri(recording, options) {
    const address = textOf(recording?.contentUri ?? recording?.recording?.contentUri ?? recording, "contentUri");
    const uri = new ContentUri(await this.#ask((session, how) => session.contentUri(address, how), options));
    await this.#session.kept?.hold();
    return uri;
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

  jobStatus(jobId, options) {
    return this.#ask((session, how) => session.jobStatus(textOf(jobId, "jobId"), how), options);
  }

  async *enrollments(filters) {
    const { list } = await enrolling();
    yield* list(this.#enrollment, filters);
  }

  async createEnrollment(sample, options) {
    return (await enrolling()).create(this.#enrollment(options), sample);
  }

  async enrollment(speakerId, options) {
    return (await enrolling()).read(this.#enrollment(options), speakerId);
  }

  async updateEnrollment(speakerId, sample, options) {
    return (await enrolling()).update(this.#enrollment(options), speakerId, sample);
  }

  async deleteEnrollment(speakerId, options) {
    await (await enrolling()).remove(this.#enrollment(options), speakerId);
  }

  resume(exposed) {
    return SubmittedJob.resumed(this, exposed);
  }

  async [Symbol.asyncDispose ?? Symbol.for("asyncDispose")]() {
    if (this.#session.isOurs) await this.logout();
  }

  async #submit(task, fields, options) {
    const text = write(fields, "fields");
    if (fields?.contentUri) await this.#session.kept?.hold(FETCHED_WITHIN_MS);
    const { jobId } = await this.#ask((session, how) => session.submit(task, text, how), options);
    return new SubmittedJob(this, { jobId, task });
  }

  /** What sends a request about enrollments. */
  #enrollment = (options) => (method, rest, body) =>
    this.#ask((session, how) => session.enrollment(method, rest, body, how), options);

  #ask(begin, options) {
    const { supply } = this.#session;
    return this.#run((session) => {
      const how = this.#how.of(options);
      const call = () => begin(session, how);
      return supply ? supply.through(session, call, how.signal) : call();
    });
  }

  #run(begin) {
    return this.#session.run(begin);
  }

  /** `options` are the core's, a client's, and others. */
  static #open(options, more) {
    const { server, mediaHosts } = options;
    const run = client.caller(({ RingCentral: Session }) => new Session(write(options)));
    return new RingCentral({ run, place: { server, mediaHosts }, ...more }, new How(options));
  }

  static async #signedIn(cameBackTo, given) {
    const { storage, ...options } = given ?? {};
    const { Kept, begun } = await signIn();
    const login = begun(cameBackTo);
    const { clientId, state, server, mediaHosts } = login;
    const kept = new Kept(clientId, storage, new How(options));
    const rc = RingCentral.#keeping(kept, login, options);
    const session = await rc.#run((session) => session.finishLogin(JSON.stringify(login), String(cameBackTo), rc.#how.of(options)));
    await kept.write({ ...session, id: state, server, mediaHosts });
    return rc;
  }

  static #keeping(kept, { server, mediaHosts }, options) {
    return RingCentral.#open({ ...options, isSupplied: true, server, mediaHosts }, { kept, supply: kept.supply() });
  }
}

/** What a caller's function gives: a token, or one with its end. */
async function supplied(accessToken) {
  const given = await accessToken();
  const { accessToken: token, expiresAt } = typeof given === "string" ? { accessToken: given } : (given ?? {});
  const isTime = typeof expiresAt === "number" || typeof expiresAt === "string" || expiresAt instanceof Date;
  return { accessToken: token, expiresAt: isTime ? new Date(expiresAt).getTime() : undefined };
}
