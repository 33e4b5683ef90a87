//! Every statement that the object's database is asked; its tables are in [`super::schema`].

/// The columns of a record, in the order in which a row is read and written.
const RECORD: &str = "id, task, engine, status, attempt, tries, unanswered, asks, engine_job_id, created_ms, sent_ms, \
     submitted_ms, completed_ms, retained_until_ms, due_ms, remembers_ms, keeps_ms, ask_after_ms, makes, via, error, \
     result_key, said_key, deliveries";
/// The columns of what stands beside the record, which are written when the job is created.
const ASKED: &str = "media, input, sealed, public_url, retry_of, label, speakers, content_access, fetched, missing";

/// The record of one job, as one value: a JSON array. What comes out of the database crosses JavaScript value by value.
pub(super) fn read_record() -> String {
    ["SELECT json_array(", RECORD, ") FROM jobs WHERE id = ?"].concat()
}

/// The names of a record's columns, in their order.
pub(super) fn record_columns() -> impl Iterator<Item = &'static str> {
    RECORD.split(", ")
}

/// What one job was asked with.
pub(super) fn read_asked() -> String {
    ["SELECT ", ASKED, " FROM jobs WHERE id = ?"].concat()
}

/// A new job: its record, and what it was asked with.
pub(super) fn add_job() -> String {
    let marks = vec!["?"; record_columns().count() + ASKED.split(", ").count()].join(", ");
    ["INSERT INTO jobs (", RECORD, ", ", ASKED, ") VALUES (", &marks, ")"].concat()
}

/// Some columns of a job: an index is written for each change of a column in it, and no other.
pub(super) fn change_job(columns: &[&str]) -> String {
    ["UPDATE jobs SET ", &columns.join(" = ?, "), " = ? WHERE id = ?"].concat()
}

/// The address that a job was asked with, as one of those.
pub(super) const ADDRESS: &str = "sealed";

/// A page of jobs with what was asked, of those that fulfil all conditions, the newest first.
pub(super) fn read_page(conditions: &[&str]) -> String {
    let which = if conditions.is_empty() { String::new() } else { [" WHERE ", &conditions.join(" AND ")].concat() };
    ["SELECT json_array(", RECORD, "), ", ASKED, " FROM jobs", &which, " ORDER BY id DESC LIMIT ?"].concat()
}

/// The conditions of a page.
pub(super) const BEFORE: &str = "id < ?";
pub(super) const OF_STATE: &str = "status = ?";
pub(super) const OF_TASK: &str = "task = ?";

pub(super) const READ_OTHER: &str = "SELECT id FROM jobs WHERE engine_job_id = ? COLLATE NOCASE AND id <> ? LIMIT 1";
pub(super) const READ_WAITING: &str =
    "SELECT id FROM jobs WHERE engine_job_id = ? COLLATE NOCASE AND engine = ? AND status = 'submitted' LIMIT ?";
pub(super) const CALL_JOB: &str = "UPDATE jobs SET label = ?, speakers = ? WHERE id = ?";
pub(super) const FIND_MEDIA: &str = "UPDATE jobs SET found = ? WHERE id = ?";
pub(super) const FOUND_MEDIA: &str = "SELECT found FROM jobs WHERE id = ?";
pub(super) const KEEP_MEDIA: &str = "UPDATE jobs SET kept = ? WHERE id = ?";
pub(super) const KEPT_MEDIA: &str = "SELECT kept FROM jobs WHERE id = ?";
pub(super) const NOTE_FETCHED: &str = "UPDATE jobs SET fetched = ? WHERE id = ?";
pub(super) const NOTE_MISSING: &str = "UPDATE jobs SET missing = ? WHERE id = ?";
pub(super) const COMPLETE_INPUT: &str = "UPDATE jobs SET input = ? WHERE id = ?";
pub(super) const REMOVE_JOB: &str = "DELETE FROM jobs WHERE id = ? RETURNING kept";

/// The first jobs of a queue that are due, without the ones whose calls are in flight.
pub(super) fn read_due(condition: &str, order: &str) -> String {
    let of_queue = ["SELECT id FROM jobs WHERE ", condition, " AND due_ms <= ? AND ", NOT_IN_FLIGHT].concat();
    [&of_queue, " ORDER BY ", order, " LIMIT ?"].concat()
}

/// When the next job of a queue is due, those left out whose calls are in flight.
pub(super) fn next_due(condition: &str) -> String {
    ["SELECT min(due_ms) FROM jobs WHERE ", condition, " AND ", NOT_IN_FLIGHT].concat()
}

pub(super) const COUNT_QUEUED_BEFORE: &str = "SELECT count(*) FROM jobs WHERE status = 'queued' AND engine = ? AND id < ?";
/// Whether there is a job in the queue behind so many others.
pub(super) fn queued_after() -> String {
    ["SELECT 1 FROM jobs WHERE ", IN_TURN, " LIMIT 1 OFFSET ?"].concat()
}

const NOT_IN_FLIGHT: &str = "id NOT IN (SELECT value FROM json_each(?))";
/// The queues; the conditions are those of the indices.
const IN_TURN: &str = "status = 'queued'";
pub(super) const IN_TURN_OF: &str = "status = 'queued' AND engine = ?";
pub(super) const WITH_ENGINE: &str = "status IN ('submitted', 'reserved')";
pub(super) const OTHERS: &str = "status NOT IN ('queued', 'submitted', 'reserved')";
/// Who comes first: the oldest job, or the one that has been due for longest.
pub(super) const OLDEST: &str = "id";
pub(super) const LONGEST_DUE: &str = "due_ms";

pub(super) const FORGET_OLD_KEYS: &str = "DELETE FROM idempotency WHERE until_ms <= ?";
pub(super) const READ_KEY: &str = "SELECT body, job_id FROM idempotency WHERE key = ?";
pub(super) const PUT_KEY: &str = "INSERT OR REPLACE INTO idempotency (key, body, job_id, until_ms) VALUES (?, ?, ?, ?)";

pub(super) const EXPECT_BACK: &str = "INSERT OR REPLACE INTO read_back (job_id, key, copy, due_ms) VALUES (?, ?, ?, ?)";
pub(super) const READ_COPY: &str = "SELECT copy FROM read_back WHERE job_id = ?";
pub(super) const FORGET_CHECK: &str = "DELETE FROM read_back WHERE job_id = ?";
pub(super) const NEXT_CHECK: &str = "SELECT job_id, key, checks FROM read_back WHERE due_ms <= ? ORDER BY due_ms LIMIT 1";
pub(super) const PUT_OFF_CHECK: &str = "UPDATE read_back SET checks = checks + 1, due_ms = ? WHERE job_id = ?";
pub(super) const NEXT_CHECK_MS: &str = "SELECT min(due_ms) FROM read_back";

pub(super) const LEARN_SETTING: &str = "INSERT OR IGNORE INTO settings (name, value) VALUES (?, ?)";
pub(super) const READ_SETTING: &str = "SELECT value FROM settings WHERE name = ?";

pub(super) const READ_ENGINE_STATE: &str = "SELECT sealed FROM engine_states WHERE engine = ?";
pub(super) const PUT_ENGINE_STATE: &str = "INSERT OR REPLACE INTO engine_states (engine, sealed) VALUES (?, ?)";
pub(super) const DROP_ENGINE_STATE: &str = "DELETE FROM engine_states WHERE engine = ?";

pub(super) const PUT_DELETION: &str = "INSERT OR IGNORE INTO deletions (key, due_ms) VALUES (?, ?)";
pub(super) const NEXT_DELETION: &str = "SELECT key, tries FROM deletions WHERE due_ms <= ? ORDER BY due_ms LIMIT 1";
pub(super) const PUT_OFF_DELETION: &str = "UPDATE deletions SET tries = tries + 1, due_ms = ? WHERE key = ?";
pub(super) const NEXT_DELETION_MS: &str = "SELECT min(due_ms) FROM deletions";
pub(super) const DROP_DELETION: &str = "DELETE FROM deletions WHERE key = ?";

/// The columns of a dead letter; the same bytes have the same key, and are one letter.
const LETTER: &str = "id, job_id, attempt, at_ms, outcome, reason, key, bytes, until_ms";
pub(super) const FORGET_OLD_LETTERS: &str = "DELETE FROM dead_letters WHERE until_ms <= ?";
pub(super) const DROP_LETTER: &str = "DELETE FROM dead_letters WHERE key = ?";

/// A dead letter in its row; one that came before is kept for longer.
pub(super) fn put_letter() -> String {
    let end = " ON CONFLICT (key) DO UPDATE SET until_ms = excluded.until_ms";
    ["INSERT INTO dead_letters (", LETTER, ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", end].concat()
}

/// One dead letter.
pub(super) fn read_letter() -> String {
    ["SELECT ", LETTER, " FROM dead_letters WHERE id = ?"].concat()
}

/// A page of dead letters, those before an id where one is given, the newest first.
pub(super) fn read_letters(is_behind_another: bool) -> String {
    let which = if is_behind_another { [" WHERE ", BEFORE].concat() } else { String::new() };
    ["SELECT ", LETTER, " FROM dead_letters", &which, " ORDER BY id DESC LIMIT ?"].concat()
}

pub(super) const COUNT_REJECTED: &str =
    "INSERT INTO rejections (reason, count) VALUES (?, ?) ON CONFLICT (reason) DO UPDATE SET count = count + excluded.count";

/// Every job's state, from an index alone.
pub(super) const COUNT_JOBS: &str = "SELECT status, count(*) FROM jobs GROUP BY status";
/// The first entry of an index, and its row.
pub(super) const OLDEST_OF_STATE: &str = "SELECT created_ms FROM jobs WHERE status = ? ORDER BY id LIMIT 1";
/// The latest entries of an index, and no row.
pub(super) const LATEST_RESULTS: &str =
    "SELECT completed_ms, submitted_ms, via, task, engine FROM jobs WHERE via IS NOT NULL ORDER BY completed_ms DESC LIMIT ?";
pub(super) const READ_REJECTED: &str = "SELECT reason, count FROM rejections ORDER BY reason";
pub(super) const COUNT_LETTERS: &str = "SELECT 'all', count(*) FROM dead_letters WHERE until_ms > ?";
pub(super) const COUNT_NOTICES: &str = "SELECT state, count(*) FROM notices GROUP BY state";

pub(super) const PUT_NOTICE: &str =
    "INSERT INTO notices (job_id, sealed, shown, is_envelope, state) VALUES (?, ?, ?, ?, 'waiting')";
pub(super) const READ_NOTICE: &str = "SELECT shown, state, tries, answered, is_envelope FROM notices WHERE job_id = ?";
pub(super) const READ_RECEIVER: &str = "SELECT sealed, is_envelope FROM notices WHERE job_id = ?";
pub(super) const ARM_NOTICE: &str =
    "UPDATE notices SET state = 'waiting', event = ?, tries = 0, answered = NULL, due_ms = ? WHERE job_id = ?";
pub(super) const NEXT_NOTICE: &str = "SELECT job_id, sealed, shown, event, tries, is_envelope FROM notices \
     WHERE due_ms <= ? AND shown NOT IN (SELECT value FROM json_each(?)) ORDER BY tries, due_ms LIMIT 1";
pub(super) const TRY_NOTICE: &str = "UPDATE notices SET tries = tries + 1, due_ms = ? WHERE job_id = ?";
pub(super) const UNTRY_NOTICE: &str = "UPDATE notices SET tries = tries - 1, due_ms = ? WHERE job_id = ? AND event = ?";
pub(super) const SETTLE_NOTICE: &str = "UPDATE notices SET state = ?, answered = ?, due_ms = ? WHERE job_id = ? AND event = ?";
pub(super) const NEXT_NOTICE_MS: &str =
    "SELECT min(due_ms) FROM notices WHERE due_ms IS NOT NULL AND shown NOT IN (SELECT value FROM json_each(?))";
pub(super) const DROP_NOTICE: &str = "DELETE FROM notices WHERE job_id = ?";

pub(super) const PUT_UPLOAD: &str = "INSERT OR REPLACE INTO uploads (id, upload, until_ms) VALUES (?, ?, ?)";
pub(super) const READ_UPLOAD: &str = "SELECT upload FROM uploads WHERE id = ?";
pub(super) const DROP_UPLOAD: &str = "DELETE FROM uploads WHERE id = ?";
/// Uploads that no job holds.
const FREE: &str = "NOT EXISTS (SELECT 1 FROM held_media WHERE upload_id = uploads.id)";
/// The first of them whose time is over.
pub(super) fn next_over() -> String {
    ["SELECT upload FROM uploads WHERE until_ms <= ? AND ", FREE, " ORDER BY until_ms LIMIT 1"].concat()
}
/// When the first one's time is over.
pub(super) fn next_over_ms() -> String {
    ["SELECT min(until_ms) FROM uploads WHERE ", FREE].concat()
}
/// A row where there is any upload, or any job that holds something.
pub(super) const HAS_HELD: &str = "SELECT 1 WHERE EXISTS (SELECT 1 FROM uploads) OR EXISTS (SELECT 1 FROM held_media)";
pub(super) const HOLD: &str = "INSERT OR REPLACE INTO held_media (job_id, sealed, upload_id) VALUES (?, ?, ?)";
pub(super) const READ_HELD: &str = "SELECT sealed, upload_id FROM held_media WHERE job_id = ?";
pub(super) const LET_GO: &str = "DELETE FROM held_media WHERE job_id = ? RETURNING upload_id";
pub(super) const IS_HELD: &str = "SELECT 1 FROM held_media WHERE upload_id = ? LIMIT 1";
