//! The table of jobs: each row is a job's record, and beside it what the job was asked with.

use super::row::{COLUMNS, Row, values};
use super::{Store, Value};
use ringcentral_ai::lifecycle::Record;
use serde::Deserialize;
use worker::Result;

/// What a job was asked with: it never changes, but for the address, which is erased.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The media as it may be seen, JSON.
    pub(crate) media: Option<String>,
    /// The engine's request fields, JSON.
    pub(crate) input: Option<String>,
    /// The caller's own content URI, sealed for the job.
    #[serde(with = "serde_bytes")]
    pub(crate) sealed: Option<Vec<u8>>,
    /// The origin that the engine reaches this Worker at.
    pub(crate) public_url: String,
}

impl Store {
    /// The record of a job.
    pub(crate) fn record(&self, id: &str) -> Result<Option<Record>> {
        let row: Option<Row> = self.first(&["SELECT ", COLUMNS, " FROM jobs WHERE id = ?"].concat(), vec![id.into()])?;
        row.map(Row::record).transpose()
    }

    /// What a job was asked with.
    pub(crate) fn asked(&self, id: &str) -> Result<Option<Asked>> {
        self.first("SELECT media, input, sealed, public_url FROM jobs WHERE id = ?", vec![id.into()])
    }

    /// Writes a record down: a new one with what its job was asked with, any other in its place.
    pub(crate) fn put(&self, record: &Record, asked: Asked) -> Result<()> {
        let names: Vec<&str> = COLUMNS.split(", ").collect();
        let marks = ["?"; 4].into_iter().chain(names.iter().map(|_| "?")).collect::<Vec<_>>().join(", ");
        let changes: Vec<String> = names.iter().map(|name| format!("{name} = excluded.{name}")).collect();
        let statement = format!(
            "INSERT INTO jobs ({COLUMNS}, media, input, sealed, public_url) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {}",
            changes.join(", ")
        );
        let Asked { media, input, sealed, public_url } = asked;
        let asked: [Value; 4] = [media.into(), input.into(), sealed.into(), public_url.into()];
        self.write(&statement, values(record)?.into_iter().chain(asked).collect())
    }

    /// Erases the address that a job was asked with.
    pub(crate) fn erase_address(&self, id: &str) -> Result<()> {
        self.write("UPDATE jobs SET sealed = NULL WHERE id = ? AND sealed IS NOT NULL", vec![id.into()])
    }

    /// Removes a job.
    pub(crate) fn remove(&self, id: &str) -> Result<()> {
        self.write("DELETE FROM jobs WHERE id = ?", vec![id.into()])
    }
}
