// The Worker.
import type { Job, JobResult, Status, WaitOptions } from "./job.mjs";
import type { DeadLetter, DeadLetterFilters, Replay, ReplayOptions, Stats } from "./operator.mjs";
import type { CallOptions, ClientOptions } from "./options.mjs";
import type { UrlLike } from "./platform.mjs";
import type { ListOptions, Recording, RecordingFilters } from "./recording.mjs";
import type { ContentUri, SecretUrl } from "./secret-url.mjs";
import type { Inputs, MediaTask, Task, TextTask } from "./tasks.mjs";
import type { FileLike, Upload, UploadOptions } from "./upload.mjs";

/** The Worker: it submits jobs, catches RingCentral's callbacks and keeps the results. */
export class JobsClient {
  /** An API token, or none for jobs that are resumed. A page that other people open may hold one of scope `reserve` only. */
  constructor(url: string | UrlLike, options?: { readonly token?: string } & ClientOptions);

  /** The same Worker by a client that sends otherwise; what is not named stays. */
  withOptions(options: ClientOptions): JobsClient;

  /** Has the Worker submit a job; `task` may be a type parameter, or one of several. */
  submit<T extends EasyTask>(request: MediaRequest<T>, options?: SubmitOptions): Promise<Job<T>>;
  submit<T extends Task>(request: JobRequest<T>, options?: SubmitOptions): Promise<Job<T>>;

  /** Has a job that has ended done once more: a new one, whose `retryOf` names it. */
  retry<T extends Task = Task>(id: string, options?: SubmitOptions): Promise<Job<T>>;

  /** Has a job, its speakers or its turns called otherwise; what is not named stays, `null` takes a name away. */
  update<T extends Task = Task>(id: string, changes: JobChanges, options?: CallOptions): Promise<Job<T>>;

  /** Reserves a callback for a job that you submit yourself. */
  reserve<T extends Task>(request: ReserveRequest<T>, options?: CallOptions): Promise<Reservation<T>>;

  /** The job with that id. */
  get<T extends Task = Task>(id: string, options?: CallOptions): Promise<Job<T>>;

  /** The Worker's jobs, the newest first, page after page as they are asked for. */
  list(filters?: JobFilters & CallOptions): AsyncGenerator<Job, void, undefined>;

  /** Deletes a job with its result, for good; what RingCentral still sends for it is dropped. */
  delete(id: string, options?: CallOptions): Promise<void>;

  /**
   * Submits a job and waits for its words, in one call: of a recording from a list, an upload, an address, or what `submit` takes as
   * `media`. To go on after a reload, `submit` and keep `job.expose()`.
   */
  transcribe(media: Recording | Upload | Media | string | UrlLike | ContentUri, options?: TranscribeOptions): Promise<JobResult<"speech-to-text">>;

  /** The job that `job.expose()` wrote down, on this page load or another; it needs no API token. */
  resume<T extends Task = Task>(exposed: string): Job<T>;

  /**
   * Uploads a local file for a job: `media: { uploadId: upload.id }`. It is sent in parts, each again and again where the network or the
   * Worker fails; an abort leaves what is there, and `uploadId` goes on from it. A Worker that keeps no files: `uploads_not_configured`.
   */
  upload(file: FileLike | ArrayBuffer | ArrayBufferView, options?: UploadOptions): Promise<Upload>;

  /** Who may do jobs there, each with its tasks and the fields of `input` that it honours. */
  engines(options?: CallOptions): Promise<Engine[]>;

  /** How the Worker stands: takes a token of scope `admin`, as the three after it do. */
  stats(options?: CallOptions): Promise<Stats>;

  /** Deliveries that were of no use, the latest first. */
  deadLetters(filters?: DeadLetterFilters & CallOptions): AsyncGenerator<DeadLetter, void, undefined>;

  /** What came in one of them, as a text. */
  deadLetter(id: string, options?: CallOptions): Promise<string>;

  /** Has one delivered once more, to its own job or to the one that is named; one that is of no use again is refused as before. */
  replay(id: string, options?: ReplayOptions): Promise<Replay>;

  /** RingCentral's recordings, as the Worker sees them. */
  recordings(filters?: RecordingFilters & ListOptions & CallOptions): AsyncGenerator<Recording, void, undefined>;
}

/** A job for the Worker: media for the tasks on media, none for those on text; an input where a task needs one. */
export type JobRequest<T extends Task = Task> = T extends TextTask
  ? TextRequest<T>
  : T extends EasyTask
    ? MediaRequest<T>
    : T extends MediaTask
      ? MediaRequest<T> & InputNeeded<T>
      : never;

/** What a task takes that does nothing without it. */
export interface InputNeeded<T extends Task> {
  /** RingCentral's own fields. */
  readonly input: Inputs[T];
}

/** What a job is called from then on. */
export interface JobChanges {
  /** What its holders call it: 200 characters at most. */
  readonly label?: string | null;
  /**
   * Names by the speakers' ids, in every transcript from then on: 500 at most. A turn that is another's has `@` and its start in
   * milliseconds for an id, as in `{ "@12040": "1" }`, and a speaker's id or name, or a new name, for a name.
   */
  readonly speakers?: Readonly<Record<string, string | null>> | null;
}

/** The tasks on media that need no input. */
export type EasyTask = Exclude<MediaTask, "speaker-identify">;

/** The engines that a Worker may have; which it has `jobs.engines()` tells. */
export type EngineName = "ringcentral" | "ace" | "assemblyai" | "deepgram" | "openai";

/** Who does jobs. */
export interface Engine {
  /** Its name. */
  readonly engine: EngineName | (string & {});
  /** Whether it does the jobs that name none. */
  readonly isDefault: boolean;
  /** The tasks that it does; any field that is not among a task's is refused. */
  readonly tasks: { readonly [T in Task]?: EngineTask };
}

/** What an engine makes of a task. */
export interface EngineTask {
  /** The fields of `input` that it honours. */
  readonly fields: readonly string[];
}

/** What any job may be given. */
export interface AnyRequest {
  /** Who does it. Default: as the Worker is set up. */
  readonly engine?: EngineName;
  /** What its holders call it: 200 characters at most. */
  readonly label?: string;
  /** Who is told when it has finished, by a signed request (Standard Webhooks; the keys: `GET /v1/notify-keys`). */
  readonly notify?: NotifyRequest;
}

/** Whoever is told of a job's end. */
export interface NotifyRequest {
  /** An address on https; what is secret goes into its query. */
  readonly url: string;
}

/** A job on media. */
export interface MediaRequest<T extends MediaTask = MediaTask> extends AnyRequest {
  /** What is to be done. */
  readonly task: T;
  /** With which recording. */
  readonly media: Media;
  /** RingCentral's own fields. */
  readonly input?: Inputs[T];
  /** How RingCentral reaches it. */
  readonly contentAccess?: ContentAccess;
}

/** A job on text. */
export interface TextRequest<T extends TextTask = TextTask> extends AnyRequest {
  /** What is to be done. */
  readonly task: T;
  /** Not for text. */
  readonly media?: never;
  /** Not for text. */
  readonly contentAccess?: never;
  /** RingCentral's own fields, the text among them. */
  readonly input: Inputs[T];
}

/**
 * How RingCentral reaches media that only a token opens: through the Worker, where the token stays, or by itself with the token in the
 * address. Default: as the Worker is set up.
 */
export type ContentAccess = "relay" | "access-token";

/** A recording by its id, a file that was uploaded by its id, or any address. */
export type Media = RecordingMedia | UploadedMedia | AddressMedia;

/** A recording of RingCentral's. */
export interface RecordingMedia {
  /** A recording's `id`. */
  readonly recordingId: string;
  /** Not beside it. */
  readonly uploadId?: never;
  /** Not beside it. */
  readonly contentUri?: never;
  /** Not beside it. */
  readonly headers?: never;
}

/** A file that was uploaded. */
export interface UploadedMedia {
  /** The `id` that `jobs.upload` gave. */
  readonly uploadId: string;
  /** Not beside it. */
  readonly recordingId?: never;
  /** Not beside it. */
  readonly contentUri?: never;
  /** Not beside it. */
  readonly headers?: never;
}

/** Media at an address. */
export interface AddressMedia {
  /** Where it is. On RingCentral's media hosts access is added to it; any other goes to RingCentral as it is, unless it has `headers`. */
  readonly contentUri: string | ContentUri;
  /** What opens the address, as in `{ authorization: "…" }`: sent by the Worker, so for `contentAccess: "relay"` alone. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Not beside it. */
  readonly recordingId?: never;
  /** Not beside it. */
  readonly uploadId?: never;
}

/** How a job is submitted. */
export interface SubmitOptions extends CallOptions {
  /** The same key and request give the same job for 24 hours. Default: a new one for each call. */
  readonly idempotencyKey?: string;
}

/** A job that you submit yourself. */
export interface ReserveRequest<T extends Task = Task> extends AnyRequest {
  /** What is to be done. */
  readonly task: T;
}

/** A callback for a job that you submit yourself. */
export interface Reservation<T extends Task = Task> {
  /** The job: wait for it when you have submitted it. */
  readonly job: Job<T>;
  /** Whoever knows it may post this job's result, so it prints masked. */
  readonly callbackUrl: SecretUrl;
}

/** Which jobs. */
export interface JobFilters {
  /** Those that stand so. */
  readonly status?: Status;
  /** Those that do that. */
  readonly task?: Task;
  /** How many a page has. */
  readonly limit?: number;
}

/** How something is transcribed. */
export interface TranscribeOptions extends SubmitOptions, WaitOptions<"speech-to-text"> {
  /** Who does it. Default: as the Worker is set up. */
  readonly engine?: EngineName;
  /** RingCentral's own fields. */
  readonly input?: Inputs["speech-to-text"];
  /** How RingCentral reaches media that only a token opens. */
  readonly contentAccess?: ContentAccess;
}
