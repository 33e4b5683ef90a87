//! A run of the alarm: whether there is one, what it has time for, and how it is woken while it pauses.

use crate::clock::Clock;
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};

/// One run lasts so long at most, and no request leaves that may last longer; the platform ends it after fifteen minutes.
const RUN_MS: u64 = 840_000;
/// A run that has not looked around for so long is dead.
const ALIVE_FOR_MS: u64 = 60_000;

/// Whether the alarm is at work, and how it is woken while it pauses.
#[derive(Debug, Default)]
pub(super) struct Run {
    alive_until_ms: Cell<u64>,
    /// Whether KV, or the bucket, is asked for something.
    pub(super) is_at_kv: Cell<bool>,
    /// When it is to be over; none while it is not at work.
    ends_ms: Cell<Option<u64>>,
    /// How many results are about to be made, of bytes that are on their way.
    pub(super) said: Cell<usize>,
    waker: RefCell<Option<oneshot::Sender<()>>>,
}

impl Run {
    /// A run begins.
    pub(super) fn begin(&self, clock: Clock, now_ms: u64) {
        self.ends_ms.set(Some(now_ms.saturating_add(clock.stretched(RUN_MS))));
        self.is_at_kv.set(false);
    }

    /// It looks around.
    pub(super) fn goes_on(&self, clock: Clock, now_ms: u64) {
        self.alive_until_ms.set(now_ms.saturating_add(clock.stretched(ALIVE_FOR_MS)));
    }

    /// It is over.
    pub(super) fn end(&self) {
        self.alive_until_ms.set(0);
        self.ends_ms.set(None);
        self.said.set(0);
    }

    /// Wakes the alarm at its work; false when it is not there.
    pub(super) fn wake(&self, now_ms: u64) -> bool {
        let is_alive = self.is_alive(now_ms);
        if let (true, Some(waker)) = (is_alive, self.waker.borrow_mut().take()) {
            // One that nobody waits for any more was replaced: its run looks around anyway.
            let _ = waker.send(());
        }
        is_alive
    }

    /// Whether the alarm is at its work: what becomes due later it finds when it has done that.
    pub(super) fn is_alive(&self, now_ms: u64) -> bool {
        now_ms < self.alive_until_ms.get()
    }

    /// Whether what lasts so long, in the world's time, can begin now: the run that is at work, or else the next one, lasts longer.
    pub(super) fn has_time_for(&self, ms: u64, clock: Clock, now_ms: u64) -> bool {
        self.ends_ms.get().is_none_or(|ends_ms| now_ms.saturating_add(clock.stretched(ms)) <= ends_ms)
    }

    /// What comes when the alarm is woken.
    pub(super) fn pause(&self) -> oneshot::Receiver<()> {
        let (waker, woken) = oneshot::channel();
        *self.waker.borrow_mut() = Some(waker);
        woken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::ANSWER_PATIENCE_MS;
    use ringcentral_ai::http::LONGEST_PATIENCE_MS;

    #[test]
    fn what_lasts_longer_than_the_run_does_not_begin_in_it() {
        let run = Run::default();
        assert!(run.has_time_for(u64::MAX, Clock::REAL, 0), "the next run is a whole one, and nothing lasts longer than that");
        run.begin(Clock::REAL, 0);
        let latest_ms = [LONGEST_PATIENCE_MS, 180_000, ANSWER_PATIENCE_MS]
            .map(|ms| (0..=RUN_MS).rev().step_by(1_000).find(|now_ms| run.has_time_for(ms, Clock::REAL, *now_ms)).unwrap());
        assert_eq!(latest_ms, [240_000, 660_000, 810_000]);
        let fast = Clock::parse("0x60").unwrap();
        run.begin(fast, 0);
        assert!(
            run.has_time_for(RUN_MS, fast, 0) && !run.has_time_for(RUN_MS, fast, 1),
            "the network is no faster than the world"
        );
        run.end();
        assert!(run.has_time_for(RUN_MS, fast, 1));
    }
}
