//! Rate limits: four groups, counted per user and app in windows, with a penalty that every request restarts.

use std::collections::HashMap;

use axum::http::HeaderValue;
use axum::response::Response;
use serde::{Deserialize, Serialize};

/// A usage-plan group of RingCentral's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Cheap reads.
    Light,
    /// Voicemail content, subscriptions.
    Medium,
    /// Call log, recordings, every AI endpoint.
    Heavy,
    /// Tokens.
    Auth,
}

impl Group {
    /// The name in the header, lower case as RingCentral sends it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Medium => "medium",
            Self::Heavy => "heavy",
            Self::Auth => "auth",
        }
    }

    fn per_window(self) -> u32 {
        match self {
            Self::Light => 50,
            Self::Medium => 40,
            Self::Heavy => 10,
            Self::Auth => 5,
        }
    }
}

/// The counters of all users and apps.
#[derive(Debug)]
pub struct Limits {
    factor: u32,
    window_s: u64,
    counters: HashMap<(String, Group), Counter>,
}

#[derive(Debug, Default)]
struct Counter {
    window_ends_ms: u64,
    used: u32,
    penalty_ends_ms: u64,
}

/// What became of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The group it was counted in.
    pub group: Group,
    /// It may go on.
    pub admitted: bool,
    /// It came while a penalty was running (the request that started the penalty did not).
    pub in_penalty: bool,
    /// When it was counted.
    pub at_ms: u64,
    limit: u32,
    remaining: u32,
    window_s: u64,
}

impl Limits {
    /// Allows `factor` times RingCentral's counts in windows of `window_s`.
    #[must_use]
    pub fn new(factor: u32, window_s: u64) -> Self {
        Self { factor, window_s, counters: HashMap::new() }
    }

    /// Counts one request of `who` (a user and an app) at `now_ms`.
    pub fn take(&mut self, who: &str, group: Group, now_ms: u64) -> Verdict {
        let (limit, window_ms) = (group.per_window() * self.factor, self.window_s * 1000);
        let counter = self.counters.entry((who.to_owned(), group)).or_default();
        let in_penalty = now_ms < counter.penalty_ends_ms;
        if now_ms >= counter.window_ends_ms && !in_penalty {
            *counter = Counter { window_ends_ms: now_ms + window_ms, ..Counter::default() };
        }
        let admitted = !in_penalty && counter.used < limit;
        if admitted {
            counter.used += 1;
        } else {
            // The count starts anew after the penalty, however much of its window was left.
            *counter = Counter { penalty_ends_ms: now_ms + window_ms, ..Counter::default() };
        }
        let remaining = if admitted { limit - counter.used } else { 0 };
        Verdict { group, admitted, in_penalty, at_ms: now_ms, limit, remaining, window_s: self.window_s }
    }

    /// Begins a penalty whatever was left; the verdict is that of a request over the limit.
    pub fn punish(&mut self, who: &str, group: Group, now_ms: u64) -> Verdict {
        let counter = Counter { penalty_ends_ms: now_ms + self.window_s * 1000, ..Counter::default() };
        self.counters.insert((who.to_owned(), group), counter);
        let limit = group.per_window() * self.factor;
        Verdict { group, admitted: false, in_penalty: false, at_ms: now_ms, limit, remaining: 0, window_s: self.window_s }
    }
}

impl Verdict {
    /// Writes the four rate-limit headers, and `Retry-After` where the request was refused.
    pub fn mark(self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert("x-rate-limit-group", HeaderValue::from_static(self.group.name()));
        headers.insert("x-rate-limit-limit", self.limit.into());
        headers.insert("x-rate-limit-remaining", self.remaining.into());
        headers.insert("x-rate-limit-window", self.window_s.into());
        if !self.admitted {
            headers.insert("retry-after", self.window_s.into());
        }
        response.extensions_mut().insert(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used_up() -> Limits {
        let mut limits = Limits::new(1, 60);
        for remaining in (0..10).rev() {
            let verdict = limits.take("u", Group::Heavy, 1000);
            assert!(verdict.admitted);
            assert_eq!(verdict.remaining, remaining);
        }
        limits
    }

    #[test]
    fn the_request_over_the_limit_starts_a_penalty() {
        let mut limits = used_up();
        let verdict = limits.take("u", Group::Heavy, 2000);
        assert!(!verdict.admitted && !verdict.in_penalty);
        assert!(!limits.take("u", Group::Heavy, 61_999).admitted);
    }

    #[test]
    fn every_request_in_a_penalty_restarts_it() {
        let mut limits = used_up();
        limits.take("u", Group::Heavy, 2000);
        let inside = limits.take("u", Group::Heavy, 61_000);
        assert!(!inside.admitted && inside.in_penalty);
        assert!(!limits.take("u", Group::Heavy, 62_500).admitted);
        assert!(limits.take("u", Group::Heavy, 122_500).admitted);
    }

    #[test]
    fn a_penalty_may_come_before_the_limit_is_reached() {
        let mut limits = Limits::new(1, 60);
        assert!(!limits.punish("u", Group::Heavy, 1000).admitted);
        assert!(limits.take("u", Group::Heavy, 60_999).in_penalty);
        assert!(limits.take("u", Group::Heavy, 120_999).admitted, "the request inside has restarted it");
    }

    #[test]
    fn a_new_window_counts_anew() {
        let mut limits = used_up();
        assert_eq!(limits.take("u", Group::Heavy, 61_000).remaining, 9);
    }

    #[test]
    fn users_and_groups_do_not_share_a_count() {
        let mut limits = used_up();
        limits.take("u", Group::Heavy, 2000);
        assert!(limits.take("v", Group::Heavy, 2000).admitted);
        assert!(limits.take("u", Group::Light, 2000).admitted);
    }

    #[test]
    fn relaxed_is_twenty_times_as_many() {
        let mut limits = Limits::new(20, 60);
        assert!((0..200).all(|_| limits.take("u", Group::Heavy, 0).admitted));
        assert!(!limits.take("u", Group::Heavy, 0).admitted);
    }
}
