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
    assert_eq!((envelope.creation_ms, envelope.completion_ms), (Some(1_695_768_062_442), Some(1_695_768_063_734)));
    assert_eq!(envelope.expiration_ms, Some(1_696_372_862_442));
}

#[test]
fn a_job_status_is_an_envelope_too() {
    let envelope = Envelope::read(IN_PROGRESS).unwrap();
    assert_eq!((envelope.status, envelope.completion_ms), (Status::InProgress, None));
}

#[test]
fn the_form_of_2022_has_a_status_and_no_more() {
    let envelope = Envelope::read(OF_2022).unwrap();
    assert_eq!((envelope.status, envelope.job_id.as_ref(), envelope.task()), (Status::Success, None, None));
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

/// What a body says: how the job stands, and the codes of its errors.
fn says(body: &str) -> (Status, Vec<String>) {
    let envelope = Envelope::read(body.as_bytes()).unwrap_or_else(|error| panic!("{body}: {error:?}"));
    (envelope.status, envelope.errors.into_iter().map(|error| error.error_code).collect())
}

#[test]
fn a_response_with_content_is_a_success_whatever_the_word() {
    let response = r#"{"transcript":"one","words":[{"word":"one"}]}"#;
    for word in ["Success", "success", " SUCCESS ", "Completed", "Done", "Failed", "in_progress", "7"] {
        assert_eq!(says(&format!(r#"{{"status":"{word}","response":{response}}}"#)), (Status::Success, vec![]), "{word}");
    }
    for body in [
        format!(r#"{{"response":{response}}}"#),
        format!(r#"{{"status":null,"response":{response}}}"#),
        format!(r#"{{"status":7,"response":{response}}}"#),
        format!(r#"{{"status":"Completed","errors":[{{"errorCode":"CAI-101"}}],"response":{response}}}"#),
        response.to_owned(),
        r#"{"utterances":[{"speakerId":"a","start":0,"end":1}]}"#.into(),
        r#"{"status":"Completed","response":{"transcript":"","words":[]}}"#.into(),
        r#"{"status":"Completed","response":{"moods":["x"]}}"#.into(),
        r#"{"status":"Completed","response":["x"]}"#.into(),
    ] {
        assert_eq!(says(&body), (Status::Success, vec![]), "{body}");
    }
}

#[test]
fn ringcentrals_own_words_decide_whatever_stands_beside_them() {
    assert_eq!(says(r#"{"status":"Success"}"#), (Status::Success, vec![]));
    assert_eq!(says(r#"{"status":"fail","response":{"words":[{"word":"a"}]}}"#), (Status::Fail, vec![]));
    assert_eq!(says(r#"{"status":"InProgress","response":{}}"#), (Status::InProgress, vec![]));
}

#[test]
fn errors_are_found_in_the_response_and_beside_it() {
    let errors = r#"[{"errorCode":"CAI-101","message":"no"},{"errorCode":"CAI-102","message":"nor that"}]"#;
    let both = vec!["CAI-101".to_owned(), "CAI-102".to_owned()];
    for word in ["Fail", "FAIL", "Failed", "failure", "Error", "Aborted"] {
        for body in [
            format!(r#"{{"status":"{word}","response":{{"errors":{errors}}}}}"#),
            format!(r#"{{"status":"{word}","errors":{errors}}}"#),
            format!(r#"{{"status":"{word}","errors":{errors},"response":{{"errors":[]}}}}"#),
            format!(r#"{{"status":"{word}","errors":{errors},"response":null}}"#),
        ] {
            assert_eq!(says(&body), (Status::Fail, both.clone()), "{body}");
        }
    }
    let alone = r#"{"status":"Fail","response":{"errorCode":"CAI-103","message":"no"}}"#;
    assert_eq!(says(alone), (Status::Fail, vec!["CAI-103".into()]));
    for word in ["fail", "Failed", "failure", "ERROR"] {
        assert_eq!(says(&format!(r#"{{"status":"{word}"}}"#)), (Status::Fail, vec![]), "{word}");
    }
}

#[test]
fn a_word_without_anything_is_no_result_yet() {
    for body in [
        r#"{"status":"Paused"}"#,
        r#"{"status":"inProgress"}"#,
        r#"{"status":"Completed","response":{}}"#,
        r#"{"status":"Completed","response":null,"errors":[]}"#,
        r#"{"status":"InProgress","errors":[{"errorCode":"CAI-101"}]}"#,
    ] {
        assert_eq!(says(body), (Status::InProgress, vec![]), "{body}");
    }
}

#[test]
fn what_is_not_as_documented_is_read_as_far_as_it_goes() {
    let body =
        br#" {"status":"Success","new":{"status":[1,{}]},"jobId":7,"api":"https://h.example/AI/Audio/v2/Speech-To-Text/?a=b",
        "creationTime":1700000000,"completionTime":"1700000001000","expirationTime":{},"response":{}} "#;
    let envelope = Envelope::read(body).unwrap();
    assert_eq!((envelope.job_id.as_deref(), envelope.task()), (Some("7"), Some(Task::SpeechToText)));
    assert_eq!((envelope.creation_ms, envelope.completion_ms), (Some(1_700_000_000_000), Some(1_700_000_001_000)));
    assert_eq!(envelope.expiration_ms, None);
    let twice = br#"{"status":"Fail","jobId":"a","jobId":"b","status":"Success"}"#;
    let envelope = Envelope::read(twice).unwrap();
    assert_eq!((envelope.status, envelope.job_id.as_deref()), (Status::Success, Some("b")), "the last one counts");
}

#[test]
fn what_cannot_be_an_id_counts_as_missing() {
    let id = |json: &str| Envelope::read(format!(r#"{{"status":"Success","jobId":{json}}}"#).as_bytes()).unwrap().job_id;
    for none in ["null", "\"\"", "\" \"", "true", "NaN", "[]", r#"{"a":[]}"#] {
        assert_eq!(id(none), None, "{none}");
    }
    assert_eq!(id(r#"" a\nb ""#).as_deref(), Some("ab"));
    assert_eq!(id(&format!(r#""{}""#, "ü".repeat(200))), Some("ü".repeat(128)));
}

#[test]
fn what_tells_nothing_of_a_job_is_refused_with_the_reason() {
    for part in [
        "{",
        r#"{"status":"Success""#,
        r#"{"status":"Success","response":{"words":["#,
        r#"{"status":"Success"}x"#,
        r#"{"status":"Success","response":{bad}}"#,
        "<style>a{}</style>",
    ] {
        assert_eq!(reason(part), "it is not JSON, or only a part of it", "{part}");
    }
    for other in ["<html>", "[]", "null", "7", r#""Success""#, r#"["a","b","Success"]"#] {
        assert_eq!(reason(other), "it is not a JSON object", "{other}");
    }
    assert_eq!([reason(""), reason(" \n")], ["it is empty"; 2]);
    for nothing in
        ["{}", r#"{"status":null}"#, r#"{"status":7}"#, r#"{"response":{}}"#, r#"{"errors":[{"errorCode":"CMN-301"}]}"#]
    {
        assert_eq!(reason(nothing), "it says neither how the job stands nor what came of it", "{nothing}");
    }
}

#[test]
fn one_odd_character_beside_the_envelope_is_no_reason() {
    for odd in [&br#""\ud83d""#[..], b"\"caf\xE9\"", b"\"a\nb\"", b"NaN"] {
        let body = [b"\xEF\xBB\xBF{\"note\":", odd, br#","status":"Success","response":{}}"#].concat();
        assert_eq!(Envelope::read(&body).map(|envelope| envelope.status), Ok(Status::Success), "{}", odd.escape_ascii());
    }
}

#[test]
fn a_deep_result_is_skipped() {
    let deep = format!(r#"{{"response":{}{},"status":"Success"}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(Envelope::read(deep.as_bytes()).unwrap().status, Status::Success);
    let as_id = format!(r#"{{"jobId":{}{},"status":"Success"}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(Envelope::read(as_id.as_bytes()).unwrap().job_id, None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0..STT.trim_ascii_end().len()) {
        let _ = Envelope::read(&bytes);
        prop_assert!(Envelope::read(&STT[..cut]).is_err());
    }
}
