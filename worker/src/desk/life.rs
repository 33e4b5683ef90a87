//! How a job changes, and no other way: its record is read, an event makes the next one of it, that is written back, all between
//! two awaits; then what follows is done.

use super::store::{Asked, ReadBack};
use super::waiters::Until;
use super::{Desk, log, notices, uploads, waiting};
use crate::failure::Failure;
use crate::job::{Beside, Job};
use crate::question::frame::Frame;
use ringcentral_ai::lifecycle::{Effect, Event, New, Record, transition};
use worker::Result;

/// Tells a job what happened to it. What can only be done where that was noticed comes back, in its order: what is to be sent or
/// not, which bytes are the result, which are to be deleted, what was refused.
pub(super) fn tell(desk: &Desk, id: &str, event: Event, now_ms: u64) -> Result<Vec<Effect>> {
    change(desk, id, event, Asked::default(), now_ms)
}

/// Writes a new job down, with what it was asked with.
pub(super) fn create(desk: &Desk, new: New, asked: Asked, now_ms: u64) -> Result<()> {
    let id = new.id.clone();
    change(desk, &id, Event::Created(new), asked, now_ms).map(|_| ())
}

fn change(desk: &Desk, id: &str, event: Event, asked: Asked, now_ms: u64) -> Result<Vec<Effect>> {
    let before = desk.store.record(id)?;
    let (after, effects) = transition(before.clone(), event, now_ms);
    let erases_address = effects.contains(&Effect::EraseAddress);
    match (&before, &after) {
        (None, Some(record)) => desk.store.add(record, asked)?,
        (Some(before), Some(after)) => desk.store.change(before, after, erases_address)?,
        (Some(_), None) => {
            if let Some(kept) = desk.store.remove(id)? {
                desk.store.doom(&kept.key, now_ms)?;
            }
            desk.store.drop_notice(id)?;
        }
        (None, None) => {}
    }
    if let Some(record) = after.as_ref().filter(|after| has_ended(before.as_ref(), after)) {
        notices::arm(desk, record, now_ms)?;
    }
    if erases_address && after.as_ref().is_none_or(|after| after.state.is_finished()) {
        uploads::let_go(desk, id, now_ms)?;
    }
    note(id, before.as_ref(), after.as_ref());
    let mut left = Vec::new();
    for effect in effects {
        match effect {
            Effect::Tell => tell_who_waits(desk, id, after.as_ref())?,
            Effect::DropCopy => desk.store.forget(id)?,
            Effect::EraseAddress => {} // it went with the record's change
            other => left.push(other),
        }
    }
    Ok(left)
}

/// Whoever watches a job is told of each change, whoever waits for it of its end.
fn tell_who_waits(desk: &Desk, id: &str, record: Option<&Record>) -> Result<()> {
    let until = if record.is_none_or(|record| record.state.is_finished()) { Until::End } else { Until::Change };
    if desk.waiters.waits(id, until) {
        let job = record.map(|record| with_asked(desk, record)).transpose()?;
        desk.waiters.release(id, until, Frame::write(&Ok::<_, Failure>(job))?);
    }
    Ok(())
}

/// The job is called otherwise: whoever watches it is told.
pub(super) fn tell_who_watches(desk: &Desk, id: &str) -> Result<()> {
    desk.store.record(id)?.map_or(Ok(()), |record| tell_who_waits(desk, id, Some(&record)))
}

/// The job of that id as it is shown.
pub(super) fn job(desk: &Desk, id: &str) -> Result<Option<Job>> {
    desk.store.record(id)?.map(|record| with_asked(desk, &record)).transpose()
}

fn with_asked(desk: &Desk, record: &Record) -> Result<Job> {
    shown(desk, record, &desk.store.asked(&record.id)?.unwrap_or_default())
}

/// A job as it is shown.
pub(super) fn shown(desk: &Desk, record: &Record, asked: &Asked) -> Result<Job> {
    let Asked { media, input, retry_of, label, speakers, fetched, missing, .. } = asked;
    let beside = Beside {
        media: media.as_deref(),
        input: input.as_deref(),
        retry_of: retry_of.as_deref(),
        label: label.as_deref(),
        speakers: speakers.as_deref(),
        fetched: fetched.as_deref(),
        missing: missing.as_deref(),
    };
    let job = Job::of(record, &beside);
    let job = match waiting::waiting(desk, record)? {
        Some(waiting) => job.waiting(waiting),
        None => job,
    };
    Ok(match notices::shown(desk, &record.id)? {
        Some(notice) => job.with_json("notify", &notice),
        None => job,
    })
}

/// Whether a job has ended that had not, or had ended otherwise.
fn has_ended(before: Option<&Record>, after: &Record) -> bool {
    after.state.is_finished() && before.is_none_or(|before| before.state != after.state)
}

/// A line in the log for each new state, and for each try that was put off.
fn note(id: &str, before: Option<&Record>, after: Option<&Record>) {
    let Some(after) = after else { return };
    let was_tried = before.is_some_and(|before| before.tries < after.tries);
    if was_tried || before.is_none_or(|before| before.state != after.state) {
        log::job(after.state.name(), id, after.error.as_ref().map(|error| error.code.as_str()));
    }
}
