//! The tables of the object's database, by versions, and how far a database has come.

/// One step per version of the schema; a step that has been released is never changed, new ones are appended.
///
/// `due_ms` is when the alarm has to look at a job again. `sealed` is a caller's own content URI, with headers or without, until it is not
/// needed any more, what an engine wants to remember, and where a notice goes; no other column holds a secret.
pub(super) const STEPS: &[&str] = &[
    "
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, task TEXT NOT NULL, status TEXT NOT NULL, attempt INTEGER NOT NULL,
        ringcentral_job_id TEXT, media TEXT, input TEXT, recording_id TEXT, sealed BLOB, public_url TEXT NOT NULL,
        created_ms INTEGER NOT NULL, sent_ms INTEGER, submitted_ms INTEGER, completed_ms INTEGER,
        retained_until_ms INTEGER NOT NULL, via TEXT, error TEXT, result_key TEXT,
        due_ms INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, unanswered INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX jobs_in_turn ON jobs (id, due_ms) WHERE status = 'queued';
    CREATE INDEX jobs_waiting ON jobs (due_ms) WHERE status = 'queued';
    CREATE INDEX jobs_due ON jobs (due_ms) WHERE status <> 'queued';
    CREATE TABLE idempotency (key TEXT PRIMARY KEY, body TEXT NOT NULL, job_id TEXT NOT NULL, until_ms INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX idempotency_until ON idempotency (until_ms);
    CREATE TABLE copies (
        job_id TEXT PRIMARY KEY, key TEXT NOT NULL, bytes BLOB NOT NULL, due_ms INTEGER NOT NULL, checks INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX copies_due ON copies (due_ms);
    CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
",
    // A job names its engine and the terms that hold for it; those of version 1 were all RingCentral's, which remembers a job for
    // a week. A submitted one may be asked for now: it is looked at when it would have been, had it been created today.
    "
    ALTER TABLE jobs RENAME COLUMN ringcentral_job_id TO engine_job_id;
    ALTER TABLE jobs DROP COLUMN recording_id;
    ALTER TABLE jobs ADD COLUMN engine TEXT NOT NULL DEFAULT 'ringcentral';
    ALTER TABLE jobs ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE jobs ADD COLUMN remembers_ms INTEGER NOT NULL DEFAULT 604800000;
    ALTER TABLE jobs ADD COLUMN keeps_ms INTEGER NOT NULL DEFAULT 2592000000;
    ALTER TABLE jobs ADD COLUMN ask_after_ms INTEGER NOT NULL DEFAULT 600000;
    UPDATE jobs SET due_ms = submitted_ms + ask_after_ms
        WHERE status = 'submitted' AND submitted_ms IS NOT NULL AND engine_job_id IS NOT NULL;
    DROP INDEX jobs_due;
    CREATE INDEX jobs_asked ON jobs (due_ms) WHERE status IN ('submitted', 'reserved');
    CREATE INDEX jobs_due ON jobs (due_ms) WHERE status NOT IN ('queued', 'submitted', 'reserved');
    DROP TABLE kept;
    CREATE TABLE engine_states (engine TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
",
    // A job says what was delivered for it; of those before nobody has noted it.
    "
    ALTER TABLE jobs ADD COLUMN deliveries TEXT NOT NULL DEFAULT '[]';
",
    // A job has what its owners call it and its speakers, and may be another one once more. What KV has still to let go of is written
    // down, so are dead letters, who is told of a job's end, how many deliveries were rejected, and where this Worker is.
    "
    ALTER TABLE jobs ADD COLUMN retry_of TEXT;
    ALTER TABLE jobs ADD COLUMN label TEXT;
    ALTER TABLE jobs ADD COLUMN speakers TEXT;
    CREATE INDEX jobs_by_status ON jobs (status, id);
    CREATE INDEX jobs_by_result ON jobs (completed_ms, submitted_ms, via) WHERE via IS NOT NULL;
    CREATE TABLE deletions (key TEXT PRIMARY KEY, due_ms INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE INDEX deletions_due ON deletions (due_ms);
    CREATE TABLE dead_letters (
        id TEXT PRIMARY KEY, job_id TEXT NOT NULL, attempt INTEGER NOT NULL, at_ms INTEGER NOT NULL, outcome TEXT NOT NULL,
        reason TEXT NOT NULL, key TEXT NOT NULL UNIQUE, bytes INTEGER, until_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX dead_letters_until ON dead_letters (until_ms);
    CREATE TABLE notices (
        job_id TEXT PRIMARY KEY, sealed BLOB NOT NULL, shown TEXT NOT NULL, state TEXT NOT NULL, event TEXT,
        tries INTEGER NOT NULL DEFAULT 0, answered INTEGER, due_ms INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX notices_due ON notices (due_ms) WHERE due_ms IS NOT NULL;
    CREATE INDEX notices_by_state ON notices (state);
    CREATE TABLE rejections (reason TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
",
    // What an engine calls a job, no other job is called.
    "
    CREATE INDEX jobs_by_engine_id ON jobs (engine_job_id COLLATE NOCASE) WHERE engine_job_id IS NOT NULL;
",
    // Every result is read back, the short ones alone have a copy.
    "
    CREATE TABLE read_back (
        job_id TEXT PRIMARY KEY, key TEXT NOT NULL, copy BLOB, due_ms INTEGER NOT NULL, checks INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    INSERT INTO read_back SELECT job_id, key, bytes, due_ms, checks FROM copies;
    DROP TABLE copies;
    CREATE INDEX read_back_due ON read_back (due_ms);
",
    // An engine may fetch a job's media through here: where it was found, sealed, and how far it was fetched.
    "
    ALTER TABLE jobs ADD COLUMN content_access TEXT;
    ALTER TABLE jobs ADD COLUMN found BLOB;
    ALTER TABLE jobs ADD COLUMN fetched TEXT;
",
    // Local files, and what a job's media needs until the job ends: an upload, or headers that open it. What is kept of a recording.
    "
    ALTER TABLE jobs ADD COLUMN kept TEXT;
    CREATE TABLE uploads (id TEXT PRIMARY KEY, upload TEXT NOT NULL, until_ms INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX uploads_until ON uploads (until_ms);
    CREATE TABLE held_media (job_id TEXT PRIMARY KEY, sealed BLOB, upload_id TEXT) WITHOUT ROWID;
    CREATE INDEX held_media_upload ON held_media (upload_id) WHERE upload_id IS NOT NULL;
",
    // Of what other engines than RingCentral say, results are made: where that lies, and what of a result could not be had.
    "
    ALTER TABLE jobs ADD COLUMN makes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE jobs ADD COLUMN said_key TEXT;
    ALTER TABLE jobs ADD COLUMN missing TEXT;
",
    // Who is told of a job's end may be told as RingCentral tells, by the result in its envelope.
    "
    ALTER TABLE notices ADD COLUMN is_envelope INTEGER NOT NULL DEFAULT 0;
",
    // Each engine has a queue of its own.
    "
    DROP INDEX jobs_in_turn;
    DROP INDEX jobs_waiting;
    CREATE INDEX jobs_in_turn ON jobs (engine, id, due_ms) WHERE status = 'queued';
    CREATE INDEX jobs_waiting ON jobs (engine, due_ms) WHERE status = 'queued';
",
    // How long a job takes is a matter of its task and its engine.
    "
    DROP INDEX jobs_by_result;
    CREATE INDEX jobs_by_result ON jobs (completed_ms, submitted_ms, via, task, engine) WHERE via IS NOT NULL;
",
];

/// How far a database has come.
pub(super) const MAKE_VERSION: &str = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)";
pub(super) const READ_VERSION: &str = "SELECT version FROM schema_version";
pub(super) const FORGET_VERSION: &str = "DELETE FROM schema_version";
pub(super) const WRITE_VERSION: &str = "INSERT INTO schema_version VALUES (?)";
