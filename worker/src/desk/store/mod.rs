//! The object's database. All SQL is in this folder: the tables and their versions, and the statements, a file for each table.

mod copies;
mod engine_states;
mod idempotency;
mod jobs;
mod queue;
mod row;
mod schema;

pub(super) use copies::Check;
pub(super) use idempotency::Known;
pub(super) use jobs::Asked;
pub(super) use queue::Queue;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::fmt;
use worker::{Error, Result, SqlStorage, SqlStorageValue as Value};

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
    fn read<T: DeserializeOwned>(&self, statement: &str, values: Vec<Value>) -> Result<Vec<T>> {
        // What a value looks like that does not fit is not for the log.
        self.sql()?.exec(statement, values)?.to_array().map_err(|_| Error::from("a row is not what was asked for"))
    }

    /// The first row that a statement gives.
    fn first<T: DeserializeOwned>(&self, statement: &str, values: Vec<Value>) -> Result<Option<T>> {
        Ok(self.read(statement, values)?.into_iter().next())
    }

    /// A time that a statement gives as `ms`.
    fn time(&self, statement: &str, values: Vec<Value>) -> Result<Option<u64>> {
        #[derive(Deserialize)]
        struct Time {
            ms: Option<u64>,
        }
        Ok(self.first::<Time>(statement, values)?.and_then(|row| row.ms))
    }

    /// A statement that gives nothing.
    fn write(&self, statement: &str, values: Vec<Value>) -> Result<()> {
        self.sql()?.exec(statement, values).map(|_| ())
    }

    fn sql(&self) -> Result<&SqlStorage> {
        if !self.is_ready.get() {
            schema::prepare(&self.sql)?;
            self.is_ready.set(true);
        }
        Ok(&self.sql)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// A number as the database takes it.
fn number(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
