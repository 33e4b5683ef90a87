//! The wall clock, and times as RingCentral writes them.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY_MS: u64 = 86_400_000;

/// Milliseconds since 1970.
#[must_use]
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Writes a time as `2024-01-09T17:51:58.422Z`.
#[must_use]
pub fn write_iso(unix_ms: u64) -> String {
    let (year, month, day) = date_of(unix_ms / DAY_MS);
    let ms = unix_ms % DAY_MS;
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % 1000)
}

/// Reads `2024-01-09`, `2024-01-09T17:51:58.422Z` or a time with an offset such as `+02:00`; without a zone it is UTC.
#[must_use]
pub fn parse_iso(text: &str) -> Option<u64> {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00Z"));
    let mut parts = date.splitn(3, '-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let (time, offset_minutes) = split_zone(time)?;
    let ms = i64::try_from(days_since_1970(year, month, day) * DAY_MS + time_of_day_ms(time)?).ok()?;
    u64::try_from(ms - offset_minutes * 60_000).ok()
}

fn split_zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    // A '+' that was not percent-encoded arrives as a space.
    let Some(at) = time.rfind(['+', '-', ' ']) else { return Some((time, 0)) };
    let zone = time[at + 1..].replace(':', "");
    if zone.len() != 4 {
        return None;
    }
    let minutes = i64::try_from(digits(&zone[..2])? * 60 + digits(&zone[2..])?).ok()?;
    Some((&time[..at], if time.as_bytes()[at] == b'-' { -minutes } else { minutes }))
}

fn time_of_day_ms(time: &str) -> Option<u64> {
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = clock.splitn(3, ':').map(digits);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let millis = digits(&format!("{fraction:0<3}")[..3])?;
    Some(hour * 3_600_000 + minute * 60_000 + second * 1000 + millis)
}

fn digits(text: &str) -> Option<u64> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u64, month: u64) -> u64 {
    match month {
        2 => 28 + u64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: u64, month: u64, day: u64) -> u64 {
    let years: u64 = (1970..year).map(|y| 365 + u64::from(is_leap(y))).sum();
    years + (1..month).map(|m| days_in(year, m)).sum::<u64>() + day - 1
}

fn date_of(mut days: u64) -> (u64, u64, u64) {
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    while days >= days_in(year, month) {
        days -= days_in(year, month);
        month += 1;
    }
    (year, month, days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_in_ringcentrals_payloads() {
        assert_eq!(write_iso(1_704_822_718_422), "2024-01-09T17:51:58.422Z");
        assert_eq!(write_iso(951_782_400_000), "2000-02-29T00:00:00.000Z");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for ms in [0, 1, 951_782_399_999, 951_782_400_000, 1_704_822_718_422, 4_102_444_800_000] {
            assert_eq!(parse_iso(&write_iso(ms)), Some(ms));
        }
    }

    #[test]
    fn offsets_and_short_forms_are_read() {
        let noon = parse_iso("2024-01-09T12:00:00Z");
        for text in ["2024-01-09T14:00:00+02:00", "2024-01-09T14:00:00 02:00", "2024-01-09T07:00:00.000-0500"] {
            assert_eq!(parse_iso(text), noon, "{text}");
        }
        assert_eq!(parse_iso("2024-01-09"), parse_iso("2024-01-09T00:00:00.000Z"));
    }

    #[test]
    fn nonsense_is_no_time() {
        for text in ["", "yesterday", "2024-13-01", "2023-02-29", "2024-01-09T25:00:00Z", "2024-01-09T1:é"] {
            assert_eq!(parse_iso(text), None, "{text}");
        }
    }
}
