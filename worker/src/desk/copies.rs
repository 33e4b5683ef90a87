//! Short results lie in the Desk too, until KV has been seen to give them back: KV may miss a key that was just written.

use super::send::in_time;
use super::store::{Check, Copies};
use super::{Desk, log};
use crate::job::error_json;
use crate::kv::WorkersKv;
use crate::limits::MAX_COPY_BYTES;
use crate::question::FoundResult;
use crate::results;
use ringcentral_ai::lifecycle::{Record, State};
use worker::Result;

/// KV is asked first after so long: its caches forget a miss within a minute.
pub(super) const CHECK_AFTER_MS: u64 = 120_000;
/// The longest pause between two questions.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// Whether a copy is kept of such a result; of none where the Desk has not seen its bytes.
pub(super) const fn is_kept(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.len() <= MAX_COPY_BYTES
}

/// Keeps a copy of what is short. One that cannot be kept is no loss: the bytes lie in KV.
pub(super) fn keep(copies: &impl Copies, job_id: &str, key: &str, bytes: &[u8], now_ms: u64) {
    if !is_kept(bytes) {
        return;
    }
    if let Err(error) = copies.keep_copy(job_id, key, bytes, now_ms + CHECK_AFTER_MS) {
        log::trouble("copy", &error);
    }
}

/// Where a job's result lies, with what its speakers are called, and its bytes while there is a copy.
pub(super) fn found(copies: &impl Copies, record: Option<Record>, speakers: Option<String>) -> Result<FoundResult> {
    let Some(Record { id, state, error, result_key, .. }) = record else { return Ok(FoundResult::Unknown) };
    let Some(key) = result_key else {
        let nowhere = FoundResult::Nowhere { error: error.as_ref().map(error_json) };
        return Ok(if state.is_finished() { nowhere } else { FoundResult::Unfinished });
    };
    let copy = copies.copy(&id)?;
    let (has_failed, has_copy) = (state == State::Failed, copy.is_some());
    Ok(FoundResult::Stored { key, has_failed, has_copy, speakers, copy: copy.unwrap_or_default() })
}

/// Asks KV for each copy that is due.
pub(super) async fn check_due(desk: &Desk) -> Result<()> {
    let kv = WorkersKv::of(&desk.env).ok();
    let holds = async |check: &Check| match &kv {
        Some(kv) => in_time(results::holds(kv, &check.key, check.bytes)).await == Some(true),
        None => false,
    };
    check_each(&desk.store, || desk.now_ms(), holds).await
}

/// Asks for one after another whether KV holds it, and lets go of those that it gives back whole.
pub(super) async fn check_each(
    copies: &impl Copies,
    now_ms: impl Fn() -> u64,
    holds: impl AsyncFn(&Check) -> bool,
) -> Result<()> {
    while let Some(check) = next(copies, now_ms())? {
        if holds(&check).await {
            copies.drop_copy(&check.job_id)?;
        }
    }
    Ok(())
}

/// The next copy that is due; it is put off first, so that a check that is lost comes again.
fn next(copies: &impl Copies, now_ms: u64) -> Result<Option<Check>> {
    let check = copies.next_check(now_ms)?;
    if let Some(check) = &check {
        copies.put_off_check(&check.job_id, now_ms.saturating_add(pause_ms(check.checks)))?;
    }
    Ok(check)
}

fn pause_ms(checks: u32) -> u64 {
    CHECK_AFTER_MS.saturating_mul(1 << checks.min(16)).min(LONGEST_PAUSE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kv_is_asked_again_after_growing_pauses() {
        let pauses: Vec<u64> = (0..6).map(|checks| pause_ms(checks) / 60_000).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 60]);
        assert_eq!(pause_ms(u32::MAX), LONGEST_PAUSE_MS);
    }
}
