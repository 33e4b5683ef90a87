//! What a transcript needs of a payload's JSON: a field of another shape counts as missing, it is never an error.

use super::letters::tokens;
use crate::json::{Value, digits, thousandths};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

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
    "segments",
    "speakerCount",
    "wordTimings",
    "word",
    "text",
    "start",
    "end",
    "speakerId",
    "speaker",
    "name",
];

/// When something was said, as far as that is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Times {
    pub(super) start_ms: Option<u64>,
    pub(super) end_ms: Option<u64>,
}

/// What one speaker said in one go: an utterance, or one of its timed words.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub(super) speaker: Option<Cow<'a, str>>,
    pub(super) times: Times,
    pub(super) text: Cow<'a, str>,
    /// Timed words in the order of their times; they may be fewer than the text's, and differ from them.
    pub(super) words: Vec<Said<'a>>,
}

/// The objects of a list, each with its words.
pub(super) fn said<'a>(list: &'a Value<'a>) -> Vec<Said<'a>> {
    let nodes = || list.entries().iter().filter(|node| node.is_object());
    let mut entries = Vec::with_capacity(nodes().count());
    for node in nodes() {
        let word = text(node, "word");
        let text = if word.is_empty() { text(node, "text") } else { word };
        let words = said(either(node, "wordTimings", "words"));
        entries.push(Said { speaker: speaker(node), times: times(node), text: text.into(), words });
    }
    entries
}

/// A field's text, empty where there is none.
pub(super) fn text<'a>(node: &'a Value<'_>, field: &str) -> &'a str {
    node.get(field).text().unwrap_or_default()
}

/// A field as RingCentral names it, or as this room does.
fn either<'a, 'b>(node: &'a Value<'b>, theirs: &str, ours: &str) -> &'a Value<'b> {
    if matches!(node.get(theirs), Value::Null) { node.get(ours) } else { node.get(theirs) }
}

/// The words with a space behind each.
pub(super) fn joined(words: &[Said<'_>]) -> String {
    let mut text = String::new();
    for word in words {
        text.push_str(&word.text);
        text.push(' ');
    }
    text
}

/// Nothing ends at zero: that end is one that was left out.
fn times(node: &Value<'_>) -> Times {
    Times { start_ms: ms(node, "start"), end_ms: ms(node, "end").filter(|end_ms| *end_ms > 0) }
}

/// A field's seconds, a number or a text, as milliseconds, zero where they are negative; nothing where that is no time.
pub(super) fn ms(node: &Value<'_>, field: &str) -> Option<u64> {
    let seconds = match node.get(field) {
        Value::Number(seconds) => seconds,
        Value::Text(seconds) => seconds.trim(),
        _ => return None,
    };
    let (seconds, sign) = seconds.strip_prefix('-').map_or((seconds, 1), |seconds| (seconds, 0));
    thousandths(seconds).filter(|ms| *ms <= MAX_MS).map(|ms| ms * sign)
}

/// The speaker's id, a text with something to see in it or a whole number.
fn speaker<'a>(node: &'a Value<'_>) -> Option<Cow<'a, str>> {
    match either(node, "speakerId", "speaker") {
        Value::Text(text) => tokens(text).next().map(|_| Cow::Borrowed(&**text)),
        number => number.whole().map(|number| digits(number).into()),
    }
}
