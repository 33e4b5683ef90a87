//! A job's record as it lies in its row.

use super::number;
use crate::job::JobError;
use ringcentral_ai::lifecycle::{Record, State, Terms, Via};
use serde::Deserialize;
use worker::{Error, Result, SqlStorageValue as Value};

/// The columns of a record, in the order of [`values`].
pub(super) const COLUMNS: &str = "id, task, engine, status, attempt, tries, unanswered, asks, engine_job_id, created_ms, sent_ms, \
     submitted_ms, completed_ms, retained_until_ms, due_ms, remembers_ms, keeps_ms, ask_after_ms, via, error, result_key";

#[derive(Debug, Deserialize)]
pub(super) struct Row {
    id: String,
    task: String,
    engine: String,
    status: String,
    attempt: u32,
    tries: u32,
    unanswered: u32,
    asks: u32,
    engine_job_id: Option<String>,
    created_ms: u64,
    sent_ms: Option<u64>,
    submitted_ms: Option<u64>,
    completed_ms: Option<u64>,
    retained_until_ms: u64,
    due_ms: u64,
    remembers_ms: u64,
    keeps_ms: u64,
    ask_after_ms: u64,
    via: Option<String>,
    error: Option<String>,
    result_key: Option<String>,
}

impl Row {
    /// The record.
    ///
    /// # Errors
    /// When a word in it is none of this version's.
    pub(super) fn record(self) -> Result<Record> {
        let unknown = || Error::from("a job's row is not one that this version writes");
        let error = self.error.map(|text| serde_json::from_str::<JobError>(&text)).transpose()?;
        Ok(Record {
            state: State::named(&self.status).ok_or_else(unknown)?,
            via: self.via.map(|via| Via::named(&via).ok_or_else(unknown)).transpose()?,
            error: error.map(Into::into),
            id: self.id,
            task: self.task,
            engine: self.engine,
            attempt: self.attempt,
            tries: self.tries,
            unanswered: self.unanswered,
            asks: self.asks,
            engine_job_id: self.engine_job_id,
            created_ms: self.created_ms,
            sent_ms: self.sent_ms,
            submitted_ms: self.submitted_ms,
            completed_ms: self.completed_ms,
            retained_until_ms: self.retained_until_ms,
            due_ms: self.due_ms,
            terms: Terms { remembers_ms: self.remembers_ms, keeps_ms: self.keeps_ms, ask_after_ms: self.ask_after_ms },
            result_key: self.result_key,
        })
    }
}

/// A record's values, in the order of [`COLUMNS`].
pub(super) fn values(record: &Record) -> Result<Vec<Value>> {
    let optional = |ms: Option<u64>| ms.map_or(Value::Null, number);
    let error = record.error.clone().map(JobError::from).map(|error| serde_json::to_string(&error)).transpose()?;
    Ok(vec![
        record.id.as_str().into(),
        record.task.as_str().into(),
        record.engine.as_str().into(),
        record.state.name().into(),
        number(record.attempt.into()),
        number(record.tries.into()),
        number(record.unanswered.into()),
        number(record.asks.into()),
        record.engine_job_id.clone().into(),
        number(record.created_ms),
        optional(record.sent_ms),
        optional(record.submitted_ms),
        optional(record.completed_ms),
        number(record.retained_until_ms),
        number(record.due_ms),
        number(record.terms.remembers_ms),
        number(record.terms.keeps_ms),
        number(record.terms.ask_after_ms),
        record.via.map(Via::name).into(),
        error.into(),
        record.result_key.clone().into(),
    ])
}
