//! What a transcript needs of a payload's JSON: a field of another shape counts as missing, it is never an error.

use super::letters::{letters, tokens};
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
    "speakerCount",
    "wordTimings",
    "word",
    "text",
    "start",
    "end",
    "speakerId",
];

/// When something was said, as far as that is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) start_ms: Option<u64>,
    pub(super) end_ms: Option<u64>,
}

/// A timed word.
#[derive(Debug)]
pub(super) struct Spoken<'a> {
    pub(super) speaker: Option<Cow<'a, str>>,
    pub(super) span: Span,
    pub(super) text: &'a str,
}

/// What one speaker said in one go.
#[derive(Debug)]
pub(super) struct Utterance<'a> {
    pub(super) speaker: Option<Cow<'a, str>>,
    pub(super) span: Span,
    pub(super) text: Cow<'a, str>,
    /// Timed words in the order of their times; they may be fewer than the text's, and differ from them.
    pub(super) words: Vec<Spoken<'a>>,
}

impl<'a> Utterance<'a> {
    /// An entry of `utterances`.
    pub(super) fn read(node: &'a Value<'a>) -> Self {
        let words = spoken(node.get("wordTimings"));
        Self { speaker: speaker(node), span: span(node), text: text(node, "text").into(), words }
    }

    /// When it was said, by its words where it does not say so itself.
    pub(super) fn extent(&self) -> Span {
        let words = || self.words.iter().map(|word| word.span);
        let start_ms = self.span.start_ms.or_else(|| words().find_map(|span| span.start_ms));
        Span { start_ms, end_ms: self.span.end_ms.or_else(|| words().filter_map(|span| span.end_ms).max()) }
    }

    /// Leaves nothing but when it ended.
    pub(super) fn forget_start(&mut self) {
        self.span.start_ms = None;
        for word in &mut self.words {
            word.span = Span::default();
        }
    }
}

/// The timed words of a list.
pub(super) fn spoken<'a>(list: &'a Value<'a>) -> Vec<Spoken<'a>> {
    let word = |node| {
        let text = word(node);
        // Marks alone take no time.
        let span = if letters(text).next().is_some() { span(node) } else { Span::default() };
        Spoken { speaker: speaker(node), span, text }
    };
    list.entries().iter().map(word).collect()
}

/// A field's text, empty where there is none.
pub(super) fn text<'a>(node: &'a Value<'_>, field: &str) -> &'a str {
    node.get(field).text().unwrap_or_default()
}

/// The words with a space behind each.
pub(super) fn joined(words: &[Spoken<'_>]) -> String {
    let mut text = String::new();
    for word in words {
        text.push_str(word.text);
        text.push(' ');
    }
    text
}

/// The word that a node of `words` or `wordTimings` stands for.
fn word<'a>(node: &'a Value<'_>) -> &'a str {
    let word = text(node, "word");
    if word.is_empty() { text(node, "text") } else { word }
}

/// Nothing ends at zero: that end is one that was left out.
fn span(node: &Value<'_>) -> Span {
    Span { start_ms: ms(node, "start"), end_ms: ms(node, "end").filter(|end_ms| *end_ms > 0) }
}

/// A field's seconds, a number or a text, as milliseconds, zero where they are negative; nothing where that is no time.
fn ms(node: &Value<'_>, field: &str) -> Option<u64> {
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
    match node.get("speakerId") {
        Value::Text(text) => tokens(text).next().map(|_| Cow::Borrowed(&**text)),
        number => number.whole().map(|number| digits(number).into()),
    }
}
