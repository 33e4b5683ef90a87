//! What Deepgram found in what was said: one summary, topics, the sentiment of the whole. It finds them in English alone.

use crate::engine::heard::{of_the_whole, sure};
use crate::json::Value;
use crate::speech::{Finding, Insight, Speech};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// What there is of it, by RingCentral's names.
pub(super) fn insights(results: &Value<'_>, speech: &Speech, is_apart: bool) -> Vec<Insight> {
    let mut insights = Vec::new();
    if let Some(short) = results.get("summary").get("short").text().map(str::trim).filter(|short| !short.is_empty()) {
        insights.push(Insight { name: "AbstractiveSummaryShort", values: vec![of_the_whole(short, speech)] });
    }
    if results.get("topics").is_object() {
        insights.push(Insight { name: "Topics", values: topics(results.get("topics").get("segments"), speech, is_apart) });
    }
    if let Some(sentiment) = results.get("sentiments").get("average").get("sentiment").text() {
        insights.push(Insight { name: "OverallSentiment", values: vec![of_the_whole(&capital(sentiment), speech)] });
    }
    insights
}

/// Each topic once, where it comes up first. Assumption: with several channels it is not known which words a segment's places
/// count, so they tell no time.
fn topics(segments: &Value<'_>, speech: &Speech, is_apart: bool) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let word = |segment: &Value<'_>, name: &str| {
        let place = usize::try_from(segment.get(name).whole()?).ok()?;
        speech.words.get(place).filter(|_| !is_apart)
    };
    for segment in segments.entries() {
        for topic in segment.get("topics").entries() {
            let Some(value) = topic.get("topic").text().filter(|name| found.iter().all(|known| known.value != **name)) else {
                continue;
            };
            let first = word(segment, "start_word");
            found.push(Finding {
                value: value.to_owned(),
                start_ms: first.map(|word| word.start_ms),
                end_ms: word(segment, "end_word").map(|word| word.end_ms),
                speaker: first.and_then(|word| word.speaker),
                confidence: sure(topic.get("confidence_score")),
            });
        }
    }
    found
}

/// `Positive`, as RingCentral's successor to its AI writes it: how its AI did is not known.
fn capital(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or_default();
    [&first.to_ascii_uppercase(), rest].concat()
}
