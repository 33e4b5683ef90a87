//! AssemblyAI: its own answers, and what is made of them.

use super::hearing::{self, CALLBACK, KEY, RELAY, insight, missing, nobody};
use super::host::Host;
use super::script::{Script, response};
use ringcentral_ai::engine::assemblyai::AssemblyAi;
use ringcentral_ai::engine::hearing::Hearing;
use ringcentral_ai::engine::{Engine, Outcome, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::lifecycle::State;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::transcript::Transcript;
use serde_json::json;

/// A transcript as AssemblyAI's schema has it; its times are milliseconds.
const ANSWER: &str = r#"{"id":"t-7","language_code":"en_us","audio_url":"https://w.example/media/1/1/S3CRET","punctuate":true,
"status":"completed","text":"Hello, Ann. Can you hear me? Yes, I can.","confidence":0.98713,"audio_duration":9,"audio_channels":1,
"webhook_status_code":null,"webhook_auth":false,"speaker_labels":true,"words":[
{"text":"Hello,","start":480,"end":800,"confidence":0.99,"speaker":"A","channel":null},
{"text":"Ann.","start":800,"end":1200,"confidence":0.98,"speaker":"A","channel":null},
{"text":"Can","start":1440,"end":1600,"confidence":0.97,"speaker":"A","channel":null},
{"text":"you","start":1600,"end":1800,"confidence":1,"speaker":"A","channel":null},
{"text":"hear","start":1800,"end":2100,"confidence":1,"speaker":"A","channel":null},
{"text":"me?","start":2100,"end":2400,"confidence":1,"speaker":"A","channel":null},
{"text":"Yes,","start":3200,"end":3600,"confidence":1,"speaker":"B","channel":null},
{"text":"I","start":3600,"end":3800,"confidence":1,"speaker":"B","channel":null},
{"text":"can.","start":3800,"end":4200,"confidence":1,"speaker":"B","channel":null}],
"utterances":[
{"speaker":"A","text":"Hello, Ann. Can you hear me?","confidence":0.99,"start":480,"end":2400,"words":[]},
{"speaker":"B","text":"Yes, I can.","confidence":1,"start":3200,"end":4200,"words":[]}],
"sentiment_analysis_results":[
{"text":"Hello, Ann.","start":480,"end":1200,"sentiment":"POSITIVE","confidence":0.8,"speaker":"A"},
{"text":"Can you hear me?","start":1440,"end":2400,"sentiment":"NEUTRAL","confidence":0.8,"speaker":"A"},
{"text":"Yes, I can.","start":3200,"end":4200,"sentiment":"POSITIVE","confidence":0.8,"speaker":"B"}],
"error":null}"#;
const TELLS: &str = r#"{"transcript_id":"t-7","status":"completed"}"#;

fn assemblyai() -> Hearing {
    AssemblyAi::new(Secret::new(KEY), "", None, None).unwrap()
}

#[test]
fn a_webhook_says_that_it_has_ended_and_the_transcript_is_asked_for_at_once() {
    let engine = assemblyai();
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    host.submit(Some(&response(200, r#"{"id":"t-7","status":"queued"}"#)));
    host.script.now_ms += 5_000;
    host.delivered(TELLS);
    let record = host.record.clone().unwrap();
    assert_eq!((record.state, record.due_ms), (State::Submitted, host.script.now_ms));
    host.ask(ANSWER);
    host.make(ANSWER.as_bytes(), nobody);
    assert_eq!(host.state(), Some(State::Succeeded));
}

#[test]
fn without_a_webhook_the_alarm_asks_until_it_has_ended() {
    let engine = assemblyai();
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    host.submit(Some(&response(201, r#"{"id":"t-7","status":"queued"}"#)));
    host.ask(r#"{"id":"t-7","status":"processing"}"#);
    host.ask(ANSWER);
    host.make(ANSWER.as_bytes(), nobody);
    assert_eq!(host.state(), Some(State::Succeeded));
}

#[test]
fn a_lost_answer_is_not_ordered_again_and_its_webhook_is_believed_when_assemblyai_knows_it() {
    let engine = assemblyai();
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    host.submit(None);
    host.delivered(TELLS);
    assert_eq!(host.state(), Some(State::Unconfirmed));
    host.ask(ANSWER);
    host.make(ANSWER.as_bytes(), nobody);
    assert_eq!(host.state(), Some(State::Succeeded));
}

#[test]
fn what_is_not_there_is_denied_and_what_is_not_to_be_had_is_not() {
    let engine = assemblyai();
    for (status, body, denies) in [
        (404, r#"{"error":"not found"}"#, true),
        (400, r#"{"error":"Transcript lookup error, transcript id not found"}"#, true),
        (400, r#"{"error":"bad"}"#, false),
        (401, r#"{"error":"Authentication error, API token missing/invalid"}"#, false),
        (503, "", false),
    ] {
        let mut call = engine.status("t-7").unwrap();
        let error = Script::default().run(&mut call, |_, _| Some(response(status, body))).unwrap_err();
        assert_eq!(engine.denies(&error), denies, "{error}");
    }
    let mut call = engine.status("t-7").unwrap();
    let mut answers = vec![Some(response(200, TELLS)), Some(response(502, "")), None];
    let asked = Script::default().run(&mut call, |_, _| answers.pop().unwrap());
    assert_eq!(asked.as_deref(), Ok(TELLS), "a question is asked again");
    let page = Script::default().run(&mut engine.status("t-7").unwrap(), |_, _| Some(response(200, "<html>")));
    assert_eq!(page, Err(Error::NotJson { what: "a transcript", status: 200 }));
    assert!(engine.status("").is_err() && engine.status(&"a".repeat(65)).is_err());
}

#[test]
fn its_words_say_how_a_job_stands() {
    let read = |body: &str| assemblyai().read(body.as_bytes()).unwrap();
    let failed =
        read(r#"{"id":"t-7","status":"error","error":"Download error, unable to download https://w.example/media/1/1/S3CRET"}"#);
    let Outcome::Failed(said) = &failed.outcome else { panic!("{failed:?}") };
    assert_eq!(said[0].message, "Download error, unable to download https://w.example/[secret]");
    for (body, outcome) in [
        (r#"{"transcript_id":"t-7","status":"error"}"#, Outcome::Ended),
        (r#"{"id":"t-7","status":"queued"}"#, Outcome::Running),
        (ANSWER, Outcome::Succeeded),
    ] {
        let delivery = read(body);
        assert_eq!((delivery.job_id.as_deref(), delivery.outcome), (Some("t-7"), outcome));
    }
    assert!(assemblyai().read(br#"{"id":"t-7","status":"throttled"}"#).is_err());
}

#[test]
fn its_letters_are_numbers_and_its_milliseconds_seconds() {
    let fields = r#"{"enableSpeakerDiarization":true}"#;
    let (response, made) = hearing::made(&assemblyai(), Task::SpeechToText, fields, ANSWER, nobody).unwrap();
    assert_eq!(response["transcript"], "Hello, Ann. Can you hear me? Yes, I can.");
    assert_eq!(response["words"][0], json!({"start":0.48,"end":0.8,"word":"hello","speakerId":"0","confidence":0.99}));
    assert_eq!(response["confidence"], json!(0.9871));
    assert_eq!(response["utterances"][1]["speakerId"], "1");
    assert!(Transcript::read(made.result.as_bytes()).is_ok());
    let (interaction, made) = hearing::made(&assemblyai(), Task::AnalyzeInteraction, "{}", ANSWER, nobody).unwrap();
    assert_eq!(insight(&interaction, "OverallSentiment"), Some(json!([{"value":"Positive","start":0,"end":9}])));
    assert_eq!(missing(&made), ["AbstractiveSummaryLong", "AbstractiveSummaryShort", "Topics"]);
    assert_eq!(hearing::made(&assemblyai(), Task::SpeechToText, "{}", "{}", nobody).unwrap_err().code(), "engine_job_failed");
}

#[test]
fn channels_are_speakers_where_there_are_several() {
    let words = |speakers: [&str; 2], channels: [&str; 2]| {
        format!(
            r#"{{"id":"t","status":"completed","text":"hi yes","words":[{{"text":"Yes.","start":900,"end":1200,"speaker":{},"channel":{}}},{{"text":"Hi.","start":0,"end":500,"speaker":{},"channel":{}}}]}}"#,
            speakers[1], channels[1], speakers[0], channels[0]
        )
    };
    for (speakers, channels, ids) in [
        ([r#""2""#, r#""1""#], [r#""2""#, r#""1""#], ["1", "0"]),
        ([r#""2A""#, r#""1A""#], ["2", "1"], ["1", "0"]),
        ([r#""1A""#, r#""1B""#], [r#""1""#, r#""1""#], ["0", "1"]),
        ([r#""B""#, r#""agent""#], ["null", "null"], ["1", "agent"]),
    ] {
        let said = words(speakers, channels);
        let (response, _) = hearing::made(&assemblyai(), Task::SpeakerDiarize, "{}", &said, nobody).unwrap();
        let found = response["utterances"].as_array().unwrap().iter().map(|said| said["speakerId"].as_str().unwrap().to_owned());
        assert_eq!(found.collect::<Vec<_>>(), ids, "{said}");
    }
}
