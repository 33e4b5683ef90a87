//! The table of keys that KV has still to let go of.

use super::{Store, number, sql};
use worker::Result;

/// A key that KV is to delete.
#[derive(Debug)]
pub(crate) struct Deletion {
    /// The key.
    pub(crate) key: String,
    /// How often KV was asked before.
    pub(crate) tries: u32,
}

impl Store {
    /// Writes down that a key is to go.
    pub(crate) fn doom(&self, key: &str, now_ms: u64) -> Result<()> {
        self.write(sql::PUT_DELETION, vec![key.into(), number(now_ms)])
    }

    /// The next key that is due.
    pub(crate) fn next_deletion(&self, now_ms: u64) -> Result<Option<Deletion>> {
        let row = self.first(sql::NEXT_DELETION, vec![number(now_ms)])?;
        row.map(|mut row| Ok(Deletion { key: row.text()?, tries: row.count()? })).transpose()
    }

    /// Puts the next try off.
    pub(crate) fn put_off_deletion(&self, key: &str, due_ms: u64) -> Result<()> {
        self.write(sql::PUT_OFF_DELETION, vec![number(due_ms), key.into()])
    }

    /// KV has let go of it.
    pub(crate) fn drop_deletion(&self, key: &str) -> Result<()> {
        self.write(sql::DROP_DELETION, vec![key.into()])
    }

    /// When the next one is due.
    pub(crate) fn next_deletion_ms(&self) -> Result<Option<u64>> {
        self.time(sql::NEXT_DELETION_MS, Vec::new())
    }
}
