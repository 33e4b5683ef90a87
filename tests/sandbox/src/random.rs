//! Tokens and ids: drawn from one seeded stream, so that a seed repeats a run.

use std::hash::{BuildHasher, RandomState};

/// A small seeded generator (splitmix64): good enough for ids on loopback, not for secrets that matter.
#[derive(Debug)]
pub struct Random {
    state: u64,
    last_tick: u64,
}

impl Random {
    /// Starts the stream; without a seed the operating system gives one.
    #[must_use]
    pub fn new(seed: Option<u64>) -> Self {
        Self { state: seed.unwrap_or_else(any_seed), last_tick: 0 }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Whether something happens that has this chance, from 0 to 1.
    pub fn hits(&mut self, chance: f64) -> bool {
        // The upper 53 bits are what a number from 0 to 1 has room for.
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64 <= chance && chance > 0.0
    }

    /// A number from the first to the last.
    pub fn within(&mut self, [from, to]: [u64; 2]) -> u64 {
        from + self.bits() % (to - from + 1)
    }

    /// A token that looks like RingCentral's: letters, digits, `-` and `_`.
    pub fn token(&mut self) -> String {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let tail: String = (0..40).map(|_| char::from(ALPHABET[(self.bits() >> 58) as usize])).collect();
        format!("U1BC{tail}")
    }

    /// A UUID of version 1 (time and node), as RingCentral's job and request ids are.
    pub fn uuid_v1(&mut self, unix_ms: u64) -> String {
        // 100 ns ticks since 1582-10-15; the tick only ever moves forward, so that no id comes twice.
        let tick = (unix_ms * 10_000 + 0x01B2_1DD2_1381_4000 + self.bits() % 10_000).max(self.last_tick + 1);
        self.last_tick = tick;
        let clock = self.bits() & 0x3FFF | 0x8000;
        format!(
            "{:08x}-{:04x}-{:04x}-{clock:04x}-0050568ccd07",
            tick & 0xFFFF_FFFF,
            tick >> 32 & 0xFFFF,
            tick >> 48 & 0x0FFF | 0x1000
        )
    }
}

/// A seed that nobody has chosen.
#[must_use]
pub fn any_seed() -> u64 {
    RandomState::new().hash_one("sandbox")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_v1_carries_its_time() {
        let id = Random::new(Some(1)).uuid_v1(1_704_822_718_422);
        assert_eq!(&id[14..15], "1");
        // The documentation's own sample of that millisecond is c8b1bd02-af17-11ee-…
        assert!(id[9..18].eq("af17-11ee"), "{id}");
    }

    #[test]
    fn what_always_happens_happens_always_and_what_never_does_never() {
        let mut random = Random::new(Some(1));
        assert!((0..999).all(|_| random.hits(1.0) && !random.hits(0.0) && (3..=5).contains(&random.within([3, 5]))));
    }

    #[test]
    fn a_seed_repeats_and_ids_do_not() {
        let draw = |seed| Random::new(Some(seed)).token();
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let mut random = Random::new(Some(1));
        assert_ne!(random.uuid_v1(5), random.uuid_v1(5));
    }
}
