//! Texts with punctuation, and summaries of them.

use super::*;
use crate::speech::Finding;
use serde_json::{Value as Json, json};

fn summarized(kind: &str, utterances: &Json, given: &[Insight]) -> Json {
    let asked = json!({"summaryType": kind, "utterances": utterances}).to_string();
    serde_json::from_str(&response(Task::Summarize, &asked, &Speech::default(), given, &[]).unwrap()).unwrap()
}

fn names(summaries: &Json) -> Vec<&str> {
    summaries["summaries"].as_array().unwrap().iter().map(|summary| summary["name"].as_str().unwrap()).collect()
}

#[test]
fn an_extract_has_the_times_and_the_speaker_that_were_given() {
    let utterances = json!([
        {"text": "Oh.", "speakerId": "7", "start": 0.5, "end": 1},
        {"text": "I see. The blue scarf is for Ann.", "speakerId": "ann", "start": 8.96, "end": 14.2803},
        {"text": "And this one is for you."},
    ]);
    let expected = json!({"summaries": [{"name": "Extractive", "values": [
        {"value": "The blue scarf is for Ann.", "start": 8.96, "end": 14.28, "speakerId": "ann"},
        {"value": "And this one is for you."},
    ]}]});
    assert_eq!(summarized("Extractive", &utterances, &[]), expected);
}

#[test]
fn each_type_asks_for_the_summaries_of_its_name() {
    let finding = Finding { value: "Ann gets a scarf.".to_owned(), ..Finding::default() };
    let given =
        ["AbstractiveSummaryShort", "AbstractiveSummaryLong"].map(|name| Insight { name, values: Vec::from([finding.clone()]) });
    let utterances = json!([{"text": "Yes."}]);
    for (kind, expected) in [
        ("Extractive", &["Extractive"][..]),
        ("AbstractiveLong", &["AbstractiveLong"]),
        ("AbstractiveShort", &["AbstractiveShort"]),
        ("AbstractiveAll", &["AbstractiveLong", "AbstractiveShort"]),
        ("All", &["Extractive", "AbstractiveLong", "AbstractiveShort"]),
    ] {
        assert_eq!(names(&summarized(kind, &utterances, &given)), expected, "{kind}");
    }
    assert_eq!(names(&summarized("All", &utterances, &[])), ["Extractive"]);
    let short = &summarized("AbstractiveShort", &utterances, &given)["summaries"][0];
    assert_eq!(short["values"], json!([{"value": "Ann gets a scarf."}]));
}

#[test]
fn claims_about_a_given_conversation_have_its_places() {
    let json = r#"{"utterances":[{"text":"Yes.","speakerId":"b"},{"text":"A blue scarf.","speakerId":"a","start":1,"end":2.5}]}"#;
    let conversation = Conversation::of(&input(Task::Summarize, json));
    let passages = conversation.passages();
    let found = crate::speech::claims::Claims::about(&passages).phrase("blue scarf").unwrap();
    assert_eq!((found.start_ms, found.end_ms, found.speaker), (Some(1_000), Some(2_500), Some(1)));
    assert_eq!(conversation.speakers, ["b", "a"]);
}

#[test]
fn every_text_has_its_own_or_there_is_no_result() {
    let punctuated = |texts: &[&str]| response(Task::Punctuate, r#"{"texts":["so","a \"b\""]}"#, &Speech::default(), &[], texts);
    assert_eq!(punctuated(&["So.", "A \"b\"."]).as_deref(), Some(r#"{"texts":["So.","A \"b\"."]}"#));
    assert_eq!((punctuated(&["So."]), punctuated(&[])), (None, None));
}
