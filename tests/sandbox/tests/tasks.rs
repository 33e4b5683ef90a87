//! Speakers, enrollments, punctuation and summaries.

mod stage;

use std::fs;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use stage::{ANALYZE, DIARIZE, ENROLLMENTS, IDENTIFY, PUNCTUATE, SPEECH_TO_TEXT, SUMMARIZE, Stage, file_server, quick, read};

/// A voice of this pitch in syllables, inside these seconds.
fn voice(t: f64, hz: f64, from: f64, to: f64) -> f64 {
    let phase = t * hz * std::f64::consts::TAU;
    let tone = phase.sin() * 0.2 + (2.0 * phase).sin() * 0.15 + (3.0 * phase).sin() * 0.1;
    if (from..to).contains(&t) { tone * (t * 12.0).sin().abs() } else { 0.0 }
}

fn sample(hz: f64, seconds: f64) -> String {
    STANDARD.encode(stage::wav(8000, 1, seconds + 2.0, |t, _| voice(t, hz, 1.0, seconds + 1.0)))
}

async fn send(stage: &Stage, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let request = stage.request(method, path).header("content-type", "application/json");
    read(request.body(body.to_string()).send().await.unwrap()).await
}

async fn enroll(stage: &Stage, id: &str, hz: f64, seconds: f64) -> (u16, Value) {
    let body = json!({"encoding": "Wav", "languageCode": "en-US", "speakerId": id, "content": sample(hz, seconds)});
    send(stage, Method::POST, ENROLLMENTS, &body).await
}

#[tokio::test]
async fn diarization_says_who_spoke_when() {
    let stage = Stage::new(quick()).await;
    let response = &stage.run(DIARIZE, &stage.content_uri(83).await, &json!({})).await["response"];
    assert_eq!(response["speakerCount"], 2);
    let turns = response["utterances"].as_array().unwrap();
    assert_eq!((turns.len(), &turns[0]["speakerId"], &turns[1]["speakerId"]), (16, &"0".into(), &"1".into()));
    assert!((turns[0]["start"].as_f64().unwrap() - 0.6).abs() < 0.1 && turns[0]["end"].as_f64().unwrap() > 4.0);

    let file = stage::wav(8000, 2, 9.0, |t, channel| match channel {
        0 => voice(t, 110.0, 1.0, 3.0),
        _ => voice(t, 220.0, 5.0, 8.0),
    });
    let response = &stage.run(DIARIZE, &file_server(&file).await, &json!({})).await["response"];
    let turns = response["utterances"].as_array().unwrap();
    assert_eq!((turns.len(), &response["speakerCount"]), (2, &2.into()), "{response}");
    for (turn, (id, start, end)) in turns.iter().zip([("0", 1.0, 3.0), ("1", 5.0, 8.0)]) {
        assert_eq!(turn["speakerId"], id);
        assert!((turn["start"].as_f64().unwrap() - start).abs() < 0.3 && (turn["end"].as_f64().unwrap() - end).abs() < 0.3);
    }
}

#[tokio::test]
async fn a_voice_is_enrolled_read_listed_added_to_and_deleted() {
    let stage = Stage::new(quick()).await;
    let one = format!("{ENROLLMENTS}/low_1");
    assert_eq!(stage.get(&one).await.0, 404);
    let (status, made) = enroll(&stage, "low_1", 110.0, 8.0).await;
    assert_eq!((status, &made["enrollmentComplete"], &made["enrollmentQuality"]), (201, &false.into(), &"Poor".into()));
    assert!((made["totalSpeechDuration"].as_f64().unwrap() - 8.0).abs() < 0.5, "{made}");
    assert_eq!(made["totalEnrollDuration"], 10.0);
    assert_eq!(enroll(&stage, "low_1", 110.0, 8.0).await.0, 409);
    assert_eq!(stage.get(ENROLLMENTS).await.1["records"], json!([]));
    assert_eq!(stage.get(&format!("{ENROLLMENTS}?partial=true&page=1&perPage=5")).await.1["records"], json!([made]));

    let more = json!({"encoding": "Wav", "content": sample(110.0, 8.0)});
    let (status, grown) = send(&stage, Method::PATCH, &one, &more).await;
    assert_eq!((status, &grown["enrollmentComplete"]), (201, &true.into()), "{grown}");
    assert_eq!(stage.get(&one).await, (200, grown.clone()));
    let list = stage.get(&format!("{ENROLLMENTS}?partial=false&page=1&perPage=5")).await.1;
    assert_eq!(list, json!({"paging": {"page": 1, "perPage": 5, "totalPages": 1}, "records": [grown]}));

    for (expected, method) in [(204, Method::DELETE), (410, Method::DELETE), (404, Method::GET), (404, Method::PATCH)] {
        assert_eq!(send(&stage, method.clone(), &one, &more).await.0, expected, "{method}");
    }
    assert_eq!(send(&stage, Method::DELETE, &format!("{ENROLLMENTS}/nobody"), &Value::Null).await.0, 404);
    assert_eq!(enroll(&stage, "low_1", 110.0, 13.0).await.0, 201);
}

#[tokio::test]
async fn an_enrolled_voice_is_named_and_a_stranger_is_not() {
    let stage = Stage::new(quick()).await;
    enroll(&stage, "low", 110.0, 13.0).await;
    enroll(&stage, "short", 300.0, 5.0).await;
    let file = stage::wav(16_000, 2, 12.0, |t, channel| match channel {
        0 => voice(t, 110.0, 1.0, 4.0),
        _ => voice(t, 210.0, 6.0, 10.0),
    });
    let uri = file_server(&file).await;
    let response = &stage.run(IDENTIFY, &uri, &json!({"speakerIds": ["low"]})).await["response"];
    let turns = response["utterances"].as_array().unwrap();
    assert_eq!((&turns[0]["speakerId"], &turns[1]["speakerId"]), (&"low".into(), &"UserNotIdentified".into()), "{turns:?}");
    assert!(turns[0]["confidence"].as_f64().unwrap() > 1.0, "{turns:?}");
    let response = &stage.run(DIARIZE, &uri, &json!({"enrollmentIds": ["low"]})).await["response"];
    assert_eq!((&response["utterances"][0]["speakerId"], &response["utterances"][1]["speakerId"]), (&"low".into(), &"1".into()));

    for ids in [json!(["nobody"]), json!(["low", "short"]), json!([]), json!("low"), Value::Null] {
        let input = json!({"contentUri": uri, "encoding": "Wav", "languageCode": "en-US", "speakerIds": ids});
        let (status, body) = stage.submit(IDENTIFY, None, &input).await;
        assert_eq!((status, &body["errors"][0]["parameterName"]), (400, &"speakerIds".into()), "{ids}");
    }
}

#[tokio::test]
async fn a_real_voice_is_known_again_in_another_conversation() {
    let stage = Stage::new(quick()).await;
    let voicemail = fs::read(format!("{}/media/voicemail.wav", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let body = json!({"encoding": "Wav", "speakerId": "caller", "content": STANDARD.encode(&voicemail)});
    assert_eq!(send(&stage, Method::POST, ENROLLMENTS, &body).await.0, 201);
    let response = &stage.run(IDENTIFY, &stage.content_uri(36).await, &json!({"speakerIds": ["caller"]})).await["response"];
    assert!(response["utterances"].as_array().unwrap().iter().all(|turn| turn["speakerId"] == "caller"));
    // The customer of the support call speaks an octave lower.
    let response = &stage.run(IDENTIFY, &stage.content_uri(83).await, &json!({"speakerIds": ["caller"]})).await["response"];
    assert_eq!(response["utterances"][1]["speakerId"], "UserNotIdentified");
}

#[tokio::test]
async fn texts_are_punctuated_in_their_order() {
    let stage = Stage::new(quick()).await;
    let job = stage.finish(PUNCTUATE, &json!({"texts": ["are you there", "yes im here"]})).await;
    assert_eq!((&job["status"], &job["api"]), (&"Success".into(), &PUNCTUATE.into()));
    assert_eq!(job["response"], json!({"texts": ["Are you there?", "Yes I'm here."]}));
}

#[tokio::test]
async fn a_summary_is_made_of_sentences_that_were_given() {
    let stage = Stage::new(quick()).await;
    let utterances = json!([
        {"speakerId": "a", "start": 0.5, "end": 4.0, "text": "Hello. The grinder arrived with a broken grinder lid."},
        {"speakerId": "b", "start": 4.2, "end": 9.0, "text": "We will send a new grinder lid on Friday morning. Is that fine?"},
        {"speakerId": "a", "start": 9.1, "end": 10.0, "text": "Yes."},
    ]);
    let names = |job: &Value| -> Vec<String> {
        let list = job["response"]["summaries"].as_array().unwrap();
        list.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    for (kind, expected) in [
        ("All", &["Extractive", "AbstractiveLong", "AbstractiveShort"][..]),
        ("AbstractiveAll", &["AbstractiveLong", "AbstractiveShort"]),
        ("Extractive", &["Extractive"]),
        ("AbstractiveShort", &["AbstractiveShort"]),
    ] {
        let job = stage.finish(SUMMARIZE, &json!({"summaryType": kind, "utterances": utterances})).await;
        assert_eq!(names(&job), expected);
        for value in job["response"]["summaries"].as_array().unwrap().iter().flat_map(|one| one["values"].as_array().unwrap()) {
            let source = utterances.as_array().unwrap().iter().find(|unit| unit["start"] == value["start"]).unwrap();
            assert!(source["text"].as_str().unwrap().contains(value["value"].as_str().unwrap()), "{value}");
            assert_eq!((&source["end"], &source["speakerId"]), (&value["end"], &value["speakerId"]));
        }
    }
    let short = stage.finish(SUMMARIZE, &json!({"summaryType": "AbstractiveShort", "utterances": utterances})).await;
    assert_eq!(short["response"]["summaries"][0]["values"][0]["value"], "The grinder arrived with a broken grinder lid.");
}

#[tokio::test]
async fn every_bad_field_of_every_job_is_named() {
    let stage = Stage::new(quick()).await;
    let audio = json!({"contentUri": "http://127.0.0.1:1/a.wav", "encoding": "Wav", "languageCode": "en-US"});
    let unit = json!({"text": "Hi.", "speakerId": "0", "start": 0.0, "end": 1.0});
    let text = json!({"summaryType": "All", "utterances": [unit]});
    let mut cases = vec![
        (PUNCTUATE, json!({}), "texts", json!("hi")),
        (PUNCTUATE, json!({}), "texts", json!([5])),
        (PUNCTUATE, json!({}), "texts", Value::Null),
        (SUMMARIZE, text.clone(), "summaryType", json!("Short")),
        (SUMMARIZE, text.clone(), "summaryType", Value::Null),
        (SUMMARIZE, text.clone(), "utterances", json!([])),
        (SUMMARIZE, text.clone(), "utterances", json!({"text": "x"})),
    ];
    for (field, value) in [("text", json!(1)), ("speakerId", json!(0)), ("start", json!("0")), ("end", Value::Null)] {
        let mut bad = unit.clone();
        bad[field] = value;
        cases.push((SUMMARIZE, text.clone(), "utterances", json!([bad])));
    }
    for path in [SPEECH_TO_TEXT, DIARIZE, IDENTIFY, ANALYZE] {
        for (field, value) in [
            ("contentUri", json!("a.wav")),
            ("encoding", json!("MP3")),
            ("languageCode", json!(1)),
            ("source", json!([])),
            ("audioType", json!("Song")),
            ("separateSpeakerPerChannel", json!(1)),
            ("speakerCount", json!(1.5)),
            ("speakerIds", json!("x")),
            ("enableVoiceActivityDetection", json!("true")),
        ] {
            cases.push((path, audio.clone(), field, value));
        }
    }
    for (path, good, field, value) in cases {
        let mut input = good;
        input[field] = value;
        let (status, body) = stage.submit(path, None, &input).await;
        assert_eq!((status, &body["errors"][0]["errorCode"]), (400, &"CAI-101".into()), "{path} {input}");
        assert_eq!(body["errors"][0]["parameterName"], field, "{path} {input}");
    }
    for (field, value) in
        [("speakerId", json!("a b")), ("encoding", json!("MP3")), ("content", json!("§")), ("content", json!("AAAA"))]
    {
        let mut input = json!({"encoding": "Wav", "speakerId": "x", "content": sample(110.0, 1.0)});
        input[field] = value;
        let (status, body) = send(&stage, Method::POST, ENROLLMENTS, &input).await;
        assert_eq!((status, &body["errors"][0]["parameterName"]), (400, &field.into()), "{field}");
    }
}

#[tokio::test]
async fn three_people_in_a_meeting_silence_and_twenty_minutes_are_known() {
    let stage = Stage::new(quick()).await;
    let file = |name: &str| fs::read(format!("{}/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let meeting = file_server(&file("planning-1.mp4")).await;
    let response = &stage.run(DIARIZE, &meeting, &json!({"audioType": "Meeting"})).await["response"];
    assert_eq!((&response["speakerCount"], response["utterances"].as_array().unwrap().len()), (&3.into(), 11));
    let silence = file_server(&file("silence.mp3")).await;
    let response = &stage.run(SPEECH_TO_TEXT, &silence, &json!({"enableSpeakerDiarization": true})).await["response"];
    assert_eq!((&response["transcript"], &response["words"], &response["speakerCount"]), (&"".into(), &json!([]), &0.into()));
    let long = file_server(&file("stocktaking.mp3")).await;
    let response = &stage.run(SPEECH_TO_TEXT, &long, &json!({})).await["response"];
    assert!(response["audio_duration"].as_f64().unwrap() > 1200.0 && response["words"].as_array().unwrap().len() > 2000);
}
