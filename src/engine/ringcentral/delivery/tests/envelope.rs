use super::*;
use proptest::prelude::*;

const STT: &[u8] = include_bytes!("../../../../../tests/payloads/stt-success-no-diarization-2023-09-26.json");
const IN_PROGRESS: &[u8] = include_bytes!("../../../../../tests/payloads/job-status-inprogress.json");
const FAIL: &[u8] = include_bytes!("../../../../../tests/payloads/fail-contentUri-invalid.json");
const OF_2022: &[u8] = include_bytes!("../../../../../tests/payloads/analyze-interaction-success-with-emotion-2022.json");

fn reason(body: &str) -> &'static str {
    match Envelope::read(body.as_bytes()) {
        Err(Error::UnreadableDelivery { reason }) => reason,
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn a_whole_envelope_is_read() {
    let envelope = Envelope::read(STT).unwrap();
    assert_eq!(envelope.job_id.as_deref(), Some("c53c06a2-5cbd-11ee-819d-0050568c1bf3"));
    assert_eq!((envelope.task(), &envelope.status), (Some(Task::SpeechToText), &Status::Success));
    assert_eq!(envelope.creation_time.as_deref(), Some("2023-09-26T22:41:02.442Z"));
    assert_eq!(envelope.completion_time.as_deref(), Some("2023-09-26T22:41:03.734Z"));
    assert_eq!(envelope.expiration_time.as_deref(), Some("2023-10-03T22:41:02.442Z"));
}

#[test]
fn a_job_status_is_an_envelope_too() {
    let envelope = Envelope::read(IN_PROGRESS).unwrap();
    assert_eq!((envelope.status, envelope.completion_time), (Status::InProgress, None));
}

#[test]
fn the_form_of_2022_has_a_status_and_no_more() {
    let envelope = Envelope::read(OF_2022).unwrap();
    assert_eq!((envelope.status.as_str(), envelope.job_id.as_ref(), envelope.task()), ("Success", None, None));
}

#[test]
fn a_fail_says_why() {
    let envelope = Envelope::read(FAIL).unwrap();
    assert_eq!(envelope.status, Status::Fail);
    assert_eq!(envelope.errors[0].error_code, "CAI-101");
    assert_eq!(envelope.errors[0].parameter_name.as_deref(), Some("contentUri"));
}

#[test]
fn addresses_in_a_fail_are_masked() {
    let body = r#"{"response":{"errors":[{"errorCode":"CAI-101","message":"no https://m.example/a?access_token=S3CRET"}]},"status":"Fail"}"#;
    let shown = format!("{:?}", Envelope::read(body.as_bytes()).unwrap());
    assert!(shown.contains("no https://m.example/[secret]") && !shown.contains("S3CRET"), "{shown}");
}

#[test]
fn a_fail_with_an_odd_response_is_still_a_fail() {
    for response in ["{}", "null", "7", "[]", r#""x""#, r#"{"errors":{}}"#, r#"{"errors":[1,null,"x",[]]}"#, r#"{"errors":null}"#]
    {
        let body = format!(r#"{{"status":"Fail","response":{response}}}"#);
        let envelope = Envelope::read(body.as_bytes()).unwrap();
        assert_eq!((envelope.status, envelope.errors), (Status::Fail, vec![]), "{response}");
    }
    let odd = r#"{"status":"Fail","response":{"errors":[{"errorCode":7,"message":null,"parameterName":[]}]}}"#;
    assert_eq!(Envelope::read(odd.as_bytes()).unwrap().errors.len(), 1);
}

#[test]
fn errors_of_a_success_are_part_of_its_result() {
    let body = br#"{"status":"Success","response":{"errors":[{"errorCode":"CAI-101","message":"x"}]}}"#;
    assert_eq!(Envelope::read(body).unwrap().errors, vec![]);
}

#[test]
fn unknown_fields_and_words_are_kept_out_of_the_way() {
    let body = br#" {"status":"Paused","new":{"status":[1,{}]},"jobId":null,"api":"/ai/next/v9","response":[]} "#;
    let envelope = Envelope::read(body).unwrap();
    assert_eq!((envelope.status.as_str(), envelope.job_id.as_ref()), ("Paused", None));
    assert_eq!((envelope.api.as_deref(), envelope.task()), (Some("/ai/next/v9"), None));
}

#[test]
fn what_is_no_envelope_is_refused_with_the_reason() {
    for part in [
        "{",
        r#"{"status":"Success""#,
        r#"{"status":"Success","response":{"words":["#,
        r#"{"status":"Success"}x"#,
        r#"{"status":"Success","response":{bad}}"#,
    ] {
        assert_eq!(reason(part), "it is not JSON, or only a part of it", "{part}");
    }
    for other in ["", " \n", "<html>", "[]", "null", "7", r#""Success""#, r#"["a","b","Success"]"#] {
        assert_eq!(reason(other), "it is not a JSON object", "{other}");
    }
    assert_eq!(reason("{}"), "status is missing");
    assert_eq!(reason(r#"{"status":null}"#), "status is missing");
    assert_eq!(reason(r#"{"status":true}"#), "status is not a short text");
    assert_eq!(reason(r#"{"status":"Success","jobId":7}"#), "jobId is not a short text");
    assert_eq!(reason(r#"{"status":"Success","jobId":{"a":[]}}"#), "jobId is not a short text");
    assert_eq!(reason(&format!(r#"{{"status":"Success","jobId":"{}"}}"#, "x".repeat(129))), "jobId is not a short text");
    assert_eq!(reason(r#"{"status":"Success","api":"a\nb"}"#), "api is not a short text");
}

#[test]
fn one_odd_character_beside_the_envelope_is_no_reason() {
    for odd in [&br#""\ud83d""#[..], b"\"caf\xE9\"", b"\"a\nb\"", b"NaN"] {
        let body = [b"\xEF\xBB\xBF{\"note\":", odd, br#","status":"Success","response":{}}"#].concat();
        assert_eq!(Envelope::read(&body).map(|envelope| envelope.status), Ok(Status::Success), "{}", odd.escape_ascii());
    }
}

#[test]
fn a_field_that_stands_twice_is_refused() {
    assert_eq!(reason(r#"{"status":"Fail","status":"Success"}"#), "a field of the envelope stands twice");
    assert_eq!(reason(r#"{"status":"Success","jobId":"a","jobId":"a"}"#), "a field of the envelope stands twice");
}

#[test]
fn a_deep_result_is_skipped() {
    let deep = format!(r#"{{"response":{}{},"status":"Success"}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(Envelope::read(deep.as_bytes()).unwrap().status, Status::Success);
    let as_id = format!(r#"{{"jobId":{}{},"status":"Success"}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(reason(&as_id), "jobId is not a short text");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0..STT.trim_ascii_end().len()) {
        let _ = Envelope::read(&bytes);
        prop_assert!(Envelope::read(&STT[..cut]).is_err());
    }
}
