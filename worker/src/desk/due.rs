//! When the alarm has to look at a job again, and what it then does with it.

use crate::job::Status;

const HOUR_MS: u64 = 3_600_000;
/// How long a submit without an answer waits for its job's own callback.
pub(super) const UNCONFIRMED_WAIT_MS: u64 = HOUR_MS * 3 / 4;
/// RingCentral forgets a job after a week: every `expirationTime` seen is seven days after `creationTime`.
pub(super) const EXPIRES_AFTER_MS: u64 = 7 * 24 * HOUR_MS;
/// How long a job is tried while RingCentral is not to be had.
const TRY_FOR_MS: u64 = 24 * HOUR_MS;
/// A record goes so long before its bytes do, so that no record is without them.
const RECORD_GOES_EARLIER_MS: u64 = HOUR_MS;
/// A job whose answer was lost is sent so often at most.
const MAX_UNANSWERED: u32 = 2;
/// The first pause before another try.
const FIRST_PAUSE_MS: u64 = 1_000;
/// The longest one. It may be short: the rate limit, not the pause, bounds what is sent.
const LONGEST_PAUSE_MS: u64 = 30_000;

/// What is to be done with a job whose time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duty {
    /// Its answer was lost, and no callback came: send it once more.
    SendAgain,
    /// The same a second time: give it up.
    GiveUp,
    /// RingCentral has forgotten it.
    Expire,
    /// Nobody may ask for it any longer.
    Remove,
}

/// What is to be done with a job that is due; `unanswered` counts the submits whose answer was lost before this one's.
pub(super) const fn duty(status: Status, unanswered: u32) -> Option<Duty> {
    match status {
        Status::Queued => None, // It is taken in its turn.
        Status::Unconfirmed if unanswered + 1 < MAX_UNANSWERED => Some(Duty::SendAgain),
        Status::Unconfirmed => Some(Duty::GiveUp),
        Status::Submitted | Status::Reserved => Some(Duty::Expire),
        Status::Succeeded | Status::Failed | Status::Expired => Some(Duty::Remove),
    }
}

/// When a job is tried again after so many tries; none when it has been tried for long enough.
pub(super) fn next_try_ms(tries: u32, created_ms: u64, now_ms: u64) -> Option<u64> {
    let pause_ms = FIRST_PAUSE_MS.saturating_mul(1 << tries.min(16)).min(LONGEST_PAUSE_MS);
    (now_ms < created_ms.saturating_add(TRY_FOR_MS)).then(|| now_ms.saturating_add(pause_ms))
}

/// When the record of a finished job goes.
pub(super) const fn removal_ms(retained_until_ms: u64) -> u64 {
    retained_until_ms.saturating_sub(RECORD_GOES_EARLIER_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_from_a_second_to_half_a_minute() {
        let pauses: Vec<u64> = (0..7).filter_map(|tries| next_try_ms(tries, 0, 1_000)).map(|at| at - 1_000).collect();
        assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(next_try_ms(u32::MAX, 0, 0), Some(30_000));
    }

    #[test]
    fn a_job_is_not_tried_for_longer_than_a_day() {
        assert_eq!(next_try_ms(0, 5, 5 + TRY_FOR_MS - 1), Some(5 + TRY_FOR_MS - 1 + 1_000));
        assert_eq!(next_try_ms(0, 5, 5 + TRY_FOR_MS), None);
    }

    #[test]
    fn a_lost_answer_is_waited_for_twice() {
        assert_eq!(duty(Status::Unconfirmed, 0), Some(Duty::SendAgain));
        assert_eq!(duty(Status::Unconfirmed, 1), Some(Duty::GiveUp));
    }

    #[test]
    fn no_state_is_left_alone_for_ever() {
        assert_eq!(duty(Status::Queued, 0), None);
        assert_eq!(duty(Status::Submitted, 0), Some(Duty::Expire));
        assert_eq!(duty(Status::Reserved, 0), Some(Duty::Expire));
        for status in [Status::Succeeded, Status::Failed, Status::Expired] {
            assert_eq!(duty(status, 0), Some(Duty::Remove));
        }
    }

    #[test]
    fn a_record_goes_an_hour_before_its_bytes() {
        assert_eq!(removal_ms(HOUR_MS + 7), 7);
        assert_eq!(removal_ms(0), 0);
    }
}
