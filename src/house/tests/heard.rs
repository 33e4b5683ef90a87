//! What was said, and who spoke when.

use super::*;
use crate::speech::Turn;

const STT: Task = Task::SpeechToText;

fn transcribed(json: &str, speech: &Speech) -> String {
    response(STT, json, speech, &[], &[]).unwrap()
}

fn turns(text: &str, speaker: Option<u16>) -> Vec<Turn> {
    Vec::from([Turn { speaker, start_ms: 500, end_ms: 1_250, text: text.to_owned(), confidence: Some(5_238) }])
}

#[test]
fn words_are_bare_and_the_transcript_is_as_it_is_written() {
    let expected = concat!(
        r#"{"transcript":"Is it blue? Yes, Ann.","confidence":0.98,"words":["#,
        r#"{"start":0,"end":0.3,"word":"is","confidence":0.98},{"start":0.4,"end":0.7,"word":"it","confidence":0.98},"#,
        r#"{"start":0.8,"end":1.1,"word":"blue","confidence":0.98},{"start":2.005,"end":2.305,"word":"yes","confidence":0.98},"#,
        r#"{"start":2.405,"end":2.705,"word":"ann","confidence":0.98}]}"#,
    );
    assert_eq!(transcribed("{}", &call()), expected);
}

#[test]
fn speakers_are_told_where_that_was_asked_for() {
    let told = transcribed(r#"{"enableSpeakerDiarization":true}"#, &call());
    let utterances = concat!(
        r#""utterances":[{"start":0,"end":1.1,"text":"Is it blue?","speakerId":"0","confidence":0.98,"wordTimings":["#,
        r#"{"start":0,"end":0.3,"word":"is","speakerId":"0","confidence":0.98},"#,
        r#"{"start":0.4,"end":0.7,"word":"it","speakerId":"0","confidence":0.98},"#,
        r#"{"start":0.8,"end":1.1,"word":"blue","speakerId":"0","confidence":0.98}]},"#,
        r#"{"start":2.005,"end":2.705,"text":"Yes, Ann.","speakerId":"1","confidence":0.98,"wordTimings":["#,
        r#"{"start":2.005,"end":2.305,"word":"yes","speakerId":"1","confidence":0.98},"#,
        r#"{"start":2.405,"end":2.705,"word":"ann","speakerId":"1","confidence":0.98}]}]}"#,
    );
    assert!(told.ends_with(utterances), "{told}");
    assert!(told.contains(r#""confidence":0.98,"speakerCount":2,"words":[{"start":0,"end":0.3,"word":"is","speakerId":"0","#));
}

#[test]
fn without_punctuation_every_text_is_bare() {
    let bare = transcribed(r#"{"enablePunctuation":false,"enableSpeakerDiarization":true}"#, &call());
    assert!(bare.starts_with(r#"{"transcript":"is it blue yes ann","#) && bare.contains(r#""text":"is it blue","#), "{bare}");
    assert!(!bare.contains('?'));
}

#[test]
fn turns_keep_their_times_where_words_have_none() {
    let speech = Speech { turns: turns("Is it blue?", None), text: Some(" Is it blue? ".to_owned()), ..Speech::default() };
    let expected = concat!(
        r#"{"transcript":"Is it blue?","words":[],"#,
        r#""utterances":[{"start":0.5,"end":1.25,"text":"Is it blue?","confidence":0.5238}]}"#,
    );
    assert_eq!(transcribed("{}", &speech), expected);
    let text = Speech { text: speech.text, ..Speech::default() };
    assert_eq!(transcribed("{}", &text), r#"{"transcript":"Is it blue?","words":[]}"#);
}

#[test]
fn speakers_that_are_not_known_are_not_counted() {
    let untold = Speech { words: words("Yes.", 0, None), ..Speech::default() };
    let told = transcribed(r#"{"enableSpeakerDiarization":true}"#, &untold);
    assert!(!told.contains("speaker") && told.contains(r#""utterances":[{"start":0,"end":0.3,"text":"Yes.","#), "{told}");
    assert_eq!(response(Task::SpeakerDiarize, "{}", &untold, &[], &[]), None);
}

#[test]
fn where_nobody_speaks_nobody_is_counted() {
    let silence = Speech::default();
    let told = transcribed(r#"{"enableSpeakerDiarization":true}"#, &silence);
    assert_eq!(told, r#"{"transcript":"","speakerCount":0,"words":[],"utterances":[]}"#);
    let diarized = response(Task::SpeakerDiarize, "{}", &silence, &[], &[]);
    assert_eq!(diarized.as_deref(), Some(r#"{"speakerCount":0,"utterances":[]}"#));
}

#[test]
fn who_spoke_when_needs_no_words() {
    let speech = Speech { speakers: Vec::from(["JohnDoe".to_owned()]), turns: turns("", Some(0)), ..Speech::default() };
    let expected = r#"{"speakerCount":1,"utterances":[{"start":0.5,"end":1.25,"speakerId":"JohnDoe"}]}"#;
    assert_eq!(response(Task::SpeakerDiarize, "{}", &speech, &[], &[]).as_deref(), Some(expected));
    let transcribed = transcribed("{}", &speech);
    assert_eq!(transcribed, r#"{"transcript":"","words":[],"utterances":[]}"#);
}

#[test]
fn nobody_who_is_enrolled_is_told_by_speech_alone() {
    assert_eq!(response(Task::SpeakerIdentify, r#"{"speakerIds":["a"]}"#, &call(), &[], &[]), None);
}
