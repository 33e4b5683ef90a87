//! Results that KV has not been seen to give back yet, for it may miss a key that was just written. Each is asked for until it is
//! there; the short ones lie in the Desk too until then.

use super::send::in_time;
use super::store::{Check, ReadBack};
use super::{Desk, log};
use crate::job::error_json;
use crate::kv::{Kv, WorkersKv};
use crate::limits::MAX_COPY_BYTES;
use crate::question::{Found, FoundResult};
use ringcentral_ai::engine::ringcentral::served::Head;
use ringcentral_ai::lifecycle::{Record, State};
use worker::{Error, Result};

/// KV is asked first after so long: its caches forget a miss within a minute.
pub(super) const CHECK_AFTER_MS: u64 = 120_000;
/// The longest pause between two questions.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// A job's result was stored; `bytes` are none where the Desk has not seen them. What cannot be written down is no loss: they lie in KV.
pub(super) fn expect(read_back: &impl ReadBack, job_id: &str, key: &str, bytes: &[u8], now_ms: u64) {
    let is_copied = !bytes.is_empty() && bytes.len() <= MAX_COPY_BYTES;
    if let Err(error) = read_back.expect(job_id, key, is_copied.then_some(bytes), now_ms + CHECK_AFTER_MS) {
        log::trouble("read_back", &error);
    }
}

/// What came of a job, or what its engine `said`; none where there is no such job.
pub(super) fn of_job(desk: &Desk, id: &str, said: bool) -> Result<Option<Found>> {
    let Some(record) = desk.store.record(id)? else { return Ok(None) };
    let said_key = record.said_key.clone().filter(|_| said);
    let speakers = desk.store.asked(id)?.and_then(|asked| asked.speakers);
    let mut found = found(&desk.store, record, speakers)?;
    if let Some(key) = said_key {
        found.result = FoundResult::Stored { key, has_failed: false, has_copy: false, speakers: None, copy: Vec::new() };
    }
    Ok(Some(found))
}

/// What came of it: where its result lies, with what its speakers are called, and its bytes while there is a copy.
pub(super) fn found(read_back: &impl ReadBack, record: Record, speakers: Option<String>) -> Result<Found> {
    let Record { id: job_id, task, state, error, result_key, created_ms, completed_ms, retained_until_ms, .. } = record;
    let result = match result_key {
        Some(key) => {
            let copy = read_back.copy(&job_id)?;
            let (has_failed, has_copy) = (state == State::Failed, copy.is_some());
            FoundResult::Stored { key, has_failed, has_copy, speakers, copy: copy.unwrap_or_default() }
        }
        None if state.is_finished() => FoundResult::Nowhere { error: error.as_ref().map(error_json) },
        None => FoundResult::Unfinished,
    };
    let head = Head { job_id, task, created_ms, completed_ms, expires_ms: retained_until_ms };
    Ok(Found { head, result })
}

/// Asks KV for each result that is due.
pub(super) async fn check_due(desk: &Desk) -> Result<()> {
    let kv = WorkersKv::of(&desk.env).ok();
    let is_back = async |check: &Check| {
        let answer = match &kv {
            Some(kv) => in_time(kv.holds(&check.key)).await,
            None => None,
        };
        let is_back = matches!(answer, Some(Ok(true)));
        if !is_back {
            log::trouble("read_back", &Error::from("KV has not given a result back that it took"));
        }
        is_back
    };
    check_each(&desk.store, || desk.now_ms(), is_back).await
}

/// Asks for one after another, and forgets those that are back.
pub(super) async fn check_each(
    read_back: &impl ReadBack,
    now_ms: impl Fn() -> u64,
    is_back: impl AsyncFn(&Check) -> bool,
) -> Result<()> {
    while let Some(check) = next(read_back, now_ms())? {
        if is_back(&check).await {
            read_back.forget(&check.job_id)?;
        }
    }
    Ok(())
}

/// The next one that is due; it is put off first, so that a question that is lost comes again.
fn next(read_back: &impl ReadBack, now_ms: u64) -> Result<Option<Check>> {
    let check = read_back.next_check(now_ms)?;
    if let Some(check) = &check {
        read_back.put_off_check(&check.job_id, now_ms.saturating_add(pause_ms(check.checks)))?;
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
