// Recordings, and which of them.

/** Where recordings are made. */
export type Source = "calls" | "meetings" | "voicemail";

/** Which recordings. */
export interface RecordingFilters {
  /** Default: `calls`. */
  readonly source?: Source;
  /** The user's own, or the whole company's where the user may see them (`calls`, `meetings`); default `user`. */
  readonly scope?: "user" | "company";
  /** Default: 24 hours before `dateTo`. A text needs its zone: `2026-01-31T09:30:00Z`; a day alone begins at midnight UTC. */
  readonly dateFrom?: Date | string;
  /** Default: now. */
  readonly dateTo?: Date | string;
  readonly direction?: "Inbound" | "Outbound";
  /** Digits, as in `+16505550100`. */
  readonly phoneNumber?: string;
  /** How many calls RingCentral looks through at a time, 1 to 1000; default 100. */
  readonly perPage?: number;
}

/** A recording, wherever it was made. */
export interface Recording {
  readonly id: string;
  readonly source: Source;
  /** ISO 8601. */
  readonly startedAt?: string;
  readonly durationS?: number;
  readonly direction?: "Inbound" | "Outbound" | (string & {});
  readonly from?: Party;
  readonly to?: Party;
  /** Without a token. */
  readonly contentUri: string;
  readonly contentType?: string;
  readonly bytes?: number;
  /** Whether a job can be submitted for it. */
  readonly submittable: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** One end of a call. */
export interface Party {
  readonly phoneNumber?: string;
  readonly name?: string;
}
