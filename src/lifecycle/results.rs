//! Whether what an engine says of a job is the job's result: the first word that does not contradict it, with its bytes stored.

use super::deliveries::{Fate, Kept, note, note_useless};
use super::effect::Effect;
use super::event::{Outcome, Said, Stored};
use super::moves::{End, Transition, ask_later, claim, confirm, end, make_of, unchanged};
use super::record::Record;
use super::state::{State, Via};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Something was said of an attempt of a job that takes a result.
pub(super) fn said(mut record: Record, attempt: u32, said: Said, via: Via, now_ms: u64) -> Transition {
    if let Some(reason) = contradiction(&record, attempt, &said, via) {
        return contradicted(record, reason, said.stored, via, now_ms);
    }
    if let (Via::Callback, Some(engine_job_id)) = (via, claimed(&record, attempt, &said)) {
        return unproved(record, engine_job_id, said.stored, now_ms);
    }
    let Said { engine_job_id, outcome, completed_ms, stored, .. } = said;
    if via == Via::Callback {
        let is_end = !matches!(outcome, Outcome::Running | Outcome::Ended) && stored.is_some();
        note(&mut record.deliveries, if is_end { Fate::Result } else { Fate::Running }, now_ms);
    }
    let completed_ms = completed_ms.unwrap_or(now_ms);
    let (state, error, stored) = match (outcome, stored) {
        (Outcome::Succeeded, Some(stored)) => (State::Succeeded, None, stored),
        (Outcome::Failed(error), Some(stored)) => (State::Failed, Some(error), stored),
        (outcome, stored) => {
            let (mut record, mut effects) = no_result_yet(record, attempt, engine_job_id, via, now_ms);
            let is_to_be_asked = |record: &&mut Record| outcome == Outcome::Ended && record.can_be_asked_for();
            if let Some(record) = record.as_mut().filter(is_to_be_asked) {
                record.due_ms = record.due_ms.min(now_ms);
            }
            effects.extend(drop_key(stored));
            return (record, effects);
        }
    };
    record.engine_job_id = engine_job_id.or(record.engine_job_id);
    if record.terms.makes && state == State::Succeeded {
        return make_of(record, stored, via, now_ms);
    }
    let end = End { state, completed_ms, retained_until_ms: stored.until_ms, error };
    take(record, stored.key, via, end)
}

/// Something was delivered to an attempt of a job that takes a result, and cannot be read. It shows that its attempt was taken; and
/// as it may have been the result, the engine is asked for that now: once for the bytes that are kept, however often they come.
pub(super) fn unreadable(record: Record, attempt: u32, reason: String, stored: Option<Stored>, now_ms: u64) -> Transition {
    let may_run = record.may_run(attempt);
    let (record, is_new, mut effects) = set_aside(record, Fate::Unreadable, reason, stored, now_ms);
    let (mut record, tells) = if may_run { confirm(record, attempt, None, now_ms) } else { unchanged(record, Vec::new()) };
    effects.extend(tells);
    if let Some(record) = record.as_mut().filter(|record| is_new && record.can_be_asked_for()) {
        record.due_ms = record.due_ms.min(now_ms);
    }
    (record, effects)
}

/// An answer of the engine's that does not fit is asked for again, what was delivered may not come again.
fn contradicted(record: Record, reason: &str, stored: Option<Stored>, via: Via, now_ms: u64) -> Transition {
    if via == Via::Callback {
        let (record, _, effects) = set_aside(record, Fate::Foreign, reason.into(), stored, now_ms);
        return (Some(record), effects);
    }
    let (record, mut effects) = later(record, now_ms);
    effects.push(Effect::Refuse { fate: Fate::Foreign, reason: reason.into() });
    effects.extend(drop_key(stored));
    (record, effects)
}

/// It is refused until the engine says that it has such a job, which it is asked; its sender sends it again, and by then it is known.
/// Whoever makes up one id after another has the engine asked for some of them and no more: each question takes a slot.
fn unproved(record: Record, engine_job_id: String, stored: Option<Stored>, now_ms: u64) -> Transition {
    let is_news = record.engine_job_id.as_ref() != Some(&engine_job_id);
    let noted = record.deliveries.iter().filter(|noted| noted.fate == Fate::Unproved).count();
    let (record, _, effects) = set_aside(record, Fate::Unproved, UNPROVED.into(), stored, now_ms);
    let is_asked_for = !is_news || noted < MAX_CLAIMS;
    (Some(if is_asked_for { claim(record, engine_job_id, now_ms) } else { record }), effects)
}

/// So many deliveries without proof are noted of a job at most before no other id is asked for.
const MAX_CLAIMS: usize = 5;
const UNPROVED: &str = "what the engine calls the job is not known yet: it is asked whether it has one of this jobId";

/// What a delivery that ends the job calls it, where nothing but the address speaks for it: the engine has still to say what it calls
/// the job, and was not asked for that id in vain.
fn claimed(record: &Record, attempt: u32, said: &Said) -> Option<String> {
    let given = said.engine_job_id.as_ref()?;
    let is_end = match said.outcome {
        Outcome::Running => false,
        Outcome::Ended => true,
        Outcome::Succeeded | Outcome::Failed(_) => said.stored.is_some(),
    };
    let is_open = record.awaits_answer() && attempt == record.attempt && record.terms.ask_after_ms < u64::MAX;
    let was_asked = record.asks > 0 && record.is_only_claimed(given);
    (is_end && is_open && !was_asked).then(|| given.clone())
}

/// A delivery that is of no use is noted and refused, and its bytes are kept apart, as far as there is room; whether none like them
/// were kept before.
fn set_aside(mut record: Record, fate: Fate, reason: String, stored: Option<Stored>, now_ms: u64) -> (Record, bool, Vec<Effect>) {
    let mut effects = vec![Effect::Refuse { fate, reason: reason.clone() }];
    let dead_key = stored.as_ref().map(|stored| stored.dead_key.clone());
    let Kept { under, is_new } = note_useless(&mut record.deliveries, fate, reason, dead_key, now_ms);
    effects.extend(stored.map(|Stored { key, .. }| match under {
        Some(dead_key) => Effect::SetAside { key, dead_key },
        None => Effect::DropKey { key },
    }));
    (record, is_new, effects)
}

/// The engine was asked for the latest attempt.
pub(super) fn status_said(record: Record, answer: Said, now_ms: u64) -> Transition {
    let attempt = record.attempt;
    said(record, attempt, answer, Via::Status, now_ms)
}

/// Something was said of a job that has its result. The same key again is the same question again, whose answer may have been lost;
/// any other is dropped.
pub(super) fn said_again(record: Record, stored: Option<Stored>) -> Transition {
    let effects = match stored {
        Some(Stored { key, .. }) if is_known(&record, &key) => vec![Effect::Keep { key }],
        other => drop_key(other),
    };
    unchanged(record, effects)
}

/// Whether that is the key of the result, or of what it is made of.
fn is_known(record: &Record, key: &str) -> bool {
    [&record.result_key, &record.said_key].into_iter().any(|known| known.as_deref() == Some(key))
}

/// The same by a delivery, which is noted.
pub(super) fn came_again(record: Record, stored: Option<Stored>, now_ms: u64) -> Transition {
    let is_the_result = stored.as_ref().is_some_and(|stored| is_known(&record, &stored.key));
    let (mut record, effects) = said_again(record, stored);
    if let Some(record) = record.as_mut().filter(|_| !is_the_result) {
        note(&mut record.deliveries, Fate::Duplicate, now_ms);
    }
    (record, effects)
}

/// The bytes of what is no result.
pub(super) fn drop_key(stored: Option<Stored>) -> Vec<Effect> {
    stored.into_iter().map(|stored| Effect::DropKey { key: stored.key }).collect()
}

fn take(mut record: Record, key: String, via: Via, its_end: End) -> Transition {
    record.via = Some(via);
    // What an engine says of a failure is in its own words, as far as a result would have to be made of them.
    let place = if record.terms.makes { &mut record.said_key } else { &mut record.result_key };
    *place = Some(key.clone());
    record.asks = 0; // those were for it, and no makes are counted here
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
        (State::Unconfirmed, Via::Status) if record.engine_job_id.is_some() => confirm(record, attempt, engine_job_id, now_ms),
        (_, Via::Status) => later(record, now_ms),
        _ => unchanged(record, Vec::new()),
    }
}

/// Where it can be asked for, it is asked for again.
fn later(record: Record, now_ms: u64) -> Transition {
    match record.state {
        State::Submitted | State::Reserved => ask_later(record, now_ms),
        _ => unchanged(record, Vec::new()),
    }
}

/// What in it does not fit the job; what it does not name fits any.
fn contradiction(record: &Record, attempt: u32, said: &Said, via: Via) -> Option<&'static str> {
    if attempt == 0 || attempt > record.attempt {
        return Some("the attempt in the address was never given out");
    }
    if said.task.as_ref().is_some_and(|task| !task.is_empty() && *task != record.task) {
        return Some("api names another task than the job has");
    }
    // The id in the record is the latest attempt's; what an earlier one was called is not known. What is only claimed holds for the
    // answer to the question for it.
    let is_known = attempt == record.attempt && (via == Via::Status || !record.awaits_answer());
    let known = record.engine_job_id.as_ref().filter(|_| is_known);
    let is_another = match known.zip(said.engine_job_id.as_ref()) {
        Some((known, given)) => !known.eq_ignore_ascii_case(given),
        None => said.is_anothers,
    };
    is_another.then_some("jobId is another job's")
}
