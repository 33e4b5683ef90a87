// RingCentral itself.
import type { JobStatus } from "./answers.mjs";
import type { Enrollment, EnrollmentFilters, EnrollmentSample, NewEnrollment } from "./enrollments.mjs";
import type { CallOptions, ClientOptions } from "./options.mjs";
import type {} from "./platform.mjs";
import type { ListOptions, Recording, RecordingFilters } from "./recording.mjs";
import type { ContentUri, SecretUrl } from "./secret-url.mjs";
import type { JwtCredentials, KeptSession, PageLogin, SessionOptions, SignInPage, TokenCredentials } from "./sign-in.mjs";
import type { SubmittedJob } from "./submitted-job.mjs";
import type {
  AnalyzeInteractionInput,
  Encoding,
  PunctuateInput,
  SpeakerDiarizeInput,
  SpeakerIdentifyInput,
  SpeechToTextInput,
  SummarizeInput,
  Task,
} from "./tasks.mjs";

/** RingCentral, seen by one user. */
export class RingCentral {
  private constructor();

  /** Logs in with a JWT credential; later logins happen by themselves. Wrong credentials: `ringcentral_login_refused`. */
  static login(credentials: JwtCredentials, options?: CallOptions): Promise<RingCentral>;

  /** Takes up a session; a token that has expired makes a call reject with `ringcentral_token_rejected`, unless another is supplied. */
  static fromToken(credentials: TokenCredentials): RingCentral;

  /** Where a page sends its user to sign in: `location.href = url`. What the end of it needs stays in this tab's `sessionStorage`. */
  static loginUrl(login: PageLogin): Promise<SignInPage>;

  /**
   * Ends a login that this tab began, by the address that RingCentral sent the user back to: `finishLogin(location.href)`. In a window
   * of `loginPopup` it tells the page that opened it, and closes the window. An address that belongs to no login of this tab, or comes a
   * second time: `invalid_field` of `redirect`. A user who said no: `ringcentral_login_refused`.
   */
  static finishLogin(cameBackTo: string, options?: SessionOptions & CallOptions): Promise<RingCentral>;

  /**
   * The same in a window of its own, so that the page stays as it is: in the handler of a click, or the browser blocks it
   * (`popup_blocked`). The page at `redirectUri`, of this origin, calls `finishLogin(location.href)`. Whether the user closes that window
   * is not seen: give a `signal` to a button that ends it.
   */
  static loginPopup(login: PageLogin, options?: SessionOptions & CallOptions): Promise<RingCentral>;

  /** The session that is kept there, after a reload or in another tab; `undefined` where there is none. */
  static restore(session: KeptSession): Promise<RingCentral | undefined>;

  /** The same session by a client that sends otherwise; what is not named stays. */
  withOptions(options: ClientOptions): RingCentral;

  /**
   * Ends the session, here and at RingCentral, which keeps five of a user and app and ends the oldest for a sixth: a script that
   * logs in does well to log out. Later calls reject with `ringcentral_token_rejected`; content URIs that were given out end too.
   * A session of `fromToken` belongs to whoever opened it: `invalid_field`.
   */
  logout(options?: CallOptions): Promise<void>;

  /** The user's recordings, page after page as they are asked for. */
  recordings(filters?: RecordingFilters & ListOptions & CallOptions): AsyncGenerator<Recording, void, undefined>;

  /** The address of a recording, or of a call log record's, with the access token appended, so that one anonymous GET can fetch it. */
  contentUri(recording: Recording | CallLogRecord | string, options?: CallOptions): Promise<ContentUri>;

  /** Has RingCentral write down what is said. An address on a media host is given the access token. */
  speechToText(fields: SpeechToTextInput & Submission, options?: CallOptions): Promise<SubmittedJob<"speech-to-text">>;

  /** Has RingCentral find out who speaks when. */
  speakerDiarize(fields: SpeakerDiarizeInput & Submission, options?: CallOptions): Promise<SubmittedJob<"speaker-diarize">>;

  /** Has RingCentral find out which of the enrolled speakers speaks when; removed from its public description on 2026-03-25. */
  speakerIdentify(fields: SpeakerIdentifyInput & Submission, options?: CallOptions): Promise<SubmittedJob<"speaker-identify">>;

  /** Has RingCentral write down what is said and what it makes of it. */
  analyzeInteraction(fields: AnalyzeInteractionInput & Submission, options?: CallOptions): Promise<SubmittedJob<"analyze-interaction">>;

  /** Has RingCentral put punctuation into bare texts. */
  punctuate(fields: PunctuateInput & TextSubmission, options?: CallOptions): Promise<SubmittedJob<"punctuate">>;

  /** Has RingCentral summarise a conversation's text. */
  summarize(fields: SummarizeInput & TextSubmission, options?: CallOptions): Promise<SubmittedJob<"summarize">>;

  /** Where a job stands, with its result once it has one. */
  jobStatus<T extends Task = Task>(jobId: string, options?: CallOptions): Promise<JobStatus<T>>;

  /**
   * The account's enrolled speakers, page after page as they are asked for. RingCentral removed this and the four below from its public
   * description on 2026-03-25.
   */
  enrollments(filters?: EnrollmentFilters & ListOptions & CallOptions): AsyncGenerator<Enrollment, void, undefined>;

  /** Enrolls a speaker, so that `speaker-identify` can name the voice; who is enrolled already is refused with `status` 409. */
  createEnrollment(sample: NewEnrollment, options?: CallOptions): Promise<Enrollment>;

  /** How far a speaker is enrolled; nobody of that id: `status` 404. */
  enrollment(speakerId: string, options?: CallOptions): Promise<Enrollment>;

  /** Adds a sample to a speaker's voice; never sent twice, for it could be counted twice. */
  updateEnrollment(speakerId: string, sample: EnrollmentSample, options?: CallOptions): Promise<Enrollment>;

  /** Has RingCentral forget a speaker; one who is gone already: `status` 410. */
  deleteEnrollment(speakerId: string, options?: CallOptions): Promise<void>;

  /** The job that `job.expose()` wrote down, of this user. */
  resume<T extends Task = Task>(exposed: string): SubmittedJob<T>;

  /** Logs out of a session that `login` opened; one that a page's user signed in to, or that somebody else holds, stays. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What goes with the fields when you submit a job yourself. */
export interface TextSubmission {
  /** Where RingCentral posts the result: `callbackUrl` of `jobs.reserve`, or an address of your own. */
  readonly webhook: string | SecretUrl;
}

/** The same for a job on media. */
export interface Submission extends TextSubmission {
  /** One anonymous GET must be able to fetch it. */
  readonly contentUri: string | ContentUri;
  /** What RingCentral calls the content's format. */
  readonly encoding: Encoding;
}

/** A record of RingCentral's call log, as far as it is used. */
export interface CallLogRecord {
  /** Its recording. */
  readonly recording?: CallLogRecording;
}

/** The recording of a call log record. */
export interface CallLogRecording {
  /** Where RingCentral keeps it. */
  readonly contentUri?: string;
}
