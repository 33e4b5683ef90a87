//! What it was about, and how the speakers spoke.

use super::*;
use crate::speech::Finding;
use serde_json::{Value as Json, json};

fn analyzed(insights: &Json, speech: &Speech, given: &[Insight]) -> Json {
    let asked = json!({"insights": insights}).to_string();
    serde_json::from_str(&response(Task::AnalyzeInteraction, &asked, speech, given, &[]).unwrap()).unwrap()
}

fn names(insights: &Json) -> Vec<&str> {
    insights.as_array().unwrap().iter().map(|insight| insight["name"].as_str().unwrap()).collect()
}

fn insight(name: &'static str, values: &[&str]) -> Insight {
    let values = values.iter().map(|value| Finding { value: (*value).to_owned(), ..Finding::default() });
    Insight { name, values: values.collect() }
}

/// Long enough for a pace, and English.
fn talk() -> Speech {
    let said = [words("Is it the royal blue scarf?", 0, Some(0)), words("Yes, it is a blue scarf for you.", 3_000, Some(1))];
    Speech { words: said.concat(), ..call() }
}

#[test]
fn all_is_what_can_be_computed() {
    let analyzed = analyzed(&json!(["All"]), &talk(), &[]);
    let said = &analyzed["utteranceInsights"][1];
    assert_eq!(
        (&said["text"], &said["speakerId"], &said["start"]),
        (&json!("Yes, it is a blue scarf for you."), &json!("1"), &json!(3))
    );
    assert_eq!(said["wordTimings"].as_array().unwrap().len(), 8);
    let expected = json!({"speakerCount": 2, "insights": [
        {"name": "Pace", "values": [
            {"speakerId": "0", "value": "medium", "wpm": 156.5},
            {"speakerId": "1", "value": "medium", "wpm": 154.8},
        ]},
        {"name": "TalkToListenRatio", "values": [{"speakerId": "0", "value": "43:57"}, {"speakerId": "1", "value": "57:43"}]},
        {"name": "QuestionsAsked", "values": [
            {"speakerId": "0", "value": 1, "questions": [{"text": "Is it the royal blue scarf?", "start": 0, "end": 2.3}]},
            {"speakerId": "1", "value": 0, "questions": []},
        ]},
    ]});
    assert_eq!(analyzed["speakerInsights"], expected);
    let expected = json!([
        {"name": "ExtractiveSummary", "values": [
            {"value": "Is it the royal blue scarf?", "start": 0, "end": 2.3, "speakerId": "0"},
            {"value": "Yes, it is a blue scarf for you.", "start": 3, "end": 6.1, "speakerId": "1"},
        ]},
    ]);
    assert_eq!(analyzed["conversationalInsights"], expected);
}

#[test]
fn only_what_was_asked_for_is_told() {
    let given = [insight("Topics", &["scarves"])];
    let some = analyzed(&json!(["Pace", "Topics", "Emotion", "AbstractiveSummaryShort"]), &talk(), &given);
    assert_eq!(names(&some["speakerInsights"]["insights"]), ["Pace"]);
    assert_eq!(some["conversationalInsights"], json!([{"name": "Topics", "values": [{"value": "scarves"}]}]));
}

#[test]
fn what_somebody_found_goes_before_what_is_computed_and_paragraphs_are_numbered() {
    let given = [insight("KeyPhrases", &["blue scarf"]), insight("AbstractiveSummaryLong", &["Ann asks.", "Bob answers."])];
    let whole = response(Task::AnalyzeInteraction, "{}", &talk(), &given, &[]).unwrap();
    let whole: Json = serde_json::from_str(&whole).unwrap();
    let insights = &whole["conversationalInsights"];
    assert_eq!(names(insights), ["ExtractiveSummary", "KeyPhrases", "AbstractiveSummaryLong"]);
    assert_eq!(insights[1]["values"], json!([{"value": "blue scarf"}]));
    assert_eq!(insights[2]["values"], json!([{"value": "Ann asks.", "groupId": "0"}, {"value": "Bob answers.", "groupId": "1"}]));
}

#[test]
fn what_is_not_known_is_left_out() {
    let untold = Speech { speakers: Vec::new(), words: words("der schal ist blau", 0, None), ..Speech::default() };
    let analyzed = analyzed(&json!(["All"]), &untold, &[]);
    assert_eq!(analyzed.get("speakerInsights"), None);
    assert_eq!(analyzed["conversationalInsights"], json!([{"name": "ExtractiveSummary", "values": []}]));
    assert!(!analyzed.to_string().contains("null"));
    let unpunctuated = Speech { words: words("is it blue", 0, Some(0)), ..call() };
    let analyzed = super::analyzed::analyzed(&json!(["All"]), &unpunctuated, &[]);
    let expected = json!({"speakerCount": 2, "insights": [{"name": "Pace", "values": []},
        {"name": "TalkToListenRatio", "values": [{"speakerId": "0", "value": "100:0"}, {"speakerId": "1", "value": "0:100"}]}]});
    assert_eq!(analyzed["speakerInsights"], expected);
}
