//! How long a job waits for what; the one place with numbers.

use super::record::Record;

const SECOND_MS: u64 = 1_000;
pub(super) const HOUR_MS: u64 = 3_600 * SECOND_MS;

/// How long a submit without an answer waits for its job's own callback.
pub(super) const UNCONFIRMED_WAIT_MS: u64 = HOUR_MS * 3 / 4;
/// A job whose answer was lost is sent so often at most: each may run, and cost.
pub(super) const MAX_UNANSWERED: u32 = 2;
/// So often a job is tried while its engine is not to be had: the pauses between alone are a day. What counts is not the time since it
/// was asked for, much of which it may have waited for its turn.
pub(super) const MAX_TRIES: u32 = 2_885;
/// The first pause before another try.
const FIRST_PAUSE_MS: u64 = SECOND_MS;
/// The longest one. It may be short: the rate limit, not the pause, bounds what is sent.
const LONGEST_PAUSE_MS: u64 = 30 * SECOND_MS;
/// A status is asked for at least so rarely, whatever the terms say.
const SHORTEST_ASK_PAUSE_MS: u64 = SECOND_MS;
/// And at least so often: nobody waits much longer for a result whose callback was lost.
const LONGEST_ASK_PAUSE_MS: u64 = HOUR_MS;
/// A result is made so often at most: what stops at it may stop others too.
pub(super) const MAX_MAKES: u32 = 6;
/// So long after the first time it is made again.
const FIRST_MAKE_PAUSE_MS: u64 = 60 * SECOND_MS;
/// A record goes so long before its bytes do, so that no record is without them.
const RECORD_GOES_EARLIER_MS: u64 = HOUR_MS;

/// When a job is tried again that was tried so often in vain; none when it has been tried for long enough.
pub(super) fn next_try_ms(tries: u32, now_ms: u64) -> Option<u64> {
    let pause_ms = FIRST_PAUSE_MS.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(LONGEST_PAUSE_MS);
    (tries < MAX_TRIES).then(|| now_ms.saturating_add(pause_ms))
}

/// When the engine forgets the job.
pub(super) fn forgotten_ms(record: &Record) -> u64 {
    let taken_ms = record.submitted_ms.or(record.sent_ms).unwrap_or(record.created_ms);
    taken_ms.saturating_add(record.terms.remembers_ms)
}

/// When the engine is next asked, or the job ends without an answer: the pauses double from `ask_after_ms` to an hour.
pub(super) fn next_ask_ms(record: &Record, now_ms: u64) -> u64 {
    let end_ms = forgotten_ms(record);
    if record.engine_job_id.is_none() {
        return end_ms;
    }
    let first_ms = record.terms.ask_after_ms.max(SHORTEST_ASK_PAUSE_MS);
    let pause_ms = first_ms.saturating_mul(1 << record.asks.min(16)).min(LONGEST_ASK_PAUSE_MS.max(first_ms));
    now_ms.saturating_add(pause_ms).min(end_ms)
}

/// When the record of a finished job goes.
pub(super) const fn removal_ms(retained_until_ms: u64) -> u64 {
    retained_until_ms.saturating_sub(RECORD_GOES_EARLIER_MS)
}

/// When a result is made again that was begun so often before; none when it has been tried for long enough.
pub(super) fn next_make_ms(makes: u32, now_ms: u64) -> Option<u64> {
    (makes < MAX_MAKES).then(|| now_ms.saturating_add(FIRST_MAKE_PAUSE_MS << makes.min(16)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn pauses_grow_from_a_second_to_half_a_minute() {
        let pauses: Vec<u64> = (1..8).filter_map(|tries| next_try_ms(tries, 1_000)).map(|at| at - 1_000).collect();
        assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    }

    #[test]
    fn a_job_is_tried_for_a_day_and_no_longer() {
        let paused_ms: u64 = (1..u32::MAX).map_while(|tries| next_try_ms(tries, 0)).sum();
        assert!((24 * HOUR_MS..24 * HOUR_MS + LONGEST_PAUSE_MS).contains(&paused_ms), "{paused_ms}");
    }

    #[test]
    fn a_record_goes_an_hour_before_its_bytes() {
        assert_eq!(removal_ms(HOUR_MS + 7), 7);
        assert_eq!(removal_ms(0), 0);
    }
}
