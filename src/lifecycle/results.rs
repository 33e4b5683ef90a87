//! Whether what an engine says of a job is the job's result: the first word that does not contradict it, with its bytes stored.

use super::effect::Effect;
use super::event::{Outcome, Said, Stored};
use super::moves::{End, Transition, ask_later, confirm, end, unchanged};
use super::record::Record;
use super::state::{State, Via};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Something was said of an attempt of a job that takes a result.
pub(super) fn said(record: Record, attempt: u32, said: Said, via: Via, now_ms: u64) -> Transition {
    if let Some(reason) = contradiction(&record, attempt, &said) {
        let mut effects = vec![Effect::Refuse { reason }];
        effects.extend(drop_key(said.stored));
        return unchanged(record, effects);
    }
    let Said { engine_job_id, outcome, completed_ms, stored, .. } = said;
    let completed_ms = completed_ms.unwrap_or(now_ms);
    match (outcome, stored) {
        (Outcome::Succeeded, Some(stored)) => {
            let end = End { state: State::Succeeded, completed_ms, retained_until_ms: stored.until_ms, error: None };
            take(record, engine_job_id, stored.key, via, end)
        }
        (Outcome::Failed(error), Some(stored)) => {
            let end = End { state: State::Failed, completed_ms, retained_until_ms: stored.until_ms, error: Some(error) };
            take(record, engine_job_id, stored.key, via, end)
        }
        (_, stored) => {
            let (record, mut effects) = no_result_yet(record, attempt, engine_job_id, via, now_ms);
            effects.extend(drop_key(stored));
            (record, effects)
        }
    }
}

/// The engine was asked for the latest attempt.
pub(super) fn status_said(record: Record, answer: Said, now_ms: u64) -> Transition {
    let attempt = record.attempt;
    said(record, attempt, answer, Via::Status, now_ms)
}

/// Something was said of a job that has its result. The same key again is the same question again, whose answer may have been
/// lost; any other is dropped.
pub(super) fn said_again(record: Record, stored: Option<Stored>) -> Transition {
    let effects = match stored {
        Some(Stored { key, .. }) if record.result_key.as_ref() == Some(&key) => vec![Effect::Keep { key }],
        other => drop_key(other),
    };
    unchanged(record, effects)
}

/// The bytes of what is no result.
pub(super) fn drop_key(stored: Option<Stored>) -> Vec<Effect> {
    stored.into_iter().map(|stored| Effect::DropKey { key: stored.key }).collect()
}

fn take(mut record: Record, engine_job_id: Option<String>, key: String, via: Via, its_end: End) -> Transition {
    record.via = Some(via);
    record.result_key = Some(key.clone());
    record.engine_job_id = engine_job_id.or(record.engine_job_id);
    // What has a result was sent, even where the answer to that was lost.
    record.submitted_ms = record.submitted_ms.or(record.sent_ms);
    let (record, mut effects) = end(record, its_end);
    effects.insert(0, Effect::Keep { key });
    (record, effects)
}

/// It runs, or its end could not be stored. A delivery shows that its attempt was taken; after an answer it is asked again.
fn no_result_yet(record: Record, attempt: u32, engine_job_id: Option<String>, via: Via, now_ms: u64) -> Transition {
    match (record.state, via) {
        (_, Via::Callback) if record.may_run(attempt) => confirm(record, attempt, engine_job_id, now_ms),
        (State::Submitted | State::Reserved, Via::Status) => ask_later(record, now_ms),
        _ => unchanged(record, Vec::new()),
    }
}

/// What in it does not fit the job; what it does not name fits any.
fn contradiction(record: &Record, attempt: u32, said: &Said) -> Option<&'static str> {
    if attempt == 0 || attempt > record.attempt {
        return Some("the attempt in the address was never given out");
    }
    if said.task.as_ref().is_some_and(|task| !task.is_empty() && *task != record.task) {
        return Some("api names another task than the job has");
    }
    // The id in the record is the latest attempt's; what an earlier one was called is not known.
    let known = record.engine_job_id.as_ref().filter(|_| attempt == record.attempt);
    let is_another = known.zip(said.engine_job_id.as_ref()).is_some_and(|(known, given)| !known.eq_ignore_ascii_case(given));
    is_another.then_some("jobId is another job's")
}
