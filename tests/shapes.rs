//! One schema for each job: RingCentral's own samples have that shape, and whatever is written here; what is written is read
//! back as it was heard.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

mod heard;
mod shape;

use heard::{any_insight, any_speech, orderly_speech};
use proptest::prelude::*;
use ringcentral_ai::engine::ringcentral::delivery::TypedResult;
use ringcentral_ai::engine::ringcentral::jobs::check_input;
use ringcentral_ai::engine::ringcentral::served::Head;
use ringcentral_ai::engine::{Input, Task};
use ringcentral_ai::error::ApiError;
use ringcentral_ai::house::{Envelope, Found, write};
use ringcentral_ai::json::Value;
use ringcentral_ai::speech::{Insight, Speech, Turn};
use ringcentral_ai::transcript::Transcript;
use serde_json::{Value as Json, json};
use shape::{SHAPES, assert_shape};

const ENVELOPE: Envelope<'_> = Envelope { job_id: "1", created_ms: 1_000, completed_ms: 2_000, expires_ms: 9_000_000 };

fn input(task: Task, fields: &Json) -> Input {
    check_input(task, &Value::parse(fields.to_string().as_bytes()).unwrap(), "input").unwrap()
}

fn written(task: Task, fields: &Json, speech: &Speech, insights: &[Insight]) -> Option<String> {
    let found = Found { speech, insights, texts: &["So.".to_owned()] };
    write(task, &input(task, fields), &found, &ENVELOPE)
}

#[test]
fn ringcentrals_own_samples_have_the_shape() {
    for (task, sample) in [
        ("speech-to-text", include_str!("payloads/stt-success-diarized-2024-01-09.json")),
        ("speech-to-text", include_str!("payloads/stt-success-no-diarization-2023-09-26.json")),
        ("speaker-diarize", include_str!("payloads/diarize-success.json")),
        ("analyze-interaction", include_str!("payloads/analyze-interaction-success-with-emotion-2022.json")),
        ("punctuate", include_str!("payloads/punctuate-success.json")),
        ("summarize", include_str!("payloads/summarize-success.json")),
        ("fail", include_str!("payloads/fail-contentUri-invalid.json")),
        ("fail", include_str!("payloads/fail-punctuate-texts-invalid.json")),
        ("whole", include_str!("payloads/stt-success-diarized-2024-01-09.json")),
    ] {
        assert_shape(task, sample.as_bytes());
    }
}

#[test]
fn what_has_another_shape_is_told() {
    let sample = include_str!("payloads/stt-success-diarized-2024-01-09.json");
    for (right, wrong) in [
        (r#""speakerId": "0""#, r#""speakerId": 0"#),
        (r#""start": 0.16"#, r#""start": null"#),
        (r#""start": 0.16"#, r#""begin": 0.16"#),
        (r#""transcript":"#, r#""text":"#),
        (r#""confidence": 0.9"#, r#""confidence": 90"#),
        (r#""Success""#, r#""Fail""#),
        ("speech-to-text", "punctuate"),
    ] {
        let changed = sample.replace(right, wrong);
        assert!(changed != sample && SHAPES.wrong("speech-to-text", changed.as_bytes()).is_some(), "{wrong}");
    }
}

#[test]
fn a_failure_has_the_shape() {
    let errors = [ApiError { error_code: "CAI-101".into(), message: "No.".into(), parameter_name: None }];
    let task = Task::SpeechToText.name().to_owned();
    let head = Head { job_id: "1".into(), task, created_ms: 1, completed_ms: Some(2), expires_ms: 3 };
    let failed = head.failed(&errors);
    assert_shape("fail", failed.as_bytes());
    assert_shape("whole", failed.as_bytes());
    assert_eq!(TypedResult::read(failed.as_bytes(), None), Ok(TypedResult::Fail(errors.to_vec())));
    assert!(Transcript::read(failed.as_bytes()).is_err());
}

/// What of a time is read: it has milliseconds, and what begins does not end before.
fn assert_times(node: &Json) {
    let time = |name| node.get(name).map(|time| time.as_f64().unwrap());
    if let (Some(start), Some(end)) = (time("start"), time("end")) {
        assert!(start <= end || node.get("value").is_some(), "{node}");
    }
    for child in node.as_object().into_iter().flat_map(serde_json::Map::values).chain(node.as_array().into_iter().flatten()) {
        assert!(!child.is_null(), "{node}");
        assert_times(child);
    }
}

fn fields() -> impl Strategy<Value = (Task, Json)> {
    let flags = (any::<bool>(), any::<bool>());
    let media = flags.prop_map(|(speakers, marks)| json!({"enableSpeakerDiarization": speakers, "enablePunctuation": marks}));
    let insights = prop::sample::select(vec![json!({}), json!({"insights": ["All"]}), json!({"insights": ["Pace", "Topics"]})]);
    prop_oneof![
        media.prop_map(|fields| (Task::SpeechToText, fields)),
        Just((Task::SpeakerDiarize, json!({}))),
        insights.prop_map(|fields| (Task::AnalyzeInteraction, fields)),
        Just((Task::Punctuate, json!({"texts": ["so"]}))),
    ]
}

fn types() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["Extractive", "AbstractiveLong", "AbstractiveShort", "AbstractiveAll", "All"])
}

/// The texts of a speech's turns, as a caller of `summarize` would give them.
fn utterances(speech: &Speech) -> Json {
    let said = speech.turns.iter().map(|turn| {
        let mut said = json!({"text": turn.text});
        if let Some(speaker) = turn.speaker {
            said = json!({"text": turn.text, "speakerId": speaker.to_string(), "start": turn.start_ms, "end": turn.end_ms});
        }
        said
    });
    said.chain([json!({"text": "The end."})]).collect()
}

#[track_caller]
fn assert_written(task: Task, whole: &str) {
    assert_shape(task.name(), whole.as_bytes());
    assert_shape("whole", whole.as_bytes());
    assert_times(&serde_json::from_str(whole).unwrap());
    let read = TypedResult::read(whole.as_bytes(), None).unwrap();
    assert!(!matches!(read, TypedResult::Other(_) | TypedResult::Fail(_)), "{whole}");
}

proptest! {
    #[test]
    fn whatever_was_heard_is_written_in_the_shape(
        (task, fields) in fields(),
        speech in any_speech(),
        insights in prop::collection::vec(any_insight(), 0..3),
    ) {
        let whole = written(task, &fields, &speech, &insights);
        prop_assert_eq!(&whole, &written(task, &fields, &speech.clone(), &insights.clone()));
        prop_assert!(whole.is_some() || task == Task::SpeakerDiarize && speech.speakers.is_empty());
        if let Some(whole) = whole {
            assert_written(task, &whole);
        }
    }

    #[test]
    fn so_is_every_summary(kind in types(), speech in any_speech(), insights in prop::collection::vec(any_insight(), 0..3)) {
        let fields = json!({"summaryType": kind, "utterances": utterances(&speech)});
        let whole = written(Task::Summarize, &fields, &speech, &insights).unwrap();
        assert_written(Task::Summarize, &whole);
    }

    #[test]
    fn turns_and_words_are_read_back_as_they_were_heard(speech in orderly_speech()) {
        for (task, fields) in [
            (Task::SpeechToText, json!({"enableSpeakerDiarization": true})),
            (Task::AnalyzeInteraction, json!({"insights": ["Pace"]})),
        ] {
            let whole = written(task, &fields, &speech, &[]).unwrap();
            let transcript = Transcript::read(whole.as_bytes()).unwrap();
            let read = transcript.segments.iter().map(|segment| {
                let words = segment.words.iter().map(|word| (word.text.as_str(), word.start_ms, word.end_ms));
                (segment.speaker.as_deref(), segment.start_ms, segment.end_ms, words.collect::<Vec<_>>())
            });
            let utterances = speech.utterances();
            let said = utterances.iter().map(|said| {
                let words = said.words.iter().map(|word| (word.written.as_str(), word.start_ms, word.end_ms));
                let speaker = said.speaker.map(|speaker| speech.speakers[usize::from(speaker)].as_str());
                (speaker, said.start_ms, said.end_ms, words.collect::<Vec<_>>())
            });
            prop_assert_eq!(read.collect::<Vec<_>>(), said.collect::<Vec<_>>());
        }
    }

    #[test]
    fn so_are_turns_alone(speech in orderly_speech(), is_diarized in any::<bool>()) {
        let turns: Vec<Turn> = speech.utterances().into_iter().map(|said| {
            Turn { speaker: said.speaker, start_ms: said.start_ms, end_ms: said.end_ms, text: said.text.into(), confidence: None }
        }).collect();
        let turns_alone = Speech { turns: turns.clone(), words: Vec::new(), ..speech.clone() };
        let whole = written(Task::SpeechToText, &json!({"enableSpeakerDiarization": is_diarized}), &turns_alone, &[]).unwrap();
        let transcript = Transcript::read(whole.as_bytes()).unwrap();
        let read: Vec<_> = transcript.segments.iter().map(|said| {
            (said.speaker.clone(), said.start_ms, said.end_ms, said.text())
        }).collect();
        let said: Vec<_> = turns.into_iter().map(|turn| {
            let speaker = turn.speaker.filter(|_| is_diarized).map(|speaker| speech.speakers[usize::from(speaker)].clone());
            (speaker, turn.start_ms, turn.end_ms, turn.text)
        }).collect();
        prop_assert_eq!(read, said);
    }

    #[test]
    fn so_are_words_alone(speech in orderly_speech()) {
        let whole = written(Task::SpeechToText, &json!({}), &speech, &[]).unwrap();
        let transcript = Transcript::read(whole.as_bytes()).unwrap();
        let read = transcript.segments.iter().flat_map(|segment| &segment.words);
        let read: Vec<_> = read.map(|word| (word.text.as_str(), word.start_ms, word.end_ms)).collect();
        let said: Vec<_> = speech.words.iter().map(|word| (word.written.as_str(), word.start_ms, word.end_ms)).collect();
        prop_assert_eq!(read, said);
    }
}
