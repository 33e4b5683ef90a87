// Recordings, and which of them.

/** Where recordings are made. */
export type Source = "calls" | "meetings" | "voicemail";

/** One value or a list of them. */
export type OneOrMore<T extends string> = T | readonly T[];

/** What a list says beside its recordings. */
export interface ListOptions {
  /** Told of each page that names recordings in a form that cannot be read: how many. They are in no list. */
  readonly onSkipped?: (count: number) => void;
}

/** Which recordings; what a source has no filter for is refused by its name. */
export interface RecordingFilters {
  /** Default: `calls`. */
  readonly source?: Source;
  /** The user's own, or the whole company's where the user may see them (`calls`, `meetings`); default `user`. */
  readonly scope?: "user" | "company";
  /**
   * For meetings: `history` names every recording and its state, `recordings` those that can be had, each by its meeting.
   * Default: `history` for a user, `recordings` for the company, whose history names none.
   */
  readonly list?: "history" | "recordings";
  /**
   * Default: 24 hours before `dateTo` for calls and voicemail, no limit for meetings. A text needs its zone:
   * `2026-01-31T09:30:00Z`; a day alone begins at midnight UTC.
   */
  readonly dateFrom?: Date | string;
  /** Default: now. */
  readonly dateTo?: Date | string;
  /**
   * Calls: `Detailed` finds recordings too that only a leg of a call names; RingCentral's answers are several times as long then
   * (take a smaller `perPage`). Default: `Simple`.
   */
  readonly view?: "Simple" | "Detailed";
  /** Calls: which way; several are an "or", here and below. */
  readonly direction?: OneOrMore<"Inbound" | "Outbound">;
  /** Calls: the other end's number in digits, as in `+16505550100`. */
  readonly phoneNumber?: string;
  /** Calls: a short number inside the company. */
  readonly extensionNumber?: string;
  /** Calls: started by the system, by hand, or either; default `All`. */
  readonly recordingType?: "Automatic" | "OnDemand" | "All";
  /** Calls: voice, fax, or both. */
  readonly type?: OneOrMore<"Voice" | "Fax">;
  /** Calls: over the telephone network, the internet, or both. */
  readonly transport?: OneOrMore<"PSTN" | "VoIP">;
  /** Calls: those of one session, by either of its ids. */
  readonly sessionId?: string;
  /** The other of the two ids. */
  readonly telephonySessionId?: string;
  /** Calls: those with metadata of these categories. */
  readonly metadataCategory?: OneOrMore<string>;
  /** Calls: those from blocked numbers too; RingCentral's default is true. */
  readonly showBlocked?: boolean;
  /** Calls: deleted ones too; RingCentral's default is false. */
  readonly showDeleted?: boolean;
  /** Meetings in a user's history: a part of the name. */
  readonly text?: string;
  /** How many entries RingCentral looks through at a time: calls and voicemail 1 to 1000, default 100; meetings 1 to 100. */
  readonly perPage?: number;
}

/** A recording, wherever it was made. */
export interface Recording {
  /** What a job names it by: `media: { recordingId }`. */
  readonly id: string;
  /** Which list it is of. */
  readonly source: Source;
  /** ISO 8601. */
  readonly startedAt?: string;
  /** How long it is, in seconds. */
  readonly durationS?: number;
  /** Calls: which way. */
  readonly direction?: "Inbound" | "Outbound" | (string & {});
  /** Who called, or who left the voicemail. */
  readonly from?: Party;
  /** Who was called. */
  readonly to?: Party;
  /** Without a token. */
  readonly contentUri: string;
  /** The type of its content, as in `audio/mpeg`. */
  readonly contentType?: string;
  /** How long its content is. */
  readonly bytes?: number;
  /** Whether a job can be submitted for it. */
  readonly submittable: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** One end of a call. */
export interface Party {
  /** In digits, as in `+16505550100`. */
  readonly phoneNumber?: string;
  /** As RingCentral shows it. */
  readonly name?: string;
}
