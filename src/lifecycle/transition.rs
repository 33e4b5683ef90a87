//! The table of a job's life: each state with each event, one line.

use super::deliveries::Fate;
use super::effect::Effect;
use super::event::Event::{
    Accepted, AnswerLost, Bound, Created, Deleted, Delivered, Made, MediaFetched, News, NotMade, Offered, PutOff, Refused,
    Sending, SentBack, StatusDenied, StatusFailed, StatusSaid, TimeCame, TurnCame, Unreadable,
};
use super::event::{Event, Said};
use super::making;
use super::moves::{self, Transition, unchanged};
use super::record::Record;
use super::results;
use super::state::State::{Expired, Failed, Queued, Reserved, Submitted, Succeeded, Unconfirmed};
use super::state::Via;
use alloc::vec;
use alloc::vec::Vec;

/// What becomes of a job by an event.
#[must_use]
pub fn transition(record: Option<Record>, event: Event, now_ms: u64) -> Transition {
    match record {
        Some(record) => changed(record, event, now_ms),
        None => created(event, now_ms),
    }
}

/// What an event does where there is no job: it was never created, or is gone.
fn created(event: Event, now_ms: u64) -> Transition {
    let effects = match event {
        Created(new) => return (Some(Record::new(new, now_ms)), vec![Effect::Tell]),
        Sending { .. } => vec![Effect::Withhold],
        Delivered { said, .. } | StatusSaid(said) => results::drop_key(said.stored),
        Unreadable { stored, .. } => results::drop_key(stored),
        Made { stored } => results::drop_key(Some(stored)),
        TurnCame
        | SentBack
        | PutOff { .. }
        | Refused { .. }
        | AnswerLost { .. }
        | Accepted { .. }
        | Offered { .. }
        | StatusFailed
        | StatusDenied { .. }
        | Bound { .. }
        | MediaFetched { .. }
        | News
        | NotMade { .. }
        | Deleted
        | TimeCame => Vec::new(),
    };
    (None, effects)
}

fn changed(record: Record, event: Event, now_ms: u64) -> Transition {
    if let Some(said_key) = record.is_made_of().cloned() {
        return making::changed(record, said_key, event, now_ms);
    }
    let is_early = now_ms < record.due_ms;
    let is_open = record.is_being_submitted();
    let takes_result = record.takes_result();
    match (record.state, event) {
        // Its time has come.
        (_, TimeCame) if is_early => unchanged(record, Vec::new()),
        (Queued, TurnCame | TimeCame) => submit(record),
        (Unconfirmed, TimeCame) if record.engine_job_id.is_some() => moves::ask_or_expire(record, now_ms),
        (Unconfirmed, TimeCame | AnswerLost { may_come: false }) => moves::give_up_attempt(record, now_ms),
        (Submitted | Reserved, TimeCame) => moves::ask_or_expire(record, now_ms),
        (Succeeded | Failed | Expired, TimeCame) => (None, vec![Effect::DropCopy]),

        // It is sent, and the engine answers.
        (Queued, Sending { attempt }) if record.may_send(attempt) => moves::send(record, attempt, now_ms),
        (_, Sending { .. }) => unchanged(record, vec![Effect::Withhold]),
        (_, SentBack) if is_open => moves::queue(record, now_ms),
        (_, PutOff { error }) if is_open => moves::put_off(record, error, now_ms),
        (_, Refused { error }) if is_open => moves::fail(record, error, now_ms),
        (_, Accepted { attempt, engine_job_id }) if record.may_run(attempt) => {
            moves::accept(record, attempt, engine_job_id, now_ms)
        }
        // It was seen to run before its answer came; its id is learned all the same.
        (Submitted, Accepted { attempt, engine_job_id: id @ Some(_) }) if record.lacks_its_id(attempt) => {
            moves::accept(record, attempt, id, now_ms)
        }
        // It was given up before its answer came: its result is taken still, and no other's.
        (Failed | Expired, Accepted { attempt, engine_job_id: id @ Some(_) }) if takes_result && record.lacks_its_id(attempt) => {
            unchanged(Record { engine_job_id: id, ..record }, Vec::new())
        }
        (_, MediaFetched { attempt }) if record.may_run(attempt) => moves::fetched(record, attempt, now_ms),

        // Its result comes.
        (_, StatusSaid(said)) if !takes_result => results::said_again(record, said.stored),
        (_, Delivered { said: Said { stored, .. }, .. } | Unreadable { stored, .. }) if !takes_result => {
            results::came_again(record, stored, now_ms)
        }
        (_, Offered { .. }) if !takes_result => results::came_again(record, None, now_ms),
        (_, Unreadable { attempt, reason, stored }) => results::unreadable(record, attempt, reason, stored, now_ms),
        (_, Delivered { attempt, said }) => results::said(record, attempt, said, Via::Callback, now_ms),
        (_, StatusSaid(said)) => results::status_said(record, said, now_ms),
        (_, StatusDenied { engine_job_id }) if record.is_only_claimed(&engine_job_id) => moves::forget_claim(record, now_ms),
        (Submitted | Reserved, StatusFailed | StatusDenied { .. }) => moves::ask_later(record, now_ms),
        (Submitted, News) if record.engine_job_id.is_some() => moves::ask_soon(record, now_ms),
        (Unconfirmed, StatusFailed) if record.engine_job_id.is_some() => moves::ask_later(record, now_ms),

        // A result that was made comes too late: its job has ended meanwhile.
        (_, Made { stored }) => results::said_again(record, Some(stored)),

        // Somebody wants something of it.
        (Reserved, Bound { engine_job_id }) => moves::bind(record, engine_job_id, now_ms),
        (Queued | Unconfirmed | Submitted, Bound { .. }) => {
            unchanged(record, vec![Effect::Refuse { fate: Fate::Foreign, reason: NOT_RESERVED.into() }])
        }
        (_, Deleted) => moves::delete(record),

        // All else comes too late or twice, or (a lost answer) leaves the record's time as it stands: its callback may still come.
        // Each event is named, so that a new one has to find its lines.
        (
            _,
            Created(_)
            | TurnCame
            | SentBack
            | PutOff { .. }
            | Refused { .. }
            | AnswerLost { .. }
            | Accepted { .. }
            | Offered { .. }
            | StatusFailed
            | StatusDenied { .. }
            | Bound { .. }
            | MediaFetched { .. }
            | News
            | NotMade { .. },
        ) => unchanged(record, Vec::new()),
    }
}

/// Why a job is not bound to an id that its caller says.
pub const NOT_RESERVED: &str = "the job is not one that its caller submits";

/// The record stays as it is, so that a shell that stops now finds the job still in the queue.
fn submit(record: Record) -> Transition {
    let attempt = record.attempt.saturating_add(1);
    unchanged(record, vec![Effect::Submit { attempt }])
}
