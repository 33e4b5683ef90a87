//! What is found in the words: sentiments, categories, entities.

use serde_json::{Map, Value, json};

use super::words::{Style, milliseconds};
use crate::services::sentiment;
use crate::services::spoken::{Spoken, sentences, text};

/// Words, and the category of a sentence that has one of them.
const CATEGORIES: &[(&str, &str)] = &[
    (" coffee grinder tea sugar flour ", "Food&Drink>Non-AlcoholicBeverages"),
    (" order box boxes shelf delivery ", "BusinessAndFinance>Business>Logistics"),
    (" doctor clinic appointment dental ", "MedicalHealth>MedicalTests"),
    (" plan planning team release budget ", "BusinessAndFinance>Business>BusinessAdministration"),
];
const DAYS: &str = " monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight ";

/// `sentiment_analysis_results`: one for each sentence.
#[must_use]
pub fn sentiments(words: &[Spoken<'_>], style: Style) -> Vec<Value> {
    let of = |sentence: &[Spoken<'_>]| {
        let score = sentiment::score(sentence.iter().map(|spoken| spoken.word));
        let mut found = stretch(sentence);
        found["sentiment"] = json!(sentiment::name(score).to_uppercase());
        found["confidence"] = json!(0.5 + score.abs() / 2.0);
        found["speaker"] = json!(style.speaker(&sentence[0]));
        found
    };
    sentences(words).map(of).collect()
}

/// `iab_categories_result`.
#[must_use]
pub fn categories(words: &[Spoken<'_>]) -> Value {
    let mut summary = Map::new();
    let results: Vec<_> = sentences(words)
        .filter_map(|sentence| {
            let has = |list: &str| sentence.iter().any(|spoken| list.contains(&format!(" {} ", spoken.word.plain())));
            let labels: Vec<_> = CATEGORIES.iter().filter(|(list, _)| has(list)).map(|(_, label)| *label).collect();
            summary.extend(labels.iter().map(|label| ((*label).to_owned(), json!(1.0))));
            let found = stretch(sentence);
            let labels: Vec<_> = labels.iter().map(|label| json!({"relevance": 0.9, "label": label})).collect();
            (!labels.is_empty()).then(
                || json!({"text": found["text"], "labels": labels, "timestamp": {"start": found["start"], "end": found["end"]}}),
            )
        })
        .collect();
    json!({"status": "success", "results": results, "summary": summary})
}

/// `entities`: days, numbers, and names, which are capitals inside a sentence.
#[must_use]
pub fn entities(words: &[Spoken<'_>]) -> Vec<Value> {
    let mut found = Vec::new();
    for sentence in sentences(words) {
        for (place, spoken) in sentence.iter().enumerate() {
            let bare = spoken.word.text.trim_matches(|sign: char| !sign.is_alphanumeric());
            let kind = match bare.chars().next() {
                Some(_) if DAYS.contains(&format!(" {} ", spoken.word.plain())) => "date",
                Some(first) if first.is_ascii_digit() => "number_sequence",
                Some(first) if first.is_uppercase() && place > 0 && bare.len() > 2 => "person_name",
                _ => continue,
            };
            found.push(json!({"entity_type": kind, "text": bare, "start": milliseconds(spoken.word.start),
                "end": milliseconds(spoken.word.end)}));
        }
    }
    found
}

fn stretch(sentence: &[Spoken<'_>]) -> Value {
    json!({
        "text": text(sentence),
        "start": milliseconds(sentence[0].word.start),
        "end": milliseconds(sentence[sentence.len() - 1].word.end),
    })
}
