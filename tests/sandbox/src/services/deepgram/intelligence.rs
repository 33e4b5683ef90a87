//! `summary`, `topics`, `intents`, `sentiments`: picked from the known words by the rules that RingCentral's insights have here.

use serde_json::{Value, json};

use super::numbers::single;
use crate::ai::insights::{summary as weightiest, topics as main_topics};
use crate::services::sentiment;
use crate::services::spoken::{Spoken, sentences, text};
use crate::words::Words;

/// How many sentences a summary has.
const SUMMARY_SENTENCES: usize = 2;
/// What has fewer words is its own summary.
const MIN_SUMMARISED_WORDS: usize = 50;

/// One `summary`.
#[must_use]
pub fn summary(known: Option<&Words>, words: &[Spoken<'_>]) -> Value {
    let short = match known {
        Some(known) if words.len() >= MIN_SUMMARISED_WORDS => {
            let sentences = weightiest(known, SUMMARY_SENTENCES);
            let sentences: Vec<_> = sentences.iter().filter_map(|value| value["value"].as_str()).collect();
            sentences.join(" ")
        }
        _ => text(words),
    };
    json!({"result": "success", "short": short})
}

/// `topics`: sentences that name what the conversation is about.
#[must_use]
pub fn topics(known: Option<&Words>, words: &[Spoken<'_>]) -> Value {
    let topics = known.map(main_topics).unwrap_or_default();
    segments(words, |sentence| {
        let named = topics.iter().filter(|topic| sentence.iter().any(|spoken| topic["value"] == spoken.word.plain()));
        let named: Vec<_> =
            named.map(|topic| json!({"topic": topic["value"], "confidence_score": topic["confidence"]})).collect();
        (!named.is_empty()).then(|| json!({ "topics": named }))
    })
}

/// `intents`: sentences that want something.
#[must_use]
pub fn intents(words: &[Spoken<'_>]) -> Value {
    segments(words, |sentence| {
        let starts = |word: &str| sentence.iter().take(2).any(|spoken| spoken.word.plain() == word);
        let intent = match sentence.last() {
            Some(last) if last.word.text.ends_with('?') => "Ask question",
            _ if starts("please") => "Request action",
            _ if starts("thank") => "Express gratitude",
            _ if starts("sorry") || starts("understand") => "Express sympathy",
            _ => return None,
        };
        Some(json!({"intents": [{"intent": intent, "confidence_score": single(0.8)}]}))
    })
}

/// `sentiments`, and their average.
#[must_use]
pub fn sentiments(words: &[Spoken<'_>]) -> Value {
    let score = |words: &[Spoken<'_>]| sentiment::score(words.iter().map(|spoken| spoken.word));
    let mut sentiments = segments(words, |sentence| {
        let score = score(sentence);
        Some(json!({"sentiment": sentiment::name(score), "sentiment_score": single(score)}))
    });
    let scores: Vec<_> = sentences(words).map(score).collect();
    let average = if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / scores.len() as f64 };
    sentiments["average"] = json!({"sentiment": sentiment::name(average), "sentiment_score": single(average)});
    sentiments
}

/// `segments`: the sentences that `of` has something to say of, each with the places of its words in the transcript.
fn segments(words: &[Spoken<'_>], of: impl Fn(&[Spoken<'_>]) -> Option<Value>) -> Value {
    let mut next = 0;
    let segments = sentences(words).filter_map(|sentence| {
        let start = next;
        next += sentence.len();
        let mut segment = of(sentence)?;
        segment["text"] = json!(text(sentence));
        segment["start_word"] = json!(start);
        segment["end_word"] = json!(next - 1);
        Some(segment)
    });
    json!({"segments": segments.collect::<Vec<_>>()})
}
