//! Numbers as digits, without floats and the weight of printing them.

use alloc::string::String;

/// What is larger is none that we measure anything in.
const LIMIT: u64 = 1_000_000_000_000_000_000;

/// A whole number of digits, with a `+` in front or without.
#[must_use]
#[inline(never)] // One reader for every kind of number: the library has one for each.
pub fn whole(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// The same of either sign.
pub(super) fn integer(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(digits) => 0_i64.checked_sub_unsigned(whole(digits)?),
        None => whole(text)?.try_into().ok(),
    }
}

/// A decimal number times a thousand, rounded; `None` where it is negative, no number or too large.
#[must_use]
pub fn thousandths(number: &str) -> Option<u64> {
    if let Some(value) = plain(number) {
        return Some(value);
    }
    let (mantissa, exponent) = parted(number, |byte| matches!(byte, b'e' | b'E'));
    let exponent = exponent.map_or(Some(0), |exponent| i32::try_from(integer(exponent)?).ok())?;
    let point = mantissa.bytes().position(|byte| byte == b'.').unwrap_or(mantissa.len());
    // So many digits stand before the point of the result.
    let mut left = i64::try_from(point).ok().filter(|digits| *digits > 0)? + i64::from(exponent) + 3;
    let (mut value, mut is_half) = (0, false);
    let behind = |value: u64, digit: u8| Some(value * 10 + u64::from(digit)).filter(|value| *value < LIMIT);
    for (at, byte) in mantissa.bytes().enumerate() {
        if at == point {
            continue;
        }
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        if left > 0 {
            value = behind(value, digit)?;
        } else if left == 0 {
            is_half = digit >= 5;
        }
        left -= 1;
    }
    while left > 0 && value > 0 {
        value = behind(value, 0)?;
        left -= 1;
    }
    Some(value + u64::from(is_half))
}

/// The same where it is plain: a few digits, and at most three decimals. Most numbers are, and a transcript has two a word.
fn plain(number: &str) -> Option<u64> {
    let (whole, fraction) = parted(number, |byte| byte == b'.');
    let fraction = fraction.unwrap_or_default();
    let digits = |part: &str, from: u64| {
        part.bytes().try_fold(from, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u64::from(byte - b'0')))
    };
    let is_short = (1..=12).contains(&whole.len()) && fraction.len() <= 3;
    let value = if is_short { digits(fraction, digits(whole, 0)?)? } else { return None };
    Some(value * [1000, 100, 10, 1][fraction.len()])
}

/// What stands before such a byte, and what behind it; byte by byte, for numbers are short and many.
fn parted(number: &str, is_parting: impl Fn(u8) -> bool) -> (&str, Option<&str>) {
    number.bytes().position(is_parting).map_or((number, None), |at| (&number[..at], number.get(at + 1..)))
}

/// A whole number as text, without `format!` and its weight.
#[must_use]
pub fn digits(number: u64) -> String {
    let mut text = String::new();
    push_digits(&mut text, number, 1);
    text
}

/// Appends a whole number, with zeros in front until it has so many digits.
pub fn push_digits(out: &mut String, number: u64, digits: usize) {
    if number >= 10 || digits > 1 {
        push_digits(out, number / 10, digits.saturating_sub(1));
    }
    out.push(char::from(b"0123456789"[(number % 10) as usize]));
}

/// Appends a number of which so many digits stand behind the point, without zeros at its end: 4800 of three is `4.8`.
pub fn push_decimal(out: &mut String, number: u64, places: u32) {
    let one = 10u64.saturating_pow(places);
    push_digits(out, number / one, 1);
    let (mut rest, mut digits) = (number % one, places as usize);
    if rest > 0 {
        out.push('.');
        while rest % 10 == 0 {
            (rest, digits) = (rest / 10, digits - 1);
        }
        push_digits(out, rest, digits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_numbers_are_rounded_to_thousandths() {
        let table = [
            ("0", 0),
            ("4.8", 4_800),
            ("4.800000000000001", 4_800),
            ("31.939999999999998", 31_940),
            ("0.0004", 0),
            ("0.0005", 1),
            ("0.00049999", 0),
            ("12", 12_000),
            ("1e2", 100_000),
            ("1.5E+1", 15_000),
            ("25e-4", 3),
            ("1e-999", 0),
            ("0e999", 0),
            ("0.000e99", 0),
        ];
        for (number, expected) in table {
            assert_eq!(thousandths(number), Some(expected), "{number}");
        }
        for number in ["", "-1", "x", "1x", "1e99", "1e", "1e99999999999", ".5", "99999999999999999999"] {
            assert_eq!(thousandths(number), None, "{number}");
        }
    }

    #[test]
    fn digits_are_padded() {
        let mut out = String::new();
        push_digits(&mut out, 7, 3);
        push_digits(&mut out, u64::MAX, 0);
        assert_eq!(out, "00718446744073709551615");
    }
    #[test]
    fn decimals_end_with_a_digit_that_counts() {
        let written = |number, places| {
            let mut out = String::new();
            push_decimal(&mut out, number, places);
            out
        };
        let table = [(0, 3, "0"), (4_800, 3, "4.8"), (12, 3, "0.012"), (10_000, 4, "1"), (9_050, 4, "0.905"), (7, 0, "7")];
        for (number, places, expected) in table {
            assert_eq!(written(number, places), expected);
        }
        for ms in (0..20_000).step_by(7) {
            assert_eq!(thousandths(&written(ms, 3)), Some(ms));
        }
    }
}
