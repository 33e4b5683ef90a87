//! The object's database: a file for what is done with each table; all SQL is in [`schema`] and [`sql`].

mod columns;
mod dead_letters;
mod deletions;
mod engine_states;
mod idempotency;
mod jobs;
mod notices;
mod queue;
mod read_back;
mod rejections;
mod row;
mod schema;
mod settings;
mod sql;
mod stats;
mod uploads;

pub(super) use dead_letters::Letter;
pub(super) use deletions::Deletion;
pub(super) use idempotency::Known;
pub(super) use jobs::{Asked, Filter};
pub(super) use notices::{Due, Fate as NoticeFate};
pub(super) use queue::Queue;
pub(super) use read_back::{Check, ReadBack};
pub(super) use stats::{Came, Counts};
pub(super) use uploads::Held;

use columns::Columns;
use ringcentral_ai::lifecycle::Record;
use std::cell::{Cell, RefCell};
use std::fmt;
use worker::{Result, SqlStorage, SqlStorageValue as Value};

/// The object's database.
pub(super) struct Store {
    database: SqlStorage,
    is_ready: Cell<bool>,
    /// The record that was read or written last: one question reads it more than once. Nobody else writes the database.
    latest: RefCell<Option<Record>>,
    /// Whether there is any upload, or any job that holds something, where that was looked up: at most Workers there never is.
    has_held: Cell<Option<bool>>,
}

impl Store {
    /// A database that has not been looked at yet: an object that is never used stays empty.
    pub(super) fn new(sql: SqlStorage) -> Self {
        Self { database: sql, is_ready: Cell::new(false), latest: RefCell::default(), has_held: Cell::default() }
    }

    /// The rows that a statement gives.
    fn read(&self, statement: &str, values: Vec<Value>) -> Result<Vec<Columns>> {
        self.database()?.exec(statement, values)?.raw().map(|row| row.map(Columns::of)).collect()
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
        self.database()?.exec(statement, values).map(|_| ())
    }

    fn database(&self) -> Result<&SqlStorage> {
        if !self.is_ready.get() {
            prepare(&self.database)?;
            self.is_ready.set(true);
        }
        Ok(&self.database)
    }
}

/// Takes a database, new or of any version, to the present one.
fn prepare(database: &SqlStorage) -> Result<()> {
    database.exec(schema::MAKE_VERSION, None)?;
    let found = database.exec(schema::READ_VERSION, None)?.raw().next().transpose()?;
    let done = found.map_or(Ok(0), |row| Columns::of(row).count())? as usize;
    for step in schema::STEPS.iter().skip(done) {
        database.exec(step, None)?;
    }
    if done < schema::STEPS.len() {
        database.exec(schema::FORGET_VERSION, None)?;
        database.exec(schema::WRITE_VERSION, vec![number(schema::STEPS.len() as u64)])?;
    }
    Ok(())
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
