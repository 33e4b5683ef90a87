//! Whole calls, stepped by a script with a virtual clock: the rooms fit, races end well, waits cost no time.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::call::{Authorise, Call, EndpointCall, Event, Now, Report, Step};
use ringcentral_ai::error::Error;
use ringcentral_ai::inbox::Inbox;
use ringcentral_ai::jobs::{JobInput, JobStatus, Order, Submission, Task};
use ringcentral_ai::json::Value;
use ringcentral_ai::media::{ListRecordings, Source};
use ringcentral_ai::secret::{Secret, SecretUrl};
use script::{Script, Stop, TOKEN, client, is_login, limited, response, with_login};
use serde_json::json;

const RECORDING: &str =
    r#"{"id":"7","contentUri":"https://media.ringcentral.com/7/content","contentType":"audio/mpeg","duration":62}"#;

fn order(source: Source) -> Order {
    let input = JobInput::parse(Task::SpeechToText, &Value::Object(vec![]), "input").unwrap();
    let webhook = SecretUrl::hiding_query("https://w.example/callbacks/1/1/S3CRET-signature?x=1&y=2".into());
    Order { task: Task::SpeechToText, input, source: Some(source), webhook }
}

fn by_id() -> Order {
    order(Source::Recording("7".into()))
}

fn list() -> ListRecordings {
    ListRecordings::parse(&[]).unwrap()
}

fn status() -> JobStatus {
    JobStatus::new("j").unwrap()
}

#[test]
fn a_recording_is_looked_up_and_submitted_with_our_token() {
    let mut script = Script::default();
    let mut call = Submission::new(client(), by_id());
    let accepted = script.run(&mut call, |request, _| {
        let body = if request.url.expose().contains("/recording/7") {
            response(200, RECORDING)
        } else {
            response(202, r#"{"jobId":"abc"}"#)
        };
        with_login(request, body)
    });
    assert_eq!(accepted.unwrap().job_id.as_deref(), Some("abc"));
    let paths =
        ["POST /restapi/oauth/token", "GET /restapi/v1.0/account/~/recording/7", "POST /ai/audio/v1/async/speech-to-text"];
    assert_eq!(script.paths(), paths);
    let submit = script.requests.last().unwrap();
    let webhook = "webhook=https%3A%2F%2Fw.example%2Fcallbacks%2F1%2F1%2FS3CRET-signature%3Fx%3D1%26y%3D2";
    assert!(submit.url.expose().ends_with(webhook));
    let body: serde_json::Value = serde_json::from_str(submit.body.as_ref().unwrap().expose()).unwrap();
    let content_uri = "https://media.ringcentral.com/7/content?access_token=S3CRET-token-1";
    assert_eq!(body, json!({"contentUri": content_uri, "encoding": "Mpeg", "languageCode": "en-US"}));
    assert_eq!(script.reports, [Report::Sending]);
}

#[test]
fn a_missing_permission_is_named_before_anything_is_submitted() {
    let mut script = Script::default();
    let scope = r#"{"access_token":"t","expires_in":3600,"scope":"ReadCallLog ReadCallRecording"}"#;
    let ended = script.run(&mut Submission::new(client(), by_id()), |_, _| Some(response(200, scope)));
    assert_eq!(ended, Err(Error::PermissionMissing { permission: "AI".into() }));
    assert_eq!(script.paths(), ["POST /restapi/oauth/token"]);
}

#[test]
fn many_calls_wait_on_one_login() {
    let client = client();
    let mut script = Script::default();
    let mut first = EndpointCall::new(client.clone(), status());
    let Stop::Sends(login) = script.go(&mut first, Event::Go) else { panic!("a login") };
    assert!(is_login(&login));
    let mut others: Vec<_> = (0..4).map(|_| EndpointCall::new(client.clone(), status())).collect();
    for other in &mut others {
        assert!(matches!(other.step(Event::Go, Now { ms: 1, random: 0 }), Step::Sleep(_)));
    }
    script.go(&mut first, Event::Response(response(200, TOKEN)));
    for other in &mut others {
        let Stop::Sends(request) = script.go(other, Event::Go) else { panic!("a request") };
        assert!(!is_login(&request));
    }
}

#[test]
fn a_cancelled_login_is_taken_over_by_the_next() {
    let client = client();
    let mut script = Script::default();
    let mut first = EndpointCall::new(client.clone(), status());
    script.go(&mut first, Event::Go);
    drop(first);
    let mut second = EndpointCall::new(client, status());
    let Stop::Sends(request) = script.go(&mut second, Event::Go) else { panic!("a login") };
    assert!(is_login(&request));
    assert!(script.now_ms < 100);
}

#[test]
fn a_refused_login_ends_everybody_who_waits_with_one_request() {
    let client = client();
    let mut script = Script::default();
    let refusal = response(400, r#"{"error":"invalid_grant","errors":[{"errorCode":"OAU-210","message":"bad S3CRET-jwt"}]}"#);
    let ended = script.run(&mut EndpointCall::new(client.clone(), list()), |_, _| Some(refusal.clone()));
    let Err(error @ Error::LoginRefused { .. }) = ended else { panic!("refused") };
    assert!(error.to_string().contains("check client id, secret and JWT"));
    assert_eq!(error.ringcentral()[0].message, "bad [secret]");
    let ended = script.run(&mut EndpointCall::new(client.clone(), list()), |_, _| panic!("nothing is sent"));
    assert!(matches!(ended, Err(Error::LoginRefused { .. })));
    script.now_ms += 60_000;
    assert!(script.run(&mut Authorise::new(client, &[]), |_, _| Some(response(200, TOKEN))).is_ok());
}

#[test]
fn a_new_login_comes_at_80_percent_of_the_life_and_no_refresh_ever() {
    let client = client();
    let mut script = Script::default();
    let token = |script: &mut Script, at_s: u64| {
        script.now_ms = at_s * 1_000;
        let before = script.sent.len();
        script.run(&mut Authorise::new(client.clone(), &[]), |_, _| Some(response(200, TOKEN))).unwrap();
        script.sent.len() - before
    };
    assert_eq!([0, 2_879, 2_880, 2_881].map(|at_s| token(&mut script, at_s)), [1, 0, 1, 0]);
    assert!(script.requests.iter().all(|request| !request.body.as_ref().unwrap().expose().contains("refresh")));
}

#[test]
fn the_old_token_serves_while_the_server_cannot_log_us_in() {
    let client = client();
    let mut script = Script::default();
    script.run(&mut Authorise::new(client.clone(), &[]), |_, _| Some(response(200, TOKEN))).unwrap();
    script.now_ms = 3_000_000;
    let mut renewing = Authorise::new(client.clone(), &[]);
    assert!(matches!(script.go(&mut renewing, Event::Go), Stop::Sends(_)));
    assert!(matches!(script.go(&mut Authorise::new(client, &[]), Event::Go), Stop::Done(_)));
}

#[test]
fn a_rejected_token_is_replaced_once() {
    let client = client();
    let mut script = Script::default();
    let mut left = 1;
    let mut answer = |request: &ringcentral_ai::http::HttpRequest, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        left -= 1;
        Some(if left >= 0 { response(401, "") } else { response(200, r#"{"status":"InProgress"}"#) })
    };
    script.run(&mut EndpointCall::new(client.clone(), status()), &mut answer).unwrap();
    assert_eq!(script.sent.iter().filter(|(_, path)| path.contains("oauth")).count(), 2);
    let again = script.run(&mut EndpointCall::new(client, status()), |_, _| Some(response(401, "")));
    assert_eq!(again, Err(Error::TokenRejected));
}

#[test]
fn nothing_is_sent_inside_a_penalty() {
    let client = client();
    let mut script = Script::default();
    let mut refusals = 2;
    let page = script.run(&mut EndpointCall::new(client, list()), |request, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        refusals -= 1;
        Some(if refusals >= 0 { limited("45") } else { response(200, "{}") })
    });
    assert!(page.unwrap().items.is_empty());
    let times: Vec<u64> = script.sent.iter().filter(|(_, path)| path.contains("call-log")).map(|(at, _)| *at).collect();
    assert!(times[1] - times[0] >= 45_000 && times[2] - times[1] >= 45_000, "{times:?}");
}

#[test]
fn a_submit_that_was_certainly_refused_is_sent_again_and_says_so() {
    let mut script = Script::default();
    let mut refusals = 1;
    let source = Source::Address("https://files.example/a.wav?sig=S3CRET".into());
    let mut order = order(source);
    order.input = order.input.with_encoding(ringcentral_ai::media::Encoding::Wav);
    let accepted = script.run(&mut Submission::new(client(), order), |request, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        refusals -= 1;
        Some(if refusals >= 0 { limited("30") } else { response(202, "not json") })
    });
    assert_eq!(accepted.unwrap().job_id, None);
    assert_eq!(script.reports, [Report::Sending, Report::Refused, Report::Sending]);
    let body = script.requests.last().unwrap().body.clone().unwrap();
    assert!(body.expose().contains(r#""contentUri":"https://files.example/a.wav?sig=S3CRET""#));
}

#[test]
fn a_submit_without_an_answer_is_not_sent_again() {
    for lost in [None, Some(response(502, ""))] {
        let mut script = Script::default();
        let ended = script.run(&mut Submission::new(client(), by_id()), |request, _| {
            if request.url.expose().contains("/recording/7") {
                return Some(response(200, RECORDING));
            }
            if is_login(request) { Some(response(200, TOKEN)) } else { lost.clone() }
        });
        assert_eq!(ended, Err(Error::SubmitUnconfirmed));
        assert_eq!(script.paths().iter().filter(|path| path.contains("speech-to-text")).count(), 1);
    }
}

#[test]
fn a_list_survives_passing_failures_and_gives_up_on_lasting_ones() {
    let mut script = Script::default();
    let mut failures = 3;
    let page = script.run(&mut EndpointCall::new(client(), list()), |request, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        failures -= 1;
        if failures == 2 { None } else { Some(response(if failures >= 0 { 503 } else { 200 }, "{}")) }
    });
    assert!(page.is_ok());
    let mut script = Script::default();
    let ended = script.run(&mut EndpointCall::new(client(), list()), |request, _| with_login(request, response(503, "")));
    assert_eq!(ended, Err(Error::Unavailable { status: 503 }));
    assert_eq!(script.sent.len(), 1 + 5);
}

#[test]
fn a_cancelled_call_gives_its_place_in_the_queue_to_the_next() {
    let client = client();
    let mut script = Script::default();
    script.run(&mut Authorise::new(client.clone(), &[]), |_, _| Some(response(200, TOKEN))).unwrap();
    for _ in 0..10 {
        script.run(&mut EndpointCall::new(client.clone(), list()), |_, _| Some(response(200, "{}"))).unwrap();
    }
    let mut cancelled = EndpointCall::new(client.clone(), list());
    let now = Now { ms: script.now_ms, random: 0 };
    assert!(matches!(cancelled.step(Event::Go, now), Step::Sleep(ms) if ms > 50_000));
    drop(cancelled);
    let mut next = EndpointCall::new(client, list());
    let later = Now { ms: script.now_ms + 60_000, random: 0 };
    assert!(matches!(next.step(Event::Go, later), Step::Send(_)));
}

fn job(status: &str) -> String {
    json!({"id": "j", "status": status, "error": {"code": "ringcentral_refused", "message": "no", "ringcentral": []}}).to_string()
}

#[test]
fn a_wait_survives_everything_but_a_refusal() {
    let inbox = Inbox::new("https://w.example/", Secret::new("S3CRET")).unwrap();
    let mut script = Script::default();
    let mut answers = vec![
        Some(response(200, &job("queued"))),
        None,
        Some(response(503, "<html>")),
        Some(response(429, r#"{"error":{"code":"rate_limited","message":"later"}}"#)),
        Some(response(200, "cut o")),
        Some(response(200, &job("submitted"))),
        Some(response(200, &job("submitted"))),
        Some(response(200, &job("succeeded"))),
    ];
    answers.reverse();
    let done = script.run(&mut inbox.wait("j"), |_, _| answers.pop().unwrap());
    assert_eq!(done.unwrap(), job("succeeded"));
    let told: Vec<Report> = ["queued", "submitted", "succeeded"].map(|status| Report::Job(job(status))).into();
    assert_eq!(script.reports, told);
    let queries: Vec<&str> = script.sent.iter().map(|(_, path)| path.split_once('?').map_or("", |(_, query)| query)).collect();
    assert_eq!(queries, ["", "", "", "wait=5", "wait=5", "wait=5", "wait=55", "wait=55"]);
    assert!(script.sent.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 250), "{:?}", script.sent);
    let gone = response(404, r#"{"error":{"code":"not_found","message":"no such job","requestId":"r"}}"#);
    let ended = script.run(&mut inbox.wait("j"), |_, _| Some(gone.clone()));
    assert_eq!(ended.unwrap_err().code(), "not_found");
    let unconfigured = response(503, r#"{"error":{"code":"not_configured","message":"RC_JWT is missing"}}"#);
    let ended = script.run(&mut inbox.wait("j"), |_, _| Some(unconfigured.clone()));
    assert_eq!(ended.unwrap_err().to_string(), "RC_JWT is missing");
}

#[test]
fn a_wait_for_a_failed_job_ends_with_its_error() {
    let inbox = Inbox::new("http://127.0.0.1:1", Secret::new("t")).unwrap();
    let ended = Script::default().run(&mut inbox.wait("j"), |_, _| Some(response(200, &job("failed"))));
    assert_eq!(ended.unwrap_err().code(), "ringcentral_refused");
}

#[test]
fn a_question_to_the_worker_honours_retry_after() {
    let inbox = Inbox::new("https://w.example", Secret::new("t")).unwrap();
    let mut script = Script::default();
    let mut first = true;
    let answer = script.run(&mut inbox.submit("{}", "key"), |_, _| {
        Some(if std::mem::take(&mut first) { limited("9") } else { response(202, "{}") })
    });
    assert_eq!(answer.unwrap(), "{}");
    assert!(script.sent[1].0 >= 9_000);
    let keys: Vec<_> = script.requests.iter().map(|request| request.headers[1].1.expose().to_owned()).collect();
    assert_eq!(keys, ["key", "key"]);
}
