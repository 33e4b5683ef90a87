//! Deliveries that were of no use: written down, listed, found.

use super::store::Letter;
use super::{Desk, verdict};
use crate::question::{FindLetter, FoundLetter, ListLetters, Page, Target};
use crate::random;
use ringcentral_ai::error::Code;
use ringcentral_ai::json::Object;
use ringcentral_ai::time::iso;
use worker::Result;

/// A delivery that is of no use.
#[derive(Debug)]
pub(super) struct Came<'a> {
    pub(super) id: String,
    pub(super) attempt: u32,
    pub(super) code: Code,
    pub(super) reason: &'a str,
    /// The key that its bytes are kept under.
    pub(super) key: &'a str,
    /// Its bytes, where the Desk has seen them.
    pub(super) copy: &'a [u8],
    pub(super) until_ms: u64,
}

/// Writes it down.
pub(super) fn write_down(desk: &Desk, came: Came<'_>, now_ms: u64) -> Result<()> {
    let Came { id: job_id, attempt, code, reason, key, copy, until_ms } = came;
    desk.store.put_letter(&Letter {
        id: random::job_id(now_ms),
        job_id,
        attempt,
        at_ms: now_ms,
        outcome: verdict::fate(code).name().into(),
        reason: reason.into(),
        key: key.into(),
        bytes: (!copy.is_empty()).then_some(copy.len() as u64),
        until_ms,
    })
}

/// A page; one more is looked for than it holds, to know whether there is another page.
pub(super) fn page(desk: &Desk, question: &ListLetters, now_ms: u64) -> Result<Page> {
    let mut letters = desk.store.letters(question.before.as_deref(), question.limit + 1, now_ms)?;
    let has_more = letters.len() > question.limit;
    letters.truncate(question.limit);
    let next = letters.last().filter(|_| has_more).map(|letter| letter.id.clone());
    let page = Object::new().list("items", letters.iter().map(shown)).optional_text("nextCursor", next.as_deref());
    Ok(Page { json: page.write().into_bytes() })
}

fn shown(letter: &Letter) -> String {
    let shown = Object::new().text("id", &letter.id).text("jobId", &letter.job_id).number("attempt", letter.attempt.into());
    let shown = shown.text("at", &iso(letter.at_ms)).text("outcome", &letter.outcome).text("reason", &letter.reason);
    shown.optional_number("bytes", letter.bytes).text("retainedUntil", &iso(letter.until_ms)).write()
}

/// Where a letter lies, and where it would go: to another job than its own by the latest address that was given out for that.
pub(super) fn find(desk: &Desk, question: FindLetter) -> Result<Option<FoundLetter>> {
    let Some(letter) = desk.store.letter(&question.id)? else { return Ok(None) };
    let job_id = question.job_id.unwrap_or_else(|| letter.job_id.clone());
    let target = desk.store.record(&job_id)?.map(|record| Target {
        attempt: if record.id == letter.job_id { letter.attempt } else { record.attempt },
        engine: record.takes_result().then_some(record.engine),
        job_id: record.id,
    });
    Ok(Some(FoundLetter { key: letter.key, target }))
}
