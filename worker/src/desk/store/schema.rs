//! The tables, by versions: each step makes the next one of a database that the step before it left.

use super::columns::Columns;
use super::number;
use worker::{Result, SqlStorage};

/// One step per version of the schema; a step that has been released is never changed, new ones are appended.
///
/// `due_ms` is when the alarm has to look at a job again. `sealed` is a caller's own content URI, until it is not needed any
/// more, and what an engine wants to remember; no other column holds a secret.
const STEPS: &[&str] = &[
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
];

/// Takes a database, new or of any version, to the present one.
pub(super) fn prepare(sql: &SqlStorage) -> Result<()> {
    sql.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", None)?;
    let found = sql.exec("SELECT version FROM schema_version", None)?.raw().next().transpose()?;
    let done = found.map_or(Ok(0), |row| Columns::of(row).count())? as usize;
    for step in STEPS.iter().skip(done) {
        sql.exec(step, None)?;
    }
    if done < STEPS.len() {
        sql.exec("DELETE FROM schema_version", None)?;
        sql.exec("INSERT INTO schema_version VALUES (?)", vec![number(STEPS.len() as u64)])?;
    }
    Ok(())
}
