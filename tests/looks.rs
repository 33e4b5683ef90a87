//! What a job's media is looked at for before it is sent: its host, its encoding. One look, and what it has shown is kept.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::call::{Event, Report};
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::RingCentral;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin};
use ringcentral_ai::engine::ringcentral::jobs::{SubmitJob, check_input, submission};
use ringcentral_ai::engine::{Accepted, Engine, Job, LOOK_BYTES, Media, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::http::HttpResponse;
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::{Secret, SecretUrl};
use script::{Script, Stop, client, is_login, limited, response};
use serde_json::json;

const CONTENT: &str = "https://media.ringcentral.com/restapi/v1.0/account/1/recording/7/content";
const WAV: &[u8] = b"RIFF\x24\0\0\0WAVEfmt ";

fn media(media: &serde_json::Value) -> Media {
    Media::parse(&Value::parse(media.to_string().as_bytes()).unwrap(), true).unwrap()
}

fn job(of: &serde_json::Value, input: &str) -> Job {
    let input = check_input(Task::SpeechToText, &Value::parse(input.as_bytes()).unwrap(), "input").unwrap();
    let webhook = SecretUrl::hiding_query("https://w.example/hook".into());
    Job { task: Task::SpeechToText, input, media: Some(media(of)), relay: None, webhook, asked_ms: None }
}

fn typed(status: u16, content_type: &str, body: &[u8]) -> HttpResponse {
    HttpResponse { status, headers: vec![("Content-Type".into(), content_type.into())], body: body.into() }
}

/// Submits a job for media; `recording` is RingCentral's description of it, `content` answers each look, none is lost.
fn submit(
    of: &serde_json::Value,
    recording: &str,
    mut content: impl FnMut(usize) -> Option<HttpResponse>,
) -> (Script, Result<Accepted, Error>) {
    let (mut script, mut looks) = (Script::default(), 0);
    let ended = script.run(&mut submission(client(), job(of, "{}")), |request, _| match request.url.expose() {
        _ if is_login(request) => Some(response(200, script::TOKEN)),
        url if url.contains("/ai/") => Some(response(202, r#"{"jobId":"j"}"#)),
        url if url.ends_with("/content") => {
            looks += 1;
            content(looks - 1)
        }
        _ => Some(response(200, recording)),
    });
    (script, ended)
}

fn looks(script: &Script) -> usize {
    script.paths().iter().filter(|path| path.ends_with("/content")).count()
}

/// How RingCentral's media are named: by a recording's id, and by their address.
fn names() -> [serde_json::Value; 2] {
    [json!({"recordingId": "7"}), json!({"contentUri": CONTENT})]
}

#[test]
fn a_recording_is_looked_at_as_an_address_is_and_once() {
    for (of, bare) in names().iter().flat_map(|of| ["", r#","contentType":"application/octet-stream""#].map(|bare| (of, bare))) {
        let described = format!(r#"{{"id":7,"contentUri":"{CONTENT}"{bare}}}"#);
        let octets = typed(206, "application/octet-stream", WAV);
        let (script, ended) = submit(of, &described, |_| Some(octets.clone()));
        assert_eq!((ended.unwrap().job_id.as_deref(), looks(&script)), (Some("j"), 1), "{of}");
        let sent = script.requests.last().unwrap().body.clone().unwrap();
        assert!(sent.expose().contains(r#""encoding":"Wav""#));
        let look = script.requests.iter().find(|request| request.url.expose() == CONTENT).unwrap();
        assert_eq!((look.reads_only, look.headers[0].1.expose()), (Some(LOOK_BYTES), "bytes=0-4095"));
        let kept = r#"{"languageCode":"en-US","encoding":"Wav"}"#.to_owned();
        assert_eq!(script.reports, [Report::Completed(kept), Report::Sending], "what was found is kept before it is sent");
    }
    let described = format!(r#"{{"contentUri":"{CONTENT}","contentType":"audio/mpeg"}}"#);
    assert_eq!(looks(&submit(&names()[0], &described, |_| None).0), 0, "what RingCentral says is believed");
}

#[test]
fn an_odd_look_ends_the_job_with_what_was_seen_and_is_not_taken_again() {
    let long = vec![b'x'; 9 << 20];
    let no_kind = "and its first bytes are of no known kind";
    for (answer, said) in [
        (Some(typed(302, "audio/mpeg", WAV)), "the host answered 302, a redirect, which is not followed".to_owned()),
        (Some(response(416, "")), "the host answered 416".to_owned()),
        (Some(typed(410, "text/html", b"<p>no")), "the host answered 410".to_owned()),
        (Some(response(503, "")), "the host answered 503".to_owned()),
        (Some(typed(403, "text/html", b"<p>no")), "the host answered 403".to_owned()),
        (
            Some(typed(200, "text/html; charset=utf-8", b"<!doctype html>")),
            "the host answered 200 with text/html, and its first bytes are text/html".to_owned(),
        ),
        (Some(response(200, "words")), format!("the host answered 200 with no content type, {no_kind}")),
        (
            Some(typed(200, "application/octet-stream", &long)),
            format!("the host answered 200 with application/octet-stream, {no_kind}"),
        ),
        (Some(response(206, "")), "the host answered 206 with nothing in it".to_owned()),
        (None, "the host did not answer".to_owned()),
    ] {
        for of in names() {
            let (script, ended) = submit(&of, &format!(r#"{{"contentUri":"{CONTENT}"}}"#), |_| answer.clone());
            let error = ended.unwrap_err();
            assert_eq!((error.code(), looks(&script)), ("encoding_unknown", 1), "{said}");
            let sentence = error.to_string();
            assert!(sentence.starts_with("input.encoding: ") && sentence.contains(&format!("({said})")), "{sentence}");
            assert!(sentence.ends_with("Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg"), "{sentence}");
            assert!(!error.is_retryable() && script.reports.is_empty(), "no job was sent");
        }
    }
}

#[test]
fn what_keeps_us_from_looking_is_no_look() {
    let described = format!(r#"{{"contentUri":"{CONTENT}"}}"#);
    let wav = || Some(typed(206, "audio/wav", WAV));
    for first in [response(401, ""), limited("1")] {
        let (script, ended) = submit(&names()[0], &described, |count| if count == 0 { Some(first.clone()) } else { wav() });
        assert_eq!((ended.unwrap().job_id.as_deref(), looks(&script)), (Some("j"), 2));
    }
    let refusal = r#"{"errors":[{"errorCode":"CMN-401","permissionName":"ReadCallRecording","message":"no"}]}"#;
    let (_, ended) = submit(&names()[0], &described, |_| Some(response(403, refusal)));
    assert_eq!(ended.unwrap_err().code(), "ringcentral_permission_missing");
}

#[test]
fn what_a_look_has_shown_is_told_before_anything_can_go_wrong_with_the_submit() {
    let mut script = Script::default();
    let mut call = submission(client(), job(&names()[1], "{}"));
    let mut event = Event::Go;
    loop {
        match script.go(&mut call, event) {
            Stop::Sends(request) if is_login(&request) => event = Event::Response(response(200, script::TOKEN)),
            Stop::Sends(request) if request.url.expose() == CONTENT => event = Event::Response(typed(200, "audio/mpeg", b"")),
            Stop::Sends(request) => break assert!(request.url.expose().contains("/ai/")),
            other => panic!("{other:?}"),
        }
    }
    let Report::Completed(input) = &script.reports[0] else { panic!("{:?}", script.reports) };
    // The next try begins with it: nothing is looked at again.
    let mut again = Script::default();
    let ended = again.run(&mut submission(client(), job(&names()[1], input)), |request, _| {
        Some(if is_login(request) { response(200, script::TOKEN) } else { response(202, "{}") })
    });
    assert_eq!((ended.is_ok(), looks(&again)), (true, 0));
}

#[test]
fn a_recording_whose_host_may_not_see_a_token_is_not_sent_and_the_setting_is_named() {
    for (uri, said) in [
        ("https://media.other.example/r/7/content", &["media.other.example", "RC_MEDIA_HOSTS", "mediaHosts"][..]),
        (
            "https://media.devtest.ringcentral.com/restapi/r/7/content?S3CRET",
            &["media.devtest.ringcentral.com", "RC_MEDIA_HOSTS"],
        ),
        ("http://media.ringcentral.com/r/7/content", &["https://"]),
        ("https://u:S3CRET@media.ringcentral.com/r/7/content", &["name or password"]),
        ("ftp://media.ringcentral.com/r/7", &["https://"]),
    ] {
        let (script, ended) = submit(&names()[0], &format!(r#"{{"contentUri":"{uri}","contentType":"audio/mpeg"}}"#), |_| None);
        let error = ended.unwrap_err();
        assert!(matches!(&error, Error::InvalidField { field, .. } if field == "media.recordingId"), "{error:?}");
        let sentence = error.to_string();
        assert!(said.iter().all(|word| sentence.contains(word)) && !sentence.contains("S3CRET"), "{sentence}");
        assert!(script.paths().iter().all(|path| !path.contains("/ai/") && !path.ends_with("/content")), "{:?}", script.sent);
    }
}

#[test]
fn a_recording_whose_address_is_written_without_its_host_is_on_the_media_host() {
    let (script, ended) = submit(&names()[0], r#"{"contentUri":"/r/7/content?a=1","contentType":"audio/mpeg"}"#, |_| None);
    ended.unwrap();
    let sent = script.requests.last().unwrap().body.clone().unwrap();
    assert!(sent.expose().contains("https://media.ringcentral.com/r/7/content?a=1&access_token=S3CRET-token-1"));
}

#[test]
fn an_address_that_ringcentral_could_not_fetch_is_refused_before_anything_is_asked() {
    let login = JwtLogin { client_id: "id".into(), client_secret: None, jwt: Secret::new("jwt") };
    let engine = RingCentral::new(Site::new(Site::SERVER, &[]).unwrap(), Credentials::Jwt(login));
    let site = Site::new(Site::SERVER, &[]).unwrap();
    let as_fields = |uri: &str| {
        json!({"contentUri": uri, "webhook": "https://w.example/", "encoding": "Wav", "languageCode": "en-US"}).to_string()
    };
    for (uri, said) in [
        ("https://media.devtest.ringcentral.com/restapi/v1.0/account/1/recording/7/content", "RC_MEDIA_HOSTS"),
        ("https://platform.ringcentral.com/restapi/v1.0/account/1/recording/7/content", "RC_MEDIA_HOSTS"),
        ("https://media.eu.ringcentral.com/rcvideo/v1/recordings/ab==", "media.eu.ringcentral.com"),
        ("http://media.ringcentral.com/restapi/v1.0/account/1/recording/7/content", "https://"),
        ("http://media.ringcentral.com/a?access_token=S3CRET", "https://"),
        ("https://u:S3CRET@media.ringcentral.com/a", "name or password"),
    ] {
        let refused = engine.check_media(&media(&json!({"contentUri": uri}))).unwrap_err();
        assert!(matches!(&refused, Error::InvalidField { field, .. } if field == "media.contentUri"), "{refused:?}");
        assert!(refused.to_string().contains(said) && !refused.to_string().contains("S3CRET"), "{refused}");
        let fields = as_fields(uri);
        let refused = SubmitJob::parse(&site, "speech-to-text", Value::parse(fields.as_bytes()).unwrap()).unwrap_err();
        assert!(matches!(&refused, Error::InvalidField { field, .. } if field == "contentUri"), "{refused:?}");
    }
    for uri in [
        CONTENT,
        "https://platform.ringcentral.com/restapi/v1.0/account/1/recording/7/content?access_token=T",
        "https://assets.ringcentral.com/sample.mp3",
        "https://proxy.example/restapi/v1.0/account/1/recording/7/content",
        "http://files.example/a.wav#t=1",
        "https://u:p@files.example/a.wav",
    ] {
        assert_eq!(engine.check_media(&media(&json!({"contentUri": uri}))), Ok(()), "{uri}");
        let fields = as_fields(uri);
        assert!(SubmitJob::parse(&site, "speech-to-text", Value::parse(fields.as_bytes()).unwrap()).is_ok(), "{uri}");
    }
    assert_eq!(engine.check_media(&media(&json!({"recordingId": "7"}))), Ok(()));
}
