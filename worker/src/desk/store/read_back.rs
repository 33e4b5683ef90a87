//! The table of results that KV has not been seen to give back yet.

use super::{Store, Value, number, sql};
use worker::Result;

/// A result that KV is asked for.
#[derive(Debug)]
pub(crate) struct Check {
    /// Whose it is.
    pub(crate) job_id: String,
    /// Its key in KV.
    pub(crate) key: String,
    /// How often KV was asked before.
    pub(crate) checks: u32,
}

/// What is done with them.
pub(crate) trait ReadBack {
    /// A result is in KV; of a short one a copy is kept.
    fn expect(&self, job_id: &str, key: &str, copy: Option<&[u8]>, due_ms: u64) -> Result<()>;

    /// The copy of a job's result, while there is one.
    fn copy(&self, job_id: &str) -> Result<Option<Vec<u8>>>;

    /// Nothing is expected for a job any more; its copy goes with that.
    fn forget(&self, job_id: &str) -> Result<()>;

    /// The next one that KV is to be asked for.
    fn next_check(&self, now_ms: u64) -> Result<Option<Check>>;

    /// Puts the next question for it off.
    fn put_off_check(&self, job_id: &str, due_ms: u64) -> Result<()>;

    /// When the next one is due.
    fn next_check_ms(&self) -> Result<Option<u64>>;
}

impl ReadBack for Store {
    fn expect(&self, job_id: &str, key: &str, copy: Option<&[u8]>, due_ms: u64) -> Result<()> {
        let copy = copy.map_or(Value::Null, |copy| copy.to_vec().into());
        self.write(sql::EXPECT_BACK, vec![job_id.into(), key.into(), copy, number(due_ms)])
    }

    fn copy(&self, job_id: &str) -> Result<Option<Vec<u8>>> {
        let row = self.first(sql::READ_COPY, vec![job_id.into()])?;
        row.map_or(Ok(None), |mut row| row.optional_bytes())
    }

    fn forget(&self, job_id: &str) -> Result<()> {
        self.write(sql::FORGET_CHECK, vec![job_id.into()])
    }

    fn next_check(&self, now_ms: u64) -> Result<Option<Check>> {
        let row = self.first(sql::NEXT_CHECK, vec![number(now_ms)])?;
        row.map(|mut row| Ok(Check { job_id: row.text()?, key: row.text()?, checks: row.count()? })).transpose()
    }

    fn put_off_check(&self, job_id: &str, due_ms: u64) -> Result<()> {
        self.write(sql::PUT_OFF_CHECK, vec![number(due_ms), job_id.into()])
    }

    fn next_check_ms(&self) -> Result<Option<u64>> {
        self.time(sql::NEXT_CHECK_MS, Vec::new())
    }
}
