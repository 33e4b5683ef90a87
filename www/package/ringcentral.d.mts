// RingCentral itself.
import type { JobStatus } from "./answers.mjs";
import type { SignalLike } from "./platform.mjs";
import type { ListOptions, Recording, RecordingFilters } from "./recording.mjs";
import type { ContentUri, SecretUrl } from "./secret-url.mjs";
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

/** What every call takes. */
export interface CallOptions {
  /** Ends the call at once; it rejects with the signal's reason. */
  readonly signal?: SignalLike;
}

/** Where RingCentral is. */
export interface Site {
  /** Default: RingCentral's production server. */
  readonly server?: string;
  /** The hosts that may see an access token in an address. Default: `media.X` for a server `platform.X`, else the server's own. */
  readonly mediaHosts?: readonly string[];
}

/** A login for servers: a JWT credential never belongs in a page. */
export interface JwtCredentials extends Site {
  /** The app's id in RingCentral's developer console. */
  readonly clientId: string;
  /** Absent for an app without a secret. */
  readonly clientSecret?: string;
  /** The user's JWT credential for that app. */
  readonly jwt: string;
}

/** A session that another SDK holds and renews. */
export interface TokenCredentials extends Site {
  /** Its access token, without `Bearer`. */
  readonly accessToken: string;
}

/** RingCentral, seen by one user. */
export class RingCentral {
  private constructor();

  /** Logs in with a JWT credential; later logins happen by themselves. Wrong credentials: `ringcentral_login_refused`. */
  static login(credentials: JwtCredentials, options?: CallOptions): Promise<RingCentral>;

  /** Takes up a session; a token that has expired makes a call reject with `ringcentral_token_rejected`. */
  static fromToken(credentials: TokenCredentials): RingCentral;

  /**
   * Ends the session, here and at RingCentral, which keeps five of a user and app and ends the oldest for a sixth: a script that
   * logs in does well to log out. Later calls reject with `ringcentral_token_rejected`; content URIs that were given out end too.
   * A session of `fromToken` belongs to whoever opened it: `invalid_field`.
   */
  logout(options?: CallOptions): Promise<void>;

  /** The user's recordings, page after page as they are asked for. */
  recordings(filters?: RecordingFilters & ListOptions & CallOptions): AsyncGenerator<Recording, void, undefined>;

  /** The recording's address with the access token appended, so that one anonymous GET can fetch it. */
  contentUri(recording: Recording | string, options?: CallOptions): Promise<ContentUri>;

  /** Has RingCentral write down what is said. An address on a media host is given the access token. */
  speechToText(fields: SpeechToTextInput & Submission, options?: CallOptions): Promise<Accepted>;

  /** Has RingCentral find out who speaks when. */
  speakerDiarize(fields: SpeakerDiarizeInput & Submission, options?: CallOptions): Promise<Accepted>;

  /** Has RingCentral find out which of the enrolled speakers speaks when; removed from its public description on 2026-03-25. */
  speakerIdentify(fields: SpeakerIdentifyInput & Submission, options?: CallOptions): Promise<Accepted>;

  /** Has RingCentral write down what is said and what it makes of it. */
  analyzeInteraction(fields: AnalyzeInteractionInput & Submission, options?: CallOptions): Promise<Accepted>;

  /** Has RingCentral put punctuation into bare texts. */
  punctuate(fields: PunctuateInput & TextSubmission, options?: CallOptions): Promise<Accepted>;

  /** Has RingCentral summarise a conversation's text. */
  summarize(fields: SummarizeInput & TextSubmission, options?: CallOptions): Promise<Accepted>;

  /** Where a job stands, with its result once it has one. */
  jobStatus<T extends Task = Task>(jobId: string, options?: CallOptions): Promise<JobStatus<T>>;
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

/** RingCentral has taken a job. */
export interface Accepted {
  /** RingCentral's id of it; it may name none. */
  readonly jobId?: string;
}
