//! Known times were computed with Python's `datetime`.

use super::calendar::civil;
use super::*;
use proptest::prelude::*;

/// 2026-03-05T12:00:00Z.
const NOW_MS: u64 = 1_772_712_000_000;
/// RFC 9110's own example.
const EXAMPLE_MS: u64 = 784_111_777_000;

#[test]
fn known_times_go_both_ways() {
    let table = [
        (0, "1970-01-01T00:00:00.000Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_643_242_400_003, "2022-01-27T00:13:20.003Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
        (1_767_225_600_007, "2026-01-01T00:00:00.007Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (LAST_MS, "9999-12-31T23:59:59.999Z"),
    ];
    for (ms, text) in table {
        assert_eq!((iso(ms).as_str(), unix_ms(text), parse(text)), (text, Some(ms), Some(ms)));
    }
    assert_eq!([iso(LAST_MS + 1), iso(u64::MAX)], [iso(LAST_MS), iso(LAST_MS)]);
}

#[test]
fn zones_and_short_forms_are_read() {
    let noon = unix_ms("2026-01-31T12:00:00Z");
    for text in ["2026-01-31T14:00:00.000+02:00", "2026-01-31T07:00-0500", "2026-01-31t12:00:00z", "2026-02-01T00:30:00.0+12:30"]
    {
        assert_eq!((unix_ms(text), parse(text)), (noon, noon), "{text}");
    }
    assert_eq!(unix_ms("2026-01-31T12:00:00.0129Z"), noon.map(|ms| ms + 12));
}

#[test]
fn what_is_no_time_is_none() {
    for text in [
        "",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T10:00:00+2",
        "2026-01-01T10:00:00+99:00",
        "2026-01-01T10:00:00Zx",
        "2026-01-01T10:00:00.Z",
        "2026-01-01T10:00:00.0123456789Z",
        "2026-01-01T1é:00Z",
        "2026-01-01T10:00:00+0é0",
        "2026-01-01T10:00:00é",
        "+026-01-01T10:00:00Z",
        "2026-01-01TT10:00:00Z",
        "2026-01-01T10:00:61Z",
        "20260101T100000Z",
        "1772712000000",
        "yesterday",
    ] {
        assert_eq!((unix_ms(text), parse(text)), (None, None), "{text}");
    }
}

#[test]
fn what_is_given_has_its_zone_and_no_leap_second() {
    for text in ["2026-01-31", "2026-01-01T10:00:00", "2026-01-01 10:00:00Z", " 2026-01-01T10:00:00Z", "2016-12-31T23:59:60Z"] {
        assert_eq!(unix_ms(text), None, "{text}");
    }
    assert_eq!(unix_ms("1900-01-01T00:00:00Z"), Some(0), "the first day that anybody looks at");
}

#[test]
fn what_a_server_writes_may_leave_out_what_is_clear() {
    let midnight = unix_ms("2026-01-31T00:00:00Z").unwrap();
    let table = [
        ("2026-01-31", 0),
        (" 2026-01-31T00:00:00Z\n", 0),
        ("2026-01-31 10:00:00Z", 36_000_000),
        ("2026-01-31T10:00:00", 36_000_000),
        ("2026-01-31 10:00:00.250", 36_000_250),
        ("2026-01-31T10:00", 36_000_000),
        ("2026-01-31T23:59:60Z", 86_400_000),
    ];
    for (text, after_ms) in table {
        assert_eq!(parse(text), Some(midnight + after_ms), "{text}");
    }
    for never in ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:30:00+01:00"] {
        assert_eq!(parse(never), None, "{never}");
    }
}

#[test]
fn the_three_dates_of_http_are_one_time() {
    for text in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 6 Nov 1994 08:49:37 gmt",
        "Mon, 06 NOV 1994 08:49:37 GMT",
    ] {
        assert_eq!(http_date(text, NOW_MS), Some(EXAMPLE_MS), "{text}");
    }
    let leap_second = http_date("Sat, 31 Dec 2016 23:59:60 GMT", NOW_MS);
    assert_eq!(leap_second, unix_ms("2017-01-01T00:00:00Z"));
    assert_eq!(http_date("Thu, 01 Jan 1970 00:00:00 GMT", NOW_MS), Some(0));
}

#[test]
fn a_year_of_two_digits_is_at_most_fifty_years_ahead() {
    let year_at = |digits: &str, now: &str| {
        let ms = http_date(&format!("Friday, 01-May-{digits} 00:00:00 GMT"), unix_ms(now).unwrap()).unwrap();
        iso(ms)[..4].to_owned()
    };
    let table = [("26", "2026"), ("76", "2076"), ("77", "1977"), ("00", "2000"), ("99", "1999")];
    for (digits, year) in table {
        assert_eq!(year_at(digits, "2026-03-05T12:00:00Z"), year, "{digits}");
    }
    assert_eq!(year_at("01", "2099-12-31T00:00:00Z"), "2101", "the next century begins in two years");
}

#[test]
fn what_is_no_date_of_http_is_none() {
    for text in [
        "",
        "GMT",
        "06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 PST",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 2026 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 006 Nov 1994 08:49:37 GMT",
        "Sun, 06 Anf 1994 08:49:37 GMT",
        "Sun, 06 November 1994 08:49:37 GMT",
        "Sun, 06 No 1994 08:49:37 GMT",
        "Sun, 06 Nov 194 08:49:37 GMT",
        "Sun, 06 Nov 19940 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT GMT",
        "Sun, 06 Nov 1969 08:49:37 GMT",
        "Sun, +6 Nov 1994 08:49:37 GMT",
        "Sün, 06 Növ 1994 08:49:37 GMT",
        "1994-11-06T08:49:37Z",
    ] {
        assert_eq!(http_date(text, NOW_MS), None, "{text}");
    }
}

/// A second in the three spellings, the day of the week left wrong.
fn spelled(ms: u64) -> [String; 3] {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [year, month, day] = civil((ms / 86_400_000).cast_signed());
    let (name, clock) = (NAMES[usize::try_from(month).unwrap() - 1], iso(ms)[11..19].to_owned());
    [
        format!("Mon, {day:02} {name} {year:04} {clock} GMT"),
        format!("Monday, {day:02}-{name}-{:02} {clock} GMT", year % 100),
        format!("Mon {name} {day:>2} {clock} {year:04}"),
    ]
}

proptest! {
    #[test]
    fn every_time_is_read_as_it_was_written(ms in 0..=LAST_MS) {
        prop_assert_eq!((unix_ms(&iso(ms)), parse(&iso(ms))), (Some(ms), Some(ms)));
    }

    #[test]
    fn every_second_is_read_in_every_spelling_of_http(s in 0..=LAST_MS / 1_000, now_s in 1_700_000_000..7_000_000_000_u64) {
        let [imf, _, asctime] = spelled(s * 1_000);
        prop_assert_eq!((http_date(&imf, 0), http_date(&asctime, 0)), (Some(s * 1_000), Some(s * 1_000)));
        // Within forty-nine years of the present, two digits are enough.
        let near_s = now_s - 1_546_300_800 + s % 3_092_601_600;
        let [_, rfc850, _] = spelled(near_s * 1_000);
        prop_assert_eq!(http_date(&rfc850, now_s * 1_000), Some(near_s * 1_000), "{} at {}", rfc850, iso(now_s * 1_000));
    }

    #[test]
    fn any_text_is_a_time_or_none(text in "\\PC*", almost in "[A-Za-z0-9:,.+TZ -]{0,40}", now_ms: u64) {
        for text in [text, almost] {
            for ms in [unix_ms(&text), parse(&text), http_date(&text, now_ms)].into_iter().flatten() {
                // A zone may shift the last day of the calendar over its end.
                prop_assert!(ms <= LAST_MS + 86_400_000, "{}", text);
            }
        }
    }
}
