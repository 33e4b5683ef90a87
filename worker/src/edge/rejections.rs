//! Deliveries that are not taken are counted by reason, in this isolate's memory: a flood of forged ones costs the Desk one question a
//! second, and nobody's answer waits for that.

use super::ask::ask;
use crate::clock::Clock;
use crate::limits::COUNTED_FOR_MS;
use crate::problem::Problem;
use crate::question::CountRejections;
use ringcentral_ai::error::Code;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;
use worker::{Context, Delay, Env};

/// A request that was to hand them over, and has not done so by then, is gone.
const GONE_AFTER_MS: u64 = 10_000;

/// What has been counted and not handed over yet.
#[derive(Debug, Default)]
struct Tally {
    counts: BTreeMap<String, u32>,
    /// Until when some request is believed to hand it over.
    awaited_until_ms: u64,
}

thread_local! {
    static TALLY: RefCell<Tally> = RefCell::default();
}

impl Tally {
    /// Counts one more; says whether the counts are to be handed over by whoever counts.
    fn count(&mut self, reason: &str, now_ms: u64) -> bool {
        let count = self.counts.entry(reason.to_owned()).or_default();
        *count = count.saturating_add(1);
        let is_first = now_ms >= self.awaited_until_ms;
        if is_first {
            self.awaited_until_ms = now_ms + GONE_AFTER_MS;
        }
        is_first
    }

    /// What is to be handed over; who counts from now on hands over again.
    fn take(&mut self) -> BTreeMap<String, u32> {
        self.awaited_until_ms = 0;
        std::mem::take(&mut self.counts)
    }

    /// What could not be handed over goes with the next.
    fn give_back(&mut self, counts: BTreeMap<String, u32>) {
        for (reason, count) in counts {
            let sum = self.counts.entry(reason).or_default();
            *sum = sum.saturating_add(count);
        }
    }
}

/// Counts a delivery that was not taken. The Desk counts by itself what it refuses.
pub(super) fn count(problem: &Problem, env: &Env, context: &Context) {
    let Some(reason) = reason(problem) else { return };
    if TALLY.with_borrow_mut(|tally| tally.count(reason, Clock::REAL.now_ms())) {
        context.wait_until(hand_over(env.clone()));
    }
}

async fn hand_over(env: Env) {
    Delay::from(Duration::from_millis(COUNTED_FOR_MS)).await;
    let counts = TALLY.with_borrow_mut(Tally::take);
    if ask(&env, CountRejections { counts: counts.clone() }).await.is_err() {
        TALLY.with_borrow_mut(|tally| tally.give_back(counts));
    }
}

/// The name of a reason in the API.
fn reason(problem: &Problem) -> Option<&'static str> {
    Some(match problem.failure().code {
        Code::Forbidden => "wrong_signature",
        Code::TooLarge => "too_large",
        _ if problem.is_stalled() => "stalled",
        Code::Busy => "busy",
        // The Desk has counted it.
        Code::UnreadableCallback | Code::ForeignCallback | Code::ResultDelayed => return None,
        _ => "not_stored",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_those_who_count_within_a_second_one_hands_over() {
        let mut tally = Tally::default();
        assert_eq!([tally.count("busy", 5), tally.count("busy", 6), tally.count("stalled", 999)], [true, false, false]);
        let counts = tally.take();
        assert_eq!((counts["busy"], counts["stalled"]), (2, 1));
        assert!(tally.count("busy", 1_000), "and who counts after that hands over again");
        assert!(tally.count("busy", 1_000 + GONE_AFTER_MS), "so does one after a request that is gone");
        tally.give_back(counts);
        assert_eq!(tally.take()["busy"], 4);
    }

    #[test]
    fn a_reason_has_a_name() {
        let named = |code: Code| reason(&code.into());
        assert_eq!(named(Code::Forbidden), Some("wrong_signature"));
        assert_eq!((named(Code::Busy), named(Code::TooLarge)), (Some("busy"), Some("too_large")));
        assert_eq!((named(Code::Internal), named(Code::ForeignCallback)), (Some("not_stored"), None));
        assert_eq!([Code::Busy, Code::InvalidJson].map(|code| reason(&Problem::stalled(code, ""))), [Some("stalled"); 2]);
    }
}
