//! Whole calls, stepped by a script with a virtual clock: the rooms fit, races end well, waits cost no time.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::call::{Call, Event, Now, Report, Step};
use ringcentral_ai::endpoint::{Endpoint, Needs, Site};
use ringcentral_ai::engine::ringcentral::auth::{CodeLogin, Credentials, Pkce, RefreshLogin, RefreshToken};
use ringcentral_ai::engine::ringcentral::client::{Client, TokenUse};
use ringcentral_ai::engine::ringcentral::jobs::{JobStatus, check_input, submission, with_encoding};
use ringcentral_ai::engine::ringcentral::media::{Encoding, ListRecordings, fetching};
use ringcentral_ai::engine::{Job, Media, RecordingId, Task};
use ringcentral_ai::error::{Error, Holder};
use ringcentral_ai::http::{HttpRequest, HttpResponse, Method};
use ringcentral_ai::inbox::Inbox;
use ringcentral_ai::json::Value;
use ringcentral_ai::pace::{Group, Rank};
use ringcentral_ai::secret::{Secret, SecretUrl};
use script::{Script, Stop, TOKEN, client, is_login, limited, response, with_login};
use serde_json::json;

const RECORDING: &str =
    r#"{"id":"7","contentUri":"https://media.ringcentral.com/7/content","contentType":"audio/mpeg","duration":62}"#;

fn job_on(media: Media) -> Job {
    let input = check_input(Task::SpeechToText, &Value::Object(vec![]), "input").unwrap();
    let webhook = SecretUrl::hiding_query("https://w.example/callbacks/1/1/S3CRET-signature?x=1&y=2".into());
    Job { task: Task::SpeechToText, input, media: Some(media), relay: None, webhook, asked_ms: None }
}

fn by_address(address: &str) -> Job {
    job_on(Media::Address(SecretUrl::hiding_query(address.into())))
}

fn by_id() -> Job {
    job_on(Media::Recording(RecordingId::parse("7", "").unwrap()))
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
    let mut call = submission(client(), by_id());
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
fn a_protected_address_without_an_encoding_is_looked_at_with_our_token_in_a_header() {
    let address = "https://media.ringcentral.com/r/7/content";
    let mut script = Script::default();
    let mut call = submission(client(), by_address(address));
    let accepted = script.run(&mut call, |request, _| {
        let is_look = request.method == ringcentral_ai::http::Method::Get;
        with_login(request, if is_look { response(206, "RIFF\0\0\0\0WAVEfmt ") } else { response(202, r#"{"jobId":"j"}"#) })
    });
    assert!(accepted.is_ok());
    let [_, look, submit] = &script.requests[..] else { panic!("login, look, submit") };
    assert_eq!(look.url.expose(), address);
    let header = |name: &str| look.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.expose());
    assert_eq!((header("range"), header("authorization")), (Some("bytes=0-4095"), Some("Bearer S3CRET-token-1")));
    let body = submit.body.as_ref().unwrap().expose();
    assert!(body.contains(r#""encoding":"Wav""#) && body.contains("content?access_token=S3CRET-token-1"), "{body}");
    let ended = Script::default()
        .run(&mut submission(client(), by_address(address)), |request, _| with_login(request, response(200, "<html>")));
    assert!(matches!(ended, Err(Error::EncodingUnknown { field, .. }) if field == "input.encoding"));
}

#[test]
fn a_missing_permission_is_named_before_anything_is_submitted() {
    let mut script = Script::default();
    let scope = r#"{"access_token":"t","expires_in":3600,"scope":"ReadCallLog ReadCallRecording"}"#;
    let ended = script.run(&mut submission(client(), by_id()), |_, _| Some(response(200, scope)));
    assert_eq!(ended, Err(Error::PermissionMissing { permission: "AI".into(), holder: Holder::App }));
    assert_eq!(script.paths(), ["POST /restapi/oauth/token"]);
}

#[test]
fn many_calls_wait_on_one_login() {
    let client = client();
    let mut script = Script::default();
    let mut first = client.call(status());
    let Stop::Sends(login) = script.go(&mut first, Event::Go) else { panic!("a login") };
    assert!(is_login(&login));
    let mut others: Vec<_> = (0..4).map(|_| client.call(status())).collect();
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
    let mut first = client.call(status());
    script.go(&mut first, Event::Go);
    drop(first);
    let mut second = client.call(status());
    let Stop::Sends(request) = script.go(&mut second, Event::Go) else { panic!("a login") };
    assert!(is_login(&request));
    assert!(script.now_ms < 100);
}

#[test]
fn a_refused_login_ends_everybody_who_waits_with_one_request() {
    let client = client();
    let mut script = Script::default();
    let refusal = response(400, r#"{"error":"invalid_grant","errors":[{"errorCode":"OAU-210","message":"bad S3CRET-jwt"}]}"#);
    let ended = script.run(&mut client.call(list()), |_, _| Some(refusal.clone()));
    let Err(error @ Error::LoginRefused { .. }) = ended else { panic!("refused") };
    assert!(
        error.to_string().starts_with("RingCentral refused the login: OAU-210 bad [secret]; a JWT must be made for this app")
    );
    assert_eq!(error.ringcentral()[0].message, "bad [secret]");
    let ended = script.run(&mut client.call(list()), |_, _| panic!("nothing is sent"));
    assert!(matches!(ended, Err(Error::LoginRefused { .. })));
    script.now_ms += 60_000;
    assert!(script.run(&mut client.token(TokenUse::Header), |_, _| Some(response(200, TOKEN))).is_ok());
}

#[test]
fn a_new_login_comes_at_80_percent_of_the_life_and_no_refresh_ever() {
    let client = client();
    let mut script = Script::default();
    let token = |script: &mut Script, at_s: u64| {
        script.now_ms = at_s * 1_000;
        let before = script.sent.len();
        script.run(&mut client.token(TokenUse::Header), |_, _| Some(response(200, TOKEN))).unwrap();
        script.sent.len() - before
    };
    assert_eq!([0, 2_879, 2_880, 2_881].map(|at_s| token(&mut script, at_s)), [1, 0, 1, 0]);
    assert!(script.requests.iter().all(|request| !request.body.as_ref().unwrap().expose().contains("refresh")));
}

#[test]
fn the_old_token_serves_while_the_server_cannot_log_us_in() {
    let client = client();
    let mut script = Script::default();
    script.run(&mut client.token(TokenUse::Header), |_, _| Some(response(200, TOKEN))).unwrap();
    script.now_ms = 3_000_000;
    let mut renewing = client.token(TokenUse::Header);
    assert!(matches!(script.go(&mut renewing, Event::Go), Stop::Sends(_)));
    assert!(matches!(script.go(&mut client.token(TokenUse::Header), Event::Go), Stop::Done(_)));
}

#[test]
fn a_rejected_token_is_replaced_once_and_again_after_a_minute() {
    let client = client();
    let mut script = Script::default();
    let mut left = 1;
    let mut answer = |request: &HttpRequest, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        left -= 1;
        Some(if left >= 0 { response(401, "") } else { response(200, r#"{"status":"InProgress"}"#) })
    };
    script.run(&mut client.call(status()), &mut answer).unwrap();
    assert_eq!(script.sent.iter().filter(|(_, path)| path.contains("oauth")).count(), 2);
    let again = script.run(&mut client.call(status()), |_, _| Some(response(401, "")));
    let Err(Error::SessionEnded { retry_after_s }) = again else { panic!("{again:?}") };
    assert!((58..=60).contains(&retry_after_s));
    let soon = script.run(&mut client.call(status()), |_, _| panic!("nothing is sent"));
    assert!(matches!(soon, Err(Error::SessionEnded { .. })), "{soon:?}");
    script.now_ms += retry_after_s * 1_000;
    let login = |request: &HttpRequest, _| Some(response(200, if is_login(request) { TOKEN } else { "{}" }));
    assert!(script.run(&mut client.call(status()), login).is_ok());
}

#[test]
fn however_often_others_end_the_session_there_is_a_login_a_minute_at_most() {
    let client = client();
    let mut script = Script::default();
    while script.now_ms < 600_000 {
        let ended = script.run(&mut client.call(status()), |request, _| with_login(request, response(401, "")));
        assert!(matches!(ended, Err(Error::SessionEnded { .. })), "{ended:?}");
        script.now_ms += 1_000;
    }
    let logins = script.sent.iter().filter(|(_, path)| path.contains("oauth")).count();
    assert!((9..=12).contains(&logins), "{logins}");
}

#[test]
fn a_token_that_is_said_to_live_for_no_time_is_used_until_it_is_rejected() {
    for life in ["0", "1", "-5", "0.2", "\"\"", "null"] {
        let client = client();
        let mut script = Script::default();
        let token = format!(r#"{{"access_token":"T","expires_in":{life}}}"#);
        for _ in 0..10 {
            let answer = |request: &HttpRequest, _| Some(response(200, if is_login(request) { &token } else { "{}" }));
            assert!(script.run(&mut client.call(status()), answer).is_ok(), "{life}");
        }
        assert_eq!(script.sent.iter().filter(|(_, path)| path.contains("oauth")).count(), 1, "{life}");
    }
}

#[test]
fn nothing_is_sent_inside_a_penalty() {
    let client = client();
    let mut script = Script::default();
    let mut refusals = 2;
    let page = script.run(&mut client.call(list()), |request, _| {
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
    let mut job = by_address("https://files.example/a.wav?sig=S3CRET");
    job.input = with_encoding(job.input, Some(ringcentral_ai::engine::ringcentral::media::Encoding::Wav));
    let accepted = script.run(&mut submission(client(), job), |request, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        refusals -= 1;
        Some(if refusals >= 0 { limited("30") } else { response(202, "") })
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
        let ended = script.run(&mut submission(client(), by_id()), |request, _| {
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
    let page = script.run(&mut client().call(list()), |request, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        failures -= 1;
        if failures == 2 { None } else { Some(response(if failures >= 0 { 503 } else { 200 }, "{}")) }
    });
    assert!(page.is_ok());
    let mut script = Script::default();
    let ended = script.run(&mut client().call(list()), |request, _| with_login(request, response(503, "")));
    assert_eq!(ended, Err(Error::Unavailable { asked: "the list of calls", status: 503 }));
    assert_eq!(script.sent.len(), 1 + 5);
}

#[test]
fn a_cancelled_call_gives_its_place_in_the_queue_to_the_next() {
    let client = client();
    let mut script = Script::default();
    script.run(&mut client.token(TokenUse::Header), |_, _| Some(response(200, TOKEN))).unwrap();
    for _ in 0..10 {
        script.run(&mut client.call(list()), |_, _| Some(response(200, "{}"))).unwrap();
    }
    let mut cancelled = client.call(list());
    let now = Now { ms: script.now_ms, random: 0 };
    assert!(matches!(cancelled.step(Event::Go, now), Step::Sleep(ms) if ms > 50_000));
    drop(cancelled);
    let mut next = client.call(list());
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
        Some(response(200, &job("unconfirmed"))),
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
    let told: Vec<Report> = ["unconfirmed", "submitted", "succeeded"].map(|status| Report::Job(job(status))).into();
    assert_eq!(script.reports, told);
    let queries: Vec<&str> = script.sent.iter().map(|(_, path)| path.split_once('?').map_or("", |(_, query)| query)).collect();
    assert_eq!(queries, ["", "", "", "", "wait=5", "wait=5", "wait=55", "wait=55"]);
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
        Some(if std::mem::take(&mut first) { limited("9") } else { response(202, r#"{"id":"j"}"#) })
    });
    assert_eq!(answer.unwrap(), r#"{"id":"j"}"#);
    assert!(script.sent[1].0 >= 9_000);
    let keys: Vec<_> = script.requests.iter().map(|request| request.headers[1].1.expose().to_owned()).collect();
    assert_eq!(keys, ["key", "key"]);
}

/// A session that a user has just come back to with a code.
fn signing_in() -> Client {
    let code = CodeLogin {
        client_id: "id".into(),
        client_secret: None,
        redirect_uri: "https://p.example/".into(),
        code: Secret::new("S3CRET-code"),
        verifier: Secret::new("S3CRET-verifier"),
    };
    Client::new(Site::new(Site::SERVER, &[]).unwrap(), Credentials::Pkce(Pkce::Code(code)))
}

/// The tokens of the n-th login: access token `A<n>`, refresh token `R<n>`.
fn tokens(n: u32) -> HttpResponse {
    let body = json!({"access_token": format!("A{n}"), "expires_in": 3600, "scope": "AI ReadCallLog ReadCallRecording",
        "refresh_token": format!("R{n}"), "refresh_token_expires_in": 604_800});
    response(200, &body.to_string())
}

fn body_of(request: &HttpRequest) -> &str {
    request.body.as_ref().map_or("", |body| body.expose())
}

fn bearer(request: &HttpRequest) -> &str {
    request.headers.iter().find(|(name, _)| *name == "authorization").map_or("", |(_, value)| value.expose())
}

/// A session that has signed in at the script's present.
fn signed_in(script: &mut Script) -> Client {
    let client = signing_in();
    script.run(&mut client.token(TokenUse::Header), |_, _| Some(tokens(1))).unwrap();
    client
}

/// The next token; `answer` plays the server where one is asked for.
fn token(
    script: &mut Script,
    client: &Client,
    answer: impl FnMut(&HttpRequest, u64) -> Option<HttpResponse>,
) -> Result<String, Error> {
    script.run(&mut client.token(TokenUse::Header), answer).map(|token| token.access.expose().to_owned())
}

#[test]
fn a_user_signs_in_by_code_once_and_goes_on_by_refresh() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    assert!(body_of(&script.requests[0]).starts_with("grant_type=authorization_code&code=S3CRET-code&"));
    for (n, at_s) in [(2, 2_880), (3, 5_760)] {
        script.now_ms = (at_s - 1) * 1_000;
        assert_eq!(token(&mut script, &client, |_, _| panic!("not yet")).unwrap(), format!("A{}", n - 1));
        script.now_ms = at_s * 1_000;
        assert_eq!(token(&mut script, &client, |_, _| Some(tokens(n))).unwrap(), format!("A{n}"));
        let form = format!("grant_type=refresh_token&refresh_token=R{}&client_id=id", n - 1);
        assert_eq!(body_of(script.requests.last().unwrap()), form);
    }
    assert_eq!(client.session().refresh_token().unwrap().token.expose(), "R3");
}

#[test]
fn one_refresh_serves_all_and_nobody_is_given_the_dying_token() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.now_ms = 3_000_000;
    let mut first = client.call(status());
    let Stop::Sends(refresh) = script.go(&mut first, Event::Go) else { panic!("a refresh") };
    assert!(is_login(&refresh));
    let mut others: Vec<_> = (0..4).map(|_| client.call(status())).collect();
    for other in &mut others {
        assert!(matches!(other.step(Event::Go, Now { ms: 3_000_001, random: 0 }), Step::Sleep(_)));
    }
    let Stop::Sends(request) = script.go(&mut first, Event::Response(tokens(2))) else { panic!("a request") };
    assert_eq!(bearer(&request), "Bearer A2");
    for other in &mut others {
        let Stop::Sends(request) = script.go(other, Event::Go) else { panic!("a request") };
        assert_eq!(bearer(&request), "Bearer A2");
    }
}

#[test]
fn a_refresh_without_an_answer_is_tried_with_the_same_refresh_token() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.now_ms = 3_000_000;
    let mut answers = vec![Some(tokens(2)), Some(response(503, "")), None];
    assert_eq!(token(&mut script, &client, |_, _| answers.pop().unwrap()).unwrap(), "A2");
    assert!(script.requests[1..].iter().all(|request| body_of(request).contains("refresh_token=R1&")));
    assert_eq!(script.requests.len(), 4);
}

#[test]
fn a_cancelled_refresh_is_taken_over_and_its_late_answer_does_not_count() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.now_ms = 3_000_000;
    let mut slow = client.token(TokenUse::Header);
    script.go(&mut slow, Event::Go);
    let mut dropped = client.token(TokenUse::Header);
    script.now_ms += 60_000; // Nobody waits longer for an answer.
    let Stop::Sends(_) = script.go(&mut dropped, Event::Go) else { panic!("a refresh") };
    drop(dropped);
    assert_eq!(token(&mut script, &client, |_, _| Some(tokens(2))).unwrap(), "A2");
    let Stop::Done(late) = script.go(&mut slow, Event::Response(tokens(9))) else { panic!("a token") };
    assert_eq!(late.access.expose(), "A2");
}

#[test]
fn a_refused_refresh_ends_the_session_for_everybody() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.now_ms = 3_000_000;
    let mut waiting = client.token(TokenUse::Header);
    let refusal = response(400, r#"{"error":"invalid_grant","errors":[{"errorCode":"OAU-210","message":"Token expired"}]}"#);
    let ended = token(&mut script, &client, |_, _| {
        assert!(matches!(waiting.step(Event::Go, Now { ms: 3_000_000, random: 0 }), Step::Sleep(_)));
        Some(refusal.clone())
    });
    assert_eq!(ended, Err(Error::TokenRejected));
    assert!(matches!(script.go(&mut waiting, Event::Go), Stop::Failed(Error::TokenRejected)));
    script.now_ms += 86_400_000;
    assert_eq!(token(&mut script, &client, |_, _| panic!("nothing is sent")), Err(Error::TokenRejected));
}

#[test]
fn a_refused_code_says_what_ringcentral_said() {
    let refusal = response(400, r#"{"error":"invalid_grant","error_description":"bad code S3CRET-code"}"#);
    let mut script = Script::default();
    let client = signing_in();
    let Err(Error::LoginRefused { ringcentral, .. }) = token(&mut script, &client, |_, _| Some(refusal.clone())) else {
        panic!("refused")
    };
    assert_eq!(ringcentral[0].message, "bad code [secret]");
    script.now_ms += 86_400_000;
    assert!(matches!(token(&mut script, &client, |_, _| panic!("a code works once")), Err(Error::LoginRefused { .. })));
}

#[test]
fn no_refresh_while_a_content_uri_may_still_be_fetched() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    let minute = 60_000;
    script.now_ms = 40 * minute;
    let submitted = script.run(&mut submission(client.clone(), by_id()), |request, _| {
        let is_lookup = request.url.expose().contains("/recording/7");
        Some(if is_lookup { response(200, RECORDING) } else { response(202, "{}") })
    });
    assert!(submitted.is_ok());
    assert!(body_of(script.requests.last().unwrap()).contains("access_token=A1"));
    for at in [48, 55, 59] {
        script.now_ms = at * minute;
        assert_eq!(token(&mut script, &client, |_, _| panic!("the content URI would die")).unwrap(), "A1", "{at} min");
    }
    script.now_ms = 60 * minute; // The token has ended, and every content URI with it.
    assert_eq!(token(&mut script, &client, |_, _| Some(tokens(2))).unwrap(), "A2");
    script.now_ms = 108 * minute;
    assert_eq!(token(&mut script, &client, |_, _| Some(tokens(3))).unwrap(), "A3", "the old hold is over");
}

#[test]
fn a_content_uri_is_held_for_half_an_hour_and_other_requests_hold_nothing() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    let held = client.token(TokenUse::Submitted);
    script.now_ms = 20 * 60_000;
    script.run(&mut { held }, |_, _| panic!("a token is in hand")).unwrap();
    script.run(&mut client.call(list()), |_, _| Some(response(200, "{}"))).unwrap();
    script.now_ms = 50 * 60_000 - 1;
    assert_eq!(token(&mut script, &client, |_, _| panic!("still held")).unwrap(), "A1");
    script.now_ms += 1;
    assert_eq!(token(&mut script, &client, |_, _| Some(tokens(2))).unwrap(), "A2");
}

/// An endpoint with these needs and nothing else about it.
struct Needing(Needs);

impl Endpoint for Needing {
    type Output = ();

    fn needs(&self) -> Needs {
        self.0
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest, Error> {
        Ok(HttpRequest::new(Method::Get, site.at("/")))
    }

    fn read(&self, _response: &HttpResponse) -> Result<(), Error> {
        Ok(())
    }
}

#[test]
fn a_token_is_held_for_what_is_fetched_with_it_and_not_for_what_takes_slots() {
    let plain = Needs::repeatable("the test", Group::Heavy, Rank::Submit, &[]);
    let fetched = Needs { fetched_with_our_token: true, ..plain };
    for (needs, next) in [(Needs { slots: 2, ..plain }, "A2"), (fetched, "A1")] {
        let mut script = Script::default();
        let client = signed_in(&mut script);
        script.now_ms = 40 * 60_000;
        script.run(&mut client.call(Needing(needs)), |_, _| Some(response(200, "{}"))).unwrap();
        script.now_ms = 49 * 60_000; // It is time for another one.
        assert_eq!(token(&mut script, &client, |_, _| Some(tokens(2))).unwrap(), next, "{needs:?}");
    }
}

#[test]
fn a_content_uri_that_is_given_out_keeps_its_token_from_a_refresh_to_its_end() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.now_ms = 60_000;
    let given = script.run(&mut client.token(TokenUse::GivenOut), |_, _| panic!("a token is in hand"));
    let ends_at_ms = given.unwrap().expires_at_ms.unwrap();
    for at_ms in [2_880_000, 3_000_000, ends_at_ms - 1] {
        script.now_ms = at_ms;
        assert_eq!(token(&mut script, &client, |_, _| panic!("it may still be fetched")).unwrap(), "A1", "{at_ms}");
    }
    script.now_ms = ends_at_ms;
    assert_eq!(token(&mut script, &client, |_, _| Some(tokens(2))).unwrap(), "A2");
    script.now_ms += 2_880_000;
    assert_eq!(token(&mut script, &client, |_, _| Some(tokens(3))).unwrap(), "A3", "the next token is not held");
}

#[test]
fn a_rejected_token_is_refreshed_even_while_it_is_held() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.run(&mut client.token(TokenUse::Submitted), |_, _| panic!("a token is in hand")).unwrap();
    script
        .run(&mut client.call(list()), |request, _| {
            Some(match (is_login(request), bearer(request)) {
                (true, _) => tokens(2),
                (_, "Bearer A1") => response(401, ""),
                _ => response(200, "{}"),
            })
        })
        .unwrap();
    assert_eq!(bearer(script.requests.last().unwrap()), "Bearer A2");
}

#[test]
fn a_session_that_was_kept_goes_on_until_its_refresh_token_ends() {
    let refresh = |expires_at_ms| {
        let refresh = RefreshToken { token: Secret::new("R1"), expires_at_ms };
        let login = RefreshLogin { client_id: "id".into(), client_secret: None, refresh };
        Client::new(Site::new(Site::SERVER, &[]).unwrap(), Credentials::Pkce(Pkce::Refresh(login)))
    };
    let mut script = Script::default();
    assert_eq!(token(&mut script, &refresh(1_000), |_, _| Some(tokens(2))).unwrap(), "A2");
    script.now_ms = 1_000;
    assert_eq!(token(&mut script, &refresh(1_000), |_, _| panic!("it has ended")), Err(Error::TokenRejected));
}

#[test]
fn a_session_without_a_refresh_token_lasts_as_long_as_its_token() {
    let mut script = Script::default();
    let client = signing_in();
    token(&mut script, &client, |_, _| Some(response(200, TOKEN))).unwrap();
    script.now_ms = 3_599_000;
    assert_eq!(token(&mut script, &client, |_, _| panic!("nothing to ask with")).unwrap(), "S3CRET-token-1");
    script.now_ms = 3_600_000;
    assert_eq!(token(&mut script, &client, |_, _| panic!("nothing to ask with")), Err(Error::TokenRejected));
}

#[test]
fn a_revoked_session_is_over_here_and_at_ringcentral() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    let mut answers = vec![Some(response(200, "")), Some(limited("30")), None];
    script.run(&mut client.revoke(), |_, _| answers.pop().unwrap()).unwrap();
    assert_eq!(script.paths()[1..], ["POST /restapi/oauth/revoke"; 3]);
    assert_eq!(body_of(&script.requests[1]), "token=R1&client_id=id");
    assert!(script.sent[3].0 - script.sent[2].0 >= 30_000, "{:?}", script.sent);
    assert_eq!(token(&mut script, &client, |_, _| panic!("it is over")), Err(Error::TokenRejected));
    script.run(&mut client.revoke(), |_, _| panic!("there is nothing left")).unwrap();
    let foreign = Credentials::Token(ringcentral_ai::engine::ringcentral::auth::Token::foreign(Secret::new("T")));
    let foreign = Client::new(Site::new(Site::SERVER, &[]).unwrap(), foreign);
    let ended = script.run(&mut foreign.revoke(), |_, _| panic!("it is not ours"));
    assert!(matches!(ended, Err(Error::InvalidField { .. })));
    assert_eq!(token(&mut script, &foreign, |_, _| panic!("a token is in hand")).unwrap(), "T");
}

#[test]
fn a_refused_revocation_says_what_ringcentral_said() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    let refusal = response(400, r#"{"error":"invalid_request","errors":[{"errorCode":"OAU-151","message":"bad token R1"}]}"#);
    let ended = script.run(&mut client.revoke(), |_, _| Some(refusal.clone()));
    let said = "RingCentral refused the end of the session (400): OAU-151 bad token [secret]";
    assert_eq!(ended.unwrap_err().to_string(), said);
    assert_eq!(token(&mut script, &client, |_, _| panic!("it is over here")), Err(Error::TokenRejected));
}

#[test]
fn a_session_prints_without_its_tokens() {
    let mut script = Script::default();
    let client = signing_in();
    let mut call = client.token(TokenUse::Header);
    let Stop::Sends(request) = script.go(&mut call, Event::Go) else { panic!("a login") };
    let secret = r#"{"access_token":"S3CRET-a","refresh_token":"S3CRET-r","expires_in":3600}"#;
    let shown = format!("{client:?} {call:?} {request:?}");
    script.go(&mut call, Event::Response(response(200, secret)));
    let mut revoke = client.revoke();
    let shown = format!("{shown} {client:?} {revoke:?}");
    let Stop::Sends(request) = script.go(&mut revoke, Event::Go) else { panic!("the end") };
    let shown = format!("{shown} {revoke:?} {request:?}");
    assert!(!shown.contains("S3CRET"), "{shown}");
}

#[test]
fn nobody_is_given_the_old_token_while_its_refresh_waits_for_its_turn() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.now_ms = 3_000_000;
    for _ in 0..5 {
        let mut pacer = client.pacer();
        let ticket = pacer.join(Group::Auth, Rank::Submit, 1, 0);
        pacer.try_take(ticket, 3_000_000);
    }
    let now = Now { ms: 3_000_000, random: 0 };
    let mut refreshing = client.token(TokenUse::Header);
    assert!(matches!(refreshing.step(Event::Go, now), Step::Sleep(ms) if ms > 50_000));
    let mut other = client.token(TokenUse::Submitted);
    assert!(matches!(other.step(Event::Go, now), Step::Sleep(_)), "a content URI made now would die with the old token");
}

#[test]
fn a_token_that_a_refresh_may_have_killed_is_given_to_nobody() {
    let mut script = Script::default();
    let client = signed_in(&mut script);
    script.now_ms = 3_000_000;
    let mut answers = vec![Some(response(401, r#"{"error":"invalid_client"}"#)), None];
    let refused = token(&mut script, &client, |_, _| answers.pop().unwrap());
    assert!(matches!(refused, Err(Error::LoginRefused { .. })), "{refused:?}");
    assert_eq!(token(&mut script, &client, |_, _| panic!("it was refused just now")), refused);
    script.now_ms += 30_000;
    assert_eq!(token(&mut script, &client, |_, _| Some(tokens(2))).unwrap(), "A2", "only a bad grant ends a session");
}

/// Steps calls that wait for nothing but their turn until none can send any more at the script's present, and answers each request; how
/// many were sent.
fn sent_at_once<C: Call>(script: &Script, calls: Vec<C>, answer: &HttpResponse) -> usize {
    let mut sent = 0;
    for mut call in calls {
        let mut event = Event::Go;
        loop {
            event = match call.step(event, Now { ms: script.now_ms, random: 7 }) {
                Step::Send(_) => {
                    sent += 1;
                    Event::Response(answer.clone())
                }
                Step::Report(_) => Event::Go,
                _ => break,
            };
        }
    }
    sent
}

/// A session by JWT that has logged in.
fn logged_in(script: &mut Script) -> Client {
    let client = client();
    script.run(&mut client.token(TokenUse::Header), |_, _| Some(response(200, TOKEN))).unwrap();
    client
}

const MEDIA: &str = "https://media.ringcentral.com/7/content.mp3";

#[test]
fn who_comes_for_the_media_of_a_job_has_a_turn_in_time_however_many_were_submitted() {
    let mut script = Script::default();
    let client = logged_in(&mut script);
    let relayed = || {
        let relay = SecretUrl::masked_from("https://w.example/media/S3CRET".into(), "https://w.example".len());
        let job = by_address(MEDIA);
        let input = with_encoding(job.input, Some(Encoding::Mpeg));
        submission(client.clone(), Job { input, relay: Some(relay), ..job })
    };
    let taken = sent_at_once(&script, (0..10).map(|_| relayed()).collect(), &response(202, "{}"));
    assert!(taken > 0);
    for place in 1..=taken {
        script.now_ms = 3_000;
        let mut fetch = fetching(client.clone(), Media::Address(SecretUrl::hiding_query(MEDIA.into())), Rank::Relay);
        assert!(matches!(script.go(&mut fetch, Event::Go), Stop::Sends(_)));
        let waited_ms = script.now_ms - 3_000;
        assert!(waited_ms <= 20_000, "of {taken} jobs the media of number {place} waits {waited_ms} ms, and then it is refused");
        script.go(&mut fetch, Event::Response(response(200, "")));
    }
}

#[test]
fn media_of_another_group_says_nothing_of_the_heavy_limit() {
    let mut script = Script::default();
    let client = logged_in(&mut script);
    let mut fetch = fetching(client.clone(), Media::Address(SecretUrl::hiding_query(MEDIA.into())), Rank::Relay);
    let headers = [
        ("X-Rate-Limit-Group", "medium"),
        ("X-Rate-Limit-Limit", "40"),
        ("X-Rate-Limit-Window", "60"),
        ("X-Rate-Limit-Remaining", "39"),
    ];
    let headers = headers.map(|(name, value)| (name.into(), value.into())).to_vec();
    script.run(&mut fetch, |_, _| Some(HttpResponse { headers: headers.clone(), ..response(200, "") })).unwrap();
    let heavy = Needs::repeatable("the test", Group::Heavy, Rank::List, &[]);
    let sent = sent_at_once(&script, (0..30).map(|_| client.call(Needing(heavy))).collect(), &response(200, "{}"));
    assert!(sent <= 10, "{sent} Heavy requests within a minute");
}
