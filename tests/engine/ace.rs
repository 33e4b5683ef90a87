//! AI Conversation Expert: RingCentral's own samples, and what is made of them.

use super::hearing::{self, CALLBACK, check, insight, missing, nobody};
use super::script::{Script, is_login, response};
use ringcentral_ai::engine::ace::Ace;
use ringcentral_ai::engine::ringcentral::RingCentral;
use ringcentral_ai::engine::{Accepted, Engine, Job, Media, Outcome, RecordingId, Task};
use ringcentral_ai::error::{Error, Result};
use ringcentral_ai::http::HttpResponse;
use ringcentral_ai::secret::SecretUrl;
use ringcentral_ai::transcript::{Format, Transcript};
use serde_json::{Value as Json, json};

const CALL: &str = include_str!("../payloads/ace-pbx-insights.json");
const CUSTOMERS: &str = include_str!("../payloads/ace-rcx-insights.json");
const MISSING: &str = r#"{"errors":[{"errorCode":"RAH-3001","message":"Call not found with sourceRecordId"}]}"#;

fn ace() -> Ace {
    Ace::new(&super::ringcentral(), None)
}

fn recording(id: &str) -> Media {
    Media::Recording(RecordingId::parse(id, "").unwrap())
}

fn with_login(answer: &HttpResponse) -> impl FnMut(&ringcentral_ai::http::HttpRequest, u64) -> Option<HttpResponse> {
    let token = response(200, r#"{"access_token":"T","expires_in":3600,"scope":"RingSense"}"#);
    move |request, _| Some(if is_login(request) { token.clone() } else { answer.clone() })
}

fn submitted(answer: &HttpResponse) -> (Result<Accepted>, Script) {
    let (engine, webhook) = (ace(), SecretUrl::hiding_query(CALLBACK.into()));
    let input = check(&engine, Task::SpeechToText, "{}").unwrap();
    let job =
        Job { task: Task::SpeechToText, input, media: Some(recording("2728084995017")), relay: None, webhook, asked_ms: None };
    let mut script = Script::default();
    (script.run(&mut engine.submit(job).unwrap(), with_login(answer)), script)
}

#[test]
fn what_is_there_is_had_at_once_and_what_is_not_is_asked_for() {
    let id = Some("pbx/2728084995017".to_owned());
    let (ended, script) = submitted(&response(200, CALL));
    assert_eq!(ended, Ok(Accepted { job_id: id.clone(), said: Some(CALL.into()) }));
    assert_eq!(script.reports, [ringcentral_ai::call::Report::Sending], "it is told before it ends");
    let half = r#"{"sourceRecordId":"2728084995017","insights":{"Summary":[]}}"#;
    for answer in [response(404, MISSING), response(200, half)] {
        let (ended, _) = submitted(&answer);
        assert_eq!(ended, Ok(Accepted { job_id: id.clone(), said: None }));
    }
    let engine = ace();
    let asked =
        |answer: &HttpResponse| Script::default().run(&mut engine.status("pbx/2728084995017").unwrap(), with_login(answer));
    for (answer, outcome) in [
        (response(404, MISSING), Outcome::Running),
        (response(200, half), Outcome::Running),
        (response(200, CALL), Outcome::Succeeded),
    ] {
        let delivery = engine.read(asked(&answer).unwrap().as_bytes()).unwrap();
        assert_eq!((delivery.job_id, delivery.outcome), (None, outcome));
    }
    assert!(
        asked(&response(404, r#"{"errors":[{"errorCode":"AGW-404","message":"no"}]}"#)).is_err(),
        "a server that has none of it"
    );
    for body in [&b""[..], b"{", b"{}", b"[]"] {
        assert_eq!(engine.read(body).unwrap_err().code(), "unreadable_callback");
    }
}

#[test]
fn a_permission_that_is_missing_is_told_when_the_job_is_submitted() {
    let engine = ace();
    let mut call = engine.status("rcv/m-1").unwrap();
    let narrow = response(200, r#"{"access_token":"T","expires_in":3600,"scope":"AI"}"#);
    let error = Script::default().run(&mut call, |_, _| Some(narrow.clone())).unwrap_err();
    assert_eq!(error.to_string(), "the app lacks the permission RingSense: add it in RingCentral's developer console");
    let (ended, _) = submitted(&response(
        403,
        r#"{"errors":[{"errorCode":"RAH-3005","message":"User does not have permission to access insights"}]}"#,
    ));
    let error = ended.unwrap_err();
    assert!(error.to_string().contains("RAH-3005") && !error.is_retryable(), "{error}");
}

#[test]
fn recordings_of_calls_and_meetings_are_taken_and_nothing_else() {
    let engine = ace();
    assert!(!engine.is_stranger() && engine.makes() && engine.visitor().is_none());
    for media in [recording("2728084995017"), recording("meeting-m-1")] {
        assert_eq!(engine.check_media(&media), Ok(()));
    }
    let address = Media::Address(SecretUrl::hiding_query("https://files.example/a".into()));
    for media in [recording("voicemail-1-2"), address, Media::Upload("u".into())] {
        let error = engine.check_media(&media).unwrap_err();
        assert!(error.to_string().starts_with("media: ace has the recordings of calls and meetings"), "{error}");
    }
    let refused = |task, text| check(&engine, task, text).unwrap_err().to_string();
    assert_eq!(refused(Task::Summarize, r#"{"utterances":[{"text":"a"}]}"#), "task: ace has recordings alone, and takes no text");
    assert_eq!(
        refused(Task::SpeechToText, r#"{"speakerCount":2}"#),
        "input.speakerCount: ace has told the speakers apart already"
    );
    assert!(refused(Task::SpeakerIdentify, r#"{"speakerIds":["a"]}"#).contains("names the speakers by itself"));
    assert_eq!([Task::Summarize, Task::Punctuate, Task::SpeakerIdentify].map(|task| engine.fields(task)), [None, None, None]);
    assert!(engine.fields(Task::SpeechToText).unwrap().contains(&"enableSpeakerDiarization"));
    for id in ["", "pbx", "nice/1", "pbx/../../x"] {
        assert!(matches!(engine.status(id).map(|_| ()), Err(Error::InvalidField { .. })), "{id}");
    }
}

fn made(task: Task, said: &str) -> (Json, ringcentral_ai::engine::Made) {
    hearing::made(&ace(), task, "{}", said, nobody).unwrap()
}

#[test]
fn turns_speakers_and_insights_come_under_the_names_that_ringcentral_knows() {
    let (response, result) = made(Task::AnalyzeInteraction, CUSTOMERS);
    let first = &response["utteranceInsights"][0];
    assert_eq!(
        (&first["speakerId"], &first["text"], &first["start"]),
        (&json!("Leon Brown"), &json!("Hello. Can you hear me?"), &json!(4.52))
    );
    let short = insight(&response, "AbstractiveSummaryShort").unwrap();
    assert!(short[0]["value"].as_str().unwrap().ends_with("necessary steps to resolve it.") && short[0]["end"] == json!(219.063));
    assert_eq!(insight(&response, "AbstractiveSummaryLong").unwrap().as_array().unwrap().len(), 2);
    let tasks = insight(&response, "Tasks").unwrap();
    assert_eq!((&tasks[0]["speakerId"], &tasks[0]["start"]), (&json!("Customer"), &json!(194.76)));
    assert_eq!(insight(&response, "OverallSentiment").unwrap()[0]["value"], "Neutral");
    let speakers = &response["speakerInsights"];
    assert_eq!(speakers["speakerCount"], 2);
    let asked = speakers["insights"].as_array().unwrap().iter().find(|insight| insight["name"] == "QuestionsAsked").unwrap();
    assert!(asked["values"][0]["value"].as_u64().unwrap() > 2, "{asked}");
    assert_eq!(missing(&result), ["Topics"]);
    let transcript = Transcript::read(result.result.as_bytes()).unwrap().write(Format::Text);
    assert!(transcript.starts_with("Leon Brown: Hello. Can you hear me?"), "{transcript:.80}");
}

#[test]
fn each_task_has_its_part_of_a_record() {
    let (response, _) = made(Task::SpeakerDiarize, CALL);
    assert_eq!(response["utterances"][0], json!({"start":2.2,"end":14.52,"speakerId":"John Smith"}));
    let (response, result) = made(Task::SpeechToText, CALL);
    assert!(response["transcript"].as_str().unwrap().starts_with("Okay, I record this meeting"), "{response}");
    assert_eq!((&response["words"], response["utterances"].as_array().unwrap().len()), (&json!([]), 4));
    assert!(Transcript::read(result.result.as_bytes()).is_ok());
    let without = hearing::made(&ace(), Task::SpeechToText, "{}", r#"{"insights":{}}"#, nobody).unwrap_err();
    assert_eq!(without.code(), "engine_job_failed");
    for (body, outcome) in [
        (r#"{"insights":{"Transcript":[]}}"#, Outcome::Succeeded),
        (r#"{"insights":{"Transcript":null}}"#, Outcome::Running),
        (r#"{"insights":{}}"#, Outcome::Running),
    ] {
        assert_eq!(ace().read(body.as_bytes()).unwrap().outcome, outcome, "{body}");
    }
}

#[test]
fn it_rides_on_ringcentrals_session_and_limits() {
    let ringcentral: RingCentral = super::ringcentral();
    let engine = Ace::new(&ringcentral, None);
    let mut script = Script::default();
    let mut call = engine.status("pbx/1").unwrap();
    script.run(&mut call, with_login(&response(200, CALL))).unwrap();
    assert!(ringcentral.state().is_some() && engine.state().is_none(), "what is learned is RingCentral's");
    let busy = HttpResponse { headers: vec![("Retry-After".into(), "90".into())], ..response(429, "{}") };
    let mut answers = vec![response(200, CALL), busy];
    script.run(&mut engine.status("pbx/1").unwrap(), |_, _| answers.pop()).unwrap();
    assert!(script.now_ms >= 90_000, "nothing is sent inside a penalty");
}
