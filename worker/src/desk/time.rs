//! Times as the API shows them and as RingCentral writes them.

use worker::js_sys;

const DAY_MS: u64 = 86_400_000;
/// The last day that JavaScript's `Date` knows; later ones are shown as it.
const LAST_MS: u64 = 8_640_000_000_000_000;

/// A time in any spelling that JavaScript reads, in milliseconds since 1970.
pub(super) fn parse_ms(text: &str) -> Option<u64> {
    let ms = js_sys::Date::parse(text);
    // Not a number, and times before 1970, are no times that a job ended at.
    (ms >= 0.0).then(|| worker::Date::from(js_sys::Date::new(&ms.into())).as_millis())
}

/// ISO 8601 in UTC, with milliseconds.
pub(super) fn iso(ms: u64) -> String {
    let ms = ms.min(LAST_MS);
    let (year, month, day) = date(ms / DAY_MS);
    let (seconds, ms) = (ms % DAY_MS / 1_000, ms % 1_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}

/// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468; // from 0000-03-01, so that a leap day ends its year
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months + 2) / 5 + 1;
    let month = if months < 10 { months + 3 } else { months - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_as_javascript_shows_them() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(951_782_399_999), "2000-02-28T23:59:59.999Z");
        assert_eq!(iso(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(iso(1_709_251_199_000), "2024-02-29T23:59:59.000Z");
        assert_eq!(iso(1_767_225_600_007), "2026-01-01T00:00:00.007Z");
        assert_eq!(iso(4_107_542_400_000), "2100-03-01T00:00:00.000Z");
    }

    #[test]
    fn a_time_beyond_all_calendars_is_the_last_one() {
        assert_eq!(iso(u64::MAX), iso(LAST_MS));
    }
}
