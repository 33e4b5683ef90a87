//! What each error says, with the situation that brings it about: read as if nothing but the sentence were known.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::call::Call;
use ringcentral_ai::endpoint::{Endpoint, Site};
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::engine::ringcentral::delivery::Envelope;
use ringcentral_ai::engine::ringcentral::jobs::{JobStatus, SubmitJob};
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, ReadRecording};
use ringcentral_ai::engine::{Look, RecordingId, Untold};
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::inbox::Inbox;
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::{Keys, verify_callback};
use ringcentral_ai::transcript::Transcript;
use script::{Script, client, is_login, limited, response, with_login};

const JOB: &str =
    r#"{"contentUri":"https://h.example/a","webhook":"https://w.example/","encoding":"Wav","languageCode":"en-US"}"#;

/// The sentence that a call ends with, whatever it asks being answered so.
fn said<C: Call>(mut call: C, mut answer: impl FnMut(&HttpRequest) -> Option<HttpResponse>) -> String {
    match Script::default().run(&mut call, |request, _| answer(request)) {
        Ok(_) => panic!("it succeeds"),
        Err(error) => error.to_string(),
    }
}

fn asked<E: Endpoint + 'static>(endpoint: E, answer: &HttpResponse) -> String {
    said(client().call(endpoint), |request| with_login(request, answer.clone()))
}

fn list(source: &str) -> ListRecordings {
    ListRecordings::parse(&[("source".into(), source.into())]).unwrap()
}

fn job() -> SubmitJob {
    SubmitJob::parse(&Site::new(Site::SERVER, &[]).unwrap(), "speech-to-text", Value::parse(JOB.as_bytes()).unwrap()).unwrap()
}

fn recording() -> ReadRecording {
    ReadRecording::for_job(RecordingId::parse("7", "media.recordingId").unwrap())
}

fn coded(status: u16, code: &str, message: &str) -> HttpResponse {
    let one = format!(r#"{{"errorCode":"{code}","message":"{message}"}}"#);
    response(status, &format!(r#"{{"errorCode":"{code}","message":"{message}","errors":[{one}]}}"#))
}

#[test]
fn a_refused_question() {
    let user = "In order to call this API endpoint, user needs to have [FullCompanyCallLog] permission for requested resource.";
    let app = "In order to call this API endpoint, application needs to have [AI] permission";
    let table = [
        (
            "the app lacks a permission",
            asked(job(), &coded(403, "CMN-401", app)),
            "the app lacks the permission AI: add it in RingCentral's developer console",
        ),
        (
            "the user lacks a permission",
            asked(list("calls"), &coded(403, "CMN-408", user)),
            "the user who logged in lacks the permission FullCompanyCallLog: an administrator gives it by a role, in RingCentral's \
             admin portal; the app need not be changed",
        ),
        (
            "another extension's",
            asked(recording(), &coded(403, "CMN-404", "Access denied")),
            "RingCentral refused the recording (403): CMN-404 Access denied; the user who logged in may not see what belongs to \
             another extension",
        ),
        (
            "RingCentral has ended its AI API, or the server is wrong",
            asked(job(), &coded(404, "AGW-404", "Resource not found")),
            "RingCentral refused the job (404): AGW-404 Resource not found; this server does not have it: check the server's \
             address; where it is a job, RingCentral's AI API is deprecated and may have ended",
        ),
        (
            "a parameter is wrong",
            asked(job(), &coded(400, "CAI-101", "Parameter [contentUri] is invalid. It should be a valid uri")),
            "RingCentral refused the job (400): CAI-101 Parameter [contentUri] is invalid. It should be a valid uri; mend what it \
             names",
        ),
        (
            "RingCentral's server fails",
            asked(list("calls"), &response(503, "")),
            "the list of calls was answered with 503 again and again: try again later",
        ),
        ("too many requests", asked(list("calls"), &limited("61")), "RingCentral's rate limit is used up: try again in 61 s"),
        (
            "a list that is no list",
            asked(list("calls"), &response(200, r#"{"records":7}"#)),
            "the answer is not a page of the call log",
        ),
    ];
    for (situation, said, sentence) in table {
        assert_eq!(said, sentence, "{situation}");
    }
}

#[test]
fn a_login() {
    let login = |status: u16, body: &str| {
        let refusal = response(status, body);
        said(client().call(list("calls")), |_| Some(refusal.clone()))
    };
    let oauth = |error: &str, code: &str| {
        login(400, &format!(r#"{{"error":"{error}","errors":[{{"errorCode":"{code}","message":"no"}}]}}"#))
    };
    let grant = "the app does not allow this way to log in: add the grant type (JWT, or authorization code) to it in RingCentral's \
                 developer console";
    let jwt = "a JWT must be made for this app and server, and neither be expired nor revoked; a code works once, for a minute: \
               sign in again";
    let html = "check the server's address, and what stands in between";
    let table = [
        (
            "client id or secret is wrong",
            oauth("invalid_client", "OAU-123"),
            "RingCentral refused the login: OAU-123 no; check client id and client secret, and that the app belongs to this server"
                .into(),
        ),
        ("the JWT is wrong", oauth("invalid_grant", "OAU-149"), format!("RingCentral refused the login: OAU-149 no; {jwt}")),
        (
            "the app has another grant type",
            oauth("unauthorized_client", "OAU-251"),
            format!("RingCentral refused the login: OAU-251 no; {grant}"),
        ),
        (
            "the same, by RingCentral's code alone",
            oauth("invalid_request", "OAU-250"),
            format!("RingCentral refused the login: OAU-250 no; {grant}"),
        ),
        (
            "anything else",
            oauth("access_denied", "OAU-999"),
            "RingCentral refused the login: OAU-999 no; check client id, secret and JWT".into(),
        ),
        (
            "another server answers, with a redirect",
            login(307, ""),
            "RingCentral refused the login (307): a redirect is never followed: check the server's address".into(),
        ),
        (
            "another server answers, with a page",
            login(404, "<html>"),
            format!("there was an answer (404), but no JSON where an access token should be: {html}"),
        ),
    ];
    for (situation, said, sentence) in table {
        assert_eq!(said, sentence, "{situation}");
    }
}

#[test]
fn a_session_that_others_end() {
    let said = said(client().call(list("calls")), |request| with_login(request, response(401, "")));
    let sentence =
        "RingCentral ended the session: it keeps five of a user and app, and others were opened after it: try again in 60 s";
    assert_eq!(said, sentence);
}

#[test]
fn a_token_that_was_handed_over() {
    use ringcentral_ai::engine::ringcentral::auth::{Credentials, Token};
    let site = Site::new(Site::SERVER, &[]).unwrap();
    let client = Client::new(site, Credentials::Token(Token::foreign(Secret::new("T"))));
    let said = said(client.call(JobStatus::new("j").unwrap()), |_| Some(response(401, "")));
    assert_eq!(said, "RingCentral does not accept the access token: it has expired or was revoked; get a new one");
}

#[test]
fn a_submit_whose_answer_is_lost() {
    let said = said(client().call(job()), |request| is_login(request).then(|| response(200, script::TOKEN)));
    assert_eq!(said, "the job was sent, but RingCentral did not answer: it may run or not, so it was not sent again");
}

#[test]
fn no_answer_at_all() {
    let sentence = "no answer came: the network is down, or the server does not allow calls from this page (CORS); submit through \
                    the Worker instead";
    assert_eq!(said(client().call(list("calls")), |_| None), sentence);
}

#[test]
fn the_workers_own_words() {
    let inbox = Inbox::new("https://w.example", Secret::new("T")).unwrap();
    let worker = |status: u16, error: &str| {
        let answer = response(status, &format!(r#"{{"error":{error}}}"#));
        said(inbox.job("7"), |_| Some(answer.clone()))
    };
    let table = [
        (worker(401, r#"{"code":"unauthorized","message":"a token is needed"}"#), "a token is needed"),
        (worker(422, r#"{"code":"invalid_field","message":"wait: a number","field":"wait"}"#), "wait: a number"),
        (
            worker(502, r#"{"code":"ringcentral_login_refused","message":"RingCentral refused the login: OAU-251 no"}"#),
            "RingCentral refused the login: OAU-251 no",
        ),
        (worker(503, r#"{"code":"not_configured","message":"RC_JWT: it is missing"}"#), "RC_JWT: it is missing"),
    ];
    for (said, sentence) in table {
        assert_eq!(said, sentence);
    }
}

#[test]
fn a_result() {
    let read = |body: &str| Transcript::read(body.as_bytes()).unwrap_err().to_string();
    assert_eq!(read(r#"{"texts":["a"]}"#), "the result holds no words");
    assert_eq!(read("<html>"), "the answer is not a result in JSON");
}

#[test]
fn a_delivery() {
    let read = |body: &str| Envelope::read(body.as_bytes()).unwrap_err().to_string();
    for (body, reason) in [
        ("", "it is empty"),
        ("<html>", "it is not a JSON object"),
        (r#"{"status":"#, "it is not JSON, or only a part of it"),
        ("{}", "it says neither how the job stands nor what came of it"),
    ] {
        assert_eq!(read(body), format!("the callback cannot be read: {reason}"));
    }
    let keys = Keys::parse(&Secret::new("0123456789abcdef0123456789abcdef")).unwrap();
    assert_eq!(verify_callback(&keys, "7", "1", "00").unwrap_err().to_string(), "the signature is not one of ours");
}

#[test]
fn a_pause_that_nobody_waits_for() {
    let said = asked(list("calls"), &limited("31536000"));
    let sentence = "the list of calls was answered with 429 and a pause of 31536000 s: more than an hour is not waited for, try again \
                    later";
    assert_eq!(said, sentence);
}

#[test]
fn media_that_do_not_tell_what_they_are() {
    let look = Look::of("/a", &response(200, "words"));
    let said = look.unknown(&Untold { field: "encoding", takes: "Mpeg, Wav".into() }).to_string();
    let sentence = "input.encoding: it is not given, and a look at the media does not tell it (the host answered 200 with no content \
                    type, and its first bytes are of no known kind): give one of Mpeg, Wav";
    assert_eq!(said, sentence);
}

#[test]
fn a_job_that_ends_without_a_result() {
    let inbox = Inbox::new("https://w.example", Secret::new("T")).unwrap();
    let ended = |job: &str| said(inbox.wait("7"), |_| Some(response(200, job)));
    let refused =
        r#"{"id":"7","status":"failed","error":{"code":"ringcentral_refused","message":"RingCentral refused the job (400)"}}"#;
    assert_eq!(ended(refused), "RingCentral refused the job (400)");
    assert_eq!(ended(r#"{"id":"7","status":"failed"}"#), "RingCentral ended the job without a result");
    let expired = "no callback came before RingCentral forgot the job, a week after it was submitted";
    assert_eq!(ended(r#"{"id":"7","status":"expired"}"#), expired);
}
