//! The times of an envelope, in every spelling that they may come in.

use crate::json::{Value, thousandths};
use crate::time::{http_date, parse};

/// As seconds it is the year 5138, as milliseconds 1973: what is less counts seconds.
const FIRST_IN_MS: u64 = 100_000_000_000;
/// No spelling of a time is longer.
const MAX_BYTES: usize = 128;

/// Milliseconds since 1970: of a number that counts seconds or milliseconds, or of a text that is such a number or a date. What is
/// none of these is no time: a result is not the worse for it.
pub(super) fn moment(json: Option<&[u8]>) -> Option<u64> {
    let json = json?;
    match Value::parse(json.get(..json.len().min(MAX_BYTES))?)? {
        Value::Number(digits) => counted(digits),
        Value::Text(text) => counted(text.trim()).or_else(|| parse(&text)).or_else(|| http_date(&text, 0)),
        _ => None,
    }
}

fn counted(number: &str) -> Option<u64> {
    let thousandths = thousandths(number).filter(|thousandths| *thousandths > 0)?;
    let whole = thousandths / 1_000;
    Some(if whole < FIRST_IN_MS { thousandths } else { whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_however_it_is_written() {
        for json in [
            r#""2023-11-14T22:13:20.000Z""#,
            r#""2023-11-14T23:13:20+01:00""#,
            r#""2023-11-14 22:13:20""#,
            r#""Tue, 14 Nov 2023 22:13:20 GMT""#,
            "1700000000000",
            "1700000000",
            "1700000000.0004",
            "1.7e9",
            r#""1700000000000""#,
            r#"" 1700000000 ""#,
        ] {
            assert_eq!(moment(Some(json.as_bytes())), Some(1_700_000_000_000), "{json}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        let long = format!("\"{}\"", "é".repeat(100));
        for json in ["", "null", "true", "0", "-5", "1e99", r#""""#, r#""yesterday""#, "{}", "[1700000000]", &long] {
            assert_eq!(moment(Some(json.as_bytes())), None, "{json}");
        }
        assert_eq!(moment(None), None);
    }
}
