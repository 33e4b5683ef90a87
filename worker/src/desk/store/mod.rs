//! The object's database. All SQL is in this folder: the tables and their versions, and the statements, a file for each table.

mod columns;
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

use columns::Columns;
use std::cell::Cell;
use std::fmt;
use worker::{Result, SqlStorage, SqlStorageValue as Value};

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
    fn read(&self, statement: &str, values: Vec<Value>) -> Result<Vec<Columns>> {
        self.sql()?.exec(statement, values)?.raw().map(|row| row.map(Columns::of)).collect()
    }

    /// The first row that a statement gives.
    fn first(&self, statement: &str, values: Vec<Value>) -> Result<Option<Columns>> {
        Ok(self.read(statement, values)?.into_iter().next())
    }

    /// A time that a statement gives, if there is any.
    fn time(&self, statement: &str, values: Vec<Value>) -> Result<Option<u64>> {
        self.first(statement, values)?.map_or(Ok(None), |mut row| row.optional_number())
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

/// The greatest number that JavaScript, through which all values go, holds to the last digit.
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// A number as the database takes it.
fn number(number: u64) -> Value {
    Value::Integer(number.min(MAX_NUMBER).cast_signed())
}
