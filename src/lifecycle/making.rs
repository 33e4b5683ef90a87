//! A job whose engine has spoken and whose result is still to be made of that: it is `submitted` for everybody else.

use super::effect::Effect;
use super::event::Event::{
    Accepted, AnswerLost, Bound, Created, Deleted, Delivered, Made, MediaFetched, News, NotMade, Offered, PutOff, Refused,
    Sending, SentBack, StatusDenied, StatusFailed, StatusSaid, TimeCame, TurnCame, Unreadable,
};
use super::event::{Event, Said, Stored};
use super::moves::{self, End, Transition, unchanged};
use super::record::Record;
use super::results;
use super::state::State;
use super::timing::next_make_ms;
use crate::error::Code;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// What an event does to it.
pub(super) fn changed(record: Record, said_key: String, event: Event, now_ms: u64) -> Transition {
    match event {
        TimeCame if now_ms < record.due_ms => unchanged(record, Vec::new()),
        TimeCame => make(record, said_key, now_ms),
        Made { stored } => finish(record, stored, now_ms),
        NotMade { error } => moves::fail(record, error, now_ms),
        Sending { .. } => unchanged(record, vec![Effect::Withhold]),
        // What it is called is learned all the same.
        Accepted { attempt, engine_job_id: id @ Some(_) } if record.lacks_its_id(attempt) => {
            unchanged(Record { engine_job_id: id, ..record }, Vec::new())
        }
        StatusSaid(said) => results::said_again(record, said.stored),
        Delivered { said: Said { stored, .. }, .. } | Unreadable { stored, .. } => results::came_again(record, stored, now_ms),
        Offered { .. } => results::came_again(record, None, now_ms),
        Deleted => moves::delete(record),
        Created(_)
        | TurnCame
        | SentBack
        | PutOff { .. }
        | Refused { .. }
        | AnswerLost { .. }
        | Accepted { .. }
        | StatusFailed
        | StatusDenied { .. }
        | Bound { .. }
        | MediaFetched { .. }
        | News => unchanged(record, Vec::new()),
    }
}

/// It is made now, and again in a while where nothing comes of that: whoever makes it may have died at it.
fn make(mut record: Record, said_key: String, now_ms: u64) -> Transition {
    let Some(due_ms) = next_make_ms(record.asks, now_ms) else {
        let message = "the engine has done the job, but again and again no result could be made of what it said";
        return moves::fail(record, moves::own_error(Code::EngineJobFailed, message), now_ms);
    };
    record.asks += 1;
    record.due_ms = due_ms;
    (Some(record), vec![Effect::Make { said_key }])
}

fn finish(mut record: Record, Stored { key, until_ms, .. }: Stored, now_ms: u64) -> Transition {
    record.result_key = Some(key.clone());
    let retained_until_ms = record.retained_until_ms.min(until_ms);
    let (record, mut effects) =
        moves::end(record, End { state: State::Succeeded, completed_ms: now_ms, retained_until_ms, error: None });
    effects.insert(0, Effect::Keep { key });
    (record, effects)
}
