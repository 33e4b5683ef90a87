//! Short results lie in the Desk too, until KV has been seen to give them back: KV may miss a key that was just written.

use super::send::in_time;
use super::store::Check;
use super::{Desk, log};
use crate::results;
use worker::Result;

/// KV is asked first after so long: its caches forget a miss within a minute.
const CHECK_AFTER_MS: u64 = 120_000;
/// The longest pause between two questions.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// Keeps a copy, where there are bytes for one. One that cannot be kept is no loss: the bytes lie in KV.
pub(super) fn keep(desk: &Desk, job_id: &str, key: &str, bytes: &[u8], now_ms: u64) {
    if bytes.is_empty() {
        return;
    }
    if let Err(error) = desk.store.keep_copy(job_id, key, bytes, now_ms + CHECK_AFTER_MS) {
        log::trouble("copy", &error);
    }
}

/// Asks KV for each copy that is due, one after another, and lets go of those that it gives back whole.
pub(super) async fn check_due(desk: &Desk) -> Result<()> {
    while let Some(check) = next(desk, desk.now_ms())? {
        let found = in_time(results::read(&desk.env, &check.key)).await.and_then(|answer| answer.ok().flatten());
        if found.is_some_and(|bytes| bytes.len() as u64 == check.bytes) {
            desk.store.drop_copy(&check.job_id)?;
        }
    }
    Ok(())
}

/// The next copy that is due; it is put off first, so that a check that is lost comes again.
fn next(desk: &Desk, now_ms: u64) -> Result<Option<Check>> {
    let check = desk.store.next_check(now_ms)?;
    if let Some(check) = &check {
        desk.store.put_off_check(&check.job_id, now_ms.saturating_add(pause_ms(check.checks)))?;
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
