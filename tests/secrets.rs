//! The marker `S3CRET` goes in as every secret and comes out of no debug text, message or error.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::call::Event;
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::RingCentral;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin, Token};
use ringcentral_ai::engine::ringcentral::client::{Client, TokenUse};
use ringcentral_ai::engine::ringcentral::jobs::{JobStatus, SubmitJob, check_input, submission, with_encoding};
use ringcentral_ai::engine::ringcentral::media::{Content, Encoding, content_uri};
use ringcentral_ai::engine::{Engine, Job, Media, Outcome, RecordingId, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::inbox::Inbox;
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::{Secret, SecretUrl};
use ringcentral_ai::signing::Keys;
use script::{Script, Stop, client, response};

const MARKER: &str = "S3CRET";

#[track_caller]
fn hides(text: impl AsRef<str>) {
    assert!(!text.as_ref().contains(MARKER), "{}", text.as_ref());
}

fn site() -> Site {
    Site::new(Site::SERVER, &[]).unwrap()
}

fn job() -> Job {
    Job {
        task: Task::SpeechToText,
        input: with_encoding(check_input(Task::SpeechToText, &Value::Object(vec![]), "input").unwrap(), Some(Encoding::Wav)),
        media: Some(Media::Recording(RecordingId::parse("7", "").unwrap())),
        relay: Some(SecretUrl::masked_from("https://w.example/media/S3CRET".into(), "https://w.example".len())),
        webhook: SecretUrl::hiding_query("https://w.example/hook?S3CRET".into()),
        asked_ms: None,
    }
}

#[test]
fn values_print_without_their_secrets() {
    let token = Token::foreign(Secret::new(MARKER));
    let login = JwtLogin { client_id: "id".into(), client_secret: Some(Secret::new(MARKER)), jwt: Secret::new(MARKER) };
    hides(format!("{token:?} {login:?}"));
    hides(format!("{:?}", Client::new(site(), Credentials::Token(token))));
    hides(format!("{:?}", Client::new(site(), Credentials::Jwt(login))));
    hides(format!("{:?}", Inbox::new("https://w.example", Secret::new(MARKER)).unwrap()));
    hides(format!("{:?}", Keys::parse(&Secret::new("S3CRET-S3CRET-S3CRET-S3CRET-S3CRET")).unwrap()));
    let uri = content_uri(&site(), "https://media.ringcentral.com/a", &Secret::new(MARKER)).unwrap();
    hides(format!("{uri} {uri:?}"));
    let caller = SecretUrl::hiding_query("https://u:S3CRET@files.example/a.wav?sig=S3CRET".into());
    hides(Media::Address(caller.clone()).shown());
    let content = Content::new(&site(), caller).unwrap();
    let Job { task, input, webhook, .. } = job();
    hides(format!("{:?}", SubmitJob { task, input, content: Some(content), webhook }));
}

#[test]
fn a_callers_address_prints_without_its_secrets() {
    hides(format!("{:?}", Media::Address(SecretUrl::hiding_query("https://u:S3CRET@files.example/a.wav?sig=S3CRET".into()))));
}

#[test]
fn calls_and_requests_print_without_their_secrets_at_every_step() {
    let mut script = Script::default();
    let mut call = submission(client(), job());
    hides(format!("{call:?}"));
    let mut event = Event::Go;
    let answers = [
        script::TOKEN,
        r#"{"contentUri":"https://media.ringcentral.com/7?S3CRET","contentType":"audio/wav"}"#,
        r#"{"jobId":"j"}"#,
    ];
    for answer in answers {
        let Stop::Sends(request) = script.go(&mut call, event) else { panic!("a request") };
        hides(format!("{request:?} {call:?} {:?}", script.reports));
        event = Event::Response(response(200, answer));
        hides(format!("{event:?}"));
    }
    let stop = script.go(&mut call, event);
    hides(format!("{stop:?} {call:?}"));
}

#[test]
fn an_error_that_repeats_our_secrets_is_masked() {
    let echo = r#"{"error":"invalid_grant","error_description":"S3CRET","errors":[{"errorCode":"OAU-210",
        "message":"S3CRET-jwt and S3CRET-secret at https://x.example/S3CRET?S3CRET","parameterValue":"S3CRET"}]}"#;
    let refused = Script::default().run(&mut client().token(TokenUse::Header), |_, _| Some(response(400, echo))).unwrap_err();
    assert!(matches!(refused, Error::LoginRefused { .. }));
    hides(format!("{refused} {refused:?}"));
    let echo = r#"{"errors":[{"errorCode":"CMN-101","message":"S3CRET-token-1 is bad"}]}"#;
    let status = JobStatus::new("j").unwrap();
    let refused = Script::default()
        .run(&mut client().call(status), |request, _| script::with_login(request, response(400, echo)))
        .unwrap_err();
    hides(format!("{refused} {refused:?}"));
}

#[test]
fn words_that_repeat_any_secret_of_the_login_are_masked_whatever_was_asked() {
    let said = format!("S3CRET-secret, S3CRET-jwt, S3CRET-token-1 {} S3CRET-secret", "x ".repeat(130));
    let echo = format!(r#"{{"errors":[{{"errorCode":"CMN-101","message":"{said}","parameterName":"S3CRET-jwt"}}]}}"#);
    let refused = Script::default()
        .run(&mut client().call(JobStatus::new("j").unwrap()), |request, _| script::with_login(request, response(400, &echo)))
        .unwrap_err();
    hides(format!("{refused} {refused:?}"));

    // A token that was rejected is spoken of to the one that came after it.
    let mut logins = 0;
    let mut statuses =
        [response(401, ""), response(400, r#"{"errorCode":"CMN-101","message":"not S3CRET-token-1"}"#)].into_iter();
    let refused = Script::default().run(&mut client().call(JobStatus::new("j").unwrap()), |request, _| {
        logins += u32::from(script::is_login(request));
        let token = script::TOKEN.replace("token-1", &format!("token-{logins}"));
        Some(if script::is_login(request) { response(200, &token) } else { statuses.next().unwrap() })
    });
    hides(format!("{refused:?}"));
    assert_eq!((logins, refused.unwrap_err().ringcentral()[0].message.as_str()), (2, "not [secret]"));
}

#[test]
fn a_delivery_that_repeats_them_is_read_without_them() {
    let login =
        JwtLogin { client_id: "id".into(), client_secret: Some(Secret::new("S3CRET-secret")), jwt: Secret::new("S3CRET-jwt") };
    let engine = RingCentral::new(site(), Credentials::Jwt(login));
    let said = "S3CRET-secret S3CRET-jwt Bearer S3CRET access_token=S3CRET eyJhbGciOiJub25lIn0.S3CRET https://h.example/S3CRET";
    let body = format!(r#"{{"status":"Fail","response":{{"errors":[{{"errorCode":"CAI-101","message":"{said}"}}]}}}}"#);
    let Outcome::Failed(errors) = engine.read(body.as_bytes()).unwrap().outcome else { panic!("a failed job") };
    hides(format!("{errors:?}"));
    let mask = "[secret] [secret] Bearer [secret] access_token=[secret] [secret] https://h.example/[secret]";
    assert_eq!(errors[0].message, mask);
}

#[test]
fn bad_input_is_not_quoted() {
    hides(Site::new("S3CRET://x", &[]).unwrap_err().to_string());
    hides(Inbox::new("https://u:S3CRET@w.example", Secret::new("t")).unwrap_err().to_string());
    hides(Inbox::new("https://w.example", Secret::new("S3CRET\n")).unwrap_err().to_string());
    hides(content_uri(&site(), "https://evil.example/?S3CRET", &Secret::new("T")).unwrap_err().to_string());
    hides(
        check_input(Task::SpeechToText, &Value::parse(br#"{"encoding": "S3CRET"}"#).unwrap(), "input").unwrap_err().to_string(),
    );
    let media = Value::parse(br#"{"contentUri": "http://10.0.0.1/S3CRET"}"#).unwrap();
    hides(Media::parse(&media, false).unwrap_err().to_string());
    hides(Keys::parse(&Secret::new("S3CRET")).unwrap_err().to_string());
    let body = br#"{"status":"S3CRET"#;
    hides(ringcentral_ai::engine::ringcentral::delivery::Envelope::read(body).unwrap_err().to_string());
}
