//! The table of who is told of a job's end, a row a job.

use super::columns::Columns;
use super::queue::list;
use super::{Store, Value, number, sql};
use worker::Result;

/// A notice that is due.
#[derive(Debug)]
pub(crate) struct Due {
    /// The job that it is of.
    pub(crate) job_id: String,
    /// Where it goes, sealed.
    pub(crate) sealed: Vec<u8>,
    /// The same as it may be seen.
    pub(crate) shown: String,
    /// What it is of: how the job stands, and by which attempt.
    pub(crate) event: String,
    /// How often it was sent before.
    pub(crate) tries: u32,
    /// Whether it is the result in RingCentral's envelope.
    pub(crate) is_envelope: bool,
}

/// How a notice stands.
#[derive(Debug)]
pub(crate) struct Standing {
    /// Where it goes, as it may be seen.
    pub(crate) url: String,
    /// The name of its state.
    pub(crate) state: String,
    /// How often it was sent.
    pub(crate) tries: u32,
    /// What was answered last.
    pub(crate) answered: Option<u64>,
    /// Whether it is the result in RingCentral's envelope.
    pub(crate) is_envelope: bool,
}

/// What becomes of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It waits for its time.
    Waiting(u64),
    /// It was taken.
    Delivered,
    /// It is given up.
    Failed,
}

impl Fate {
    /// Its name in the API and in the store.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Waiting(_) => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

impl Store {
    /// Writes down who is to be told of a job's end.
    pub(crate) fn put_notice(&self, job_id: &str, sealed: Vec<u8>, shown: &str, is_envelope: bool) -> Result<()> {
        self.write(sql::PUT_NOTICE, vec![job_id.into(), sealed.into(), shown.into(), number(is_envelope.into())])
    }

    /// How the notice of a job stands, if anybody is told.
    pub(crate) fn notice(&self, job_id: &str) -> Result<Option<Standing>> {
        let row = self.first(sql::READ_NOTICE, vec![job_id.into()])?;
        let standing = |mut row: Columns| {
            let (url, state, tries, answered) = (row.text()?, row.text()?, row.count()?, row.optional_number()?);
            Ok(Standing { url, state, tries, answered, is_envelope: row.number()? != 0 })
        };
        row.map(standing).transpose()
    }

    /// Where a notice goes, sealed, and whether it is an envelope.
    pub(crate) fn receiver(&self, job_id: &str) -> Result<Option<(Vec<u8>, bool)>> {
        let row = self.first(sql::READ_RECEIVER, vec![job_id.into()])?;
        row.map(|mut row| Ok((row.optional_bytes()?.unwrap_or_default(), row.number()? != 0))).transpose()
    }

    /// Something has happened to a job of which whoever is told is told now.
    pub(crate) fn arm_notice(&self, job_id: &str, event: String, now_ms: u64) -> Result<()> {
        self.write(sql::ARM_NOTICE, vec![event.into(), number(now_ms), job_id.into()])
    }

    /// The next notice that is due, to none of those receivers; one that was sent less often comes first.
    pub(crate) fn next_notice(&self, but: &[String], now_ms: u64) -> Result<Option<Due>> {
        let row = self.first(sql::NEXT_NOTICE, vec![number(now_ms), list(but)])?;
        row.map(|mut row| {
            let (job_id, sealed) = (row.text()?, row.optional_bytes()?.unwrap_or_default());
            let (shown, event, tries, is_envelope) = (row.text()?, row.text()?, row.count()?, row.number()? != 0);
            Ok(Due { job_id, sealed, shown, event, tries, is_envelope })
        })
        .transpose()
    }

    /// Counts another try, of which nothing may be heard until then.
    pub(crate) fn try_notice(&self, job_id: &str, due_ms: u64) -> Result<()> {
        self.write(sql::TRY_NOTICE, vec![number(due_ms), job_id.into()])
    }

    /// The last try was none: another one comes then.
    pub(crate) fn untry_notice(&self, due: &Due, due_ms: u64) -> Result<()> {
        self.write(sql::UNTRY_NOTICE, vec![number(due_ms), due.job_id.as_str().into(), due.event.as_str().into()])
    }

    /// What became of the last try; of a notice that is of something else by now nothing is changed.
    pub(crate) fn settle_notice(&self, due: &Due, answered: Option<u16>, fate: Fate) -> Result<()> {
        let due_ms = if let Fate::Waiting(due_ms) = fate { number(due_ms) } else { Value::Null };
        let answered = answered.map_or(Value::Null, |status| number(status.into()));
        let which = [Value::from(due.job_id.as_str()), due.event.as_str().into()];
        self.write(sql::SETTLE_NOTICE, [fate.name().into(), answered, due_ms].into_iter().chain(which).collect())
    }

    /// When the next one is due, to none of those receivers.
    pub(crate) fn next_notice_ms(&self, but: &[String]) -> Result<Option<u64>> {
        self.time(sql::NEXT_NOTICE_MS, vec![list(but)])
    }

    /// Nobody is told any more.
    pub(crate) fn drop_notice(&self, job_id: &str) -> Result<()> {
        self.write(sql::DROP_NOTICE, vec![job_id.into()])
    }
}
