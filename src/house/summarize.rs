//! Summaries of a conversation's text.

use super::conversation::Conversation;
use super::fields::finding;
use crate::engine::Input;
use crate::json::{Object, Value};
use crate::speech::{Finding, Insight, summary};
use alloc::string::String;

/// The summaries by their names, with the insights that they are, and the types that ask for them.
const SUMMARIES: &[(&str, &str, &[&str])] = &[
    (EXTRACTIVE, "ExtractiveSummary", &[EXTRACTIVE, "All"]),
    ("AbstractiveLong", "AbstractiveSummaryLong", &["AbstractiveLong", "AbstractiveAll", "All"]),
    ("AbstractiveShort", "AbstractiveSummaryShort", &["AbstractiveShort", "AbstractiveAll", "All"]),
];
/// The one that is computed where nobody else has found it; the type where none is named.
const EXTRACTIVE: &str = "Extractive";

/// The response: those of the summaries asked for that there are.
pub(super) fn response(input: &Input, given: &[Insight]) -> String {
    let conversation = Conversation::of(input);
    let asked = input.field("summaryType").and_then(|json| Value::parse(json.as_bytes())).unwrap_or_default();
    let asked = asked.text().unwrap_or(EXTRACTIVE);
    let summaries = SUMMARIES.iter().filter(|(.., types)| types.contains(&asked)).filter_map(|(name, insight, _)| {
        let values = |values: &[Finding]| {
            let values = values.iter().map(|value| finding(value, &conversation.speakers).write());
            Object::new().text("name", name).list("values", values).write()
        };
        match given.iter().find(|given| given.name == *insight) {
            Some(given) => Some(values(&given.values)),
            None if *name == EXTRACTIVE => Some(values(&summary(&conversation.passages()))),
            None => None,
        }
    });
    Object::new().list("summaries", summaries).write()
}
