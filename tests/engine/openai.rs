//! Servers that speak OpenAI's API: their answers, and what is made of them.

use super::hearing::{self, CALLBACK, KEY, RELAY, check, job, missing, nobody, submitted};
use super::host::Host;
use super::script::{Script, Stop, response};
use ringcentral_ai::call::Event;
use ringcentral_ai::engine::hearing::Hearing;
use ringcentral_ai::engine::openai::OpenAi;
use ringcentral_ai::engine::{Engine, Job, Media, RecordingId, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::lifecycle::State;
use ringcentral_ai::secret::{Secret, SecretUrl};
use ringcentral_ai::transcript::{Format, Transcript};
use serde_json::json;

/// OpenAI's long form: words without the punctuation that the text has, segments with what nobody needs.
const VERBOSE: &str = r#"{"task":"transcribe","language":"english","duration":5.5,"text":"Hello, Ann. Can you hear me?",
"words":[{"word":"Hello","start":0.47999998927116394,"end":0.800000011920929},{"word":"Ann","start":0.8,"end":1.2},
{"word":"Can","start":1.44,"end":1.6},{"word":"you","start":1.6,"end":1.8},{"word":"hear","start":1.8,"end":2.1},{"word":"me","start":2.1,"end":2.4}],
"segments":[{"id":0,"seek":0,"start":0.0,"end":2.4,"text":" Hello, Ann. Can you hear me?","tokens":[50364,2425],"temperature":0.0,
"avg_logprob":-0.28,"compression_ratio":1.4,"no_speech_prob":0.01}],"usage":{"type":"duration","seconds":6}}"#;
const DIARIZED: &str = r#"{"task":"transcribe","duration":4.2,"text":"Hello, Ann. Yes?","segments":[
{"type":"transcript.text.segment","id":"seg_001","start":0.5,"end":1.2,"text":"Hello, Ann.","speaker":"A"},
{"type":"transcript.text.segment","id":"seg_002","start":3.2,"end":4.2,"text":"Yes?","speaker":"B"}]}"#;

fn openai(model: Option<&str>) -> Hearing {
    OpenAi::new(Some(Secret::new(KEY)), "", model, None).unwrap()
}

#[test]
fn the_answer_to_the_upload_is_what_was_said() {
    let engine = openai(None);
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    host.submit(Some(&response(200, VERBOSE)));
    let record = host.record.clone().unwrap();
    assert_eq!((record.state, record.said_key.as_deref()), (State::Submitted, Some("said/at once")));
    let [request] = &host.script.requests[..] else { panic!("one request") };
    assert_eq!((request.patience_ms, request.streams.as_ref().unwrap().max_bytes), (Some(600_000), 26_198_016));
    host.make(VERBOSE.as_bytes(), nobody);
    assert_eq!(host.state(), Some(State::Succeeded));
    assert!(engine.visitor().is_none() && engine.ask_after_ms() == Some(u64::MAX) && engine.status("7").is_err());
}

#[test]
fn a_server_in_trouble_is_asked_later_and_an_answer_that_was_lost_is_paid_for_once_more_at_most() {
    for (answer, code, is_retryable) in [
        (Some(response(503, "")), "engine_unavailable", true),
        (Some(response(500, "<html>")), "engine_unavailable", true),
        (Some(response(504, "<html>")), "submit_unconfirmed", false),
        (None, "submit_unconfirmed", false),
    ] {
        let (ended, script) = submitted(&openai(None), std::slice::from_ref(&answer));
        let error = ended.unwrap_err();
        assert_eq!((error.code(), error.is_retryable(), script.requests.len()), (code, is_retryable, 1), "{answer:?}");
    }
    let engine = openai(None);
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    host.submit(None);
    assert_eq!(host.state(), Some(State::Queued));
    host.submit(None);
    assert_eq!(host.state(), Some(State::Failed));
    let (page, _) = submitted(&openai(None), &[Some(response(200, "<html>"))]);
    assert_eq!(page.unwrap_err().code(), "engine_job_failed");
}

#[test]
fn media_that_cannot_be_had_or_is_too_large_is_not_sent() {
    let engine = openai(None);
    let mut call = engine.submit(job(&engine, Task::SpeechToText, "{}")).unwrap();
    let mut script = Script::default();
    assert!(matches!(script.go(&mut call, Event::Go), Stop::Sends(_)));
    let too_large = Error::invalid("media", "it has 30000000 bytes, and the engine takes 26198016 at most");
    let Stop::Failed(error) = script.go(&mut call, Event::Unsent(too_large.clone())) else { panic!("it ends") };
    assert_eq!(error, too_large);
    let near = OpenAi::new(None, "http://127.0.0.1:9/v1", None, None).unwrap();
    let (_, script) = submitted(&near, &[None]);
    let request = &script.requests[0];
    assert_eq!(request.streams.as_ref().unwrap().max_bytes, u64::MAX, "another server says by itself what it takes");
    assert!(request.headers.iter().all(|(name, _)| *name != "authorization"), "a server may take no key");
}

#[test]
fn a_server_that_has_no_words_is_asked_for_less() {
    let refused = |name: &str| {
        let body =
            json!({"error": {"message": "not compatible with this model", "type": "invalid_request_error", "param": name}});
        Some(response(400, &body.to_string()))
    };
    let answers = [refused("timestamp_granularities"), refused("response_format"), Some(response(200, r#"{"text":"Hi."}"#))];
    let (ended, script) = submitted(&openai(Some("gpt-transcribe")), &answers);
    assert!(ended.is_ok(), "{ended:?}");
    let forms: Vec<&str> = script.requests.iter().map(|request| request.body.as_ref().unwrap().expose()).collect();
    let has = |at: usize, part: &str| forms[at].contains(part);
    assert!(has(0, "verbose_json") && has(0, "granularities") && has(1, "verbose_json") && !has(1, "granularities"));
    assert!(forms.len() == 3 && has(2, "\r\n\r\njson\r\n"), "{}", forms[2]);
    let engine = openai(None);
    let mut host = Host::create(&engine, "{}", RELAY, CALLBACK);
    let mut answers = answers.into_iter();
    host.submit_to(|_| answers.next().unwrap());
    assert_eq!(host.state(), Some(State::Submitted), "what was refused is sent back before it is sent again");
    let other = Some(response(400, r#"{"error":{"message":"bad audio","param":"file"}}"#));
    assert_eq!(submitted(&openai(None), &[other]).1.requests.len(), 1, "what is about something else is final");
}

#[test]
fn words_are_written_as_the_text_has_them() {
    let (response, made) = hearing::made(&openai(None), Task::SpeechToText, "{}", VERBOSE, nobody).unwrap();
    assert_eq!(response["transcript"], "Hello, Ann. Can you hear me?");
    assert_eq!(response["words"][0], json!({"start":0.48,"end":0.8,"word":"hello"}));
    assert!(response.get("utterances").is_none() && response.get("confidence").is_none());
    assert_eq!(Transcript::read(made.result.as_bytes()).unwrap().write(Format::Text).trim(), "Hello, Ann. Can you hear me?");
    let (interaction, made) = hearing::made(&openai(None), Task::AnalyzeInteraction, "{}", VERBOSE, nobody).unwrap();
    assert_eq!(interaction["utteranceInsights"][0]["text"], "Hello, Ann. Can you hear me?");
    let names = missing(&made);
    assert!(interaction.get("speakerInsights").is_none() && names.contains(&"Pace") && names.contains(&"Topics"), "{names:?}");
}

#[test]
fn words_in_segments_segments_alone_and_a_text_alone_are_read_too() {
    let inside = r#"{"text":" Hello, Ann.","duration":"1.5","segments":[{"start":0,"end":1.5,"text":" Hello, Ann.","speaker":"SPEAKER_01","words":[
        {"word":" Hello,","start":0.5,"end":0.8,"probability":0.9},{"word":" Ann.","start":0.8,"end":1.2,"speaker":"SPEAKER_02"}]}]}"#;
    let diarizing = openai(Some("whisperx-diarize"));
    let fields = r#"{"enableSpeakerDiarization":true}"#;
    let (response, _) = hearing::made(&diarizing, Task::SpeechToText, fields, inside, nobody).unwrap();
    let speakers: Vec<_> = response["words"].as_array().unwrap().iter().map(|word| word["speakerId"].clone()).collect();
    assert_eq!((&speakers[..], &response["speakerCount"]), (&[json!("SPEAKER_01"), json!("SPEAKER_02")][..], &json!(2)));
    let segments = r#"{"text":"Hello, Ann.","segments":[{"start":0.5,"end":1.2,"text":" Hello, Ann."}]}"#;
    let (response, made) = hearing::made(&openai(None), Task::SpeechToText, "{}", segments, nobody).unwrap();
    assert_eq!((&response["words"], &response["utterances"][0]["start"]), (&json!([]), &json!(0.5)));
    assert!(Transcript::read(made.result.as_bytes()).is_ok());
    let alone = r#"{"text":"Hello, Ann.","duration":1.5,"usage":{}}"#;
    let (response, made) = hearing::made(&openai(None), Task::SpeechToText, "{}", alone, nobody).unwrap();
    assert_eq!((&response["transcript"], &response["utterances"][0]["end"]), (&json!("Hello, Ann."), &json!(1.5)));
    assert_eq!(Transcript::read(made.result.as_bytes()).unwrap().write(Format::Text).trim(), "Hello, Ann.");
}

#[test]
fn speakers_are_told_apart_by_a_model_that_does_it() {
    let engine = openai(Some("gpt-4o-transcribe-diarize"));
    let (response, _) = hearing::made(&engine, Task::SpeakerDiarize, "{}", DIARIZED, nobody).unwrap();
    assert_eq!(response["utterances"], json!([{"start":0.5,"end":1.2,"speakerId":"A"},{"start":3.2,"end":4.2,"speakerId":"B"}]));
    let refused = |engine: &Hearing, task, text| check(engine, task, text).unwrap_err().to_string();
    assert!(refused(&openai(None), Task::SpeakerDiarize, "{}").starts_with("task: openai tells no speakers apart"));
    let diarization = r#"{"enableSpeakerDiarization":true}"#;
    assert!(refused(&openai(None), Task::SpeechToText, diarization).starts_with("input.enableSpeakerDiarization: openai"));
    let phrases = r#"{"speechContexts":[{"phrases":["a"]}]}"#;
    assert!(refused(&engine, Task::SpeechToText, phrases).starts_with("input.speechContexts: openai takes no phrases"));
    assert_eq!(openai(None).fields(Task::SpeakerDiarize), None);
    assert!(engine.fields(Task::SpeakerDiarize).unwrap().contains(&"languageCode"));
}

#[test]
fn a_file_has_the_ending_that_tells_most() {
    let engine = openai(None);
    let name = |media: Media, fields: &str| {
        let job = Job { media: Some(media), ..job(&engine, Task::SpeechToText, fields) };
        let mut script = Script::default();
        let Stop::Sends(request) = script.go(&mut engine.submit(job).unwrap(), Event::Go) else { panic!("it is sent") };
        let form = request.body.unwrap().expose().to_owned();
        form.split("filename=\"recording.").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let address = |path: &str| Media::Address(SecretUrl::hiding_query(format!("https://files.example/{path}")));
    let recording = |id: &str| Media::Recording(RecordingId::parse(id, "").unwrap());
    for (media, fields, ending) in [
        (recording("123"), "{}", "mp3"),
        (recording("meeting-m-1"), "{}", "mp4"),
        (recording("meeting-m-1"), r#"{"encoding":"Wav"}"#, "wav"),
        (address("a.FLAC?b=c.wav"), "{}", "flac"),
        (address("a.exe"), "{}", "mp3"),
        (address("a"), r#"{"encoding":"Webp"}"#, "mp3"),
        (Media::Upload("u".into()), "{}", "mp3"),
    ] {
        assert_eq!(name(media.clone(), fields), ending, "{media:?} {fields}");
    }
}
