//! The table of copies of short results.

use super::{Store, number, sql};
use worker::Result;

/// A copy that KV is asked about.
#[derive(Debug)]
pub(crate) struct Check {
    /// Whose result it is.
    pub(crate) job_id: String,
    /// Its key in KV.
    pub(crate) key: String,
    /// How long it is.
    pub(crate) bytes: u64,
    /// How often KV was asked before.
    pub(crate) checks: u32,
}

/// What is done with the copies.
pub(crate) trait Copies {
    /// Keeps a copy.
    fn keep_copy(&self, job_id: &str, key: &str, bytes: &[u8], due_ms: u64) -> Result<()>;

    /// The bytes of a job's result, while there is a copy.
    fn copy(&self, job_id: &str) -> Result<Option<Vec<u8>>>;

    /// Lets go of a copy.
    fn drop_copy(&self, job_id: &str) -> Result<()>;

    /// The next copy that is to be compared with KV.
    fn next_check(&self, now_ms: u64) -> Result<Option<Check>>;

    /// Puts the next comparison off.
    fn put_off_check(&self, job_id: &str, due_ms: u64) -> Result<()>;

    /// When the next one is due.
    fn next_check_ms(&self) -> Result<Option<u64>>;
}

impl Copies for Store {
    fn keep_copy(&self, job_id: &str, key: &str, bytes: &[u8], due_ms: u64) -> Result<()> {
        self.write(sql::PUT_COPY, vec![job_id.into(), key.into(), bytes.to_vec().into(), number(due_ms)])
    }

    fn copy(&self, job_id: &str) -> Result<Option<Vec<u8>>> {
        let row = self.first(sql::READ_COPY, vec![job_id.into()])?;
        row.map_or(Ok(None), |mut row| row.optional_bytes())
    }

    fn drop_copy(&self, job_id: &str) -> Result<()> {
        self.write(sql::DROP_COPY, vec![job_id.into()])
    }

    fn next_check(&self, now_ms: u64) -> Result<Option<Check>> {
        let row = self.first(sql::NEXT_CHECK, vec![number(now_ms)])?;
        row.map(|mut row| Ok(Check { job_id: row.text()?, key: row.text()?, bytes: row.number()?, checks: row.count()? }))
            .transpose()
    }

    fn put_off_check(&self, job_id: &str, due_ms: u64) -> Result<()> {
        self.write(sql::PUT_OFF_CHECK, vec![number(due_ms), job_id.into()])
    }

    fn next_check_ms(&self) -> Result<Option<u64>> {
        self.time(sql::NEXT_CHECK_MS, Vec::new())
    }
}
