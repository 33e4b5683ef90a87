//! The table of idempotency keys.

use super::{Store, number, sql};
use worker::Result;

/// What came with a key before.
#[derive(Debug)]
pub(crate) struct Known {
    /// The hash of the body.
    pub(crate) body: String,
    /// The job that came of it.
    pub(crate) job_id: String,
}

impl Store {
    /// What came with that key, while it is remembered.
    pub(crate) fn known(&self, key: &str, now_ms: u64) -> Result<Option<Known>> {
        self.write(sql::FORGET_OLD_KEYS, vec![number(now_ms)])?;
        let row = self.first(sql::READ_KEY, vec![key.into()])?;
        row.map(|mut row| Ok(Known { body: row.text()?, job_id: row.text()? })).transpose()
    }

    /// Remembers a key.
    pub(crate) fn remember(&self, key: String, known: Known, until_ms: u64) -> Result<()> {
        self.write(sql::PUT_KEY, vec![key.into(), known.body.into(), known.job_id.into(), number(until_ms)])
    }
}
