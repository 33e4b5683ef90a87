//! What a transcript needs of a payload's JSON: a field of another shape counts as missing, it is never an error.

use crate::json::{Value, push_digits, thousandths};
use alloc::borrow::Cow;
use alloc::string::String;

/// Ten thousand hours: a later time is a mistake, and sums of such times stay far from overflow.
const MAX_MS: u64 = 36_000_000_000;

/// The fields that are looked at.
pub(super) const FIELDS: &[&str] = &[
    "status",
    "response",
    "transcript",
    "words",
    "utterances",
    "utteranceInsights",
    "wordTimings",
    "word",
    "text",
    "start",
    "end",
    "speakerId",
];

/// A field's text, empty where there is none.
pub(super) fn text<'a>(node: &'a Value<'_>, field: &str) -> &'a str {
    node.get(field).text().unwrap_or_default()
}

/// A field's seconds, a number or a text, as milliseconds; nothing where that is no time.
pub(super) fn ms(node: &Value<'_>, field: &str) -> Option<u64> {
    let seconds = match node.get(field) {
        Value::Number(seconds) => seconds,
        Value::Text(seconds) => seconds.trim(),
        _ => return None,
    };
    thousandths(seconds).filter(|ms| *ms <= MAX_MS)
}

/// The speaker's id, a text or a whole number.
pub(super) fn speaker(node: &Value<'_>) -> Option<String> {
    match node.get("speakerId") {
        Value::Text(text) if !text.trim().is_empty() => Some(Cow::into_owned(text.clone())),
        number => {
            let mut text = String::new();
            push_digits(&mut text, number.whole()?, 1);
            Some(text)
        }
    }
}
