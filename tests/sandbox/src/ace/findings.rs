//! The insights themselves, picked from the known words.

use serde_json::{Map, Value, json};

use crate::ai::insights::{self, EXTRACTED, LONG, SHORT};
use crate::services::sentiment::of_conversation;
use crate::words::{Utterance, Words};

/// What there is.
pub const TYPES: [&str; 8] =
    ["NextSteps", "Transcript", "Summary", "Highlights", "BulletedSummary", "AIScore", "CallNotes", "Sentiment"];

/// Those that are wanted, or all where none are named; `ids` are the speakers', in the order in which they first speak.
#[must_use]
pub fn all(words: &Words, ids: &[String], wanted: &[&str]) -> Value {
    let speakers = words.speakers();
    let id = |speaker: &str| speakers.iter().position(|known| *known == speaker).and_then(|place| ids.get(place));
    let with_id = |value: &Value| {
        let speaker = value["speakerId"].as_str().unwrap_or_default();
        json!({"speakerId": id(speaker), "value": value["value"], "start": value["start"], "end": value["end"]})
    };
    let weightiest = |count| insights::summary(words, count);
    let texts = |count| weightiest(count).iter().map(|value| json!({ "value": value["value"] })).collect::<Vec<_>>();
    let of = |name: &str| -> Vec<Value> {
        match name {
            "Transcript" => words.utterances.iter().map(|turn| utterance(turn, id(&turn.speaker_id))).collect(),
            "Summary" => summary(&texts(LONG)),
            "Highlights" => weightiest(EXTRACTED).iter().map(with_id).collect(),
            "NextSteps" => insights::next_steps(words).iter().map(with_id).collect(),
            "BulletedSummary" => texts(LONG),
            "AIScore" => vec![json!({"value": "8"})],
            "CallNotes" => texts(SHORT).iter().map(notes).collect(),
            _ => vec![json!({ "value": sentiment(words) })],
        }
    };
    let names = TYPES.into_iter().filter(|name| wanted.is_empty() || wanted.contains(name));
    let found = names.map(|name| (name.to_owned(), of(name))).filter(|(_, values)| !values.is_empty());
    Value::Object(found.map(|(name, values)| (name, json!(values))).collect::<Map<_, _>>())
}

fn utterance(turn: &Utterance, id: Option<&String>) -> Value {
    json!({"speakerId": id, "text": turn.text(), "start": turn.start(), "end": turn.end()})
}

/// The times of a summary are no times: its paragraphs are counted in them.
fn summary(texts: &[Value]) -> Vec<Value> {
    let paragraph = |(place, text): (usize, &Value)| json!({"value": text["value"], "start": place, "end": place + 1});
    texts.iter().enumerate().map(paragraph).collect()
}

fn notes(text: &Value) -> Value {
    json!({"value": format!("Call notes.\n{}", text["value"].as_str().unwrap_or_default())})
}

/// RingCentral writes it with a capital.
fn sentiment(words: &Words) -> String {
    let name = of_conversation(words);
    name[..1].to_uppercase() + &name[1..]
}
