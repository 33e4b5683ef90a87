use super::*;
use crate::engine::ringcentral::delivery::result::Other;
use proptest::prelude::*;

macro_rules! payload {
    ($name:literal) => {
        include_bytes!(concat!("../../../../../tests/payloads/", $name, ".json"))
    };
}

fn found<'a>(other: &'a Other, name: &str) -> &'a str {
    other.iter().find(|(known, _)| known == name).unwrap().1.as_str()
}

fn read(body: &[u8]) -> TypedResult {
    TypedResult::read(body, None).unwrap()
}

#[test]
fn speech_to_text_is_read() {
    let TypedResult::SpeechToText(result) = read(payload!("stt-success-diarized-2024-01-09")) else { panic!("speech-to-text") };
    assert_eq!((result.words.len(), result.utterances.len(), result.speaker_count), (3, 2, None));
    let utterance = &result.utterances[0];
    assert_eq!((utterance.end, utterance.speaker_id.as_deref()), (Some(4.800_000_000_000_001), Some("0")));
    assert_eq!((utterance.word_timings[0].word.as_str(), utterance.confidence), ("this", Some(0.87)));
    let TypedResult::SpeechToText(result) = read(payload!("stt-success-no-diarization-2023-09-26")) else {
        panic!("speech-to-text")
    };
    assert_eq!((result.words.len(), result.utterances.len()), (10, 0));
}

#[test]
fn an_interaction_of_2022_is_read_whole() {
    let TypedResult::Interaction(result) = read(payload!("analyze-interaction-success-with-emotion-2022")) else {
        panic!("interaction")
    };
    assert_eq!(result.utterance_insights[0].insights[0].read().get("value").text(), Some("Neutral"));
    let speakers = result.speaker_insights.unwrap();
    assert_eq!((speakers.speaker_count, speakers.insights.len()), (Some(2), 3));
    assert_eq!(speakers.insights[0].name, "Energy");
    assert_eq!(speakers.insights[0].values[0].read().get("value"), &Value::Number("86.64"));
    assert_eq!(result.conversational_insights[0].values, []);
    assert_eq!(result.conversational_insights[1].values[0].read().get("start"), &Value::Number("2.52"));
}

#[test]
fn the_other_jobs_are_read() {
    let TypedResult::Diarization(result) = read(payload!("diarize-success")) else { panic!("diarization") };
    assert_eq!((result.speaker_count, result.utterances[0].speaker_id.as_deref()), (Some(2), Some("JohnDoe")));
    let TypedResult::Punctuation(result) = read(payload!("punctuate-success")) else { panic!("punctuation") };
    assert!(result.texts[0].starts_with("So it's more fluid"));
    let TypedResult::Summary(result) = read(payload!("summarize-success")) else { panic!("summary") };
    assert_eq!((result.summaries[0].name.as_str(), result.summaries[0].values[1].confidence), ("Extractive", Some(0.5143)));
    let bare = br#"{"utterances":[{"speakerId":"UserNotIdentified","start":0.3,"end":5.1,"confidence":36.99}]}"#;
    let TypedResult::Identification(result) = read(bare) else { panic!("identification") };
    assert_eq!(result.utterances[0].confidence, Some(36.99));
}

#[test]
fn a_fail_is_an_outcome() {
    let TypedResult::Fail(errors) = read(payload!("fail-punctuate-texts-invalid")) else { panic!("fail") };
    assert_eq!(errors[0].parameter_name.as_deref(), Some("texts"));
}

#[test]
fn what_is_unknown_is_kept() {
    let TypedResult::Other(value) = read(payload!("recognize-emotion-success")) else { panic!("other") };
    assert_eq!(value.read().entries()[2].get("emotion").text(), Some("Anger"));
    let body = br#"{"status":"Done","api":"/ai/audio/v1/async/speech-to-text","response":{"words":[{"word":"a","start":"1.5","speakerId":7,"mood":["x"]}],"speakerCount":null,"audio_duration":3.5}}"#;
    let TypedResult::SpeechToText(result) = read(body) else { panic!("speech-to-text") };
    assert_eq!(found(&result.other, "audio_duration"), "3.5");
    let word = &result.words[0];
    assert_eq!((word.start, word.end, word.speaker_id.as_deref()), (Some(1.5), None, Some("7")));
    assert_eq!((found(&word.other, "mood"), result.speaker_count), (r#"["x"]"#, None));
}

#[test]
fn the_path_in_the_envelope_beats_the_hint_and_the_hint_the_shape() {
    assert!(matches!(read(payload!("job-status-success")), TypedResult::Interaction(result) if result == Interaction::default()));
    let hinted = TypedResult::read(payload!("diarize-success"), Some(Task::SpeakerIdentify)).unwrap();
    assert!(matches!(hinted, TypedResult::Identification(result) if found(&result.other, "speakerCount") == "2"));
    let named = TypedResult::read(payload!("job-status-success"), Some(Task::Punctuate)).unwrap();
    assert!(matches!(named, TypedResult::Interaction(_)));
}

#[test]
fn what_has_no_result_is_refused() {
    let unfinished = TypedResult::read(payload!("job-status-inprogress"), None).unwrap_err();
    assert_eq!(unfinished.code(), "unexpected_answer");
    for body in [
        "",
        "{",
        r#"{"response":{}}"#,
        r#"{"status":"Success","api":"/ai/text/v1/async/punctuate","response":[]}"#,
        r#"{"status":"Success","response":{"texts":[{}]}}"#,
        r#"{"status":"Success","response":{"words":{}}}"#,
        r#"{"status":"Success","response":{"words":[[]]}}"#,
        r#"{"status":"Success","response":{"speakerInsights":[]}}"#,
    ] {
        let error = TypedResult::read(body.as_bytes(), None).unwrap_err();
        assert_eq!(error.code(), "unreadable_callback", "{body}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for task in Task::ALL {
            let _ = TypedResult::read(&bytes, Some(task));
        }
    }
}
