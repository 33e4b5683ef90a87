//! Every limit of the Worker: what a request may hold, how much there is at once, how long something is waited for.
//!
//! How long a job is waited for is a matter of its life (`ringcentral_ai::lifecycle`), how fast RingCentral is asked one of its pacer's.

// What a request may hold.

/// Names and values of all headers together: Cloudflare lets four times as much through, nobody needs a tenth of it.
pub(crate) const MAX_HEADERS_BYTES: usize = 32 << 10;
/// A caller's own id of a request, in characters.
pub(crate) const MAX_REQUEST_ID_CHARS: usize = 64;
/// A body of the API's: more than any request of RingCentral's holds.
pub(crate) const MAX_API_BODY_BYTES: u32 = 1 << 20;
/// Lists and objects within each other in such a body: RingCentral's deepest have four.
pub(crate) const MAX_JSON_DEPTH: usize = 64;
/// An `Idempotency-Key`: what others take too.
pub(crate) const MAX_IDEMPOTENCY_KEY_BYTES: usize = 255;
/// A callback's body: the most that KV holds under one key.
pub(crate) const MAX_CALLBACK_BODY_BYTES: u32 = 25 << 20;
/// A notification of an engine's may be so long: it may hold a whole transcript, and is not kept.
pub(crate) const MAX_EVENT_BODY_BYTES: u32 = 4 << 20;
/// What is not longer is read before anybody asks whether it is wanted: the answer would cost more than the body.
pub(crate) const SHORT_BODY_BYTES: u32 = 64 << 10;
/// A result that lies in the Desk too for a while: a longer one would cost as much there as all else that is done with it.
pub(crate) const MAX_COPY_BYTES: usize = 16 << 10;
/// A result that transcripts are made of here: its words take several times as much, and an isolate has 128 MB.
pub(crate) const MAX_TRANSCRIBED_BYTES: u32 = 8 << 20;
/// What the words of such a result take in memory, as they are estimated: beside it there is room for what else an isolate does.
pub(crate) const MAX_TRANSCRIPT_MEMORY_BYTES: usize = 76_000_000;
/// An object, such as a timed word, from its reading to the transcript that is written; measured, as are the next two.
pub(crate) const OBJECT_MEMORY_BYTES: usize = 450;
/// A word of a text.
pub(crate) const WORD_MEMORY_BYTES: usize = 200;
/// A value in a list, or a field.
pub(crate) const VALUE_MEMORY_BYTES: usize = 48;
/// A job's label, and a speaker's name or id, in characters.
pub(crate) const MAX_NAME_CHARS: usize = 200;
/// A job's speakers that have names, and its turns that are somebody else's than the engine said.
pub(crate) const MAX_NAMED_SPEAKERS: usize = 500;
/// An engine's id of a job, as a caller tells it: RingCentral's are UUIDs.
pub(crate) const MAX_ENGINE_JOB_ID_BYTES: usize = 100;
/// Jobs, or dead letters, on a page of the list where nobody says how many.
pub(crate) const USUAL_ITEMS_A_PAGE: usize = 50;
/// And at most.
pub(crate) const MAX_ITEMS_A_PAGE: usize = 100;
/// An address that a job's end is told at, in characters.
pub(crate) const MAX_NOTIFY_URL_CHARS: usize = 2_000;
/// Callbacks that a page's token reserves: it is public, so anybody may use it.
pub(crate) const MAX_RESERVATIONS_A_MINUTE: usize = 60;
/// Tokens that RingCentral is asked about, for whoever shows one of its in the place of one of ours: anybody may show anything.
pub(crate) const MAX_UNKNOWN_TOKENS_A_MINUTE: usize = 30;
/// A local file that is uploaded: two hours of video; RingCentral's own limit is not known.
pub(crate) const MAX_UPLOAD_BYTES: u64 = 2 << 30;
/// Its parts but the last: R2 has them equally long, from 5 MiB on, and Cloudflare takes 100 MB in one request.
pub(crate) const PART_BYTES: u64 = 16 << 20;

/// Media that is kept for its job once somebody comes for a part of it: that one waits until all of it is there.
pub(crate) const MAX_KEPT_BYTES: u64 = 128 << 20;

// How much there is at once.

/// Bodies of callbacks that have arrived: more would not fit into an isolate beside what is made of them.
pub(crate) const MAX_CALLBACK_BYTES_AT_ONCE: u32 = 40 << 20;
/// Rooms that are made for whole bodies of callbacks when their beginnings have come; over that a room grows with what has arrived.
pub(crate) const MAX_ROOM_BYTES_AT_ONCE: u32 = 32 << 20;
/// Bodies of the API's, which anybody with a callback address must not keep out.
pub(crate) const MAX_API_BYTES_AT_ONCE: u32 = 8 << 20;
/// Stored results that are read whole.
pub(crate) const MAX_READ_BYTES_AT_ONCE: u32 = 16 << 20;
/// What engines have just said, and results are to be made of: what does not fit is read from KV.
pub(crate) const MAX_SAID_BYTES: u32 = 12 << 20;
/// Jobs that wait for their turn: more than sixteen hours of the ten a minute that RingCentral takes.
pub(crate) const MAX_QUEUED_JOBS: u64 = 10_000;
/// Lists that are waited for: no more of them are to be had within [`LIST_PATIENCE_S`].
pub(crate) const MAX_LISTS_WAITING: usize = 20;
/// Media that is waited for: no more of it is opened within [`MEDIA_PATIENCE_S`], even one after another.
pub(crate) const MAX_MEDIA_WAITING: usize = 200;
/// Those who wait for a job: over that the one who has waited for longest is answered.
pub(crate) const MAX_WAITERS: usize = 2_000;
/// Jobs that are submitted, and jobs that are asked for: more would only wait for the rate limit in memory instead of in their rows.
pub(crate) const MAX_CALLS_AT_ONCE: usize = 10;
/// Notices of jobs' ends, each to another receiver: the platform has six connections for an alarm, and jobs need them more.
pub(crate) const MAX_NOTICES_AT_ONCE: usize = 3;
/// Rows of the Desk's that are dealt with in one go.
pub(crate) const MAX_ROWS_AT_ONCE: usize = 100;

// How long something is waited for.

/// A body that does not go on for so long is given up.
pub(crate) const BODY_IDLE_MS: u64 = 10_000;
/// No body, with what is done with it, takes longer: its share is free again then, whatever became of it.
pub(crate) const BODY_LEASE_MS: u64 = 120_000;
/// A delivery waits so long for another to the same address: a body that does not go on is given up by then.
pub(crate) const ADDRESS_PATIENCE_MS: u64 = BODY_IDLE_MS * 3 / 2;
/// A body that nobody wants is let go by: between two pieces it is not waited for any longer than this.
pub(crate) const UNWANTED_IDLE_MS: u64 = 500;
/// And no longer than this in all.
pub(crate) const UNWANTED_LEASE_MS: u64 = 20_000;
/// `?wait=`: many proxies end a request after a minute.
pub(crate) const MAX_WAIT_S: u32 = 55;
/// Media whose turn to be fetched has not come by then: most who fetch give up after half a minute.
pub(crate) const MEDIA_PATIENCE_S: u64 = 20;
/// An address that media is fetched at holds for so long: an engine fetches within minutes of the submit, and may have a queue.
pub(crate) const MEDIA_ADDRESS_S: u64 = 86_400;
/// Redirects that are followed on the way to media.
pub(crate) const MAX_MEDIA_REDIRECTS: usize = 3;
/// A stream of a job's events; whoever watches comes again then.
pub(crate) const MAX_STREAM_MS: u64 = 300_000;
/// In such a stream a comment comes so often, so that no proxy takes it for dead.
pub(crate) const COMMENT_EVERY_S: u32 = 15;
/// Who asks for a list waits so long: RingCentral takes ten in a minute.
pub(crate) const LIST_PATIENCE_S: u64 = 30;
/// Who shows a token of RingCentral's waits so long for what it says of it.
pub(crate) const TOKEN_PATIENCE_S: u64 = 10;
/// What it has said is remembered for so long, the shortest life that such a token has: one that ends meanwhile opens for as long at most.
pub(crate) const TOKEN_KNOWN_MS: u64 = 600_000;
/// The look at the beginning of a media file, its submitter waits for it.
pub(crate) const LOOK_PATIENCE_S: u64 = 5;
/// A request to an engine, its answer's body included.
pub(crate) const ANSWER_PATIENCE_MS: u64 = 30_000;
/// A receiver of a notice that has not answered by then has not taken it.
pub(crate) const NOTICE_PATIENCE_MS: u64 = 20_000;
/// Deliveries that were not taken are counted in an isolate's memory for so long before the Desk is told.
pub(crate) const COUNTED_FOR_MS: u64 = 1_000;
/// An engine's answer: RingCentral's longest, a page of the call log, is a tenth of it.
pub(crate) const MAX_ANSWER_BYTES: usize = 8 << 20;
/// An upload that nobody does anything with, and no job needs.
pub(crate) const UPLOAD_KEPT_MS: u64 = 24 * 3_600_000;
/// How long an `Idempotency-Key` is remembered.
pub(crate) const IDEMPOTENCY_KEPT_MS: u64 = 24 * 3_600_000;

// What `RESULT_TTL_S` may say.

/// A day: RingCentral's redeliveries and the callers' pauses fit into it.
pub(crate) const MIN_RESULT_TTL_S: u64 = 86_400;
/// Five years: what is to be kept for longer is kept elsewhere.
pub(crate) const MAX_RESULT_TTL_S: u64 = 5 * 365 * 86_400;
/// KV takes no later expiry: the last second of 2038-01-19 that 31 bits hold.
pub(crate) const LAST_EXPIRY_S: u64 = 2_147_483_647;

// When to come again.

/// Where the instance that worked on a request is gone: the next one is there by then.
pub(crate) const INTERRUPTED_RETRY_AFTER_S: u64 = 1;
/// Where there was no room for a body.
pub(crate) const BUSY_RETRY_AFTER_S: u64 = 5;
/// Where the queue is full: ten jobs have left it by then.
pub(crate) const QUEUE_RETRY_AFTER_S: u64 = 60;
/// For a job that has not finished.
pub(crate) const UNFINISHED_RETRY_AFTER_S: u64 = 5;
/// For one who has waited for it already.
pub(crate) const WAITED_RETRY_AFTER_S: u64 = 1;
/// For a result that KV does not show yet.
pub(crate) const DELAYED_RETRY_AFTER_S: u64 = 5;
/// For a delivery that the engine is asked about: it has answered by then, as a rule.
pub(crate) const UNPROVED_RETRY_AFTER_S: u64 = 10;
/// Where a server does not answer, and nobody knows better.
pub(crate) const UNAVAILABLE_RETRY_AFTER_S: u64 = 5;
