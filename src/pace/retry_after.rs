//! `Retry-After` in all its forms (RFC 9110, section 10.2.3), on any status.

use crate::error::Error;
use crate::http::HttpResponse;
use crate::json::thousandths;
use crate::time::http_date;

/// A longer pause is not believed: RingCentral's penalties and windows are a minute, so hours are a mistake in a unit or in a
/// clock, and one request too many an hour does no harm.
const LONGEST_MS: u64 = 3_600_000;
/// A 429 that names no pause: RingCentral asks for at least 30 seconds.
const UNSAID_MS: u64 = 30_000;

/// How long a response asks us to wait, in milliseconds, an hour at most; none where it does not say so in a form that can be
/// read: whole seconds, seconds with a fraction, or a date.
#[must_use]
pub fn retry_after_ms(response: &HttpResponse, now_ms: u64) -> Option<u64> {
    let text = response.header("retry-after")?.trim();
    let is_whole = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let seconds = || thousandths(text).or_else(|| is_whole.then_some(LONGEST_MS)); // more digits than any number has
    let asked = seconds().or_else(|| Some(http_date(text, now_ms)?.saturating_sub(now_ms)))?;
    Some(asked.min(LONGEST_MS))
}

/// How long a response with 429 keeps us from asking again.
pub(super) fn penalty_ms(response: &HttpResponse, now_ms: u64) -> u64 {
    retry_after_ms(response, now_ms).unwrap_or(UNSAID_MS)
}

/// What a response with 429 means.
#[must_use]
pub fn rate_limited(response: &HttpResponse, now_ms: u64) -> Error {
    Error::RateLimited { retry_after_s: penalty_ms(response, now_ms).div_ceil(1_000) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::unix_ms;
    use proptest::prelude::*;

    fn answer(status: u16, retry_after: Option<&str>) -> HttpResponse {
        let headers = retry_after.map(|value| ("Retry-After".into(), value.into())).into_iter().collect();
        HttpResponse { status, headers, body: Vec::new() }
    }

    fn asked(text: &str, now: &str) -> Option<u64> {
        retry_after_ms(&answer(503, Some(text)), unix_ms(now).unwrap())
    }

    #[test]
    fn seconds_whole_or_not_are_read() {
        let table =
            [("0", 0), ("7", 7_000), (" 60 ", 60_000), ("007", 7_000), ("1.5", 1_500), ("0.25", 250), ("59.9996", 60_000)];
        for (text, ms) in table {
            assert_eq!(asked(text, "2026-03-05T12:00:00Z"), Some(ms), "{text}");
        }
    }

    #[test]
    fn a_date_is_read_against_the_present() {
        for date in ["Thu, 05 Mar 2026 12:01:30 GMT", "Thursday, 05-Mar-26 12:01:30 GMT", "Thu Mar  5 12:01:30 2026"] {
            assert_eq!(asked(date, "2026-03-05T12:00:00.250Z"), Some(89_750), "{date}");
            assert_eq!(asked(date, "2026-03-05T12:01:31Z"), Some(0), "{date}: it is over");
        }
    }

    #[test]
    fn a_pause_of_hours_is_an_hour() {
        for text in ["3600", "3601", "86400", "99999999999999999999999999", "Fri, 06 Mar 2026 12:00:00 GMT"] {
            assert_eq!(asked(text, "2026-03-05T12:00:00Z"), Some(3_600_000), "{text}");
        }
    }

    #[test]
    fn what_is_no_pause_is_none() {
        for text in
            ["", " ", "soon", "-1", "+1", "5s", "5, 7", "1.2.3", ".5", "NaN", "Infinity", "0x10", "2026-03-05T12:01:30Z", "Thu"]
        {
            assert_eq!(asked(text, "2026-03-05T12:00:00Z"), None, "{text}");
        }
        assert_eq!(retry_after_ms(&answer(503, None), 0), None);
    }

    #[test]
    fn it_is_read_on_any_status() {
        for status in [200, 202, 301, 409, 429, 500, 503] {
            assert_eq!(retry_after_ms(&answer(status, Some("2")), 0), Some(2_000), "{status}");
        }
    }

    #[test]
    fn a_rate_limit_is_told_in_whole_seconds_that_are_enough() {
        for (text, seconds) in [(None, 30), (Some("soon"), 30), (Some("7"), 7), (Some("1.2"), 2), (Some("0"), 0)] {
            let error = rate_limited(&answer(429, text), 0);
            assert_eq!(error, Error::RateLimited { retry_after_s: seconds }, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_pause_of_an_hour_at_most_or_none(text in "\\PC*", almost in "[0-9.,:eE GMT+-]{0,30}", now_ms: u64) {
            for text in [text, almost] {
                prop_assert!(retry_after_ms(&answer(429, Some(&text)), now_ms).is_none_or(|ms| ms <= LONGEST_MS), "{}", text);
            }
        }

        #[test]
        fn every_number_of_seconds_is_kept_up_to_an_hour(seconds in 0..10_000_u64) {
            let expected = (seconds * 1_000).min(LONGEST_MS);
            prop_assert_eq!(retry_after_ms(&answer(429, Some(&seconds.to_string())), 0), Some(expected));
        }
    }
}
