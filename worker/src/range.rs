//! The `Range` of a request, as RFC 9110 section 14 has it: one range of bytes, else the whole.

/// What of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// All of it.
    Whole,
    /// From the first byte to the last, both included.
    Part(u64, u64),
    /// What is not there.
    Nothing,
}

impl Asked {
    /// What a header asks for of a file of so many bytes, one at least. Several ranges, and what is none, are answered with the whole.
    pub(crate) fn of(range: Option<&str>, bytes: u64) -> Self {
        let Some((first, last)) = range.and_then(parse) else { return Self::Whole };
        let end = bytes - 1;
        // One with too many digits is beyond every file.
        let number = |digits: &str| digits.parse().unwrap_or(u64::MAX);
        match (first, last) {
            ("", "") => Self::Whole,
            ("", length) if number(length) == 0 => Self::Nothing,
            ("", length) => Self::Part(bytes.saturating_sub(number(length)), end),
            (first, "") if number(first) <= end => Self::Part(number(first), end),
            (first, last) if !last.is_empty() && number(first) > number(last) => Self::Whole, // is no range
            (first, last) if number(first) <= end => Self::Part(number(first), number(last).min(end)),
            _ => Self::Nothing,
        }
    }
}

/// The digits of the first byte and of the last; those of the length of the end where there is no first.
fn parse(range: &str) -> Option<(&str, &str)> {
    let (unit, set) = range.split_once('=')?;
    let (first, last) = set.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let are_digits = [first, last].concat().bytes().all(|byte| byte.is_ascii_digit());
    (unit.trim().eq_ignore_ascii_case("bytes") && are_digits).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_a_part_and_what_is_none_the_whole() {
        for (range, expected) in [
            ("bytes=0-", Asked::Part(0, 99)),
            ("bytes=0-0", Asked::Part(0, 0)),
            ("bytes=10-19", Asked::Part(10, 19)),
            ("Bytes = 10-19", Asked::Part(10, 19)),
            ("bytes=90-200", Asked::Part(90, 99)),
            ("bytes=99-99999999999999999999999", Asked::Part(99, 99)),
            ("bytes=-10", Asked::Part(90, 99)),
            ("bytes=-1000", Asked::Part(0, 99)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=100-200", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=-00", Asked::Nothing),
            ("bytes=20-10", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("items=0-1", Asked::Whole),
            ("bytes", Asked::Whole),
        ] {
            assert_eq!(Asked::of(Some(range), 100), expected, "{range}");
        }
        assert_eq!(Asked::of(None, 100), Asked::Whole);
        assert_eq!(Asked::of(Some("bytes=0-"), 1), Asked::Part(0, 0));
    }
}
