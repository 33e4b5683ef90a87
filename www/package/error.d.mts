// Why something fails.

/** Why something failed; what `code` is compared with tells which fields there are. Each is a real `Error`. */
export type RingCentralError = FieldError | RateLimitError | PermissionError | RefusedByWorker | PlainError | NewerError;

/** Why something failed. */
export const RingCentralError: RingCentralErrorClass;

/** The class, to tell errors by `instanceof` and to make them, as a test double does. */
export interface RingCentralErrorClass {
  /** Makes an error. */
  new (fields: ErrorFields, options?: { readonly cause?: unknown }): RingCentralError;
  /** What every error of the class is. */
  readonly prototype: RingCentralError;
  /**
   * Whether something is such an error, also one of another copy of the package, and one that went through `structuredClone` or
   * `postMessage`: that gets its fields back, as far as the runtime has kept its `cause`.
   */
  is(value: unknown): value is RingCentralError;
}

/** What an error may have. */
export interface ErrorDetails {
  /** The status code that the other side answered with. */
  readonly status?: number;
  /** The field that cannot be used, as in `encoding` or `input.encoding`. */
  readonly field?: string;
  /** The permission that the app lacks, as in `ReadCallLog`. */
  readonly permission?: string;
  /** RingCentral's own words, addresses masked. */
  readonly ringcentral?: readonly ApiError[];
  /** Seconds until another try is worth it. */
  readonly retryAfter?: number;
  /** The id of the request in the Worker's log. */
  readonly requestId?: string;
}

/** What every error has, and what it may have. */
export interface ErrorBase<C extends ErrorCode | NewerCode> extends Error, ErrorDetails {
  /** What tells it from other errors where `instanceof` cannot, as between two copies of the package. */
  readonly name: "RingCentralError";
  /** The stable code. A failed job's error has the Worker's code for it. */
  readonly code: C;
  /** Whether the same call may succeed later without anything being changed. */
  readonly retryable: boolean;
  /** All of it but its stack and its cause: for a log, or for `new RingCentralError(…)` elsewhere. */
  toJSON(): ErrorFields;
}

/** A value that cannot be used, or that is missing. */
export interface FieldError extends ErrorBase<"invalid_field" | "encoding_unknown"> {
  /** Which one it is, as in `encoding` or `input.encoding`. */
  readonly field: string;
}

/** A rate limit that is used up. */
export interface RateLimitError extends ErrorBase<"rate_limited"> {
  /** Seconds until another try is worth it; 60, as RingCentral's penalty, where that was not said or the page is not shown it. */
  readonly retryAfter: number;
}

/** A permission that is missing; `permission` names it, but not in the error of a job that failed. */
export type PermissionError = ErrorBase<"ringcentral_permission_missing">;

/** The Worker's refusal of a request. */
export interface RefusedByWorker extends ErrorBase<WorkerCode> {
  /** The status code that it answered with. */
  readonly status: number;
}

/** Anything else. */
export type PlainError = ErrorBase<Exclude<ErrorCode, (FieldError | RateLimitError | PermissionError | RefusedByWorker)["code"]>>;

/** One whose code this version does not know, as a newer Worker may have it. */
export type NewerError = ErrorBase<NewerCode>;

/**
 * A code that this version does not know: any text, for which its type only stands, so that comparing with a code that is known leaves
 * it out. `String(error.code)` is compared with any.
 */
export type NewerCode = `${string} of a newer version`;

/** The codes of what only the Worker's answers say. */
export type WorkerCode =
  | "invalid_json"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "not_finished"
  | "not_configured"
  | "idempotency_conflict"
  | "upload_conflict"
  | "uploads_not_configured"
  | "result_delayed"
  | "too_large"
  | "busy";

/** The codes that an error may have; the Worker's newer ones pass through. */
export type ErrorCode =
  | WorkerCode
  | "invalid_field"
  | "encoding_unknown"
  | "network_or_cors"
  | "rate_limited"
  | "unexpected_answer"
  | "unreadable_callback"
  | "core_not_loaded"
  | "popup_blocked"
  | "no_transcript"
  | "no_read_token"
  | "ringcentral_login_refused"
  | "ringcentral_token_rejected"
  | "ringcentral_permission_missing"
  | "ringcentral_refused"
  | "ringcentral_unavailable"
  | "ringcentral_job_failed"
  | "engine_refused"
  | "engine_key_refused"
  | "engine_credit_exhausted"
  | "engine_unavailable"
  | "engine_job_failed"
  | "submit_unconfirmed"
  | "expired"
  | "internal";

/** What an error is made of. */
export interface ErrorFields extends ErrorDetails {
  /** The stable code. */
  readonly code: ErrorCode | (string & {});
  /** One sentence for people. An error about a field begins with its name and a colon. */
  readonly message: string;
  /** Of no effect: each has the same. */
  readonly name?: string;
  /** Whether the same call may succeed later without anything being changed. Default: false. */
  readonly retryable?: boolean;
}

/** One entry of RingCentral's `errors`. */
export interface ApiError {
  /** RingCentral's code, as in `CAI-101`. */
  readonly errorCode: string;
  /** RingCentral's sentence. */
  readonly message: string;
  /** The field that it is about. */
  readonly parameterName?: string;
}
