//! One group's queue: its window, its penalty and those who wait.

use super::bounds::{INSTEAD_MS, LONGEST_MS, MOST_REQUESTS, believed_window_ms};
use super::{Group, Hold, Learned, ROUNDING_MS, Rank, Slot, Usage};
use alloc::vec::Vec;

/// RingCentral counts in windows of a minute unless a response says otherwise.
const WINDOW_MS: u64 = 60_000;
/// An answer that takes longer is not waited for before the next request is sent.
const ANSWERED_WITHIN_MS: u64 = 2_000;
/// More slots than this are not written down: RingCentral's limits are far below.
const MOST_WRITTEN: usize = 250;
/// How soon somebody asks again who is not first although there is room.
const NOT_FIRST_MS: u64 = 20;

#[derive(Debug, Clone)]
pub(super) struct Lane {
    limit: usize,
    window_ms: u64,
    blocked_until_ms: u64,
    /// Whether a 429 blocks it, and not a server that is down.
    is_penalty: bool,
    /// One at a time: whoever sends ten at once sends nine into the penalty that the first one meets.
    is_orderly: bool,
    /// From when on each slot of the current window counts, oldest first.
    taken_ms: Vec<u64>,
    /// From when on slots are kept for the media of jobs that were submitted, oldest first: whoever comes for it takes one of them.
    kept_ms: Vec<u64>,
    /// When each request that was not answered yet was sent, oldest first, and how many slots it took.
    unanswered: Vec<(u64, usize)>,
    /// Who waits, first one first.
    waiting: Vec<Waiter>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Waiter {
    pub(super) rank: Rank,
    pub(super) number: u64,
    pub(super) slots: usize,
    /// How many more are kept with them.
    pub(super) keeps: usize,
}

impl Lane {
    pub(super) fn new(limit: usize, is_orderly: bool) -> Self {
        Self {
            limit,
            is_orderly,
            window_ms: WINDOW_MS,
            blocked_until_ms: 0,
            is_penalty: false,
            taken_ms: Vec::new(),
            kept_ms: Vec::new(),
            unanswered: Vec::new(),
            waiting: Vec::new(),
        }
    }

    pub(super) fn join(&mut self, waiter: Waiter) {
        let at = self.waiting.partition_point(|other| *other < waiter);
        self.waiting.insert(at, waiter);
    }

    pub(super) fn leave(&mut self, number: u64) {
        self.waiting.retain(|waiter| waiter.number != number);
    }

    pub(super) fn try_take(&mut self, number: u64, now_ms: u64) -> Slot {
        if let Some(Hold { until_ms, .. }) = self.hold(now_ms) {
            self.blocked_until_ms = until_ms;
            return Slot::Wait(until_ms - now_ms);
        }
        let is_over = |at_ms: u64| at_ms.saturating_add(self.window_ms) <= now_ms;
        // One that is still to come was written down by another clock.
        self.taken_ms.retain(|taken| *taken <= now_ms && !is_over(*taken));
        self.kept_ms.retain(|kept| *kept <= now_ms && !is_over(*kept));
        self.unanswered.retain(|(sent, _)| !is_over(*sent));
        let Some(place) = self.waiting.iter().position(|waiter| waiter.number == number) else {
            return Slot::Wait(NOT_FIRST_MS);
        };
        let Waiter { rank, slots, keeps, .. } = self.waiting[place];
        let kept = if rank == Rank::Relay { 0 } else { self.kept_ms.len() };
        let own = (slots + keeps).min(self.limit);
        let ahead: usize = self.waiting[..place].iter().map(|waiter| waiter.slots + waiter.keeps).sum();
        let free = self.limit.saturating_sub(self.taken_ms.len() + kept);
        if ahead + own > free {
            // What is kept ends with what was taken beside it.
            let missing = ahead + own - free;
            return Slot::Wait(self.free_in_ms(if kept > 0 { missing.div_ceil(2) } else { missing }, now_ms));
        }
        if place > 0 || self.awaits_answer(now_ms) {
            return Slot::Wait(NOT_FIRST_MS);
        }
        self.waiting.remove(0);
        if rank == Rank::Relay && !self.kept_ms.is_empty() {
            self.kept_ms.remove(0);
        }
        let slots = slots.min(self.limit);
        self.unanswered.push((now_ms, slots));
        self.take(slots, now_ms);
        self.kept_ms.extend(core::iter::repeat_n(now_ms, keeps));
        Slot::Go
    }

    /// A request was answered, or never will be. It was counted when it arrived, between its leaving and now: its slots count from now
    /// on, so that none in their place comes before the window is over there.
    pub(super) fn answered(&mut self, now_ms: u64) {
        if self.unanswered.is_empty() {
            return;
        }
        let (sent_ms, slots) = self.unanswered.remove(0);
        for _ in 0..slots {
            if let Some(place) = self.taken_ms.iter().position(|taken| *taken == sent_ms) {
                self.taken_ms.remove(place);
                self.take(1, now_ms);
            }
        }
    }

    /// Whether the next does well to wait for the answer to the last, which comes soon.
    fn awaits_answer(&self, now_ms: u64) -> bool {
        self.is_orderly && self.unanswered.last().is_some_and(|(sent, _)| now_ms < sent.saturating_add(ANSWERED_WITHIN_MS))
    }

    /// Believes what the headers say: the limit, the window in seconds, and how much of it is left.
    pub(super) fn learn(&mut self, limit: Option<u64>, window_s: Option<u64>, remaining: Option<u64>, now_ms: u64) {
        self.set_limit(limit);
        if let Some(believed_ms) = window_s.and_then(|seconds| believed_window_ms(seconds.saturating_mul(1_000))) {
            self.window_ms = believed_ms;
        }
        let used = remaining.and_then(|left| usize::try_from(left).ok()).map(|left| self.limit.saturating_sub(left));
        // Somebody else with the same user and app has sent too: count theirs as sent now.
        let unseen = used.unwrap_or(0).saturating_sub(self.taken_ms.len());
        self.take(unseen, now_ms);
    }

    pub(super) fn block(&mut self, until_ms: u64, is_penalty: bool) {
        if until_ms > self.blocked_until_ms {
            (self.blocked_until_ms, self.is_penalty) = (until_ms, is_penalty);
        }
    }

    /// What keeps it closed now. A time further ahead than any pause that is kept was written down by another clock.
    pub(super) fn hold(&self, now_ms: u64) -> Option<Hold> {
        let ahead_ms = self.blocked_until_ms.checked_sub(now_ms).filter(|ahead_ms| *ahead_ms > 0)?;
        let is_believed = ahead_ms <= LONGEST_MS + ROUNDING_MS;
        let until_ms = if is_believed { self.blocked_until_ms } else { now_ms.saturating_add(INSTEAD_MS) };
        Some(Hold { until_ms, is_penalty: self.is_penalty })
    }

    pub(super) fn learned(&self) -> Learned {
        let written = |slots: &[u64]| slots.iter().rev().take(MOST_WRITTEN).rev().copied().collect();
        Learned {
            limit: self.limit as u64,
            window_ms: self.window_ms,
            blocked_until_ms: self.blocked_until_ms,
            taken_ms: written(&self.taken_ms),
            kept_ms: written(&self.kept_ms),
        }
    }

    pub(super) fn restore(&mut self, learned: Learned) {
        self.set_limit(Some(learned.limit));
        self.window_ms = believed_window_ms(learned.window_ms).unwrap_or(self.window_ms);
        self.block(learned.blocked_until_ms, true);
        self.taken_ms.extend(learned.taken_ms);
        self.kept_ms.extend(learned.kept_ms);
    }

    fn set_limit(&mut self, limit: Option<u64>) {
        if let Some(limit) = limit.filter(|limit| (1..=MOST_REQUESTS).contains(limit)) {
            self.limit = usize::try_from(limit).unwrap_or(self.limit);
        }
    }

    pub(super) const fn blocked_until_ms(&self) -> u64 {
        self.blocked_until_ms
    }

    pub(super) fn usage(&self, group: Group, now_ms: u64) -> Usage {
        let taken = self.taken_ms.iter().chain(&self.kept_ms).filter(|taken| taken.saturating_add(self.window_ms) > now_ms);
        Usage {
            group: group.name(),
            limit: self.limit,
            window_ms: self.window_ms,
            taken: taken.count(),
            waiting: self.waiting.len(),
            held_until_ms: self.hold(now_ms).map(|hold| hold.until_ms),
        }
    }

    /// When the last of so many slots can be had: those that are free, then those of this window as they end, then whole windows.
    pub(super) fn expected_ms(&self, slots: usize, now_ms: u64) -> u64 {
        let opens_ms = self.hold(now_ms).map_or(now_ms, |hold| hold.until_ms);
        let mut ends = self.taken_ms.iter().map(|taken| taken.saturating_add(self.window_ms)).filter(|end| *end > opens_ms);
        let free = self.limit.saturating_sub(ends.clone().count() + self.kept_ms.len());
        let Some(more) = slots.checked_sub(free + 1) else { return opens_ms };
        let in_use = ends.clone().count();
        if let Some(end_ms) = ends.nth(more) {
            return end_ms;
        }
        let windows = 1 + more.saturating_sub(in_use) / self.limit.max(1);
        let last_ms = self.taken_ms.last().copied().unwrap_or(opens_ms).max(opens_ms);
        last_ms.saturating_add(self.window_ms.saturating_mul(windows as u64))
    }

    fn take(&mut self, slots: usize, now_ms: u64) {
        self.taken_ms.extend(core::iter::repeat_n(now_ms, slots));
    }

    /// When so many of the taken slots will be free again.
    fn free_in_ms(&self, slots: usize, now_ms: u64) -> u64 {
        let last = self.taken_ms.get(slots - 1).or(self.taken_ms.last()).copied().unwrap_or(now_ms);
        last.saturating_add(self.window_ms).saturating_sub(now_ms).max(NOT_FIRST_MS)
    }
}
