//! Every kind of answer is read, and every way to end badly has its code, its sentence and its status.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::auth::Token;
use ringcentral_ai::callback::Envelope;
use ringcentral_ai::error::{ApiError, Error, from_response};
use ringcentral_ai::http::{Endpoint, HttpResponse};
use ringcentral_ai::jobs::JobStatus;
use ringcentral_ai::media::{ListRecordings, ReadRecording};
use ringcentral_ai::transcript::Transcript;
use script::response;

macro_rules! payload {
    ($name:literal) => {
        include_str!(concat!("payloads/", $name, ".json"))
    };
}

fn ok(body: &str) -> HttpResponse {
    response(200, body)
}

fn said() -> Vec<ApiError> {
    vec![ApiError { error_code: "CMN-101".into(), message: "no".into(), parameter_name: None }]
}

/// Every variant: its code, whether to try again, its status, and what its sentence says.
fn every_error() -> Vec<(Error, &'static str, bool, Option<u16>, &'static str)> {
    let worker = |status| Error::Worker { status, code: "not_finished".into(), message: "not yet".into(), request_id: None };
    vec![
        (Error::invalid("input.encoding", "it is missing"), "invalid_field", false, None, "input.encoding: it is missing"),
        (
            Error::LoginRefused { ringcentral: vec![] },
            "ringcentral_login_refused",
            false,
            None,
            "check client id, secret and JWT",
        ),
        (Error::TokenRejected, "ringcentral_token_rejected", false, Some(401), "get a new one"),
        (Error::PermissionMissing { permission: "AI".into() }, "ringcentral_permission_missing", false, None, "permission AI:"),
        (
            Error::Refused { status: 400, ringcentral: said() },
            "ringcentral_refused",
            false,
            Some(400),
            "refused the request: CMN-101 no",
        ),
        (Error::Refused { status: 404, ringcentral: vec![] }, "ringcentral_refused", false, Some(404), "refused the request"),
        (Error::RateLimited { retry_after_s: 30 }, "rate_limited", true, Some(429), "try again later"),
        (Error::Unavailable { status: 503 }, "ringcentral_unavailable", true, Some(503), "try again later"),
        (Error::Network, "network_or_cors", true, None, "submit through the Worker"),
        (Error::SubmitUnconfirmed, "submit_unconfirmed", false, None, "it was not sent again"),
        (Error::UnexpectedAnswer { what: "a recording" }, "unexpected_answer", false, None, "not a recording"),
        (
            Error::JobFailed { code: "expired".into(), message: "gone".into(), ringcentral: said() },
            "expired",
            false,
            None,
            "gone",
        ),
        (Error::NoTranscript, "no_transcript", false, None, "no words"),
        (Error::UnreadableDelivery { reason: "it is not JSON" }, "unreadable_callback", false, None, "it is not JSON"),
        (Error::WrongSignature, "forbidden", false, None, "not one of ours"),
        (worker(409), "not_finished", false, Some(409), "not yet"),
        (worker(503), "not_finished", true, Some(503), "not yet"),
    ]
}

#[test]
fn every_error_has_its_code_its_sentence_and_its_status() {
    for (error, code, is_retryable, status, sentence) in every_error() {
        assert_eq!((error.code(), error.is_retryable(), error.status()), (code, is_retryable, status), "{error:?}");
        assert!(error.to_string().contains(sentence), "{error}");
    }
}

#[test]
fn a_token_is_read() {
    let token = Token::read(&ok(payload!("oauth-token-response")), 1_000).unwrap();
    assert_eq!((token.expires_at_ms, token.renew_at_ms), (Some(7_200_000), Some(1_000 + 7_199_000 / 100 * 80)));
    assert_eq!(token.scope.as_deref(), Some("AccountInfo CallLog ExtensionInfo Messages SMS"));
    for body in ["", "{}", "[]", r#"{"access_token":""}"#, r#"{"access_token":"a\nb"}"#, r#"{"access_token":7}"#] {
        assert_eq!(Token::read(&ok(body), 0), Err(Error::UnexpectedAnswer { what: "an access token" }), "{body}");
    }
}

#[test]
fn a_recording_is_read_with_what_it_has() {
    let endpoint = ReadRecording::for_job("7").unwrap();
    let recorded = endpoint.read(&ok(r#"{"id":"7","contentUri":"https://m/7","duration":1.5,"new":[]}"#)).unwrap();
    assert_eq!((recorded.content_uri.as_str(), recorded.content_type), ("https://m/7", None));
    assert_eq!(endpoint.read(&ok("{}")), Err(Error::UnexpectedAnswer { what: "a recording" }));
}

#[test]
fn a_call_log_that_is_none_is_not_taken_for_an_empty_one() {
    let list = ListRecordings::parse(&[]).unwrap();
    assert!(list.read(&ok("{}")).unwrap().items.is_empty());
    for body in ["", "[]", "<html>", r#"{"records":7}"#] {
        assert_eq!(list.read(&ok(body)), Err(Error::UnexpectedAnswer { what: "a page of the call log" }), "{body}");
    }
}

#[test]
fn a_jobs_status_is_handed_on_as_it_came() {
    let body = payload!("job-status-inprogress");
    assert_eq!(JobStatus::new("j").unwrap().read(&ok(body)).unwrap(), body);
    assert!(JobStatus::new("").is_err());
}

#[test]
fn a_permission_that_is_missing_is_named() {
    let error = from_response(&response(403, payload!("error-403-insufficient-permissions")));
    assert_eq!(error, Error::PermissionMissing { permission: "ReadCallRecording".into() });
}

#[test]
fn every_callback_of_the_examples_has_an_envelope() {
    let bodies = [
        payload!("analyze-interaction-success-with-emotion-2022"),
        payload!("diarize-success"),
        payload!("fail-contentUri-invalid"),
        payload!("fail-punctuate-texts-invalid"),
        payload!("job-status-inprogress"),
        payload!("job-status-success"),
        payload!("punctuate-success"),
        payload!("recognize-emotion-success"),
        payload!("stt-success-diarized-2024-01-09"),
        payload!("stt-success-no-diarization-2023-09-26"),
        payload!("summarize-success"),
    ];
    for body in bodies {
        Envelope::read(body.as_bytes()).unwrap();
    }
    let failed = Envelope::read(payload!("fail-contentUri-invalid").as_bytes()).unwrap();
    assert_eq!(failed.errors[0].error_code, "CAI-101");
}

#[test]
fn a_result_without_words_has_no_transcript() {
    for body in [
        payload!("punctuate-success"),
        payload!("diarize-success"),
        payload!("fail-contentUri-invalid"),
        payload!("job-status-success"),
    ] {
        assert_eq!(Transcript::read(body.as_bytes()).unwrap_err(), Error::NoTranscript);
    }
}
