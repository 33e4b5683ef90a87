//! What each change of a job consists of; when one is due stands in the table of [`transition`](super::transition()).

use super::deliveries::Fate;
use super::effect::Effect;
use super::event::Stored;
use super::record::{JobError, Record};
use super::state::{State, Via};
use super::timing::{HOUR_MS, MAX_UNANSWERED, UNCONFIRMED_WAIT_MS, forgotten_ms, next_ask_ms, next_try_ms, removal_ms};
use crate::error::Code;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// The record to store, none where there is no such job, and then what to do, in this order.
pub type Transition = (Option<Record>, Vec<Effect>);

/// How a job ends.
pub(super) struct End {
    pub(super) state: State,
    pub(super) completed_ms: u64,
    pub(super) retained_until_ms: u64,
    pub(super) error: Option<JobError>,
}

/// The attempt is written down as unconfirmed before its request leaves.
pub(super) fn send(mut record: Record, attempt: u32, now_ms: u64) -> Transition {
    record.state = State::Unconfirmed;
    record.attempt = attempt;
    record.sent_ms = Some(now_ms);
    record.asks = 0;
    record.due_ms = now_ms.saturating_add(UNCONFIRMED_WAIT_MS);
    (Some(record), vec![Effect::Send, Effect::Tell])
}

/// The job waits for its turn again; what an attempt was called that was not taken is nothing to go by.
pub(super) fn queue(mut record: Record, due_ms: u64) -> Transition {
    let effects = if record.state == State::Queued { Vec::new() } else { vec![Effect::Tell] };
    record.state = State::Queued;
    record.engine_job_id = None;
    record.due_ms = due_ms;
    (Some(record), effects)
}

/// The engine was not to be had: the job is tried again for a day.
pub(super) fn put_off(mut record: Record, error: JobError, now_ms: u64) -> Transition {
    record.tries = record.tries.saturating_add(1);
    match next_try_ms(record.tries, now_ms) {
        Some(due_ms) => queue(record, due_ms),
        None => fail(record, error, now_ms),
    }
}

/// No answer came, nor a callback, or none will: it is sent once more, unless it was already.
pub(super) fn give_up_attempt(mut record: Record, now_ms: u64) -> Transition {
    record.unanswered = record.unanswered.saturating_add(1);
    if record.unanswered >= MAX_UNANSWERED {
        let message = "the job was sent twice, no answer came, and no callback either: it may have run";
        return fail(record, own_error(Code::SubmitUnconfirmed, message), now_ms);
    }
    queue(record, now_ms)
}

/// The engine has it, as it says; the caller's address was needed for sending only.
pub(super) fn accept(mut record: Record, attempt: u32, engine_job_id: Option<String>, now_ms: u64) -> Transition {
    record.submitted_ms = Some(now_ms);
    record.asks = 0; // those were for what a delivery called it
    let (record, mut effects) = watch(record, attempt, engine_job_id, now_ms);
    effects.insert(0, Effect::EraseAddress);
    (record, effects)
}

/// The engine has it, as can be seen. Where its answer may still come, and refuse, the caller's address is not erased.
pub(super) fn confirm(mut record: Record, attempt: u32, engine_job_id: Option<String>, now_ms: u64) -> Transition {
    let may_be_refused = record.awaits_answer() && attempt == record.attempt;
    if !may_be_refused {
        record.submitted_ms = Some(now_ms);
    } else if record.state == State::Submitted && (engine_job_id.is_none() || record.engine_job_id.is_some()) {
        return unchanged(record, Vec::new()); // seen before, and nothing new
    }
    watch(record, attempt, engine_job_id, now_ms)
}

/// Its media was fetched, which tells nothing of what the engine calls it: a claim is asked for when it was to be.
pub(super) fn fetched(record: Record, attempt: u32, now_ms: u64) -> Transition {
    let is_claimed = record.awaits_answer() && record.engine_job_id.is_some();
    let claim_due_ms = if is_claimed { record.due_ms } else { u64::MAX };
    let (mut record, effects) = confirm(record, attempt, None, now_ms);
    if let Some(record) = &mut record {
        record.due_ms = record.due_ms.min(claim_due_ms);
    }
    (record, effects)
}

/// It is submitted: kept as long as the engine remembers it, and asked for in a while.
fn watch(mut record: Record, attempt: u32, engine_job_id: Option<String>, now_ms: u64) -> Transition {
    record.state = State::Submitted;
    record.engine_job_id = engine_job_id.filter(|_| attempt == record.attempt).or(record.engine_job_id);
    record.retained_until_ms = record.retained_until_ms.max(forgotten_ms(&record));
    record.due_ms = next_ask_ms(&record, now_ms);
    (Some(record), vec![Effect::Tell])
}

/// The caller has submitted it: it can be asked for.
pub(super) fn bind(mut record: Record, engine_job_id: String, now_ms: u64) -> Transition {
    match &record.engine_job_id {
        None => {}
        Some(known) if known.eq_ignore_ascii_case(&engine_job_id) => return (Some(record), Vec::new()),
        Some(_) => {
            let reason = "the job is bound to another id already".into();
            return (Some(record), vec![Effect::Refuse { fate: Fate::Foreign, reason }]);
        }
    }
    record.engine_job_id = Some(engine_job_id);
    record.submitted_ms = Some(now_ms);
    record.retained_until_ms = record.retained_until_ms.max(forgotten_ms(&record));
    record.due_ms = next_ask_ms(&record, now_ms);
    (Some(record), vec![Effect::Tell])
}

/// Its engine has it, and no result came yet: it is asked for while the engine remembers it, then it has expired.
pub(super) fn ask_or_expire(mut record: Record, now_ms: u64) -> Transition {
    if now_ms >= forgotten_ms(&record) {
        return expire(record, now_ms);
    }
    // Were the question lost, the next one is due already.
    record.due_ms = next_ask_ms(&record, now_ms);
    let effects = record.engine_job_id.clone().map(|engine_job_id| Effect::AskStatus { engine_job_id });
    (Some(record), effects.into_iter().collect())
}

/// A delivery calls the job so; the engine is asked whether that is true, as soon as it has nothing to say by itself any more.
pub(super) fn claim(mut record: Record, engine_job_id: String, now_ms: u64) -> Record {
    if !record.is_only_claimed(&engine_job_id) {
        record.asks = 0;
    }
    record.engine_job_id = Some(engine_job_id);
    record.due_ms = now_ms;
    record
}

/// The engine has no job that is called so: all is as it was before somebody said so.
pub(super) fn forget_claim(mut record: Record, now_ms: u64) -> Transition {
    record.engine_job_id = None;
    record.asks = 0;
    record.due_ms = match record.state {
        State::Unconfirmed => record.sent_ms.unwrap_or(now_ms).saturating_add(UNCONFIRMED_WAIT_MS).max(now_ms),
        _ => next_ask_ms(&record, now_ms),
    };
    (Some(record), Vec::new())
}

/// There is something new: it is asked for at once, and then as often as one that was just submitted.
pub(super) fn ask_soon(mut record: Record, now_ms: u64) -> Transition {
    record.asks = 0;
    record.due_ms = now_ms;
    (Some(record), Vec::new())
}

/// It was asked for, and there is no result yet.
pub(super) fn ask_later(mut record: Record, now_ms: u64) -> Transition {
    record.asks = record.asks.saturating_add(1);
    record.due_ms = next_ask_ms(&record, now_ms);
    (Some(record), Vec::new())
}

/// Its engine has spoken, and that is stored: the result is made of it.
pub(super) fn make_of(mut record: Record, said: Stored, via: Via, now_ms: u64) -> Transition {
    record.state = State::Submitted;
    record.via = Some(via);
    record.submitted_ms = record.submitted_ms.or(record.sent_ms);
    record.error = None;
    record.completed_ms = None;
    record.said_key = Some(said.key.clone());
    record.retained_until_ms = said.until_ms;
    record.asks = 0;
    record.due_ms = now_ms;
    (Some(record), vec![Effect::Keep { key: said.key }, Effect::EraseAddress, Effect::Tell])
}

/// It ends without a result.
pub(super) fn fail(record: Record, error: JobError, now_ms: u64) -> Transition {
    end_without_result(record, State::Failed, error, now_ms)
}

fn expire(record: Record, now_ms: u64) -> Transition {
    let hours = (record.terms.remembers_ms / HOUR_MS).to_string();
    let message = match (&record.engine_job_id, record.terms.ask_after_ms) {
        (_, u64::MAX) => "no result came, and the engine cannot be asked for it: the job may have run".into(),
        (None, _) => ["no result came within ", &hours, " hours, and nobody told what the engine calls the job"].concat(),
        (Some(_), _) => {
            ["the engine had no result within ", &hours, " hours of the submit, and is not asked for one any more"].concat()
        }
    };
    let error = own_error(Code::Expired, &message);
    end_without_result(record, State::Expired, error, now_ms)
}

fn end_without_result(record: Record, state: State, error: JobError, now_ms: u64) -> Transition {
    let retained_until_ms = now_ms.saturating_add(record.terms.keeps_ms);
    end(record, End { state, completed_ms: now_ms, retained_until_ms, error: Some(error) })
}

pub(super) fn own_error(code: Code, message: &str) -> JobError {
    JobError { code: code.as_str().into(), message: message.into(), ringcentral: Vec::new() }
}

/// It ends.
pub(super) fn end(mut record: Record, end: End) -> Transition {
    record.state = end.state;
    record.completed_ms = Some(end.completed_ms);
    record.retained_until_ms = end.retained_until_ms;
    record.due_ms = removal_ms(end.retained_until_ms);
    record.error = end.error;
    (Some(record), vec![Effect::EraseAddress, Effect::Tell])
}

/// The job stays as it is.
pub(super) fn unchanged(record: Record, effects: Vec<Effect>) -> Transition {
    (Some(record), effects)
}

/// Somebody deletes it, and with it all that is stored.
pub(super) fn delete(record: Record) -> Transition {
    let dead_keys = record.deliveries.into_iter().filter_map(|noted| noted.dead_key);
    let keys = record.result_key.into_iter().chain(record.said_key).chain(dead_keys);
    let mut effects: Vec<Effect> = keys.map(|key| Effect::DropKey { key }).collect();
    effects.extend([Effect::DropCopy, Effect::EraseAddress, Effect::Tell]);
    (None, effects)
}
