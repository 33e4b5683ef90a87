//! Every kind of answer is read, and every way to end badly has its code, its sentence and its status.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::endpoint::{Endpoint, Site};
use ringcentral_ai::engine::ringcentral::auth::{JwtLogin, Token};
use ringcentral_ai::engine::ringcentral::delivery::Envelope;
use ringcentral_ai::engine::ringcentral::jobs::{JobStatus, SubmitJob};
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, ReadRecording};
use ringcentral_ai::engine::ringcentral::refusal::from_response;
use ringcentral_ai::engine::{Accepted, RecordingId};
use ringcentral_ai::error::{ApiError, Code, Error, Holder};
use ringcentral_ai::http::HttpResponse;
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::Secret;
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
    let worker =
        |status, code: &str| Error::Worker { status, code: code.into(), message: "not yet".into(), details: Box::default() };
    vec![
        (Error::invalid("input.encoding", "it is missing"), "invalid_field", false, None, "input.encoding: it is missing"),
        (
            Error::LoginRefused { ringcentral: vec![], advice: "check client id, secret and JWT" },
            "ringcentral_login_refused",
            false,
            None,
            "check client id, secret and JWT",
        ),
        (Error::TokenRejected, "ringcentral_token_rejected", false, Some(401), "get a new one"),
        (
            Error::PermissionMissing { permission: "AI".into(), holder: Holder::App },
            "ringcentral_permission_missing",
            false,
            None,
            "permission AI:",
        ),
        (
            Error::Refused { asked: "the job", status: 400, ringcentral: said(), advice: "" },
            "ringcentral_refused",
            false,
            Some(400),
            "RingCentral refused the job (400): CMN-101 no",
        ),
        (
            Error::Refused { asked: "the job", status: 404, ringcentral: vec![], advice: "" },
            "ringcentral_refused",
            false,
            Some(404),
            "RingCentral refused the job (404)",
        ),
        (Error::RateLimited { retry_after_s: 30 }, "rate_limited", true, Some(429), "rate limit is used up: try again in 30 s"),
        (
            Error::Unavailable { asked: "the job", status: 503 },
            "ringcentral_unavailable",
            true,
            Some(503),
            "the job was answered with 503 again and again: try again later",
        ),
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
        (worker(409, "not_finished"), "not_finished", false, Some(409), "not yet"),
        (worker(503, "busy"), "busy", true, Some(503), "not yet"),
        (worker(503, "not_configured"), "not_configured", false, Some(503), "not yet"),
        (worker(502, "ringcentral_refused"), "ringcentral_refused", false, Some(502), "not yet"),
        (worker(503, "of_a_newer_worker"), "of_a_newer_worker", true, Some(503), "not yet"),
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
fn a_code_that_only_a_newer_worker_knows_passes_through() {
    let failed = |code: &str| Error::JobFailed { code: code.into(), message: "gone".into(), ringcentral: vec![] };
    let (known, newer) = (failed("expired"), failed("of_a_newer_worker"));
    assert_eq!((known.code(), known.known_code()), ("expired", Some(Code::Expired)));
    assert_eq!((newer.code(), newer.known_code()), ("of_a_newer_worker", None));
}

/// What stands between quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The package asks each path with its own method, and delivers no results.
fn reaches_package(code: Code) -> bool {
    !matches!(code, Code::MethodNotAllowed | Code::ForeignCallback)
}

#[test]
fn the_package_names_the_codes_that_can_reach_its_users() {
    let types = include_str!("../www/package/error.d.mts");
    let union = |name: &str| quoted(types.split_once(&format!("export type {name} =")).unwrap().1.split_once(';').unwrap().0);
    let mut named = [union("WorkerCode"), union("ErrorCode")].concat();
    named.sort_unstable();
    let mut expected: Vec<&str> = Code::ALL.iter().filter(|code| reaches_package(**code)).map(|code| code.as_str()).collect();
    expected.sort_unstable();
    assert_eq!(named, expected);
}

#[test]
fn what_the_package_says_by_itself_has_a_code_that_is_known() {
    let mut said = Vec::new();
    for file in std::fs::read_dir("www/package").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "mjs") {
            let text = std::fs::read_to_string(path).unwrap();
            said.extend(text.split("code: \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    assert!(said.len() > 2, "{said:?}");
    for code in said {
        assert!(Code::named(&code).is_some_and(reaches_package), "{code}");
    }
}

#[test]
fn a_token_is_read() {
    let token = Token::read(&ok(payload!("oauth-token-response")), 1_000).unwrap();
    assert_eq!((token.expires_at_ms, token.renew_at_ms), (Some(7_200_000), Some(1_000 + 7_199_000 / 100 * 80)));
    assert_eq!(token.scope.as_deref(), Some("AccountInfo CallLog ExtensionInfo Messages SMS"));
    for body in ["", "[]", "<html>"] {
        assert_eq!(Token::read(&ok(body), 0), Err(Error::NotJson { what: "an access token", status: 200 }), "{body}");
    }
    for body in ["{}", r#"{"access_token":""}"#, r#"{"access_token":"a\nb"}"#, r#"{"access_token":7}"#] {
        assert_eq!(Token::read(&ok(body), 0), Err(Error::UnexpectedAnswer { what: "an access token" }), "{body}");
    }
}

#[test]
fn a_job_is_accepted_with_its_id_or_without() {
    let fields = Value::parse(br#"{"texts":["a"],"webhook":"https://w.example/h"}"#).unwrap();
    let job = SubmitJob::parse(&Site::new(Site::SERVER, &[]).unwrap(), "punctuate", fields).unwrap();
    let accepted = job.read(&response(202, payload!("submit-202-response"))).unwrap();
    assert_eq!(accepted.job_id.as_deref(), Some("a919924e-ce4e-11ed-xxxx-0050568c48bc"));
    let unnamed = Ok(Accepted::default());
    for body in ["", "{}", r#"{"jobId":7}"#, r#"{"status":"queued"}"#] {
        assert_eq!(job.read(&response(202, body)), unnamed, "{body}: it runs all the same");
    }
    assert_eq!(job.read(&response(200, "{}")), unnamed);
    assert_eq!(job.read(&response(200, r#"{"jobId":"j"}"#)).unwrap().job_id.as_deref(), Some("j"));
}

#[test]
fn a_success_that_is_not_ringcentrals_is_no_acceptance() {
    let fields = Value::parse(br#"{"texts":["a"],"webhook":"https://w.example/h"}"#).unwrap();
    let job = SubmitJob::parse(&Site::new(Site::SERVER, &[]).unwrap(), "punctuate", fields).unwrap();
    for status in [200, 202, 204] {
        for body in ["<html>", "[]", "ok", "\"j\"", r#"{"jobId":"#] {
            assert_eq!(job.read(&response(status, body)), Err(Error::NotJson { what: "a job id", status }), "{body}");
        }
    }
    assert_eq!(job.read(&response(204, "")), Err(Error::NotJson { what: "a job id", status: 204 }));
    assert_eq!(job.read(&response(200, r#"{"ok":true}"#)), Err(Error::UnexpectedAnswer { what: "a job id" }));
}

#[test]
fn a_call_of_the_log_is_a_recording_whole() {
    let body = format!(r#"{{"records":[{}],"navigation":{{}},"paging":{{"page":1}}}}"#, payload!("call-log-record"));
    let page = ListRecordings::parse(&[]).unwrap().read(&ok(&body)).unwrap();
    let expected = r#"{"items":[{"id":"1662272004","source":"calls","startedAt":"2023-06-06T23:07:20.000Z","durationS":55,"direction":"Inbound","from":{"phoneNumber":"+14155555900","name":"SAN FRANCSCO CA"},"to":{"phoneNumber":"+15625555772","name":"SDK Engineer Candidate"},"contentUri":"https://media.ringcentral.com/restapi/.../recording/1662272004/content","submittable":true}]}"#;
    assert_eq!(page.write(), expected);
}

#[test]
fn the_message_of_a_voicemail_event_is_read_as_one_of_the_store() {
    let event = Value::parse(payload!("voicemail-event").as_bytes()).unwrap();
    let body = format!(r#"{{"records":[{}]}}"#, event.get("body").write());
    let list = ListRecordings::parse(&[("source".into(), "voicemail".into())]).unwrap();
    let expected = r#"{"items":[{"id":"voicemail-82063400004-82063400004","source":"voicemail","startedAt":"2018-02-28T10:05:55.000Z","durationS":3,"direction":"Inbound","from":{"phoneNumber":"+18664320079","name":"Jane Doe"},"to":{"name":"John Doe"},"contentUri":"https://media.ringcentral.com/restapi/v1.0/account/14833636004/extension/14833636004/message-store/82063400004/content/82063400004","contentType":"audio/x-wav","submittable":true}]}"#;
    let site = Site::new(Site::SERVER, &[]).unwrap();
    assert_eq!(list.read(&ok(&body)).unwrap().at(&site).write(), expected);
}

#[test]
fn a_refused_login_says_what_ringcentral_said() {
    let login = JwtLogin { client_id: "a".into(), client_secret: None, jwt: Secret::new("S3CRET") };
    for (body, code, message) in [
        (
            r#"{"error":"invalid_client","error_description":"Client authentication is required","errors":[{"errorCode":"OAU-123","message":"Client authentication is required"}]}"#,
            "OAU-123",
            "Client authentication is required",
        ),
        (
            r#"{"error":"invalid_grant","errors":[{"errorCode":"OAU-210","message":"Token expired"}],"error_description":"Token expired"}"#,
            "OAU-210",
            "Token expired",
        ),
        (
            r#"{"error":"invalid_request","errors":[{"errorCode":"OAU-250","message":"Unsupported grant type"}]}"#,
            "OAU-250",
            "Unsupported grant type",
        ),
        (r#"{"error":"unauthorized_client","error_description":"No S3CRET"}"#, "unauthorized_client", "No [secret]"),
    ] {
        let error = login.refusal(&response(400, body), 0);
        assert!(matches!(error, Error::LoginRefused { .. }), "{body}");
        let said = &error.ringcentral()[0];
        assert_eq!((said.error_code.as_str(), said.message.as_str()), (code, message));
    }
}

#[test]
fn the_refusals_of_the_platform_are_told_apart() {
    let one =
        |code: &str| format!(r#"{{"errorCode":"{code}","message":"no","errors":[{{"errorCode":"{code}","message":"no"}}]}}"#);
    assert_eq!(from_response("the job", &response(401, &one("OAU-213")), 0), Error::TokenRejected);
    let limited = HttpResponse { status: 429, headers: vec![("retry-after".into(), "7".into())], body: one("CMN-301").into() };
    assert_eq!(from_response("the job", &limited, 0), Error::RateLimited { retry_after_s: 7 });
    let permission = r#"{"errors":[{"errorCode":"CMN-408","permissionName":"FullCompanyCallLog"}]}"#;
    assert_eq!(
        from_response("the job", &response(403, permission), 0),
        Error::PermissionMissing { permission: "FullCompanyCallLog".into(), holder: Holder::User }
    );
    for (status, code) in [(403, "CMN-109"), (404, "CMN-102"), (400, "CMN-101"), (409, "CAI-103"), (410, "CAI-104")] {
        let error = from_response("the job", &response(status, &one(code)), 0);
        assert_eq!((error.status(), error.ringcentral()[0].error_code.as_str()), (Some(status), code));
    }
    // RingCentral Video's 403 is described without a body.
    let unsaid = from_response("the job", &response(403, ""), 0);
    assert!(matches!(unsaid, Error::Refused { status: 403, .. }) && unsaid.ringcentral().is_empty(), "{unsaid:?}");
    assert_eq!(from_response("the job", &response(504, ""), 0), Error::Unavailable { asked: "the job", status: 504 });
}

/// Every sample is there because something reads it.
#[test]
fn no_payload_lies_unread() {
    fn code(dir: &std::path::Path) -> String {
        let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
        let text = |path: std::path::PathBuf| match path.extension() {
            None if path.is_dir() => code(&path),
            Some(end) if end == "rs" => std::fs::read_to_string(path).unwrap(),
            _ => String::new(),
        };
        entries.map(text).collect()
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = code(&root.join("src")) + &code(&root.join("tests"));
    for entry in std::fs::read_dir(root.join("tests/payloads")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".json") else { continue };
        let is_read = code.contains(&format!("payload!(\"{name}\")")) || code.contains(&format!("payloads/{name}.json\")"));
        assert!(is_read, "{name} is read by no test");
    }
}

#[test]
fn a_recording_is_read_with_what_it_has() {
    let endpoint = ReadRecording::for_job(RecordingId::parse("7", "").unwrap());
    let recorded = endpoint.read(&ok(r#"{"id":"7","contentUri":"https://m/7","duration":1.5,"new":[]}"#)).unwrap().unwrap();
    assert_eq!((recorded.content_uri.expose(), recorded.content_type), ("https://m/7", None));
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
    let error = from_response("the job", &response(403, payload!("error-403-insufficient-permissions")), 0);
    assert_eq!(error, Error::PermissionMissing { permission: "ReadCallRecording".into(), holder: Holder::App });
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
