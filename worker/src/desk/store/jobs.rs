//! The table of jobs: each row is a job's record, and beside it what the job was asked with.

use super::row::{record, values};
use super::{Store, Value, sql};
use ringcentral_ai::lifecycle::Record;
use worker::Result;

/// What a job was asked with: it never changes, but that its input is completed and its address erased.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The media as it may be seen, JSON.
    pub(crate) media: Option<String>,
    /// The engine's request fields, JSON.
    pub(crate) input: Option<String>,
    /// The caller's own content URI, sealed for the job.
    pub(crate) sealed: Option<Vec<u8>>,
    /// The origin that the engine reaches this Worker at.
    pub(crate) public_url: String,
}

impl Store {
    /// The record of a job.
    pub(crate) fn record(&self, id: &str) -> Result<Option<Record>> {
        let row = self.first(&sql::read_record(), vec![id.into()])?;
        row.map(|mut row| record(&mut row)).transpose()
    }

    /// What a job was asked with.
    pub(crate) fn asked(&self, id: &str) -> Result<Option<Asked>> {
        let row = self.first(&sql::read_asked(), vec![id.into()])?;
        row.map(|mut row| {
            Ok(Asked {
                media: row.optional_text()?,
                input: row.optional_text()?,
                sealed: row.optional_bytes()?,
                public_url: row.text()?,
            })
        })
        .transpose()
    }

    /// Writes a record down: a new one with what its job was asked with, any other in its place.
    pub(crate) fn put(&self, record: &Record, asked: Asked) -> Result<()> {
        let Asked { media, input, sealed, public_url } = asked;
        let mut values = values(record);
        values.extend([media.into(), input.into(), sealed.into(), Value::from(public_url)]);
        self.write(&sql::put_record(), values)
    }

    /// Completes what a job was asked with by what was found out about its media.
    pub(crate) fn complete(&self, id: &str, input: String) -> Result<()> {
        self.write(sql::COMPLETE_INPUT, vec![input.into(), id.into()])
    }

    /// Erases the address that a job was asked with.
    pub(crate) fn erase_address(&self, id: &str) -> Result<()> {
        self.write(sql::ERASE_ADDRESS, vec![id.into()])
    }

    /// Removes a job.
    pub(crate) fn remove(&self, id: &str) -> Result<()> {
        self.write(sql::REMOVE_JOB, vec![id.into()])
    }
}
