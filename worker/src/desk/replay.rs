//! A delivery that was of no use, once more.

use super::{Desk, delivery, life, verdict};
use crate::question::{ReplayLetter, Replayed, Verdict};
use ringcentral_ai::lifecycle::{Fate, transition};
use worker::Result;

/// A letter is delivered once more. What would be refused again changes nothing: it is noted, and kept, already.
pub(super) fn replay(desk: &Desk, question: ReplayLetter, now_ms: u64) -> Result<Replayed> {
    let ReplayLetter { letter, delivery } = question;
    let id = delivery.id.clone();
    let (Some(letter), Some(record)) = (desk.store.letter(&letter)?, desk.store.record(&id)?) else {
        return Ok(Replayed::Gone);
    };
    let takes_result = record.takes_result();
    let heard = delivery::heard(desk, delivery)?;
    let (_, effects) = transition(Some(record), heard.event.clone(), now_ms);
    if let Verdict::Refused { code, reason, .. } = verdict::of(effects) {
        return Ok(Replayed::Refused { code, reason });
    }
    let outcome = match delivery::tell(desk, heard, now_ms)? {
        Verdict::Result => Fate::Result,
        _ if takes_result => Fate::Running,
        _ => Fate::Duplicate,
    };
    if outcome == Fate::Result {
        desk.store.drop_letter(&letter.key)?;
        desk.store.doom(&letter.key, now_ms)?;
    }
    let job = life::job(desk, &id)?;
    Ok(job.map_or(Replayed::Gone, |job| Replayed::Taken { outcome: outcome.name().into(), job }))
}
