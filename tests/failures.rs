//! The core alone against the sandbox over real HTTP, where something is missing, wrong or gone; enrollments and sign-in too.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

mod stage;

use base64ct::{Base64, Encoding};
use ringcentral_ai::call::Report;
use ringcentral_ai::engine::ringcentral::auth::{
    CodeLogin, Credentials, Pkce, RefreshLogin, Token, challenge, code_of, login_url, verifier,
};
use ringcentral_ai::engine::ringcentral::client::{Client, TokenUse};
use ringcentral_ai::engine::ringcentral::delivery::{Envelope, Status, TypedResult};
use ringcentral_ai::engine::ringcentral::enrollments::{
    CreateEnrollment, DeleteEnrollment, Enrollment, ListEnrollments, ReadEnrollment, SpeakerId, UpdateEnrollment,
};
use ringcentral_ai::engine::ringcentral::jobs::{JobStatus, check_input, submission};
use ringcentral_ai::engine::ringcentral::media::ReadRecording;
use ringcentral_ai::engine::{Accepted, Job, Media, RecordingId, Task};
use ringcentral_ai::error::{ApiError, Error, Holder};
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::transcript::Transcript;
use serde_json::{Value as Json, json};
use stage::{Stage, recording_id};

const VOICEMAIL: &[(&str, &str)] = &[("source", "voicemail"), ("dateFrom", "2020-01-01")];
const STATE: &str = "s&t";
const REDIRECT: &str = "http://127.0.0.1:9/back?a=1";

async fn submit(stage: &Stage, client: &Client, task: Task, media: Json, fields: &Json) -> Result<Accepted, Error> {
    let input = check_input(task, &Value::parse(fields.to_string().as_bytes()).unwrap(), "input").unwrap();
    let media = task.media(&Value::parse(media.to_string().as_bytes()).unwrap(), true).unwrap();
    let job = Job { task, input, media, relay: None, webhook: stage.webhook("job"), asked_ms: Some(0) };
    stage.run(submission(client.clone(), job)).await
}

async fn transcribe(stage: &Stage, client: &Client, recording_id: &str) -> Result<Accepted, Error> {
    submit(stage, client, Task::SpeechToText, json!({ "recordingId": recording_id }), &json!({})).await
}

async fn punctuate(stage: &Stage, client: &Client) -> Result<Accepted, Error> {
    submit(stage, client, Task::Punctuate, Json::Null, &json!({"texts": ["a"]})).await
}

fn missing<T>(permission: &str) -> Result<T, Error> {
    // Where the app has what it needs, it is the user who lacks the right to see the whole company.
    let holder = if permission == "FullCompanyCallLog" { Holder::User } else { Holder::App };
    Err(Error::PermissionMissing { permission: permission.into(), holder })
}

/// The same user and app with a token of which we do not know what it may: RingCentral is asked, and says so.
async fn unknowing(stage: &Stage, client_id: &str) -> Client {
    let token = stage.run(stage.client(client_id).token(TokenUse::Header)).await.unwrap();
    Client::new(stage.site(), Credentials::Token(Token::foreign(token.access)))
}

#[tokio::test]
async fn a_permission_that_is_missing_is_named_for_each_source() {
    let stage = Stage::new().await;
    let lists = [
        ("sandbox-nocalllog", "ReadCallLog", vec![("source", "calls")]),
        ("sandbox-nocalllog", "ReadCallLog", vec![("source", "calls"), ("scope", "company")]),
        ("sandbox-novideo", "Video", vec![("source", "meetings")]),
        ("sandbox-novideo", "Video", vec![("source", "meetings"), ("list", "recordings")]),
        ("sandbox-novideo", "Video", vec![("source", "meetings"), ("scope", "company")]),
        ("sandbox-novideo", "Video", vec![("source", "meetings"), ("scope", "company"), ("list", "history")]),
        ("sandbox-nomessages", "ReadMessages", vec![("source", "voicemail")]),
    ];
    for (app, permission, query) in lists {
        assert_eq!(stage.list(&stage.client(app), &query).await, missing(permission), "{query:?}");
        assert!(stage.sent().is_empty(), "the login's scope tells: nothing else was sent");
        assert_eq!(stage.list(&unknowing(&stage, app).await, &query).await, missing(permission), "{query:?}");
        assert_eq!(stage.sent().len(), 1, "and where it does not, RingCentral does");
    }
    for query in [
        &[("source", "calls"), ("scope", "company")][..],
        &[("source", "meetings"), ("scope", "company")],
        &[("source", "meetings"), ("scope", "company"), ("list", "history")],
    ] {
        let ended = stage.list(&stage.client("sandbox-nocompany"), query).await;
        assert_eq!(ended, missing("FullCompanyCallLog"), "{query:?}");
    }
    let own = stage.list(&stage.client("sandbox-nocompany"), VOICEMAIL).await.unwrap();
    assert!(!own.is_empty(), "one's own are another matter");
}

#[tokio::test]
async fn a_permission_that_is_missing_is_named_for_each_way_to_a_job() {
    let stage = Stage::new().await;
    let client = stage.client("sandbox-client");
    let first = async |query: &[(&str, &str)]| {
        let found = stage.list(&client, query).await.unwrap();
        found.into_iter().find(|recording| recording.submittable).unwrap().id
    };
    let call = recording_id("support-call");
    let (meeting, message) = (first(&[("source", "meetings")]).await, first(VOICEMAIL).await);
    for (app, id, permission) in [
        ("sandbox-norecording", &call, "ReadCallRecording"),
        ("sandbox-novideo", &meeting, "Video"),
        ("sandbox-nomessages", &message, "ReadMessages"),
        ("sandbox-noai", &call, "AI"),
        ("sandbox-noai", &meeting, "AI"),
        ("sandbox-noai", &message, "AI"),
    ] {
        stage.sent();
        assert_eq!(transcribe(&stage, &stage.client(app), id).await, missing(permission), "{app} {id}");
        assert!(stage.sent().is_empty() && stage.reports().is_empty(), "nothing but a login");
        assert_eq!(transcribe(&stage, &unknowing(&stage, app).await, id).await, missing(permission), "{app} {id}");
        assert_eq!(stage.sent().iter().any(|line| line.contains("/ai/")), permission == "AI");
        stage.reports();
    }
    for client in [stage.client("sandbox-noai"), unknowing(&stage, "sandbox-noai").await] {
        assert_eq!(punctuate(&stage, &client).await, missing("AI"));
        assert_eq!(stage.ask(&client, JobStatus::new("j").unwrap()).await, missing("AI"));
        assert_eq!(stage.ask(&client, ListEnrollments::default()).await, missing("AI"));
    }
}

#[tokio::test]
async fn what_a_list_calls_not_submittable_is_refused_for_the_same_reason_before_a_job_is_sent() {
    let stage = Stage::new().await;
    let client = stage.client("sandbox-client");
    let lost = stage.list(&client, &[("source", "meetings")]).await.unwrap();
    let lost: Vec<_> = lost.into_iter().filter(|recording| !recording.submittable).collect();
    let mut reasons: Vec<&str> = lost.iter().map(|recording| recording.reason.as_deref().unwrap()).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["RingCentral has purged it", "RingCentral is still processing it", "it was deleted"]);
    stage.sent();
    for recording in &lost {
        let reason = format!("media.recordingId: it cannot be submitted: {}", recording.reason.as_deref().unwrap());
        let error = transcribe(&stage, &client, &recording.id).await.unwrap_err();
        assert!(error.to_string().starts_with(&reason), "{error}");
        let sent = stage.sent();
        assert!(matches!(&sent[..], [look] if look.starts_with("GET /rcvideo/v1/history/meetings/")), "{sent:?}");
    }
    // A meeting whose only recording cannot be had, and one with two that can.
    let only = |id: &str| format!("{}-only", id.rsplit_once('-').unwrap().0);
    let refused = transcribe(&stage, &client, &only(&lost[0].id)).await.unwrap_err();
    assert!(refused.to_string().contains(lost[0].reason.as_deref().unwrap()), "{refused}");
    let row = stage.list(&client, &[("source", "meetings"), ("scope", "company")]).await.unwrap().remove(0);
    let refused = transcribe(&stage, &client, &row.id).await.unwrap_err().to_string();
    let files = stage.list(&client, &[("source", "meetings"), ("text", "cafe")]).await.unwrap();
    assert!(files.len() == 2 && files.iter().all(|file| refused.contains(&file.id)), "{refused}");
}

#[tokio::test]
async fn a_login_that_is_refused_says_what_to_check() {
    let stage = Stage::new().await;
    for (client_id, secret, jwt, code, advice) in [
        ("sandbox-client", "wrong", "sandbox-jwt", "OAU-123", "check client id and client secret"),
        ("nobody", "sandbox-secret", "sandbox-jwt", "OAU-123", "check client id and client secret"),
        ("sandbox-client", "sandbox-secret", "wrong", "OAU-149", "a JWT must be made for this app"),
    ] {
        let client = stage.client_with(client_id, secret, jwt);
        for _ in 0..2 {
            let error = stage.list(&client, VOICEMAIL).await.unwrap_err();
            assert!(matches!(error, Error::LoginRefused { .. }), "{error:?}");
            assert_eq!(error.ringcentral()[0].error_code, code);
            assert!(error.to_string().contains(advice));
        }
        assert!(stage.sent().is_empty());
    }
    let dead = Client::new(stage.site(), Credentials::Token(Token::foreign(Secret::new("dead"))));
    assert_eq!(stage.list(&dead, &[]).await, Err(Error::TokenRejected));
}

#[tokio::test]
async fn what_ringcentral_does_not_know_is_told_as_that() {
    let stage = Stage::new().await;
    let client = stage.client("sandbox-client");
    let said = |error: &Error| (error.status(), error.ringcentral().first().cloned());
    let cmn = |name: &str| ApiError {
        error_code: "CMN-102".into(),
        message: format!("Resource for parameter [{name}] is not found"),
        parameter_name: Some(name.into()),
    };
    for (id, parameter) in
        [("1662272004", "recordingId"), ("meeting-nobody-1", "meetingId"), ("voicemail-9999-9999", "messageId")]
    {
        let error = transcribe(&stage, &client, id).await.unwrap_err();
        assert_eq!(said(&error), (Some(404), Some(cmn(parameter))), "{id}");
        assert_eq!(stage.sent().len(), 1, "one look, no job");
        assert!(stage.ask(&client, ReadRecording::for_job(RecordingId::parse(id, "").unwrap())).await.is_err());
        stage.sent();
    }
    let message = stage.list(&client, VOICEMAIL).await.unwrap().remove(0);
    let other = format!("{}0", message.id);
    let error = transcribe(&stage, &client, &other).await.unwrap_err().to_string();
    assert!(error.contains("no recording of this id"), "{error}");
    let unknown = JobStatus::new("80800e1a-a663-11ee-b548-0050568ccd07").unwrap();
    assert_eq!(stage.ask(&client, unknown).await.unwrap_err().status(), Some(404));

    let media = json!({"contentUri": format!("{}/media/voicemail.wav", stage.own)});
    for task in [Task::SpeakerIdentify, Task::SpeechToText, Task::SpeakerDiarize, Task::AnalyzeInteraction] {
        let fields = json!({"speakerIds": ["nobody"], "encoding": "Wav"});
        let error = submit(&stage, &client, task, media.clone(), &fields).await.unwrap_err();
        let (status, said) = said(&error);
        let said = said.unwrap();
        assert_eq!(
            (status, said.error_code.as_str(), said.parameter_name.as_deref()),
            (Some(400), "CAI-101", Some("speakerIds"))
        );
    }
    // A certain refusal of the request itself is no doubt about the job: it was announced once.
    assert_eq!(stage.reports(), [Report::Sending, Report::Sending, Report::Sending, Report::Sending]);
}

#[tokio::test]
async fn media_that_cannot_be_fetched_or_decoded_ends_in_a_fail_that_is_read() {
    let stage = Stage::new().await;
    let client = stage.client("sandbox-client");
    let call = format!("{}/restapi/v1.0/account/~/recording/{}/content", stage.base, recording_id("support-call"));
    let protected_without_permission = stage.client("sandbox-norecording");
    let cases = [
        (&client, format!("{}/media/gone.wav", stage.own)),
        (&client, format!("{}/media/noise.wav", stage.own)),
        (&client, "http://127.0.0.1:1/a.wav".to_owned()),
        (&protected_without_permission, call),
    ];
    for (client, address) in cases {
        for task in [Task::SpeechToText, Task::AnalyzeInteraction] {
            let media = json!({ "contentUri": address });
            let accepted = submit(&stage, client, task, media, &json!({"encoding": "Wav"})).await.unwrap();
            let body = stage.callback("job").await;
            stage.forget("job");
            let expected = ApiError {
                error_code: "CAI-101".into(),
                message: "Parameter [contentUri] is invalid. It should be a valid uri".into(),
                parameter_name: Some("contentUri".into()),
            };
            let envelope = Envelope::read(&body).unwrap();
            assert_eq!(
                (envelope.status, envelope.job_id, envelope.errors),
                (Status::Fail, accepted.job_id.clone(), vec![expected.clone()])
            );
            assert_eq!(TypedResult::read(&body, None), Ok(TypedResult::Fail(vec![expected])));
            assert_eq!(Transcript::read(&body), Err(Error::NoTranscript));
            let status = stage.ask(client, JobStatus::new(&accepted.job_id.unwrap()).unwrap()).await.unwrap();
            assert_eq!(status.as_bytes(), body);
        }
    }
    let job = submit(&stage, &client, Task::SpeechToText, json!({"contentUri": format!("{}/x", stage.base)}), &json!({})).await;
    let said = job.unwrap_err().to_string();
    assert!(said.starts_with("input.encoding: ") && said.contains("404"), "media of RingCentral's is looked at first: {said}");
}

fn enrolled(id: &str, name: &str) -> Json {
    let sample = std::fs::read(format!("{}/tests/sandbox/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    json!({"speakerId": id, "encoding": "Wav", "languageCode": "en-US", "content": Base64::encode_string(&sample)})
}

#[tokio::test]
async fn a_speaker_is_enrolled_read_added_to_listed_and_deleted() {
    let stage = Stage::new().await;
    let client = stage.client("sandbox-client");
    let id = || SpeakerId::new("ext_7").unwrap();
    let fields = enrolled("ext_7", "voicemail.wav");
    let create = || CreateEnrollment::parse(&Value::parse(fields.to_string().as_bytes()).unwrap()).unwrap();
    let status = |ended: Result<Enrollment, Error>| ended.unwrap_err().status();
    assert_eq!(status(stage.ask(&client, ReadEnrollment(id())).await), Some(404));

    let made = stage.ask(&client, create()).await.unwrap();
    assert_eq!((made.speaker_id.as_str(), made.is_complete), ("ext_7", true));
    assert!(made.speech_ms.is_some_and(|ms| (12_000..=36_100).contains(&ms)) && made.quality.is_some(), "{made:?}");
    assert_eq!(stage.ask(&client, ReadEnrollment(id())).await, Ok(made.clone()));
    assert_eq!(status(stage.ask(&client, create()).await), Some(409), "nobody is enrolled twice");

    let mut more = fields.clone();
    more.as_object_mut().unwrap().remove("speakerId");
    let more = UpdateEnrollment::parse(id(), &Value::parse(more.to_string().as_bytes()).unwrap()).unwrap();
    let grown = stage.ask(&client, more.clone()).await.unwrap();
    assert_eq!(stage.reports(), [Report::Sending], "a sample is not added twice");
    assert!(grown.speech_ms > made.speech_ms && grown.enroll_ms > made.enroll_ms, "{grown:?}");

    let other = enrolled("ext_8", "voicemail.wav");
    let other = CreateEnrollment::parse(&Value::parse(other.to_string().as_bytes()).unwrap()).unwrap();
    let other = stage.ask(&client, other).await.unwrap();
    let (mut listed, mut next) = (Vec::new(), Some(ListEnrollments { partial: true, per_page: 1, page: 1 }));
    while let Some(list) = next {
        let page = stage.ask(&client, list).await.unwrap();
        assert_eq!(page.items.len(), 1);
        listed.extend(page.items);
        next = page.next;
    }
    assert_eq!(listed, [grown, other]);

    stage.ask(&client, DeleteEnrollment(id())).await.unwrap();
    assert_eq!(stage.ask(&client, DeleteEnrollment(id())).await.unwrap_err().status(), Some(410));
    let nobody = DeleteEnrollment(SpeakerId::new("nobody").unwrap());
    assert_eq!(stage.ask(&client, nobody).await.unwrap_err().status(), Some(404));
    assert_eq!(status(stage.ask(&client, ReadEnrollment(id())).await), Some(404));
    assert_eq!(status(stage.ask(&client, more).await), Some(404));
    let left = stage.ask(&client, ListEnrollments::default()).await.unwrap();
    assert_eq!(left.items.iter().map(|one| one.speaker_id.as_str()).collect::<Vec<_>>(), ["ext_8"]);
}

/// The code that the sign-in page sends a user back with.
async fn code(stage: &Stage, client_id: &str, verifier: &Secret) -> Secret {
    let url = login_url(&stage.site(), client_id, REDIRECT, STATE, &challenge(verifier));
    let page = stage.http.get(&url).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("<button>Sign in</button>"));
    let back = stage.http.post(&url).send().await.unwrap();
    assert_eq!(back.status(), 302);
    let address = back.headers()["location"].to_str().unwrap().to_owned();
    assert!(address.starts_with(REDIRECT), "{address}");
    assert!(matches!(code_of(&address, "other"), Err(Error::InvalidField { .. })), "a login that somebody else began");
    code_of(&address, STATE).unwrap()
}

async fn code_login(stage: &Stage, client_id: &str, client_secret: Option<Secret>, is_right: bool) -> Client {
    let own = verifier([7; 32]);
    let code = code(stage, client_id, &own).await;
    let verifier = if is_right { own } else { verifier([8; 32]) };
    let login = CodeLogin { client_id: client_id.into(), client_secret, redirect_uri: REDIRECT.into(), code, verifier };
    Client::new(stage.site(), Credentials::Pkce(Pkce::Code(login)))
}

#[tokio::test]
async fn a_user_signs_in_goes_on_and_signs_out() {
    let stage = Stage::new().await;
    for (client_id, client_secret) in [("sandbox-public", None), ("sandbox-client", Some(Secret::new("sandbox-secret")))] {
        let client = code_login(&stage, client_id, client_secret.clone(), true).await;
        assert!(!stage.list(&client, VOICEMAIL).await.unwrap().is_empty());
        let (access, refresh) = {
            let session = client.session();
            (session.token().unwrap().access.clone(), session.refresh_token().unwrap().clone())
        };
        // What a page keeps over a reload is the refresh token; the next token kills the one before.
        let refreshing =
            || RefreshLogin { client_id: client_id.into(), client_secret: client_secret.clone(), refresh: refresh.clone() };
        let next = Client::new(stage.site(), Credentials::Pkce(Pkce::Refresh(refreshing())));
        assert_eq!(punctuate(&stage, &next).await.map(|accepted| accepted.job_id.is_some()), Ok(true));
        let newer = next.session().token().unwrap().access.clone();
        assert!(newer != access);
        let old = Client::new(stage.site(), Credentials::Token(Token::foreign(access)));
        assert_eq!(stage.list(&old, VOICEMAIL).await, Err(Error::TokenRejected));
        let again = Client::new(stage.site(), Credentials::Pkce(Pkce::Refresh(refreshing())));
        assert_eq!(stage.list(&again, &[]).await, Err(Error::TokenRejected), "a refresh token works once");

        stage.run(next.revoke()).await.unwrap();
        assert_eq!(stage.list(&next, &[]).await, Err(Error::TokenRejected), "the session is over here");
        let copy = Client::new(stage.site(), Credentials::Token(Token::foreign(newer)));
        assert_eq!(stage.list(&copy, &[]).await, Err(Error::TokenRejected), "and at RingCentral");
    }
}

#[tokio::test]
async fn a_login_that_was_begun_elsewhere_is_refused() {
    let stage = Stage::new().await;
    let forged = code_login(&stage, "sandbox-public", None, false).await;
    let error = stage.list(&forged, &[]).await.unwrap_err();
    assert_eq!(error.ringcentral()[0].error_code, "OAU-211", "{error:?}");
    let client = code_login(&stage, "sandbox-public", None, true).await;
    assert!(stage.list(&client, VOICEMAIL).await.is_ok(), "and the next login is a fresh one");
    let elsewhere = Value::parse(br#"{"recordingId": "../x"}"#).unwrap();
    assert_eq!(Media::parse(&elsewhere, false).unwrap_err().code(), "invalid_field");
}
