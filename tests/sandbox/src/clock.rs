//! The sandbox's clock, and times as RingCentral writes them.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::SignedDuration;
use jiff::civil::{DateTime, Time, date};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);

/// A clock that agrees with the world's at one moment and runs `rate` times as fast after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    anchor_ms: u64,
    rate: u64,
}

impl Default for Clock {
    /// The world's clock.
    fn default() -> Self {
        Self { anchor_ms: 0, rate: 1 }
    }
}

impl Clock {
    /// Reads `<anchor>x<rate>`, the anchor in milliseconds since 1970.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (anchor_ms, rate) = text.split_once('x')?;
        let rate = rate.parse().ok().filter(|rate| *rate >= 1)?;
        Some(Self { anchor_ms: anchor_ms.parse().ok()?, rate })
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.at(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    fn at(self, real_ms: u64) -> u64 {
        let passed_ms = real_ms.checked_sub(self.anchor_ms);
        passed_ms.map_or(real_ms, |passed_ms| self.anchor_ms.saturating_add(passed_ms.saturating_mul(self.rate)))
    }
}

/// Writes a time as `2024-01-09T17:51:58.422Z`.
#[must_use]
pub fn write_iso(unix_ms: u64) -> String {
    let since = SignedDuration::from_millis(i64::try_from(unix_ms).unwrap_or(i64::MAX));
    format!("{:.3}Z", EPOCH.saturating_add(since))
}

/// Reads `2024-01-09`, `2024-01-09T17:51:58.422Z` or a time with an offset such as `+02:00`; without a zone it is UTC.
#[must_use]
pub fn parse_iso(text: &str) -> Option<u64> {
    // A '+' that was not percent-encoded arrives as a space.
    let text = match text.rsplit_once(' ') {
        Some((time, zone)) if time.contains(':') => format!("{time}+{zone}"),
        _ => text.to_owned(),
    };
    // The name of a zone in brackets is no ISO 8601.
    let read = Pieces::parse(&text).ok().filter(|read| read.time_zone_annotation().is_none())?;
    let local = read.date().to_datetime(read.time().unwrap_or(Time::midnight()));
    let offset_s = read.to_numeric_offset().map_or(0, Offset::seconds);
    // Not through a `Timestamp`, which ends a day before the year 9999 does: its last day is a usual way to write "no end".
    let ms = local.duration_since(EPOCH).as_millis() - i128::from(offset_s) * 1000;
    u64::try_from(ms).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_in_ringcentrals_payloads() {
        assert_eq!(write_iso(1_704_822_718_422), "2024-01-09T17:51:58.422Z");
        assert_eq!(write_iso(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(write_iso(1_704_822_718_020), "2024-01-09T17:51:58.020Z");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for ms in [0, 1, 951_782_399_999, 951_782_400_000, 1_704_822_718_422, 4_102_444_800_000, 253_402_300_799_999] {
            assert_eq!(parse_iso(&write_iso(ms)), Some(ms));
        }
    }

    #[test]
    fn offsets_and_short_forms_are_read() {
        let noon = parse_iso("2024-01-09T12:00:00Z");
        for text in ["2024-01-09T14:00:00+02:00", "2024-01-09T14:00:00 02:00", "2024-01-09T07:00:00.000-0500", "2024-01-09 12:00"]
        {
            assert_eq!(parse_iso(text), noon, "{text}");
        }
        assert_eq!(parse_iso("2024-01-09"), parse_iso("2024-01-09T00:00:00.000Z"));
    }

    #[test]
    fn a_faster_clock_agrees_at_its_anchor_and_runs_ahead_after_it() {
        let clock = Clock::parse("1000x60").unwrap();
        assert_eq!([999, 1_000, 1_001, 2_000].map(|real_ms| clock.at(real_ms)), [999, 1_000, 1_060, 61_000]);
        assert_eq!(Clock::default().at(7), 7);
        assert!(["", "x60", "1000x", "1000x0", "now x60"].iter().all(|text| Clock::parse(text).is_none()));
    }

    #[test]
    fn nonsense_is_no_time() {
        for text in [
            "",
            "yesterday",
            "2024-13-01",
            "2023-02-29",
            "2024-01-09T25:00:00Z",
            "2024-01-09T1:é",
            "1969-12-31",
            "2024-01-09T12:00[Asia/Tokyo]",
        ] {
            assert_eq!(parse_iso(text), None, "{text}");
        }
    }
}
