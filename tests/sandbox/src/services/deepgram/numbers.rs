//! Numbers as Deepgram writes them: 32-bit floats, with what is left of their arithmetic.

use serde_json::{Value, json};

/// A number as it is written when it was a 32-bit float: 0.94, and not 0.9399999976158142.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "that is what a 32-bit float is")]
pub fn single(value: f64) -> Value {
    let shortest = (value as f32).to_string().parse::<f64>();
    json!(shortest.unwrap_or_default())
}

/// A time of a word: hundredths of a second, multiplied as 32-bit floats, so that 3.2 may read 3.1999998.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "that is what a 32-bit float is")]
pub fn time(seconds: f64) -> Value {
    single(f64::from((seconds * 100.0).round() as f32 * 0.01_f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_near_the_true_ones_and_some_are_off_by_a_float() {
        let shown: Vec<f64> = (0..9_000_u32).map(|hundredths| time(f64::from(hundredths) / 100.0).as_f64().unwrap()).collect();
        let mut off = 0;
        for (hundredths, shown) in (0_u32..).zip(&shown) {
            let error = (shown - f64::from(hundredths) / 100.0).abs();
            assert!(error < 1e-5, "{hundredths}: {shown}");
            off += u32::from(error > 0.0);
        }
        assert!(shown.windows(2).all(|pair| pair[0] < pair[1]));
        assert!((900..8_000).contains(&off), "{off}");
        assert_eq!(single(0.94), json!(0.94));
    }
}
