//! The dates of HTTP's headers (RFC 9110, section 5.6.7), the two obsolete spellings among them.

use super::calendar::{DAY_MS, civil, since_1970_ms};
use super::{numbers, whole};
use alloc::vec::Vec;

const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// A date of HTTP as milliseconds since 1970; none where it is no such date, or one before 1970.
///
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`; the day of the week tells
/// nothing new and is not looked at. A year of two digits is the one at most fifty years after `now_ms`.
#[must_use]
pub fn http_date(text: &str, now_ms: u64) -> Option<u64> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).take(7).collect();
    let (day, month, year, clock) = match words[..] {
        [_, day, month, year, clock, zone] if zone.eq_ignore_ascii_case("GMT") => (day, month, year, clock),
        [_, month, day, clock, year] => (day, month, year, clock),
        _ => return None,
    };
    let day = whole(day).filter(|_| day.len() <= 2)?;
    let year = match (whole(year)?, year.len()) {
        (year, 4) => year,
        (year, 2) => full_year(year, now_ms),
        _ => return None,
    };
    let ms = since_1970_ms([year, month_number(month)?, day], numbers(clock, ':', [2, 2, 2])?)?;
    u64::try_from(ms).ok()
}

fn month_number(name: &str) -> Option<i64> {
    let at = MONTHS.as_bytes().chunks(3).position(|month| month.eq_ignore_ascii_case(name.as_bytes()))?;
    i64::try_from(at + 1).ok()
}

/// The last year with these two digits that is no more than fifty years ahead.
fn full_year(two_digits: i64, now_ms: u64) -> i64 {
    let [this_year, ..] = civil(now_ms.cast_signed() / DAY_MS);
    let last = this_year + 50;
    last - (last - two_digits).rem_euclid(100)
}
