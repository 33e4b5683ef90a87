//! What all services that hear have in common, held against each of them.

use super::script::{Script, response};
use super::shape::assert_shape;
use ringcentral_ai::engine::assemblyai::AssemblyAi;
use ringcentral_ai::engine::deepgram::Deepgram;
use ringcentral_ai::engine::hearing::Hearing;
use ringcentral_ai::engine::openai::OpenAi;
use ringcentral_ai::engine::{Accepted, Engine, Input, Job, Made, Making, Media, Task};
use ringcentral_ai::error::{Error, Result};
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::{Secret, SecretUrl};
use serde_json::{Value as Json, json};

pub const KEY: &str = "S3CRET-key";
pub const RELAY: &str = "https://w.example/media/1/1/S3CRET";
pub const CALLBACK: &str = "https://w.example/callbacks/1/1/S3CRET";

pub fn check(engine: &dyn Engine, task: Task, text: &str) -> Result<Input> {
    engine.check(task, &Value::parse(text.as_bytes()).unwrap())
}

/// A job on media that somebody named by its address.
pub fn job(engine: &dyn Engine, task: Task, fields: &str) -> Job {
    let [media, relay, webhook] =
        ["https://files.example/a", RELAY, CALLBACK].map(|address| SecretUrl::hiding_query(address.into()));
    let media = task.has_media().then_some(Media::Address(media));
    Job { task, input: check(engine, task, fields).unwrap(), media, relay: Some(relay), webhook, asked_ms: None }
}

/// What comes of a submit whose requests are answered so, one after the other; the last answer is given for ever.
pub fn submitted(engine: &dyn Engine, answers: &[Option<HttpResponse>]) -> (Result<Accepted>, Script) {
    let mut script = Script::default();
    let mut asked = 0;
    let ended = script.run(&mut engine.submit(job(engine, Task::SpeechToText, "{}")).unwrap(), |_, _| {
        asked += 1;
        answers[(asked - 1).min(answers.len() - 1)].clone()
    });
    (ended, script)
}

/// What is made of what an engine said, and what servers answer meanwhile: the response, and the whole.
pub fn made(
    engine: &dyn Engine,
    task: Task,
    fields: &str,
    said: &str,
    answer: impl FnMut(&HttpRequest, u64) -> Option<HttpResponse>,
) -> Result<(Json, Made)> {
    let (input, said) = (check(engine, task, fields).unwrap(), said.as_bytes().to_vec());
    let making = Making { task, input, said, job_id: "job-1".into(), created_ms: 0, completed_ms: 1_000, expires_ms: 86_400_000 };
    let made = Script::default().run(&mut engine.make(making)?, answer)?;
    assert_shape(task.name(), made.result.as_bytes());
    let payload: Json = serde_json::from_str(&made.result).unwrap();
    assert_eq!((&payload["jobId"], &payload["status"]), (&json!("job-1"), &json!("Success")));
    Ok((payload["response"].clone(), made))
}

/// The values of an insight of an interaction.
pub fn insight(response: &Json, name: &str) -> Option<Json> {
    let insights = response["conversationalInsights"].as_array().unwrap();
    insights.iter().find(|insight| insight["name"] == name).map(|insight| insight["values"].clone())
}

/// The names of what is missing.
pub fn missing(made: &Made) -> Vec<&str> {
    made.missing.iter().map(|missing| missing.name.as_str()).collect()
}

/// For calls that ask nobody.
pub fn nobody(request: &HttpRequest, _: u64) -> Option<HttpResponse> {
    panic!("{request:?}")
}

/// The engines, and what each answers when it takes a job.
fn engines() -> Vec<(Hearing, &'static str)> {
    let key = || Secret::new(KEY);
    vec![
        (Deepgram::new(key(), "", None, None).unwrap(), r#"{"request_id":"7"}"#),
        (AssemblyAi::new(key(), "", None, None).unwrap(), r#"{"id":"7","status":"queued"}"#),
        (OpenAi::new(Some(key()), "", None, None).unwrap(), r#"{"text":"Hi."}"#),
    ]
}

#[test]
fn a_refusal_is_told_in_the_services_words_and_never_with_its_key() {
    for (engine, _) in engines() {
        for (status, body, code) in [
            (401, r#"{"err_msg":"no such key S3CRET-key"}"#, "engine_key_refused"),
            (402, "", "engine_credit_exhausted"),
            (400, r#"{"error":"no such model"}"#, "engine_refused"),
            (404, "<html>", "engine_refused"),
            (302, "", "engine_refused"),
        ] {
            let (ended, script) = submitted(&engine, &[Some(response(status, body))]);
            let error = ended.unwrap_err();
            assert_eq!((error.code(), error.status(), error.is_retryable()), (code, Some(status), false), "{error}");
            assert!(error.to_string().starts_with(engine.name()) && !format!("{error:?}").contains("S3CRET"), "{error:?}");
            assert_eq!(script.requests.len(), 1, "what was refused is not sent again");
        }
        assert!(!format!("{engine:?}").contains("S3CRET"));
    }
}

#[test]
fn what_was_not_taken_is_sent_again_when_the_service_allows_it() {
    for (engine, accepted) in engines() {
        let busy = HttpResponse { headers: vec![("Retry-After".into(), "7".into())], ..response(429, "{}") };
        let (ended, script) = submitted(&engine, &[Some(busy), Some(response(200, accepted))]);
        assert!(ended.is_ok(), "{ended:?}");
        let times: Vec<u64> = script.sent.iter().map(|(at, _)| *at).collect();
        assert!(times.len() == 2 && times[1] >= 7_000, "{times:?}");
        let (ended, script) = submitted(&engine, &[Some(response(429, ""))]);
        let error = ended.unwrap_err();
        assert_eq!((error.code(), error.is_retryable()), ("engine_unavailable", true), "{error}");
        assert!(script.sent.windows(2).all(|pair| pair[1].0 >= pair[0].0 + 60_000), "nothing is sent inside a penalty");
    }
}

#[test]
fn a_penalty_outlives_a_restart_under_the_same_key_alone() {
    for ((engine, accepted), (after, _)) in engines().into_iter().zip(engines()) {
        assert_eq!(engine.state(), None, "nothing is learned yet");
        let _ = submitted(&engine, &[Some(response(401, ""))]);
        let busy = HttpResponse { headers: vec![("Retry-After".into(), "600".into())], ..response(429, "{}") };
        let mut call = engine.submit(job(&engine, Task::SpeechToText, "{}")).unwrap();
        let mut script = Script::default();
        let mut answers = vec![response(200, accepted), busy];
        let _ = script.run(&mut call, |_, _| answers.pop());
        let state = engine.state().unwrap();
        assert!(format!("{state:?}") == "[secret]" && !state.expose().contains("S3CRET"));
        after.restore(&state);
        assert!(after.held(1_000).is_some() && after.state().is_some());
    }
    let (engine, other) = (&engines()[0].0, Deepgram::new(Secret::new("another"), "", None, None).unwrap());
    let _ = submitted(engine, &[Some(response(401, ""))]);
    other.restore(&engine.state().unwrap());
    assert_eq!(other.state(), None);
    other.restore(&Secret::new("{"));
    assert_eq!(other.state(), None);
}

#[test]
fn an_engine_reaches_media_through_us_alone() {
    for (engine, _) in engines() {
        assert!(engine.is_stranger() && engine.makes());
        let job = Job { relay: None, ..job(&engine, Task::SpeechToText, "{}") };
        let refused = engine.submit(job).map(|_| ()).unwrap_err();
        assert!(matches!(refused, Error::InvalidField { field, .. } if field == "media"));
    }
}

#[test]
fn a_field_that_nobody_honours_is_refused_by_name_and_one_that_asks_for_nothing_is_not() {
    for (engine, _) in engines() {
        let refused = |task, text| check(&engine, task, text).unwrap_err().to_string();
        assert_eq!(
            refused(Task::SpeechToText, r#"{"speakerIds":["ann"]}"#),
            format!("input.speakerIds: {} knows no enrolled speakers", engine.name())
        );
        assert_eq!(
            refused(Task::AnalyzeInteraction, r#"{"insights":["Pace","Emotion"]}"#),
            format!("input.insights: {} tells no Emotion", engine.name())
        );
        assert_eq!(
            refused(Task::SpeakerIdentify, r#"{"speakerIds":["ann"]}"#),
            format!("task: {} knows no enrolled speakers", engine.name())
        );
        assert!(refused(Task::Punctuate, r#"{"texts":["a"]}"#).contains("set OPENAI_API_KEY"));
        assert!(
            refused(Task::Summarize, r#"{"summaryType":"AbstractiveShort","utterances":[{"text":"a"}]}"#)
                .contains("OPENAI_BASE_URL")
        );
        assert!(refused(Task::SpeechToText, r#"{"encoding":"MP3"}"#).starts_with("input.encoding: it must be one of"));
        for nothing in [
            "{}",
            r#"{"speakerIds":[],"speakerCount":-1,"separateSpeakerPerChannel":false,"enableSpeakerDiarization":false}"#,
            r#"{"encoding":"Mpeg","languageCode":"en-US","source":"RingCentral","audioType":"CallCenter","enablePunctuation":true}"#,
            r#"{"enableVoiceActivityDetection":true}"#,
        ] {
            assert!(check(&engine, Task::SpeechToText, nothing).is_ok(), "{nothing}");
        }
        let fields = engine.fields(Task::SpeechToText).unwrap();
        assert!(fields.contains(&"encoding") && !fields.contains(&"speakerIds"), "{fields:?}");
        assert_eq!([Task::SpeakerIdentify, Task::Punctuate].map(|task| engine.fields(task)), [None, None]);
        assert!(engine.fields(Task::Summarize).is_some());
    }
}

#[test]
fn a_conversations_text_is_summed_up_without_asking_anybody() {
    for (engine, _) in engines() {
        let fields =
            r#"{"utterances":[{"text":"The headset does not pair with the phone.","speakerId":"A","start":1.5,"end":4}]}"#;
        let mut host = super::host::Host::of(&engine, Task::Summarize, fields, "", CALLBACK);
        host.submit(None);
        let made = host.make(br#"{"task":"summarize"}"#, nobody);
        assert!(host.script.requests.is_empty() && made.missing.is_empty());
        assert!(
            made.result.contains(r#""value":"The headset does not pair with the phone.","start":1.5,"end":4,"speakerId":"A""#),
            "{}",
            made.result
        );
        assert_eq!(host.state(), Some(ringcentral_ai::lifecycle::State::Succeeded));
    }
}

#[test]
fn bytes_that_say_nothing_are_refused_by_each_service() {
    for (engine, _) in engines() {
        for body in [&b""[..], b"{", b"{}", b"[]", b"\xff", br#"{"task":"speech-to-text"}"#, br#"{"status":"Success"}"#] {
            assert_eq!(engine.read(body).unwrap_err().code(), "unreadable_callback", "{}", engine.name());
        }
    }
}

#[test]
fn a_setting_that_cannot_be_one_is_named() {
    let field = |made: Result<Hearing>| match made {
        Err(Error::InvalidField { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    let key = || Secret::new(KEY);
    for base in
        ["http://api.example", "api.example", "https://api.example/?a=1", "https://u:p@api.example", "https://api.example#a"]
    {
        assert_eq!(field(Deepgram::new(key(), base, None, None)), "baseUrl", "{base}");
    }
    for bad in ["", "a b", "a\nb", "é"] {
        assert_eq!(field(Deepgram::new(Secret::new(bad), "", None, None)), "key");
        assert_eq!(field(Deepgram::new(key(), "", Some(bad), None)), "model");
    }
    let near = Deepgram::new(key(), "http://127.0.0.1:9/deepgram/", None, None).unwrap();
    let (_, script) = submitted(&near, &[None]);
    assert!(script.requests[0].url.expose().starts_with("http://127.0.0.1:9/deepgram/v1/listen?"));
    assert_eq!(near.visitor().as_deref(), Some("http://127.0.0.1:9/deepgram"));
}
