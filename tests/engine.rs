//! The door that every engine stands behind: RingCentral and an engine made up for this test do the same job through it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

#[path = "engine/ace.rs"]
mod ace;
#[path = "engine/assemblyai.rs"]
mod assemblyai;
#[path = "engine/chat.rs"]
mod chat;
#[path = "engine/deepgram.rs"]
mod deepgram;
#[path = "engine/hearing.rs"]
mod hearing;
#[path = "engine/host.rs"]
mod host;
#[path = "engine/openai.rs"]
mod openai;
#[path = "engine/scribe.rs"]
mod scribe;
mod script;
mod shape;

use host::Host;
use ringcentral_ai::call::Event as Happened;
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::RingCentral;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin, Pkce, RefreshLogin, RefreshToken, Token};
use ringcentral_ai::engine::{Accepted, Delivery, Engine, Input, Job, Media, Outcome, Seen, Task};
use ringcentral_ai::error::{ApiError, Error};
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{Effect, Event, State, Via};
use ringcentral_ai::pace::Group;
use ringcentral_ai::secret::{Secret, SecretUrl};
use scribe::Scribe;
use script::{Script, Stop, is_login, limited, response, with_login};

const ADDRESS: &str = "https://files.example/a.wav?sig=S3CRET";
const WEBHOOK: &str = "https://w.example/callbacks/1/1/S3CRET";

fn ringcentral_as(jwt: &str) -> RingCentral {
    let login = JwtLogin { client_id: "id".into(), client_secret: Some(Secret::new("secret")), jwt: Secret::new(jwt) };
    RingCentral::new(Site::new(Site::SERVER, &[]).unwrap(), Credentials::Jwt(login))
}

fn ringcentral() -> RingCentral {
    ringcentral_as("jwt")
}

fn scribe() -> Scribe {
    Scribe { key: Secret::new("S3CRET-key") }
}

fn fields(text: &str) -> Value<'_> {
    Value::parse(text.as_bytes()).unwrap()
}

fn address(text: &str) -> Media {
    Media::Address(SecretUrl::hiding_query(text.into()))
}

#[track_caller]
fn refused(checked: Result<Input, Error>) -> String {
    match checked {
        Err(Error::InvalidField { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}

/// What an engine's server answers, and what it tells a webhook.
struct Server {
    /// The fields that the job is asked with.
    fields: &'static str,
    accepts: fn() -> HttpResponse,
    running: &'static str,
    finished: &'static str,
    tells: &'static str,
}

const RINGCENTRAL: Server = Server {
    fields: r#"{"encoding":"Wav"}"#,
    accepts: || response(202, r#"{"jobId":"7"}"#),
    running: r#"{"jobId":"7","api":"/ai/audio/v1/async/speech-to-text","status":"InProgress"}"#,
    finished: r#"{"jobId":"7","api":"/ai/audio/v1/async/speech-to-text","status":"Success","completionTime":"2026-01-31T09:30:00Z","response":{}}"#,
    tells: r#"{"jobId":"7","api":"/ai/audio/v1/async/speech-to-text","status":"Success","completionTime":"2026-01-31T09:30:00Z","response":{}}"#,
};

const SCRIBE: Server = Server {
    fields: r#"{"lang":"de"}"#,
    accepts: || response(201, r#"{"id":7}"#),
    running: r#"{"id":7,"state":"working"}"#,
    finished: r#"{"id":7,"state":"done","finished":"2026-01-31T09:30:00Z","text":"…"}"#,
    tells: r#"{"event":"job.finished","data":{"id":7,"state":"done","finished":"2026-01-31T09:30:00Z","text":"…"}}"#,
};

/// An engine with what its server says, and its name.
type Known = (fn() -> Box<dyn Engine>, Server, &'static str);

const ENGINES: [Known; 2] = [(|| Box::new(ringcentral()), RINGCENTRAL, "ringcentral"), (|| Box::new(scribe()), SCRIBE, "scribe")];

#[test]
fn two_engines_do_a_job_through_the_same_door_and_the_same_life() {
    for (engine, server, name) in ENGINES {
        let engine = engine();
        let mut host = Host::create(&*engine, server.fields, ADDRESS, WEBHOOK);
        assert_eq!((engine.name(), host.state()), (name, Some(State::Queued)));
        host.submit(Some(&(server.accepts)()));
        assert_eq!(host.state(), Some(State::Submitted), "{name}");
        let submit = host.script.requests.iter().find(|request| request.body.is_some() && !is_login(request)).unwrap();
        let sent = [submit.url.expose(), submit.body.as_ref().unwrap().expose()].concat();
        assert!(sent.contains(ADDRESS), "the media's address was sent: {sent}");
        host.ask(server.running);
        assert_eq!(host.state(), Some(State::Submitted), "{name}: it runs");
        let effects = host.delivered(server.tells);
        assert_eq!(effects[0], Effect::Keep { key: "result/told".into() }, "{name}");
        let record = host.record.clone().unwrap();
        assert_eq!((record.state, record.engine_job_id.as_deref()), (State::Succeeded, Some("7")), "{name}");
        assert_eq!(record.completed_ms, Some(1_769_851_800_000), "{name}: as the engine said");
        assert_eq!(host.delivered(server.tells.replace("09:30", "09:31").as_str()), [Effect::Keep { key: "result/told".into() }]);
        host.script.now_ms = record.due_ms;
        host.tell(Event::TimeCame);
        assert_eq!(host.state(), None, "{name}: every record ends");
    }
}

#[test]
fn a_webhook_that_never_comes_is_made_up_for_by_the_status_of_either() {
    for (engine, server, name) in ENGINES {
        let engine = engine();
        let mut host = Host::create(&*engine, server.fields, ADDRESS, WEBHOOK);
        host.submit(Some(&(server.accepts)()));
        host.ask(server.running);
        host.ask(server.finished);
        let record = host.record.unwrap();
        assert_eq!((record.state, record.via), (State::Succeeded, Some(Via::Status)), "{name}");
        assert_eq!(record.result_key.as_deref(), Some("result/asked"), "{name}");
    }
}

#[test]
fn a_lost_answer_is_waited_for_whichever_engine_it_was() {
    for (engine, server, name) in ENGINES {
        let engine = engine();
        let mut host = Host::create(&*engine, server.fields, ADDRESS, WEBHOOK);
        // A login that does not come is no lost submit: the token is there before.
        let mut status = engine.status("1").unwrap();
        host.script.run(&mut status, |request, _| with_login(request, response(200, server.running))).unwrap();
        host.submit(None);
        assert_eq!(host.state(), Some(State::Unconfirmed), "{name}");
        host.delivered(server.tells);
        assert_eq!(host.state(), Some(State::Unconfirmed), "{name}: whoever has the address could say so");
        host.ask(server.finished);
        assert_eq!(host.state(), Some(State::Succeeded), "{name}: its own webhook tells what to ask for");
    }
}

#[test]
fn an_engine_checks_its_own_fields_and_names_the_wrong_one() {
    let (ringcentral, scribe) = (ringcentral(), scribe());
    let check = |engine: &dyn Engine, text: &str| engine.check(Task::SpeechToText, &fields(text));
    assert_eq!(check(&ringcentral, "{}").unwrap().write(), r#"{"languageCode":"en-US"}"#);
    assert_eq!(check(&scribe, "{}").unwrap().write(), r#"{"language":"en"}"#);
    assert_eq!(check(&scribe, r#"{"lang":"de","names":["Ann"]}"#).unwrap().write(), r#"{"language":"de","names":["Ann"]}"#);
    assert_eq!(refused(check(&ringcentral, r#"{"language":"de"}"#)), "input.language");
    assert_eq!(refused(check(&ringcentral, r#"{"contentUri":"https://h/"}"#)), "input.contentUri");
    for (text, field) in [
        (r#"{"languageCode":"en-US"}"#, "input.languageCode"),
        (r#"{"names":[]}"#, "input.names"),
        (r#"{"lang":"fr"}"#, "input.lang"),
        (r#"{"audio":"https://h/"}"#, "input.audio"),
        ("[]", "input"),
    ] {
        assert_eq!(refused(check(&scribe, text)), field, "{text}");
    }
    assert_eq!(refused(scribe.check(Task::Summarize, &fields("{}"))), "task");
}

#[test]
fn a_submit_whose_answer_is_lost_is_not_sent_again_by_either() {
    for (engine, server) in [(&ringcentral() as &dyn Engine, RINGCENTRAL), (&scribe(), SCRIBE)] {
        let input = engine.check(Task::SpeechToText, &fields(server.fields)).unwrap();
        let webhook = SecretUrl::hiding_query(WEBHOOK.into());
        let job = Job { task: Task::SpeechToText, input, media: Some(address(ADDRESS)), relay: None, webhook, asked_ms: None };
        let mut script = Script::default();
        let ended: Result<Accepted, Error> = script.run(&mut engine.submit(job).unwrap(), |request, _| {
            if is_login(request) { with_login(request, limited("1")) } else { None }
        });
        assert_eq!(ended, Err(Error::SubmitUnconfirmed));
        assert_eq!(script.requests.iter().filter(|request| !is_login(request)).count(), 1);
    }
}

#[test]
fn a_job_that_failed_says_why_and_shows_no_address() {
    let said = |error_code: &str, message: &str, parameter_name: Option<&str>| {
        Outcome::Failed(vec![ApiError {
            error_code: error_code.into(),
            message: message.into(),
            parameter_name: parameter_name.map(Into::into),
        }])
    };
    let body = r#"{"event":"job.failed","data":{"id":7,"state":"error","failure":"no https://files.example/a?S3CRET"}}"#;
    let delivery = scribe().read(body.as_bytes()).unwrap();
    assert_eq!(delivery.outcome, said("scribe", "no https://files.example/[secret]", None));
    let delivery = ringcentral().read(include_bytes!("payloads/fail-contentUri-invalid.json")).unwrap();
    let Outcome::Failed(errors) = delivery.outcome else { panic!("a Fail") };
    assert_eq!((errors[0].error_code.as_str(), errors[0].parameter_name.as_deref()), ("CAI-101", Some("contentUri")));
}

#[test]
fn bytes_that_say_nothing_are_refused_by_each() {
    for engine in [&ringcentral() as &dyn Engine, &scribe()] {
        for body in [&b""[..], b"{", b"{}", b"[]", b"\xff"] {
            assert_eq!(engine.read(body).unwrap_err().code(), "unreadable_callback", "{}", engine.name());
        }
    }
}

#[test]
fn ringcentrals_deliveries_are_read_to_their_facts() {
    let engine = ringcentral();
    let delivery = engine.read(include_bytes!("payloads/stt-success-no-diarization-2023-09-26.json")).unwrap();
    let expected = Delivery {
        job_id: Some("c53c06a2-5cbd-11ee-819d-0050568c1bf3".into()),
        task: Some("speech-to-text".into()),
        outcome: Outcome::Succeeded,
        completed_ms: Some(1_695_768_063_734),
    };
    assert_eq!(delivery, expected);
    assert_eq!(engine.remembers_ms(), 7 * 86_400_000, "as long as between its creation and its expiration");
    let running = engine.read(include_bytes!("payloads/job-status-inprogress.json")).unwrap();
    assert_eq!((running.outcome, running.completed_ms), (Outcome::Running, None));
    let of_2022 = engine.read(include_bytes!("payloads/analyze-interaction-success-with-emotion-2022.json")).unwrap();
    assert_eq!((of_2022.job_id, of_2022.task, of_2022.outcome), (None, None, Outcome::Succeeded));
    let task = |api: &str| engine.read(format!(r#"{{"status":"Success","api":"{api}"}}"#).as_bytes()).unwrap().task;
    assert_eq!(task("/audio/v9/speech-to-text/").as_deref(), Some("speech-to-text"));
    assert_eq!([task("/audio/v1/recognize-emotion"), task(""), task("/")], [None, None, None], "no task of ours");
    let unknown = engine.read(br#"{"status":"Paused"}"#).unwrap();
    assert_eq!(unknown.outcome, Outcome::Running, "a word that we do not know decides nothing");
}

#[test]
fn what_a_look_at_the_media_shows_fills_in_what_nobody_named() {
    let engine = ringcentral();
    let input = engine.check(Task::SpeechToText, &Value::Object(vec![])).unwrap();
    let media = address(ADDRESS);
    let untold = engine.untold(&input, &media).unwrap();
    assert_eq!((untold.field, untold.takes.as_str()), ("encoding", "Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg"));
    let seen = |content_type: Option<&str>, beginning: &[u8], path: &str| Seen {
        content_type: content_type.map(Into::into),
        beginning: beginning.to_vec(),
        path: path.into(),
    };
    let wav = b"RIFF\x24\0\0\0WAVEfmt ";
    for (seen, encoding) in [
        (seen(Some("audio/mpeg"), wav, "/a.ogg"), "Wav"),
        (seen(Some("audio/mpeg"), b"?", "/a.ogg"), "Mpeg"),
        (seen(Some("application/octet-stream"), b"?", "/a.ogg"), "Ogg"),
        (seen(None, b"", "/a.ogg"), "Ogg"),
    ] {
        let told = engine.told(input.clone(), &seen);
        assert_eq!(told.write(), format!(r#"{{"languageCode":"en-US","encoding":"{encoding}"}}"#));
        assert_eq!(engine.untold(&told, &media), None);
    }
    assert_eq!(engine.told(input.clone(), &seen(None, b"?", "/a")), input, "nothing tells");
    for other in [&b"fLaC"[..], b"<html>"] {
        assert_eq!(
            engine.told(input.clone(), &seen(Some("audio/mpeg"), other, "/a.mp3")),
            input,
            "RingCentral has no name for it"
        );
    }
    let named = engine.check(Task::SpeechToText, &fields(r#"{"encoding":"Mp4"}"#)).unwrap();
    assert_eq!(engine.told(named.clone(), &seen(None, wav, "")), named, "what was named stays");
    for own in [r#"{"recordingId":"7"}"#, r#"{"contentUri":"https://media.ringcentral.com/7/content"}"#] {
        let media = Media::parse(&fields(own), false).unwrap();
        assert_eq!(engine.untold(&input, &media), None, "RingCentral finds it out by itself: {own}");
    }
    let without = scribe();
    let input = without.check(Task::SpeechToText, &Value::Object(vec![])).unwrap();
    assert_eq!((without.untold(&input, &media), without.told(input.clone(), &seen(None, wav, ""))), (None, input));
}

#[test]
fn what_ringcentral_cannot_open_goes_through_us_or_nowhere() {
    let engine = ringcentral();
    let input = engine.check(Task::SpeechToText, &fields(r#"{"encoding":"Wav"}"#)).unwrap();
    for own in [r#"{"uploadId":"0199"}"#, r#"{"contentUri":"https://h.example.com/a","headers":{"x-key":"S3CRET"}}"#] {
        let media = Media::parse(&fields(own), false).unwrap();
        assert_eq!(engine.check_media(&media), Ok(()));
        let webhook = SecretUrl::hiding_query(WEBHOOK.into());
        let relay = Some(SecretUrl::hiding_query("https://w.example/media/7/1".into()));
        let mut job = Job { task: Task::SpeechToText, input: input.clone(), media: Some(media), relay, webhook, asked_ms: None };
        let mut script = Script::default();
        let accept = |request: &HttpRequest, _| with_login(request, response(202, r#"{"jobId":"j"}"#));
        let ended = script.run(&mut engine.submit(job.clone()).unwrap(), accept);
        assert_eq!(ended, Ok(Accepted { job_id: Some("j".into()), said: None }));
        let body = script.requests.last().unwrap().body.as_ref().unwrap().expose();
        assert!(body.contains(r#""contentUri":"https://w.example/media/7/1.wav""#) && !body.contains("S3CRET"), "{body}");
        job.relay = None;
        let ended = Script::default().run(&mut engine.submit(job).unwrap(), accept);
        assert!(matches!(ended, Err(Error::InvalidField { field, .. }) if field == "media"));
    }
}

#[test]
fn the_name_of_a_protected_file_is_asked_before_ringcentral_is() {
    let engine = ringcentral();
    let input = engine.check(Task::SpeechToText, &Value::Object(vec![])).unwrap();
    for (path, looks) in [("7/call.MP3", 0), ("7/content", 1)] {
        let media = Some(address(&format!("https://media.ringcentral.com/{path}")));
        let webhook = SecretUrl::hiding_query(WEBHOOK.into());
        let job = Job { task: Task::SpeechToText, input: input.clone(), media, relay: None, webhook, asked_ms: None };
        let mut script = Script::default();
        let sound = HttpResponse { headers: vec![("content-type".into(), "audio/mpeg".into())], ..response(200, "{}") };
        let ended = script.run(&mut engine.submit(job).unwrap(), |request, _| with_login(request, sound.clone()));
        assert_eq!(ended, Ok(Accepted::default()));
        assert!(script.requests.last().unwrap().body.as_ref().unwrap().expose().contains(r#""encoding":"Mpeg""#));
        assert_eq!(script.paths().iter().filter(|path| path.starts_with("GET")).count(), looks, "{path}");
    }
}

/// A question that needs a token; its first request.
fn first_request(engine: &RingCentral, now_ms: u64) -> (HttpRequest, u64) {
    let mut script = Script { now_ms, ..Script::default() };
    let Stop::Sends(request) = script.go(&mut engine.status("j").unwrap(), Happened::Go) else { panic!("a request") };
    (request, script.now_ms)
}

fn ask(engine: &RingCentral, answer: &HttpResponse) {
    let mut script = Script::default();
    let mut asked = 0;
    let _ = script.run(&mut engine.status("j").unwrap(), |request, _| {
        asked += usize::from(!is_login(request));
        with_login(request, if asked > 1 { response(200, "{}") } else { answer.clone() })
    });
}

#[test]
fn what_ringcentral_has_learned_outlives_it_under_the_same_credentials() {
    let before = ringcentral();
    assert_eq!(before.state(), None, "nothing is learned yet");
    ask(&before, &response(200, "{}"));
    let state = before.state().unwrap();
    assert_eq!(before.state(), Some(state.clone()), "it changes with what is learned alone");
    let after = ringcentral();
    after.restore(&state);
    assert_eq!(after.state(), Some(state.clone()));
    assert!(!is_login(&first_request(&after, 1_000).0), "the token is taken up");
    let token = Token::foreign(Secret::new("jwt"));
    let others: [RingCentral; 3] = [
        ringcentral_as("another"),
        RingCentral::new(Site::new("https://other.example", &[]).unwrap(), Credentials::Token(token.clone())),
        RingCentral::new(Site::new(Site::SERVER, &[]).unwrap(), Credentials::Token(token)),
    ];
    for other in others {
        let own = other.state();
        other.restore(&state);
        assert_eq!(other.state(), own, "what is of others is ignored");
    }
    for text in ["", "{", "{}", "[]", r#"{"of":7}"#] {
        let engine = ringcentral();
        engine.restore(&Secret::new(text));
        assert_eq!(engine.state(), None, "{text}");
    }
}

#[test]
fn a_session_that_a_user_signed_in_to_is_taken_up_by_nobody() {
    let refresh = RefreshToken { token: Secret::new("R"), expires_at_ms: u64::MAX };
    let login = RefreshLogin { client_id: "id".into(), client_secret: None, refresh };
    let session = || RingCentral::new(Site::new(Site::SERVER, &[]).unwrap(), Credentials::Pkce(Pkce::Refresh(login.clone())));
    let (one, other) = (session(), session());
    ask(&one, &response(200, "{}"));
    other.restore(&Secret::new(r#"{"of":"","token":{"access":"T"}}"#));
    assert_eq!((one.state(), other.state()), (None, None));
    assert!(is_login(&first_request(&other, 1_000).0), "the next one may be another user's");
}

#[test]
fn recordings_are_ringcentrals_and_counted_in_their_group() {
    let query = [("source".to_owned(), "meetings".to_owned())];
    let (mut call, group) = ringcentral().recordings(&query).unwrap();
    assert_eq!(group, Group::Light);
    let token = r#"{"access_token":"T","expires_in":3600,"scope":"Video"}"#;
    let page = Script::default()
        .run(&mut call, |request, _| Some(response(200, if is_login(request) { token } else { r#"{"meetings":[]}"# })));
    assert!(page.unwrap().items.is_empty());
    let unknown = ringcentral().recordings(&[("colour".to_owned(), "red".to_owned())]);
    let unknown = unknown.unwrap_err().to_string();
    assert!(unknown.starts_with("colour: this list of recordings has no such parameter; it has: source, view, "), "{unknown}");
}

#[test]
fn a_penalty_outlives_a_restart() {
    let before = ringcentral();
    ask(&before, &limited("90"));
    let after = ringcentral();
    after.restore(&before.state().unwrap());
    assert!(after.held_until_ms(Group::Heavy) >= 90_000 && after.held_until_ms(Group::Light) == 0);
    let (request, sent_ms) = first_request(&after, 1_000);
    assert!(!is_login(&request) && sent_ms >= 90_000, "{request:?} was sent at {sent_ms}");
}

#[test]
fn what_of_a_window_is_used_outlives_a_restart() {
    let before = ringcentral();
    for _ in 0..10 {
        ask(&before, &response(200, "{}"));
    }
    let after = ringcentral();
    after.restore(&before.state().unwrap());
    let (request, sent_ms) = first_request(&after, 1_000);
    assert!(!is_login(&request) && sent_ms >= 60_000, "{request:?} was sent at {sent_ms}");
}

#[test]
fn a_state_is_a_secret_and_shows_no_credential() {
    let engine = ringcentral_as("S3CRET-jwt");
    ask(&engine, &response(200, "{}"));
    assert_eq!(format!("{:?}", engine.state()), "Some([secret])");
    assert!(!engine.state().unwrap().expose().contains("S3CRET-jwt"));
    assert!(!format!("{engine:?}").contains("S3CRET"));
}
