use super::*;
use crate::engine::ringcentral::delivery::Envelope;
use proptest::prelude::*;

macro_rules! payload {
    ($name:literal) => {
        include_bytes!(concat!("../../../../../tests/payloads/", $name, ".json"))
    };
}

fn read(body: &str, hint: Option<Task>) -> (Status, Option<Task>) {
    let callback = Callback::read(body.as_bytes(), hint).unwrap_or_else(|error| panic!("{body}: {error:?}"));
    (callback.status, callback.task)
}

#[test]
fn the_task_is_the_one_that_is_named_else_given_else_seen() {
    let (given, seen) = (Some(Task::SpeakerDiarize), Some(Task::SpeakerIdentify));
    let response = r#""response":{"utterances":[{"speakerId":"0"}]}"#;
    assert_eq!(read(&format!(r#"{{"api":"/ai/text/v1/async/summarize",{response}}}"#), given).1, Some(Task::Summarize));
    assert_eq!(read(&format!(r#"{{"api":"/ai/new",{response}}}"#), given).1, given);
    assert_eq!(read(&format!("{{{response}}}"), None).1, seen);
    assert_eq!(read(r#"{"status":"Fail"}"#, given), (Status::Fail, given));
    assert_eq!(read(r#"{"status":"InProgress"}"#, None), (Status::InProgress, None));
}

#[test]
fn each_documented_result_is_known_by_its_fields() {
    for (body, task) in [
        (&payload!("stt-success-diarized-2024-01-09")[..], Task::SpeechToText),
        (payload!("analyze-interaction-success-with-emotion-2022"), Task::AnalyzeInteraction),
        (payload!("diarize-success"), Task::SpeakerDiarize),
        (payload!("punctuate-success"), Task::Punctuate),
        (payload!("summarize-success"), Task::Summarize),
    ] {
        assert_eq!(Callback::read(body, None).unwrap().task, Some(task));
    }
    let other = Callback::read(payload!("recognize-emotion-success"), None).unwrap();
    assert_eq!((other.status, other.task, other.is_bare), (Status::Success, None, false));
}

#[test]
fn a_result_without_an_envelope_is_a_result() {
    let callback = Callback::read(b" {\"utterances\": [{\"speakerId\": \"0\"}]}", None).unwrap();
    assert_eq!((callback.status, callback.task, callback.is_bare), (Status::Success, Some(Task::SpeakerIdentify), true));
}

#[test]
fn a_result_of_a_task_is_an_object() {
    for response in ["[1]", "7", "\"x\"", "null"] {
        let body = format!(r#"{{"status":"Success","response":{response}}}"#);
        let reason = Error::UnreadableDelivery { reason: "response is not an object" };
        assert_eq!(Callback::read(body.as_bytes(), Some(Task::Summarize)), Err(reason), "{response}");
        assert_eq!(read(&body, None), (Status::Success, None), "{response}");
    }
}

proptest! {
    /// Whoever takes callbacks by the package judges as the Worker does.
    #[test]
    fn it_says_what_the_envelope_says(
        word in prop_oneof![Just("\"Success\""), Just("\"Fail\""), Just("\"InProgress\""), Just("\"Done\""), Just("\"error\""), Just("null"), Just("7")],
        response in prop_oneof![Just("{}"), Just("null"), Just("[1]"), Just(r#"{"texts":["a"]}"#), Just(r#"{"errors":[{"errorCode":"E"}]}"#)],
        rest in prop_oneof![Just(r#","jobId":7"#), Just(r#","api":"/ai/x""#), Just(""), Just(","), Just(r#","errors":[{"errorCode":"F"}]"#)],
    ) {
        let body = format!(r#"{{"status":{word},"response":{response}{rest}}}"#);
        match (Callback::read(body.as_bytes(), None), Envelope::read(body.as_bytes())) {
            (Ok(callback), Ok(envelope)) => {
                prop_assert_eq!((callback.status, callback.job_id, callback.errors), (envelope.status, envelope.job_id, envelope.errors));
            }
            (callback, envelope) => prop_assert_eq!(callback.map(|_| ()), envelope.map(|_| ())),
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Callback::read(&bytes, None);
    }
}
