//! A job's input as a whole: what is left out, what is spelt the old way, what is sent in the end.

use super::*;
use serde_json::{Value as Json, json};

#[path = "input_field_tests.rs"]
mod fields;

fn parse(task: Task, fields: &Json, prefix: &str) -> Result<Input> {
    check_input(task, &Value::parse(fields.to_string().as_bytes()).unwrap(), prefix)
}

#[track_caller]
fn refused(task: Task, fields: &Json) -> (String, String) {
    match parse(task, fields, "input") {
        Err(Error::InvalidField { field, reason }) => (field, reason),
        other => panic!("{task:?} {fields} gave {other:?}"),
    }
}

#[test]
fn what_a_task_cannot_do_without_is_named() {
    for (task, name) in [(Task::SpeakerIdentify, "speakerIds"), (Task::Punctuate, "texts"), (Task::Summarize, "utterances")] {
        assert_eq!(refused(task, &json!({})), (["input.", name].concat(), "it is missing".into()));
    }
    assert_eq!(refused(Task::SpeakerIdentify, &json!({"speakerIds": []})).0, "input.speakerIds");
    assert!(parse(Task::SpeakerDiarize, &json!({"speakerIds": []}), "").is_ok());
}

#[test]
fn the_place_in_a_list_is_named() {
    let wrong = json!({"utterances": [{"text": "a"}, {"text": "b", "start": "0"}]});
    let reason = "entry 2: start: it must be a number of seconds that is not negative";
    assert_eq!(refused(Task::Summarize, &wrong), ("input.utterances".into(), reason.into()));
    let (_, reason) = refused(Task::Summarize, &json!({"utterances": [{"text": "a", "words": []}]}));
    assert_eq!(reason, "entry 1: words: an utterance has no such field");
}

#[test]
fn the_old_spelling_of_the_speakers_is_read() {
    for task in [Task::SpeechToText, Task::SpeakerDiarize, Task::SpeakerIdentify, Task::AnalyzeInteraction] {
        let old = parse(task, &json!({"enrollmentIds": ["a"]}), "").unwrap();
        assert_eq!(old.write(), r#"{"speakerIds":["a"],"languageCode":"en-US"}"#);
        assert_eq!(refused(task, &json!({"enrollmentIds": "a"})).0, "input.enrollmentIds");
        let both = json!({"speakerIds": ["a"], "enrollmentIds": ["a"]}); // The test's map sorts its names.
        assert_eq!(refused(task, &both), ("input.speakerIds".into(), "it stands there twice".into()));
    }
    assert_eq!(refused(Task::Punctuate, &json!({"texts": ["a"], "enrollmentIds": ["a"]})).0, "input.enrollmentIds");
}

#[test]
fn what_is_left_out_has_the_guides_default() {
    assert_eq!(parse(Task::SpeechToText, &json!({}), "").unwrap().write(), r#"{"languageCode":"en-US"}"#);
    let summary = parse(Task::Summarize, &json!({"utterances": [{"text": "a"}]}), "").unwrap();
    assert_eq!(summary.write(), r#"{"utterances":[{"text":"a"}],"summaryType":"Extractive"}"#);
    assert_eq!(parse(Task::Punctuate, &json!({"texts": ["ä"]}), "").unwrap().write(), r#"{"texts":["ä"]}"#);
}

#[test]
fn the_examples_of_the_guide_pass_and_are_read_again_as_they_were_written() {
    let examples = [
        (Task::SpeechToText, include_str!("../../../../tests/payloads/request-speech-to-text.json")),
        (Task::SpeakerDiarize, include_str!("../../../../tests/payloads/request-speaker-diarize.json")),
        (Task::SpeakerIdentify, include_str!("../../../../tests/payloads/request-speaker-identify.json")),
        (Task::AnalyzeInteraction, include_str!("../../../../tests/payloads/request-analyze-interaction.json")),
        (Task::Punctuate, include_str!("../../../../tests/payloads/request-punctuate.json")),
        (Task::Summarize, include_str!("../../../../tests/payloads/request-summarize.json")),
    ];
    for (task, text) in examples {
        let mut fields: Json = serde_json::from_str(text).unwrap();
        fields.as_object_mut().unwrap().remove("contentUri");
        let input = parse(task, &fields, "").unwrap();
        assert_eq!(check_input(task, &Value::parse(input.write().as_bytes()).unwrap(), ""), Ok(input));
    }
}

#[test]
fn an_encoding_can_be_found_later_but_not_be_missing_when_it_is_sent() {
    let input = parse(Task::SpeechToText, &json!({}), "input").unwrap();
    assert_eq!(
        body(Task::SpeechToText, &input, Some("https://h/x")),
        Err(Error::invalid("encoding", "it is missing, and the media does not tell"))
    );
    let input = with_encoding(input, Some(Encoding::Wav));
    assert_eq!(encoding_of(&input), Some(Encoding::Wav));
    let sent = body(Task::SpeechToText, &with_encoding(input, Some(Encoding::Ogg)), Some("https://h/x")).unwrap();
    assert_eq!(sent, r#"{"languageCode":"en-US","encoding":"Wav","contentUri":"https://h/x"}"#);
}

#[test]
fn only_a_task_on_media_has_a_content_uri() {
    let texts = parse(Task::Punctuate, &json!({"texts": ["a"]}), "").unwrap();
    assert_eq!(body(Task::Punctuate, &texts, None), Ok(r#"{"texts":["a"]}"#.into()));
    let named = |sent: Result<String>| matches!(sent, Err(Error::InvalidField { field, .. }) if field == "contentUri");
    assert!(named(body(Task::Punctuate, &texts, Some("https://h/x"))));
    assert!(named(body(Task::SpeakerDiarize, &parse(Task::SpeakerDiarize, &json!({"encoding": "Wav"}), "").unwrap(), None)));
}

#[test]
fn what_is_not_an_object_is_named() {
    for task in Task::ALL {
        assert_eq!(refused(task, &json!([])).0, "input");
    }
}
