//! Deepgram: its own answers, and what is made of them.

use super::hearing::{self, CALLBACK, KEY, RELAY, missing, nobody, submitted};
use super::host::Host;
use super::script::response;
use ringcentral_ai::engine::deepgram::Deepgram;
use ringcentral_ai::engine::hearing::Hearing;
use ringcentral_ai::engine::{Accepted, Engine, Made, Outcome, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::lifecycle::State;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::transcript::{Format, Transcript};
use serde_json::{Value as Json, json};

/// An answer as Deepgram's schema and what was seen of it have it: times are 32-bit floats.
const ANSWER: &str = r#"{"metadata":{"transaction_key":"deprecated","request_id":"7d0e","sha256":"ab","created":"2026-01-31T09:30:00.000Z",
"duration":9.5,"channels":1,"models":["m"],"model_info":{"m":{"name":"general-nova-3","version":"1","arch":"nova-3"}}},
"results":{"channels":[{"alternatives":[{"transcript":"Hello, Ann. Can you hear me? Yes, I can.","confidence":0.99876,"words":[
{"word":"hello","start":0.48,"end":0.79999995,"confidence":0.9987,"punctuated_word":"Hello,","speaker":0,"speaker_confidence":0.9},
{"word":"ann","start":0.79999995,"end":1.1999999,"confidence":0.99,"punctuated_word":"Ann.","speaker":0,"speaker_confidence":0.9},
{"word":"can","start":1.4399999,"end":1.6,"confidence":1.0,"punctuated_word":"Can","speaker":0,"speaker_confidence":0.9},
{"word":"you","start":1.6,"end":1.8,"confidence":1.0,"punctuated_word":"you","speaker":0,"speaker_confidence":0.9},
{"word":"hear","start":1.8,"end":2.1,"confidence":1.0,"punctuated_word":"hear","speaker":0,"speaker_confidence":0.9},
{"word":"me","start":2.1,"end":2.3999999,"confidence":1.0,"punctuated_word":"me?","speaker":0,"speaker_confidence":0.9},
{"word":"yes","start":3.1999998,"end":3.6,"confidence":1.0,"punctuated_word":"Yes,","speaker":1,"speaker_confidence":0.9},
{"word":"i","start":3.6,"end":3.8,"confidence":1.0,"punctuated_word":"I","speaker":1,"speaker_confidence":0.9},
{"word":"can","start":3.8,"end":4.2,"confidence":1.0,"punctuated_word":"can.","speaker":1,"speaker_confidence":0.9}]}]}],
"utterances":[
{"start":0.48,"end":2.3999999,"confidence":0.99,"channel":0,"transcript":"Hello, Ann. Can you hear me?","words":[],"speaker":0,"id":"a"},
{"start":3.1999998,"end":4.2,"confidence":1.0,"channel":0,"transcript":"Yes, I can.","words":[],"speaker":1,"id":"b"}],
"summary":{"result":"success","short":"Ann is asked whether she can hear."},
"topics":{"segments":[{"text":"Can you hear me?","start_word":2,"end_word":5,"topics":[{"topic":"Hearing","confidence_score":0.81},{"topic":"Hearing","confidence_score":0.1}]}]},
"sentiments":{"segments":[],"average":{"sentiment":"positive","sentiment_score":0.4}}}}"#;

fn deepgram() -> Hearing {
    Deepgram::new(Secret::new(KEY), "", None, None).unwrap()
}

fn made(task: Task, fields: &str, said: &str) -> Result<(Json, Made), Error> {
    hearing::made(&deepgram(), task, fields, said, nobody)
}

#[test]
fn a_recording_is_submitted_called_back_and_made_a_result_of() {
    let engine = deepgram();
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    host.submit(Some(&response(200, r#"{"request_id":"7d0e"}"#)));
    assert_eq!(host.state(), Some(State::Submitted));
    assert_eq!(engine.ask_after_ms(), Some(u64::MAX), "it cannot be asked");
    assert!(engine.status("7d0e").is_err());
    host.delivered(ANSWER);
    let record = host.record.clone().unwrap();
    assert_eq!(
        (record.state, record.engine_job_id.as_deref()),
        (State::Submitted, Some("7d0e")),
        "its result is still to be made"
    );
    host.make(ANSWER.as_bytes(), nobody);
    assert_eq!(host.state(), Some(State::Succeeded));
}

#[test]
fn a_callback_proves_a_submit_whose_answer_was_lost() {
    let engine = deepgram();
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    host.submit(None);
    assert_eq!(host.state(), Some(State::Unconfirmed), "it is not sent again: it may run, and cost");
    host.delivered(ANSWER);
    host.make(ANSWER.as_bytes(), nobody);
    assert_eq!(host.state(), Some(State::Succeeded));
    for answer in [None, Some(response(503, "")), Some(response(200, "<html>")), Some(response(200, "{}"))] {
        let (ended, script) = submitted(&engine, std::slice::from_ref(&answer));
        assert_eq!((ended, script.requests.len()), (Err(Error::SubmitUnconfirmed), 1), "{answer:?}");
    }
    let (ended, _) = submitted(&engine, &[Some(response(200, r#"{"request_id":"7"}"#))]);
    assert_eq!(ended, Ok(Accepted { job_id: Some("7".into()), said: None }));
}

#[test]
fn an_error_that_is_called_back_ends_the_job_with_deepgrams_words() {
    let body = r#"{"err_code":"REMOTE_CONTENT_ERROR","err_msg":"The remote server hosting the media returned a client error: 404 of https://w.example/media/1/1/S3CRET","request_id":"7"}"#;
    let delivery = deepgram().read(body.as_bytes()).unwrap();
    let Outcome::Failed(said) = &delivery.outcome else { panic!("{delivery:?}") };
    assert_eq!((delivery.job_id.as_deref(), said[0].error_code.as_str()), (Some("7"), "REMOTE_CONTENT_ERROR"));
    assert!(said[0].message.ends_with("https://w.example/[secret]"), "{said:?}");
    let delivery = deepgram().read(ANSWER.as_bytes()).unwrap();
    assert_eq!((delivery.job_id.as_deref(), delivery.outcome), (Some("7d0e"), Outcome::Succeeded));
}

#[test]
fn words_and_utterances_come_in_ringcentrals_shape_and_are_read_back() {
    let fields = r#"{"enableSpeakerDiarization":true}"#;
    let (response, made) = made(Task::SpeechToText, fields, ANSWER).unwrap();
    assert_eq!(response["transcript"], "Hello, Ann. Can you hear me? Yes, I can.");
    assert_eq!((&response["speakerCount"], &response["confidence"]), (&json!(2), &json!(0.9988)));
    assert_eq!(response["words"][0], json!({"start":0.48,"end":0.8,"word":"hello","speakerId":"0","confidence":0.9987}));
    assert_eq!(response["words"][6]["start"], json!(3.2), "a float's dust is gone");
    let utterance = &response["utterances"][1];
    assert_eq!((&utterance["text"], &utterance["speakerId"]), (&json!("Yes, I can."), &json!("1")));
    let transcript = Transcript::read(made.result.as_bytes()).unwrap();
    assert!(made.missing.is_empty() && transcript.write(Format::Text).contains("Can you hear me?"));
    let (plain, _) = self::made(Task::SpeechToText, r#"{"enablePunctuation":false}"#, ANSWER).unwrap();
    assert_eq!(plain["transcript"], "hello ann can you hear me yes i can");
    assert!(plain.get("utterances").is_none() && plain["words"][0].get("speakerId").is_none());
}

#[test]
fn speakers_are_told_apart_by_voice_or_by_channel() {
    let (response, _) = made(Task::SpeakerDiarize, "{}", ANSWER).unwrap();
    assert_eq!(
        response,
        json!({"speakerCount":2,"utterances":[{"start":0.48,"end":2.4,"speakerId":"0"},{"start":3.2,"end":4.2,"speakerId":"1"}]})
    );
    let apart = r#"{"metadata":{"request_id":"7","duration":3},"results":{"channels":[
        {"alternatives":[{"transcript":"yes","confidence":1,"words":[{"word":"yes","start":2,"end":2.5,"confidence":1,"punctuated_word":"Yes.","speaker":0}]}]},
        {"alternatives":[{"transcript":"hello","confidence":1,"words":[{"word":"hello","start":0.5,"end":1,"confidence":1,"punctuated_word":"Hello?","speaker":0}]}]}],
        "utterances":[{"start":0.5,"end":1,"confidence":1,"channel":1,"transcript":"Hello?","speaker":0},{"start":2,"end":2.5,"confidence":1,"channel":0,"transcript":"Yes.","speaker":0}]}}"#;
    let (response, _) = made(Task::SpeakerDiarize, r#"{"separateSpeakerPerChannel":true}"#, apart).unwrap();
    assert_eq!(response["utterances"], json!([{"start":0.5,"end":1,"speakerId":"1"},{"start":2,"end":2.5,"speakerId":"0"}]));
    let half = r#"{"metadata":{"request_id":"7","duration":3},"results":{"channels":[{"alternatives":[]},{"alternatives":[{"words":[{"word":"hello","start":0.5,"end":1,"confidence":1}]}]}]}}"#;
    let (response, _) = made(Task::SpeakerDiarize, r#"{"separateSpeakerPerChannel":true}"#, half).unwrap();
    assert_eq!(response["utterances"], json!([{"start":0.5,"end":1,"speakerId":"1"}]), "a channel on which nobody speaks counts");
    let whole = made(Task::SpeechToText, "{}", apart).unwrap().0;
    assert_eq!(whole["transcript"], "Hello? Yes.", "channels are one conversation, in the order of time");
    let alike = ANSWER.replace(r#""speaker":"#, r#""speakr":"#);
    let error = made(Task::SpeakerDiarize, "{}", &alike).unwrap_err();
    assert!(error.to_string().ends_with("the answer is not one that tells speakers apart"), "{error}");
}

#[test]
fn an_interaction_has_what_deepgram_found_and_what_is_computed_and_says_what_is_missing() {
    let (response, made) = made(Task::AnalyzeInteraction, r#"{"insights":["All"]}"#, ANSWER).unwrap();
    let insight = |name: &str| hearing::insight(&response, name);
    assert_eq!(insight("Topics"), Some(json!([{"value":"Hearing","start":1.44,"end":2.4,"speakerId":"0","confidence":0.81}])));
    assert_eq!(
        insight("AbstractiveSummaryShort"),
        Some(json!([{"value":"Ann is asked whether she can hear.","start":0,"end":9.5}]))
    );
    assert_eq!(insight("OverallSentiment").unwrap()[0]["value"], "Positive");
    assert!(insight("ExtractiveSummary").is_some() && insight("AbstractiveSummaryLong").is_none());
    assert_eq!(response["speakerInsights"]["speakerCount"], 2);
    assert_eq!(missing(&made), ["AbstractiveSummaryLong"]);
    assert!(made.missing[0].reason.contains("OPENAI_BASE_URL"), "{}", made.missing[0].reason);
}

#[test]
fn an_answer_without_a_word_is_a_result_and_one_without_results_is_none() {
    let silent = r#"{"metadata":{"request_id":"7","duration":3},"results":{"channels":[{"alternatives":[{"transcript":"","confidence":0,"words":[]}]}],"utterances":[]}}"#;
    assert_eq!(made(Task::SpeechToText, "{}", silent).unwrap().0["transcript"], "");
    assert_eq!(made(Task::SpeakerDiarize, "{}", silent).unwrap().0, json!({"speakerCount":0,"utterances":[]}));
    assert_eq!(made(Task::SpeechToText, "{}", "{}").unwrap_err().code(), "engine_job_failed");
    let unread = deepgram().read(br#"{"metadata":{"request_id":"7"},"results":null}"#).unwrap_err();
    assert!(matches!(unread, Error::UnreadableDelivery { .. }), "{unread}");
}
