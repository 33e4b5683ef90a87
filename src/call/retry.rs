//! Another try: how many there are, which errors are worth one, how long the pause before it is.

use super::Now;
use crate::error::{Error, Result};

/// So often something is tried at most, unless whoever steps the call says otherwise.
const MAX_TRIES: u32 = 5;
/// The first pause, at most.
const FIRST_MS: u64 = 500;
/// The longest pause, at most.
const LONGEST_MS: u64 = 30_000;

/// The tries of one operation so far; a new one for each thing that is tried.
#[derive(Debug)]
pub struct Retry {
    tries: u32,
    max_tries: u32,
}

impl Default for Retry {
    fn default() -> Self {
        Self::of(MAX_TRIES)
    }
}

impl Retry {
    /// So many tries.
    #[must_use]
    pub const fn of(max_tries: u32) -> Self {
        Self { tries: 0, max_tries }
    }

    /// How long to pause before another try, in milliseconds.
    ///
    /// # Errors
    /// That error itself, where another try would not help or none is left.
    pub fn after(&mut self, error: Error, now: Now) -> Result<u64> {
        if !error.passes() {
            return Err(error);
        }
        self.count(error)?;
        Ok(pause_ms(self.tries, now.random))
    }

    /// Counts a try, for whoever knows better that another one may help.
    ///
    /// # Errors
    /// That error itself, where no try is left.
    pub fn count(&mut self, error: Error) -> Result<()> {
        self.tries += 1;
        if self.tries < self.max_tries { Ok(()) } else { Err(error) }
    }

    /// How long to pause before another try of what is tried for ever, in milliseconds.
    pub fn endlessly(&mut self, now: Now) -> u64 {
        let pause_ms = pause_ms(self.tries, now.random);
        self.tries = self.tries.saturating_add(1);
        pause_ms
    }
}

/// A pause that doubles with each try; a random half of it keeps clients from coming back together.
fn pause_ms(tries: u32, random: u64) -> u64 {
    let full = FIRST_MS.saturating_mul(1 << tries.min(16)).min(LONGEST_MS);
    full / 2 + random % (full / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_failure_is_the_last_and_a_lasting_error_the_only_one() {
        let (mut retry, now) = (Retry::default(), Now { ms: 0, random: 0 });
        let pauses: Vec<Result<u64>> = (0..5).map(|_| retry.after(Error::Network, now)).collect();
        assert_eq!(pauses, [Ok(500), Ok(1_000), Ok(2_000), Ok(4_000), Err(Error::Network)]);
        assert_eq!(Retry::default().after(Error::TokenRejected, now), Err(Error::TokenRejected));
        assert_eq!(Retry::of(1).after(Error::Network, now), Err(Error::Network));
        let mut endless = Retry::default();
        assert_eq!([0, 1].map(|_| endless.endlessly(now)), [250, 500]);
    }

    #[test]
    fn pauses_grow_to_half_a_minute() {
        let shortest: Vec<u64> = (0..8).map(|tries| pause_ms(tries, 0)).collect();
        assert_eq!(shortest, [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
        assert!((0..99).all(|random| (250..=500).contains(&pause_ms(0, random))));
    }
}
