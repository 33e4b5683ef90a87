//! Whole numbers and times as digits, without `format!` and its weight.

use crate::json::push_digits;
use alloc::string::String;

/// Appends a caption's time: `00:00:04`, the separator, `800`.
pub(super) fn push_clock(out: &mut String, ms: u64, separator: char) {
    push_digits(out, ms / 3_600_000, 2);
    out.push(':');
    push_digits(out, ms / 60_000 % 60, 2);
    out.push(':');
    push_digits(out, ms / 1000 % 60, 2);
    out.push(separator);
    push_digits(out, ms % 1000, 3);
}

/// Appends seconds: `4.800`.
pub(super) fn push_seconds(out: &mut String, ms: u64) {
    push_digits(out, ms / 1000, 1);
    out.push('.');
    push_digits(out, ms % 1000, 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut String)) -> String {
        let mut out = String::new();
        write(&mut out);
        out
    }

    #[test]
    fn hours_go_on_after_99() {
        assert_eq!(written(|out| push_clock(out, 3_599_999, ',')), "00:59:59,999");
        assert_eq!(written(|out| push_clock(out, 360_000_000 + 61_001, '.')), "100:01:01.001");
    }

    #[test]
    fn seconds_have_three_decimals() {
        assert_eq!(written(|out| push_seconds(out, 4800)), "4.800");
        assert_eq!(written(|out| push_seconds(out, 5)), "0.005");
    }
}
