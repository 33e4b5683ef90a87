//! A job's record as it lies in its row: read as a whole, written column by column, in the order of the statements.

use super::columns::Columns;
use super::{MAX_NUMBER, number};
use crate::job::{deliveries_json, error_json, parse_deliveries, parse_error};
use ringcentral_ai::lifecycle::{Record, State, Terms, Via};
use worker::{Error, Result, SqlStorageValue as Value};

/// The record in a row, whose columns are a JSON array.
///
/// # Errors
/// When a word in it is none of this version's.
pub(super) fn record(columns: &str) -> Result<Record> {
    let mut row = Columns::of_json(columns)?;
    let unknown = || Error::from("a job's row is not one that this version writes");
    Ok(Record {
        id: row.text()?,
        task: row.text()?,
        engine: row.text()?,
        state: State::named(&row.text()?).ok_or_else(unknown)?,
        attempt: row.count()?,
        tries: row.count()?,
        unanswered: row.count()?,
        asks: row.count()?,
        engine_job_id: row.optional_text()?,
        created_ms: row.number()?,
        sent_ms: row.optional_number()?,
        submitted_ms: row.optional_number()?,
        completed_ms: row.optional_number()?,
        retained_until_ms: row.number()?,
        due_ms: row.number()?,
        terms: Terms {
            remembers_ms: row.number()?,
            keeps_ms: row.number()?,
            ask_after_ms: or_never(row.number()?),
            makes: row.number()? != 0,
        },
        via: row.optional_text()?.map(|via| Via::named(&via).ok_or_else(unknown)).transpose()?,
        error: row.optional_text()?.map(|error| parse_error(&error).ok_or_else(unknown)).transpose()?,
        result_key: row.optional_text()?,
        said_key: row.optional_text()?,
        deliveries: parse_deliveries(&row.text()?).ok_or_else(unknown)?,
    })
}

/// A wait; the longest number that there is in a row is that of what never comes.
const fn or_never(ms: u64) -> u64 {
    if ms < MAX_NUMBER { ms } else { u64::MAX }
}

/// A record's values.
pub(super) fn values(record: &Record) -> Vec<Value> {
    let optional = |ms: Option<u64>| ms.map_or(Value::Null, number);
    vec![
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
        number(record.terms.makes.into()),
        record.via.map(Via::name).into(),
        record.error.as_ref().map(error_json).into(),
        record.result_key.clone().into(),
        record.said_key.clone().into(),
        deliveries_json(&record.deliveries).into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_comes_is_read_as_it_was_written() {
        for ms in [0, 600_000, u64::MAX] {
            let Value::Integer(written) = number(ms) else { panic!("no number") };
            assert_eq!(or_never(written.cast_unsigned()), ms);
        }
    }
}
