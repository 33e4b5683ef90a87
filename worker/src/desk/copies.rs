//! Short results lie in the Desk too, until KV has been seen to give them back: KV may miss a key that was just written.

use super::send::in_time;
use super::store::number;
use super::{Desk, log};
use crate::results;
use serde::Deserialize;
use worker::Result;

/// KV is asked first after so long: its caches forget a miss within a minute.
const CHECK_AFTER_MS: u64 = 120_000;
/// The longest pause between two questions.
const LONGEST_PAUSE_MS: u64 = 3_600_000;
/// A copy that KV is asked about.
#[derive(Deserialize)]
struct Check {
    job_id: String,
    key: String,
    bytes: usize,
    checks: u32,
}

/// Keeps a copy, where it is short enough. One that cannot be kept is no loss: the bytes lie in KV.
pub(super) fn keep(desk: &Desk, job_id: &str, key: &str, bytes: &[u8], now_ms: u64) {
    if bytes.is_empty() {
        return;
    }
    let statement = "INSERT OR REPLACE INTO copies (job_id, key, bytes, due_ms) VALUES (?, ?, ?, ?)";
    let values = vec![job_id.into(), key.into(), bytes.to_vec().into(), number(now_ms + CHECK_AFTER_MS)];
    if let Err(error) = desk.store.write(statement, values) {
        log::trouble("copy", &error);
    }
}

/// The bytes of a job's result, while there is a copy.
pub(super) fn bytes(desk: &Desk, job_id: &str) -> Result<Option<Vec<u8>>> {
    #[derive(Deserialize)]
    struct Copy {
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    }
    let copy = desk.store.first::<Copy>("SELECT bytes FROM copies WHERE job_id = ?", vec![job_id.into()])?;
    Ok(copy.map(|copy| copy.bytes))
}

/// Asks KV for each copy that is due, one after another, and lets go of those that it gives back whole.
pub(super) async fn check_due(desk: &Desk) -> Result<()> {
    while let Some(check) = next(desk, desk.now_ms())? {
        let found = in_time(results::read(&desk.env, &check.key)).await.and_then(|answer| answer.ok().flatten());
        if found.is_some_and(|bytes| bytes.len() == check.bytes) {
            desk.store.write("DELETE FROM copies WHERE job_id = ?", vec![check.job_id.into()])?;
        }
    }
    Ok(())
}

/// The next copy that is due; it is put off first, so that a check that is lost comes again.
fn next(desk: &Desk, now_ms: u64) -> Result<Option<Check>> {
    let statement = "SELECT job_id, key, length(bytes) AS bytes, checks FROM copies WHERE due_ms <= ? ORDER BY due_ms LIMIT 1";
    let check: Option<Check> = desk.store.first(statement, vec![number(now_ms)])?;
    if let Some(check) = &check {
        let due_ms = number(now_ms.saturating_add(pause_ms(check.checks)));
        let statement = "UPDATE copies SET checks = checks + 1, due_ms = ? WHERE job_id = ?";
        desk.store.write(statement, vec![due_ms, check.job_id.as_str().into()])?;
    }
    Ok(check)
}

/// When the next copy is due.
pub(super) fn next_due_ms(desk: &Desk) -> Result<Option<u64>> {
    #[derive(Deserialize)]
    struct Time {
        ms: Option<u64>,
    }
    let time = desk.store.first::<Time>("SELECT min(due_ms) AS ms FROM copies", Vec::new())?;
    Ok(time.and_then(|row| row.ms))
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
