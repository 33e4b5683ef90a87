// Why something fails.

/** Why something failed. */
export class RingCentralError extends Error {
  private constructor();
  /** What tells it from other errors where `instanceof` cannot, as between two copies of the package. */
  readonly name: "RingCentralError";
  /** The stable code. A failed job's error has the Worker's code for it. */
  readonly code: ErrorCode | (string & {});
  /** Whether the same call may succeed later without anything being changed. */
  readonly retryable: boolean;
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

/** The codes that an error may have; the Worker's newer ones pass through. */
export type ErrorCode =
  | "invalid_field"
  | "invalid_json"
  | "network_or_cors"
  | "rate_limited"
  | "unexpected_answer"
  | "unreadable_callback"
  | "core_not_loaded"
  | "no_transcript"
  | "no_read_token"
  | "ringcentral_login_refused"
  | "ringcentral_token_rejected"
  | "ringcentral_permission_missing"
  | "ringcentral_refused"
  | "ringcentral_unavailable"
  | "ringcentral_job_failed"
  | "submit_unconfirmed"
  | "expired"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "not_finished"
  | "not_configured"
  | "idempotency_conflict"
  | "upload_conflict"
  | "uploads_not_configured"
  | "encoding_unknown"
  | "result_delayed"
  | "too_large"
  | "busy"
  | "internal";

/** One entry of RingCentral's `errors`. */
export interface ApiError {
  /** RingCentral's code, as in `CAI-101`. */
  readonly errorCode: string;
  /** RingCentral's sentence. */
  readonly message: string;
  /** The field that it is about. */
  readonly parameterName?: string;
}
