// What RingCentral sends to a webhook of your own.
import type { JobStatus, Responses } from "./answers.mjs";
import type { ApiError } from "./error.mjs";
import type { Task } from "./tasks.mjs";
import type { Transcript } from "./transcript.mjs";

/**
 * Reads what RingCentral sent to a `webhook`: the body as text, as bytes (UTF-8 or UTF-16, 25 MiB at most, not compressed), or as the
 * object that a framework has parsed of it. Needs `await ready()` first. It is read as leniently as the Worker reads it: a response
 * with content is a success whatever its `status` says, odd characters are replaced, an envelope may be missing. It is not proved who
 * sent it: give each job a webhook address that nobody can guess.
 *
 * What cannot be read throws `unreadable_callback`, whose sentence says why; a wrong argument `invalid_field`. Neither quotes the body.
 */
export function parseCallback(body: string | ArrayBuffer | ArrayBufferView | JobStatus | Readonly<Record<string, unknown>>, options?: CallbackReading): Callback;

/** How a callback is read. */
export interface CallbackReading {
  /** The task of the job, for a callback that does not name it; one that does is of the task that it names. */
  readonly task?: Task;
  /** Names for speakers, by their ids, for the transcript. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What a callback says; `status` tells how the job stands, and with a success `task` what `response` is. */
export type Callback = { [T in Task]: SuccessCallback<T> }[Task] | OtherSuccessCallback | FailCallback | InProgressCallback;

/** What every callback says. */
export interface AnyCallback {
  /** RingCentral's id of the job; absent where the callback does not name it. */
  readonly jobId?: string;
  /** The body as it came, unmasked. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The job has a result. */
export interface SuccessCallback<T extends Task = Task> extends AnyCallback {
  /** It has a result. */
  readonly status: "Success";
  /** What the job does: named by the callback or by the options, else told by the fields of the result. */
  readonly task: T;
  /** The result; an object, whose fields are RingCentral's and not looked at. */
  readonly response: Responses[T];
  /** Its words; its methods throw `no_transcript` where the task has none. */
  readonly transcript: Transcript;
}

/** The job has a result, of a task that the package does not know. */
export interface OtherSuccessCallback extends AnyCallback {
  /** It has a result. */
  readonly status: "Success";
  /** Nobody knows. */
  readonly task?: undefined;
  /** The result, whatever it is. */
  readonly response: unknown;
  /** Its words; its methods throw `no_transcript` where there are none. */
  readonly transcript: Transcript;
}

/** The job ended without a result. */
export interface FailCallback extends AnyCallback {
  /** It has none. */
  readonly status: "Fail";
  /** What the job does, where that is known. */
  readonly task?: Task;
  /** Why, in RingCentral's words, ten at most, addresses masked; empty where it does not say so. */
  readonly errors: readonly ApiError[];
}

/** The job goes on. */
export interface InProgressCallback extends AnyCallback {
  /** It has not ended. */
  readonly status: "InProgress";
  /** What the job does, where that is known. */
  readonly task?: Task;
}
