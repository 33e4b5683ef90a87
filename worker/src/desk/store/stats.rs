//! What is counted for whoever runs this Worker.

use super::{Store, Value, number, sql};
use ringcentral_ai::lifecycle::State;
use worker::Result;

/// When a result came, and how.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    /// When its engine ended the job, milliseconds since 1970.
    pub(crate) completed_ms: u64,
    /// When the job was submitted, where that is known.
    pub(crate) submitted_ms: Option<u64>,
    /// How it came, by the name.
    pub(crate) via: String,
    /// What the job did.
    pub(crate) task: String,
    /// Who did it.
    pub(crate) engine: String,
}

/// Counts, each with its name.
pub(crate) type Counts = Vec<(String, u64)>;

impl Store {
    /// How many jobs stand how: reads an index's entry for each job that there is.
    pub(crate) fn count_jobs(&self) -> Result<Counts> {
        self.counts(sql::COUNT_JOBS, Vec::new())
    }

    /// When the oldest job of that state was created: reads one row.
    pub(crate) fn oldest_ms(&self, state: State) -> Result<Option<u64>> {
        self.time(sql::OLDEST_OF_STATE, vec![state.name().into()])
    }

    /// The latest results: reads as many entries of an index.
    pub(crate) fn latest_results(&self, limit: u64) -> Result<Vec<Came>> {
        let rows = self.read(sql::LATEST_RESULTS, vec![number(limit)])?;
        let came = |mut row: super::Columns| {
            let (completed_ms, submitted_ms, via) = (row.number()?, row.optional_number()?, row.text()?);
            Ok(Came { completed_ms, submitted_ms, via, task: row.text()?, engine: row.text()? })
        };
        rows.into_iter().map(came).collect()
    }

    /// How many deliveries were not taken, by reason: reads a row for each reason.
    pub(crate) fn rejected(&self) -> Result<Counts> {
        self.counts(sql::READ_REJECTED, Vec::new())
    }

    /// How many dead letters there are: reads an index's entry for each.
    pub(crate) fn count_letters(&self, now_ms: u64) -> Result<u64> {
        Ok(self.counts(sql::COUNT_LETTERS, vec![number(now_ms)])?.first().map_or(0, |(_, count)| *count))
    }

    /// How many notices stand how: reads an index's entry for each.
    pub(crate) fn count_notices(&self) -> Result<Counts> {
        self.counts(sql::COUNT_NOTICES, Vec::new())
    }

    fn counts(&self, statement: &str, values: Vec<Value>) -> Result<Counts> {
        self.read(statement, values)?.into_iter().map(|mut row| Ok((row.text()?, row.number()?))).collect()
    }
}
