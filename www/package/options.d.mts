// What a client and its calls can be told about how they send.
import type { SignalLike } from "./platform.mjs";

/** What every call takes. */
export interface CallOptions {
  /** Ends the call at once; it rejects with the signal's reason. */
  readonly signal?: SignalLike;
  /** Milliseconds for each answer, which counts as lost after them: 90,000. What waits for a job keeps that, for it is answered late. */
  readonly timeoutMs?: number;
  /** How often something is tried again where that may help and cannot do it twice: 4. A wait for a job goes on however often it takes. */
  readonly maxRetries?: number;
}

/** How a client sends. */
export interface ClientOptions {
  /** As for a call, for all of them. */
  readonly timeoutMs?: number;
  /** As for a call, for all of them. */
  readonly maxRetries?: number;
  /** Headers that go with every request, but never in the place of the client's own; of a page, the server has to allow them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What sends in the place of the platform's `fetch`; it is given the address as text, and what `fetch` takes beside it. */
  readonly fetch?: FetchLike;
  /** Is told of every request when it has ended; nothing in it is secret. */
  readonly logger?: (entry: LogEntry) => void;
}

/** A `fetch`, as far as it is used. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What a request is sent with: `fetch` takes it as it is. */
export interface FetchInit {
  /** Its method. */
  readonly method?: string;
  /** Its headers, the secret ones too. */
  readonly headers?: unknown;
  /** Its body. */
  readonly body?: unknown;
  /** It is never followed: `manual`. */
  readonly redirect?: unknown;
  /** Ends it. */
  readonly signal?: unknown;
}

/** A `Response`, as far as it is used. */
export interface FetchResponse {
  /** Its status code. */
  readonly status: number;
  /** Its headers. */
  readonly headers: Iterable<readonly [string, string]> | object;
  /** Its body, as the platform streams it. */
  readonly body: object | null;
}

/** What a logger is told of a request: never its query, its headers or its body. */
export interface LogEntry {
  /** What it is about. */
  readonly event: "request";
  /** Its method. */
  readonly method: string;
  /** Its address without the query. */
  readonly url: string;
  /** How it was answered; absent where it was not. */
  readonly status?: number;
  /** The name of the platform's error where it was not answered. */
  readonly error?: string;
  /** How long that took, in milliseconds. */
  readonly ms: number;
}
