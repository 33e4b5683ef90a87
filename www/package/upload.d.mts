// A local file on its way to the Worker.
import type { CallOptions } from "./options.mjs";

/** A `File`, a `Blob`, or whatever else is read in pieces as these are. */
export interface FileLike {
  /** In bytes. */
  readonly size: number;
  /** As in `call.wav`; the Worker keeps it. */
  readonly name?: string;
  /** A piece of it, which is read when it is sent. */
  slice(start: number, end: number): PieceLike;
}

/** A piece of a file. */
export interface PieceLike {
  /** What is in it. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What an upload takes besides its file. It is patient by itself: a part may take a quarter of an hour, and is tried eight times. */
export interface UploadOptions extends Pick<CallOptions, "signal"> {
  /** Goes on with the upload of that id, from the parts that the Worker has. Default: a new one. */
  readonly uploadId?: string | null;
  /** Called as soon as there is an id, and after each part. */
  readonly onProgress?: (progress: UploadProgress) => void;
}

/** How far an upload is. */
export interface UploadProgress {
  /** What goes on with it later, on this page load or another. */
  readonly uploadId: string;
  /** How many bytes the Worker has of it. */
  readonly sentBytes: number;
  /** How many there are. */
  readonly bytes: number;
}

/** A file that the Worker has whole. */
export interface Upload {
  /** What a job names it by: `media: { uploadId }`. */
  readonly id: string;
  /** The file's own name, where it has one. */
  readonly name?: string;
  /** How long it is. */
  readonly bytes: number;
  /** As the Worker has found it. */
  readonly contentType: string;
  /** Of the whole file, in lower-case hex. */
  readonly sha256: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Until when the Worker keeps it, ISO 8601. */
  readonly expiresAt: string;
}
