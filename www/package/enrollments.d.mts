// Enrolled speakers, whom `speaker-identify` names. RingCentral removed them from its public description on 2026-03-25.
import type { BlobLike } from "./platform.mjs";
import type { Encoding } from "./tasks.mjs";

/** An enrolled speaker, in RingCentral's own words. */
export interface Enrollment {
  /** Unique in an account, chosen by whoever enrolls; RingCentral advises the user's extension id. */
  readonly speakerId: string;
  /** Whether there is speech enough, 12 seconds or so: only then can `speaker-identify` find the speaker. */
  readonly enrollmentComplete: boolean;
  /** In seconds. */
  readonly totalSpeechDuration?: number;
  /** In seconds; RingCentral's descriptions of this and the one before look swapped. */
  readonly totalEnrollDuration?: number;
  /** How good the samples are. */
  readonly enrollmentQuality?: "Poor" | "Average" | "Good" | "High" | (string & {});
}

/** A sample of a voice: RingCentral asks for 12 to 30 seconds of speech. */
export interface EnrollmentSample {
  /** What RingCentral calls the content's format. */
  readonly encoding: Encoding;
  /** The audio itself: a `File`, a `Blob`, bytes, or a text in base64. */
  readonly content: string | BlobLike | ArrayBuffer | ArrayBufferView;
  /** As in `en-US`. */
  readonly languageCode?: string;
}

/** A new speaker, with a first sample. */
export interface NewEnrollment extends EnrollmentSample {
  /** 1 to 200 letters, digits and `_`; one that is enrolled already is refused with 409. */
  readonly speakerId: string;
}

/** Which enrolled speakers. */
export interface EnrollmentFilters {
  /** Whether those are listed too whose samples do not suffice yet; default: no. */
  readonly partial?: boolean;
  /** How many RingCentral is asked for at a time; default: 100. */
  readonly perPage?: number;
}
