//! `Retry-After` in all its forms (RFC 9110, section 10.2.3), on every status that may carry one: the only reader of it.

use super::bounds::{LONGEST_MS, believed_ms};
use crate::error::Error;
use crate::http::HttpResponse;
use crate::json::thousandths;
use crate::time::http_date;

/// A 429 that names no pause, or none that can be read, as from a page whose browser is not shown the header: RingCentral's penalty.
const UNSAID_MS: u64 = 60_000;
/// More digits than any number has.
const ENDLESS_MS: u64 = 1_000_000_000_000_000_000;

/// How long a response asks us to wait, in milliseconds, as far as that is believed; none where it does not say so in a form that
/// can be read: whole seconds, seconds with a fraction, or a date. A success and a redirect ask for nothing.
#[must_use]
pub fn retry_after_ms(response: &HttpResponse, now_ms: u64) -> Option<u64> {
    asked_ms(response, now_ms).map(believed_ms)
}

/// How long a response with 429 keeps us from asking again.
pub(super) fn penalty_ms(response: &HttpResponse, now_ms: u64) -> u64 {
    retry_after_ms(response, now_ms).unwrap_or(UNSAID_MS)
}

/// What a response means whose status alone says that the question was not taken for now, none for any other; `asked` is what was
/// asked for.
#[must_use]
pub fn not_taken(asked: &'static str, response: &HttpResponse, now_ms: u64) -> Option<Error> {
    let status = response.status;
    if !matches!(status, 408 | 425 | 429 | 500..) {
        return None;
    }
    let too_long_ms = asked_ms(response, now_ms).filter(|ms| *ms > LONGEST_MS);
    Some(match (too_long_ms, status) {
        (Some(ms), _) => Error::PauseTooLong { asked, status, retry_after_s: ms.div_ceil(1_000) },
        (None, 429) => Error::RateLimited { retry_after_s: penalty_ms(response, now_ms).div_ceil(1_000) },
        (None, _) => Error::Unavailable { asked, status },
    })
}

fn asked_ms(response: &HttpResponse, now_ms: u64) -> Option<u64> {
    if response.status < 400 {
        return None;
    }
    // A date is meant by the clock that wrote it, which may differ from ours.
    let there_ms = response.header("date").and_then(|date| http_date(date.trim(), now_ms)).unwrap_or(now_ms);
    let read = |text: &str| read(text.trim(), there_ms);
    let mut longest_ms = None;
    for (_, text) in response.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("retry-after")) {
        // A header that came twice is joined by a comma, which a date holds too; the longest pause counts.
        longest_ms = longest_ms.max(read(text).or_else(|| text.split(',').filter_map(read).max()));
    }
    longest_ms
}

fn read(text: &str, there_ms: u64) -> Option<u64> {
    let is_whole = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let seconds = thousandths(text).or_else(|| is_whole.then_some(ENDLESS_MS));
    seconds.or_else(|| Some(http_date(text, there_ms)?.saturating_sub(there_ms)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::INSTEAD_MS;
    use crate::time::unix_ms;
    use proptest::prelude::*;

    fn answer(status: u16, headers: &[(&str, &str)]) -> HttpResponse {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        HttpResponse { status, headers, body: Vec::new() }
    }

    fn asked(text: &str, now: &str) -> Option<u64> {
        retry_after_ms(&answer(503, &[("Retry-After", text)]), unix_ms(now).unwrap())
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
    fn a_date_is_read_against_the_clock_that_wrote_it_where_that_is_shown() {
        let retry_after = ("retry-after", "Thu, 05 Mar 2026 12:01:30 GMT");
        let here_ms = unix_ms("2026-03-05T14:00:00Z").unwrap();
        for (date, ms) in [
            ("Thu, 05 Mar 2026 12:01:00 GMT", 30_000),
            ("Thursday, 05-Mar-26 12:00:30 GMT", 60_000),
            ("Thu, 05 Mar 2026 12:02:00 GMT", 0),
            ("yesterday", 0),
        ] {
            assert_eq!(retry_after_ms(&answer(503, &[("Date", date), retry_after]), here_ms), Some(ms), "{date}");
        }
        let seconds = answer(503, &[("Date", "Thu, 05 Mar 2026 12:01:00 GMT"), ("Retry-After", "9")]);
        assert_eq!(retry_after_ms(&seconds, here_ms), Some(9_000), "seconds need no clock");
    }

    #[test]
    fn said_twice_the_longer_pause_counts() {
        let table = [("5, 7", 7_000), ("9,soon", 9_000), ("1.5, Thu", 1_500)];
        for (text, ms) in table {
            assert_eq!(asked(text, "2026-03-05T12:00:00Z"), Some(ms), "{text}");
        }
        let twice = answer(429, &[("Retry-After", "5"), ("retry-after", "20"), ("RETRY-AFTER", "soon")]);
        assert_eq!(retry_after_ms(&twice, 0), Some(20_000));
    }

    #[test]
    fn up_to_an_hour_a_pause_is_kept_and_a_longer_one_is_an_error_that_says_so() {
        let said = |text| not_taken("the job", &answer(429, &[("Retry-After", text)]), 0).unwrap();
        assert_eq!(asked("3600", "2026-03-05T12:00:00Z"), Some(3_600_000));
        assert_eq!(said("3600"), Error::RateLimited { retry_after_s: 3_600 });
        for (text, seconds) in [("3600.5", 3_601), ("86400", 86_400), ("31536000", 31_536_000)] {
            assert_eq!(asked(text, "2026-03-05T12:00:00Z"), Some(INSTEAD_MS), "{text}");
            let error = said(text);
            assert_eq!(error, Error::PauseTooLong { asked: "the job", status: 429, retry_after_s: seconds }, "{text}");
            assert!(error.to_string().contains(&format!("{seconds} s")), "{error}");
        }
        for text in ["99999999999999999999999999", "Fri, 06 Mar 2026 12:00:00 GMT"] {
            assert_eq!(asked(text, "2026-03-05T12:00:00Z"), Some(INSTEAD_MS), "{text}");
            assert!(matches!(said(text), Error::PauseTooLong { .. }), "{text}");
        }
        let maintenance = not_taken("the job", &answer(503, &[("Retry-After", "86400")]), 0);
        assert_eq!(maintenance, Some(Error::PauseTooLong { asked: "the job", status: 503, retry_after_s: 86_400 }));
    }

    #[test]
    fn the_status_alone_says_that_a_question_was_not_taken() {
        for status in [408, 425, 500, 503, 599] {
            let error = not_taken("the job", &answer(status, &[]), 0);
            assert_eq!(error, Some(Error::Unavailable { asked: "the job", status }));
        }
        for status in [200, 307, 400, 401, 403, 404, 413] {
            assert_eq!(not_taken("the job", &answer(status, &[("Retry-After", "86400")]), 0), None, "{status}");
        }
    }

    #[test]
    fn what_is_no_pause_is_none() {
        for text in [
            "",
            " ",
            "soon",
            "-1",
            "+1",
            "5s",
            "1.2.3",
            ".5",
            "NaN",
            "Infinity",
            "0x10",
            "2026-03-05T12:01:30Z",
            "Thu",
            ",",
            "-1, -2",
        ] {
            assert_eq!(asked(text, "2026-03-05T12:00:00Z"), None, "{text}");
        }
        assert_eq!(retry_after_ms(&answer(503, &[]), 0), None);
    }

    #[test]
    fn it_is_read_on_every_status_that_is_no_success_and_no_redirect() {
        for (status, ms) in [(200, None), (202, None), (301, None), (307, None)] {
            assert_eq!(retry_after_ms(&answer(status, &[("Retry-After", "2")]), 0), ms, "{status}");
        }
        for status in [403, 408, 409, 413, 425, 429, 500, 502, 503, 504, 599] {
            assert_eq!(retry_after_ms(&answer(status, &[("Retry-After", "2")]), 0), Some(2_000), "{status}");
        }
    }

    #[test]
    fn a_rate_limit_is_told_in_whole_seconds_that_are_enough() {
        for (text, seconds) in [("", 60), ("soon", 60), ("-1", 60), ("7", 7), ("1.2", 2), ("0", 0)] {
            let error = not_taken("the job", &answer(429, &[("Retry-After", text)]), 0);
            assert_eq!(error, Some(Error::RateLimited { retry_after_s: seconds }), "{text}");
        }
        let unsaid = not_taken("the job", &answer(429, &[]), 0);
        assert_eq!(unsaid, Some(Error::RateLimited { retry_after_s: 60 }));
    }

    proptest! {
        #[test]
        fn any_text_is_a_pause_of_an_hour_at_most_or_none(text in "\\PC*", almost in "[0-9.,:eE GMT+-]{0,30}", now_ms: u64) {
            for text in [text, almost] {
                let response = answer(429, &[("Retry-After", &text)]);
                prop_assert!(retry_after_ms(&response, now_ms).is_none_or(|ms| ms <= LONGEST_MS), "{}", text);
            }
        }

        #[test]
        fn every_number_of_seconds_is_kept_up_to_an_hour(seconds in 0..=3_600_u64) {
            let response = answer(429, &[("Retry-After", &seconds.to_string())]);
            prop_assert_eq!(retry_after_ms(&response, 0), Some(seconds * 1_000));
        }
    }
}
