//! `POST /ai/text/v1/async/summarize`: the weightiest of the sentences that were given, never one of its own.

use serde_json::{Value, json};

use crate::ai::input::Input;
use crate::ai::insights::{self, EXTRACTED, LONG, SHORT};
use crate::ai::{Answer, Task};
use crate::errors::Refusal;
use crate::words::{Call, Utterance, Word, Words};

/// This task.
pub const TASK: Task = Task { path: "/ai/text/v1/async/summarize", check, answer: Answer::FromText(answer) };

/// The words of the attested message. `AbstractiveAll` is in the specification only; it is accepted.
const TYPES: &[&str] = &["Extractive", "AbstractiveLong", "AbstractiveShort", "All"];
const ABSTRACTIVE_ALL: &str = "AbstractiveAll";

fn check(input: &Input) -> Result<(), Refusal> {
    if input.text("summaryType") != Some(ABSTRACTIVE_ALL) {
        input.required_one_of("summaryType", TYPES)?;
    }
    let units = input.field("utterances").and_then(Value::as_array);
    // Assumption: all four fields are required, as the specification has it; the guide calls three of them optional.
    let complete = units.is_some_and(|units| !units.is_empty() && units.iter().all(is_unit));
    if complete { Ok(()) } else { Err(Refusal::ai("utterances", "It should be of type List[SummaryUnit]")) }
}

fn is_unit(unit: &Value) -> bool {
    let times = unit["start"].as_f64().zip(unit["end"].as_f64());
    unit["text"].is_string() && unit["speakerId"].is_string() && times.is_some_and(|(start, end)| start <= end)
}

fn answer(input: &Input) -> Value {
    let wanted = input.text("summaryType").unwrap_or_default();
    let words = read(input);
    let all = [("Extractive", EXTRACTED), ("AbstractiveLong", LONG), ("AbstractiveShort", SHORT)];
    let asked = all.into_iter().filter(|(name, _)| match wanted {
        "All" => true,
        ABSTRACTIVE_ALL => *name != "Extractive",
        one => one == *name,
    });
    let summaries = asked.map(|(name, count)| json!({"name": name, "values": insights::summary(&words, count)}));
    json!({"summaries": summaries.collect::<Vec<_>>()})
}

/// The utterances as words that each have the times of their utterance: a sentence then has those times too, and no
/// time is made up.
fn read(input: &Input) -> Words {
    let units = input.field("utterances").and_then(Value::as_array).into_iter().flatten();
    let utterances = units.map(|unit| {
        let (start, end) = (unit["start"].as_f64().unwrap_or_default(), unit["end"].as_f64().unwrap_or_default());
        let text = unit["text"].as_str().unwrap_or_default();
        let words = text.split_whitespace().map(|word| Word { text: word.to_owned(), start, end }).collect();
        let speaker_id = unit["speakerId"].as_str().unwrap_or_default().to_owned();
        Utterance { speaker_id, confidence: 1.0, words }
    });
    Words { call: Call::default(), meeting: None, voicemail: false, utterances: utterances.collect() }
}
