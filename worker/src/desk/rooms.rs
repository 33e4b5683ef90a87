//! How much can be begun now: each engine has a queue of its own, and what takes much memory, or long, has a limit.

use super::Desk;
use super::in_flight::Purpose;
use super::store::Queue;
use crate::engine_settings::NAMES;
use crate::engines::is_sent_media;
use crate::limits::{MAX_CALLS_AT_ONCE, MAX_ROWS_AT_ONCE};
use ringcentral_ai::http::LONGEST_PATIENCE_MS;
use worker::Result;

/// A result that is made takes the memory of so many questions.
pub(super) const MAKING_IS_WORTH: usize = 3;

/// How many jobs of each queue can be dealt with now; an engine's own queue waits for no other engine.
pub(super) fn rooms(desk: &Desk) -> Result<Vec<(Queue, usize)>> {
    let room = |calls: usize| MAX_CALLS_AT_ONCE.saturating_sub(calls);
    let engines = desk.engines()?;
    let has_time = desk.run.has_time_for(LONGEST_PATIENCE_MS, desk.clock, desk.now_ms());
    let mut rooms = vec![(Queue::Other, MAX_ROWS_AT_ONCE)];
    for name in NAMES {
        // Not begun is better than held: a job that waits for its turn can be called off, and a restart costs it nothing.
        let is_too_late = !has_time && engines.named(name).is_some_and(is_sent_media);
        let submits = desk.calls.count(|purpose| matches!(purpose, Purpose::Submit(_, engine) if engine == name));
        rooms.push((Queue::Turn(name), if is_too_late { 0 } else { room(submits) }));
    }
    let questions = desk.calls.count(|purpose| matches!(purpose, Purpose::Status(_)));
    let makings = desk.calls.count(|purpose| matches!(purpose, Purpose::Make(_))) + desk.run.said.get();
    let room = room(questions + MAKING_IS_WORTH * makings);
    rooms.push((Queue::Status, if room < MAKING_IS_WORTH { 0 } else { room }));
    Ok(rooms)
}
