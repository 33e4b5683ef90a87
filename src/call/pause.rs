//! How long to wait before another try.

/// The first pause, at most.
const FIRST_MS: u64 = 500;
/// The longest pause, at most.
const LONGEST_MS: u64 = 30_000;

/// A pause that doubles with each try; a random half of it keeps clients from coming back together.
pub(crate) fn pause_ms(tries: u32, random: u64) -> u64 {
    let full = FIRST_MS.saturating_mul(1 << tries.min(16)).min(LONGEST_MS);
    full / 2 + random % (full / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_half_a_minute() {
        let shortest: Vec<u64> = (0..8).map(|tries| pause_ms(tries, 0)).collect();
        assert_eq!(shortest, [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
        assert!((0..99).all(|random| (250..=500).contains(&pause_ms(0, random))));
    }
}
