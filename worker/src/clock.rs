//! The present: the only place that asks the platform for it.
//!
//! Tests let the Worker's clock run faster than the world's (setting `CLOCK`); what is measured against the network or a
//! waiting client is stretched then, so that it lasts as long as it would.

use std::time::Duration;
use worker::Date;

/// A clock that runs `rate` times as fast as the world's and agrees with it at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    anchor_ms: u64,
    rate: u64,
}

impl Clock {
    /// The world's clock.
    pub(crate) const REAL: Self = Self { anchor_ms: 0, rate: 1 };

    /// Reads `<anchor>x<rate>`: milliseconds since 1970 at which both clocks agree, and how fast this one runs.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (anchor_ms, rate) = text.split_once('x')?;
        let rate = rate.parse().ok().filter(|rate| *rate >= 1)?;
        Some(Self { anchor_ms: anchor_ms.parse().ok()?, rate })
    }

    /// Milliseconds since 1970.
    pub(crate) fn now_ms(self) -> u64 {
        self.at(Date::now().as_millis())
    }

    /// What this clock shows when the world's shows `real_ms`; before their moment it does not run faster.
    const fn at(self, real_ms: u64) -> u64 {
        match real_ms.checked_sub(self.anchor_ms) {
            Some(passed_ms) => self.anchor_ms.saturating_add(passed_ms.saturating_mul(self.rate)),
            None => real_ms,
        }
    }

    /// How long a timer has to be set for, in the world's time, so that so much passes on this clock.
    pub(crate) const fn timer(self, ms: u64) -> Duration {
        Duration::from_millis(ms.div_ceil(self.rate))
    }

    /// How much passes on this clock while `real_ms` pass in the world.
    pub(crate) const fn stretched(self, real_ms: u64) -> u64 {
        real_ms.saturating_mul(self.rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worlds_clock_shows_the_worlds_time() {
        assert_eq!((Clock::REAL.at(7), Clock::REAL.timer(7), Clock::REAL.stretched(7)), (7, Duration::from_millis(7), 7));
    }

    #[test]
    fn a_faster_clock_agrees_at_its_anchor_and_runs_ahead_after_it() {
        let clock = Clock::parse("1000x60").unwrap();
        assert_eq!([999, 1_000, 1_001, 2_000].map(|real_ms| clock.at(real_ms)), [999, 1_000, 1_060, 61_000]);
        assert_eq!(clock.timer(60_000), Duration::from_secs(1));
        assert_eq!(clock.timer(1), Duration::from_millis(1), "a timer never comes early");
        assert_eq!(clock.stretched(1_000), 60_000);
    }

    #[test]
    fn a_clock_is_an_anchor_and_a_rate() {
        for text in ["", "60", "x60", "1000x", "1000x0", "1000x-1", "1000x1.5", "now x60"] {
            assert_eq!(Clock::parse(text), None, "{text}");
        }
    }
}
