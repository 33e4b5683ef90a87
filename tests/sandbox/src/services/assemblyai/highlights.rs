//! `auto_highlights_result`: phrases of the conversation, each with all the times it is said.

use serde_json::{Value, json};

use super::words::milliseconds;
use crate::ai::insights::key_phrases;
use crate::services::spoken::Spoken;
use crate::words::Words;

/// The phrases that are said, those that are said most first.
#[must_use]
pub fn highlights(known: Option<&Words>, words: &[Spoken<'_>]) -> Value {
    let phrases = known.map(key_phrases).unwrap_or_default();
    let mut found: Vec<_> =
        phrases.iter().filter_map(|phrase| Some((phrase["value"].as_str()?, times(phrase["value"].as_str()?, words)))).collect();
    found.sort_by_key(|(_, times)| std::cmp::Reverse(times.len()));
    let result = |(phrase, times): &(&str, Vec<Value>)| {
        let rank = times.len() as f64 / (times.len() + 10) as f64;
        json!({"text": phrase, "count": times.len(), "rank": (rank * 100.0).round() / 100.0, "timestamps": times})
    };
    json!({"status": "success", "results": found.iter().map(result).collect::<Vec<_>>()})
}

fn times(phrase: &str, words: &[Spoken<'_>]) -> Vec<Value> {
    let wanted: Vec<_> = phrase.split(' ').collect();
    let is_there = |run: &&[Spoken<'_>]| run.iter().zip(&wanted).all(|(spoken, wanted)| spoken.word.plain() == *wanted);
    let runs = words.windows(wanted.len()).filter(is_there);
    let time =
        |run: &[Spoken<'_>]| json!({"start": milliseconds(run[0].word.start), "end": milliseconds(run[run.len() - 1].word.end)});
    runs.map(time).collect()
}
