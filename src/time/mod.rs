//! The calendar: ISO 8601 with a zone and milliseconds since 1970, without a date library.

use crate::json::push_digits;
use alloc::borrow::ToOwned;
use alloc::string::String;

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// The end of the year 9999: ISO 8601 has four digits for a year.
const MAX_MS: u64 = 253_402_300_799_999;
/// Days from 0000-03-01, where the calendar's arithmetic begins, to 1970-01-01.
const DAYS_BEFORE_1970: i64 = 719_468;
/// Days in 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// Milliseconds since 1970 as ISO 8601 in UTC; none outside the years 1970 to 9999.
#[must_use]
pub fn iso(unix_ms: i64) -> Option<String> {
    let ms = u64::try_from(unix_ms).ok().filter(|ms| *ms <= MAX_MS)?;
    let (year, month, day) = civil(unix_ms / DAY_MS);
    let (hour, minute, second) = (ms / 3_600_000 % 24, ms / 60_000 % 60, ms / 1_000 % 60);
    let mut text = String::new();
    push_digits(&mut text, year.unsigned_abs(), 4);
    let rest = [('-', month.unsigned_abs()), ('-', day.unsigned_abs()), ('T', hour), (':', minute), (':', second)];
    for (separator, number) in rest {
        text.push(separator);
        push_digits(&mut text, number, 2);
    }
    text.push('.');
    push_digits(&mut text, ms % 1_000, 3);
    text.push('Z');
    Some(text)
}

/// A time with its zone as milliseconds since 1970; none where it is no such time.
#[must_use]
pub fn unix_ms(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't'])?;
    let (clock, zone) = time.split_at(time.find(['Z', 'z', '+', '-'])?);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let seconds = if clock.len() == 5 { [clock, ":00"].concat() } else { clock.to_owned() };
    let [hour, minute, second] = numbers(&seconds, ':', [2, 2, 2])?;
    let days = days(year, month, day);
    let is_day = civil(days) == (year, month, day);
    let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    if !(is_day && hour < 24 && minute < 60 && second < 60 && is_fraction) {
        return None;
    }
    let ms: i64 = fraction.chars().chain("00".chars()).take(3).collect::<String>().parse().ok()?;
    Some(days * DAY_MS + (hour * 60 + minute - zone_minutes(zone)?) * MINUTE_MS + second * 1_000 + ms)
}

/// `Z`, `+02:00` or `+0200`.
fn zone_minutes(zone: &str) -> Option<i64> {
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => return Some(0),
        ("+", digits) => (1, digits),
        (_, digits) => (-1, digits),
    };
    let (hours, minutes) = digits.split_once(':').or_else(|| digits.split_at_checked(2))?;
    let [hours] = numbers(hours, ':', [2])?;
    let [minutes] = numbers(minutes, ':', [2])?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Numbers of so many digits each, with a separator between them and nothing else.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut parts = text.split(separator);
    for (number, digits) in found.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// Days since 1970 of a day in the Gregorian calendar, years counted from March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - DAYS_BEFORE_1970
}

/// The other way: year, month and day.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_BEFORE_1970;
    let (era, day_of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_times_go_both_ways() {
        let table = [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_643_242_400_003, "2022-01-27T00:13:20.003Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ];
        for (ms, text) in table {
            assert_eq!((iso(ms).as_deref(), unix_ms(text)), (Some(text), Some(ms)));
        }
        assert_eq!([iso(-1), iso(253_402_300_800_000), iso(i64::MAX), iso(i64::MIN)], [None, None, None, None]);
    }

    #[test]
    fn every_day_of_four_hundred_years_comes_back() {
        for day in 0..ERA_DAYS {
            let (year, month, of_month) = civil(day);
            assert_eq!(days(year, month, of_month), day);
        }
    }

    #[test]
    fn zones_and_short_forms_are_read() {
        let noon = unix_ms("2026-01-31T12:00:00Z");
        for text in
            ["2026-01-31T14:00:00.000+02:00", "2026-01-31T07:00-0500", "2026-01-31t12:00:00z", "2026-02-01T00:30:00.0+12:30"]
        {
            assert_eq!(unix_ms(text), noon, "{text}");
        }
        assert_eq!(unix_ms("2026-01-31T12:00:00.0129Z"), noon.map(|ms| ms + 12));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "2026-01-31",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T10:00:00",
            "2026-01-01T10:00:00+2",
            "2026-01-01T10:00:00+99:00",
            "2026-01-01T10:00:00Zx",
            "2026-01-01T10:00:00.Z",
            "2026-01-01T1é:00Z",
            "2026-01-01T10:00:00+0é0",
            "2026-01-01T10:00:00é",
            "+026-01-01T10:00:00Z",
        ] {
            assert_eq!(unix_ms(text), None, "{text}");
        }
    }
}
