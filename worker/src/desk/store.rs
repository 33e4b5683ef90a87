//! The object's database: its tables, made when they are first needed, and the two ways to talk to it.

use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::fmt;
use worker::{Error, Result, SqlStorage, SqlStorageValue};

/// One step per version of the schema; a step that has been released is never changed, new ones are appended.
///
/// `due_ms` is when the alarm has to look at a row again: a queued job is tried then, an unconfirmed one given up,
/// a submitted or reserved one expires, a finished one is removed. `sealed` is a caller's own content URI until the
/// submit is confirmed; no other column holds a secret.
const STEPS: &[&str] = &["
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
"];

/// The object's database.
pub(super) struct Store {
    sql: SqlStorage,
    is_ready: Cell<bool>,
}

impl Store {
    /// A database that has not been looked at yet: an object that is never used stays empty.
    pub(super) fn new(sql: SqlStorage) -> Self {
        Self { sql, is_ready: Cell::new(false) }
    }

    /// The rows that a statement gives.
    pub(super) fn read<T: DeserializeOwned>(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<T>> {
        // What a value looks like that does not fit is not for the log.
        self.sql()?.exec(statement, values)?.to_array().map_err(|_| Error::from("a row is not what was asked for"))
    }

    /// The first row that a statement gives.
    pub(super) fn first<T: DeserializeOwned>(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<Option<T>> {
        Ok(self.read(statement, values)?.into_iter().next())
    }

    /// A statement that gives nothing.
    pub(super) fn write(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
        self.sql()?.exec(statement, values).map(|_| ())
    }

    fn sql(&self) -> Result<&SqlStorage> {
        if !self.is_ready.get() {
            self.prepare()?;
            self.is_ready.set(true);
        }
        Ok(&self.sql)
    }

    fn prepare(&self) -> Result<()> {
        #[derive(serde::Deserialize)]
        struct Version {
            version: usize,
        }
        self.sql.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", None)?;
        let found: Vec<Version> = self.sql.exec("SELECT version FROM schema_version", None)?.to_array()?;
        let done = found.first().map_or(0, |row| row.version);
        for step in STEPS.iter().skip(done) {
            self.sql.exec(step, None)?;
        }
        if done < STEPS.len() {
            self.sql.exec("DELETE FROM schema_version", None)?;
            self.sql.exec("INSERT INTO schema_version VALUES (?)", vec![number(STEPS.len() as u64)])?;
        }
        Ok(())
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// A number as the database takes it.
pub(super) fn number(number: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
