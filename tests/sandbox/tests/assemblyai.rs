//! The stand-in for AssemblyAI, over HTTP.

mod stage;

use std::time::{Duration, Instant};

use reqwest::Method;
use ringcentral_sandbox::Options;
use serde_json::{Value, json};
use stage::{Inbox, Stage, file_server, known_words, quick, read};
use tokio::time::sleep;

async fn ask(stage: &Stage, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let request = stage.http.request(method, format!("{}/assemblyai/v2/transcript{path}", stage.base));
    read(request.header("authorization", "sandbox-key").body(body.to_string()).send().await.unwrap()).await
}

async fn create(stage: &Stage, audio_url: &str, fields: &Value) -> (u16, Value) {
    let mut body = json!({"audio_url": audio_url, "speech_models": ["universal-3-5-pro", "universal-2"]});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    ask(stage, Method::POST, "", &body).await
}

/// Creates a transcript and asks for it until it has ended; every status that was seen goes with it.
async fn finish(stage: &Stage, audio_url: &str, fields: &Value) -> (Value, Vec<Value>) {
    let (status, created) = create(stage, audio_url, fields).await;
    assert_eq!(status, 200, "{created}");
    let mut seen = vec![created["status"].clone()];
    let path = format!("/{}", created["id"].as_str().unwrap());
    for _ in 0..1000 {
        let (_, shown) = ask(stage, Method::GET, &path, &Value::Null).await;
        if seen.last() != Some(&shown["status"]) {
            seen.push(shown["status"].clone());
        }
        if shown["status"] == "completed" || shown["status"] == "error" {
            return (shown, seen);
        }
        sleep(Duration::from_millis(5)).await;
    }
    panic!("it never ended");
}

#[tokio::test]
async fn a_transcript_is_queued_processed_and_completed_and_says_what_is_spoken() {
    let stage = Stage::new(Options { speed: 1.0, ..quick() }).await;
    for (name, duration_s) in [("support-call", 83), ("voicemail", 36)] {
        let url = stage.content_uri(duration_s).await;
        let (transcript, seen) = finish(&stage, &url, &json!({"speaker_labels": true})).await;
        assert_eq!(seen, ["queued", "processing", "completed"]);
        let (told, known) = (transcript["words"].as_array().unwrap(), known_words(name));
        assert_eq!((told.len(), &transcript["audio_duration"]), (known.len(), &json!(duration_s)));
        for (told, (speaker, text, start, end)) in told.iter().zip(&known) {
            let letter = if speaker == "0" { "A" } else { "B" };
            assert_eq!((&told["text"], &told["speaker"]), (&json!(text), &json!(letter)));
            let off = [(&told["start"], start), (&told["end"], end)]
                .map(|(told, known)| told.as_u64().unwrap() as f64 - known * 1000.0);
            assert!(off.iter().all(|off| off.abs() <= 0.5), "{told}");
        }
        let text: Vec<_> = known.iter().map(|word| word.1.as_str()).collect();
        assert_eq!(transcript["text"], text.join(" "));
    }
}

#[tokio::test]
async fn speakers_are_letters_channels_are_numbers_and_both_together_are_both() {
    let stage = Stage::new(quick()).await;
    let url = stage.content_uri(83).await;
    let speakers = async |fields: Value| {
        let transcript = finish(&stage, &url, &fields).await.0;
        let utterances = transcript["utterances"].as_array().cloned().unwrap_or_default();
        let mut speakers: Vec<_> = utterances.iter().map(|one| one["speaker"].as_str().unwrap().to_owned()).collect();
        assert_eq!(transcript["words"][0]["speaker"].as_str(), speakers.first().map(String::as_str));
        speakers.truncate(3);
        (speakers, transcript["words"][0]["channel"].clone(), transcript["audio_channels"].clone())
    };
    assert_eq!(speakers(json!({})).await, (vec![], Value::Null, Value::Null));
    assert_eq!(speakers(json!({"speaker_labels": true})).await.0, ["A", "B", "A"]);
    assert_eq!(speakers(json!({"speaker_labels": true, "speakers_expected": 1})).await.0, ["A"]);
    let channels = (["1", "2", "1"].map(str::to_owned).to_vec(), json!("1"), json!(2));
    assert_eq!(speakers(json!({"multichannel": true})).await, channels);
    assert_eq!(speakers(json!({"multichannel": true, "speaker_labels": true})).await.0, ["1A", "2A", "1A"]);
}

#[tokio::test]
async fn words_are_as_plain_as_they_are_wanted() {
    let stage = Stage::new(quick()).await;
    let url = stage.content_uri(83).await;
    for (punctuate, format_text, beginning) in [
        (true, true, "Thank you for calling Brightwater Coffee, this"),
        (false, true, "Thank you for calling Brightwater Coffee this"),
        (true, false, "thank you for calling brightwater coffee, this"),
        (false, false, "thank you for calling brightwater coffee this"),
    ] {
        let fields = json!({"punctuate": punctuate, "format_text": format_text});
        let transcript = finish(&stage, &url, &fields).await.0;
        assert!(transcript["text"].as_str().unwrap().starts_with(beginning), "{}", transcript["text"]);
    }
}

#[tokio::test]
async fn findings_are_there_when_asked_for() {
    let stage = Stage::new(quick()).await;
    let url = stage.content_uri(83).await;
    let names = ["auto_highlights", "sentiment_analysis", "iab_categories", "entity_detection", "speaker_labels"];
    let fields: serde_json::Map<_, _> = names.iter().map(|name| ((*name).to_owned(), json!(true))).collect();
    let transcript = finish(&stage, &url, &Value::Object(fields)).await.0;
    let plain = |word: &Value| word["text"].as_str().unwrap().trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
    for highlight in transcript["auto_highlights_result"]["results"].as_array().unwrap() {
        let times = highlight["timestamps"].as_array().unwrap();
        assert!(highlight["count"] == times.len() && !times.is_empty());
        for time in times {
            let words = transcript["words"].as_array().unwrap().iter();
            let said: Vec<_> = words
                .filter(|word| word["start"].as_u64() >= time["start"].as_u64() && word["end"].as_u64() <= time["end"].as_u64())
                .map(plain)
                .collect();
            assert_eq!(highlight["text"], said.join(" "));
        }
    }
    let sentiments = transcript["sentiment_analysis_results"].as_array().unwrap();
    let sorry = sentiments.iter().find(|one| one["text"].as_str().unwrap().contains("sorry")).unwrap();
    assert_eq!((&sorry["sentiment"], &sorry["speaker"]), (&json!("NEGATIVE"), &json!("A")));
    assert!(!transcript["iab_categories_result"]["summary"].as_object().unwrap().is_empty());
    let entities = transcript["entities"].as_array().unwrap();
    assert!(entities.iter().any(|one| one["entity_type"] == "number_sequence" && one["text"] == "4471"), "{entities:?}");
    let none = finish(&stage, &url, &json!({})).await.0;
    assert!(["auto_highlights_result", "sentiment_analysis_results", "entities"].iter().all(|name| none[*name].is_null()));
}

#[tokio::test]
async fn a_webhook_names_the_transcript_with_the_header_that_was_asked_for_until_it_is_taken() {
    let stage = Stage::new(Options { speed: 100.0, ..quick() }).await;
    let (inbox, hook) = Inbox::open(&[500, 302, 204]).await;
    let url = stage.content_uri(83).await;
    let fields = json!({"webhook_url": hook, "webhook_auth_header_name": "X-Secret", "webhook_auth_header_value": "S3CRET"});
    let begun = Instant::now();
    let (_, created) = create(&stage, &url, &fields).await;
    assert!(created["webhook_auth"] == true && !created.to_string().contains("S3CRET"));
    let arrived = inbox.wait_for(3).await;
    // 10 + 10 seconds, divided by 100.
    assert!((0.2..10.0).contains(&begun.elapsed().as_secs_f64()), "{:?}", begun.elapsed());
    let told: Value = serde_json::from_slice(&arrived[2].body).unwrap();
    assert_eq!(told, json!({"transcript_id": created["id"], "status": "completed"}));
    assert!(arrived.iter().all(|one| one.headers["x-secret"] == "S3CRET" && one.body == arrived[0].body));
    sleep(Duration::from_millis(300)).await;
    assert_eq!(inbox.arrived().len(), 3);
    let path = format!("/{}", created["id"].as_str().unwrap());
    let (_, shown) = ask(&stage, Method::GET, &path, &Value::Null).await;
    assert_eq!((&shown["webhook_status_code"], shown.to_string().contains("S3CRET")), (&json!(204), false));
}

#[tokio::test]
async fn a_webhook_comes_ten_times_at_most_and_a_4xx_ends_it() {
    let stage = Stage::new(Options { speed: 1000.0, ..quick() }).await;
    let url = stage.content_uri(83).await;
    for (answers, times) in [(vec![503; 20], 10), (vec![503, 404], 2)] {
        let (inbox, hook) = Inbox::open(&answers).await;
        create(&stage, &url, &json!({ "webhook_url": hook })).await;
        inbox.wait_for(times).await;
        sleep(Duration::from_millis(300)).await;
        assert_eq!(inbox.arrived().len(), times);
    }
}

#[tokio::test]
async fn media_that_cannot_be_had_ends_as_an_error_and_the_webhook_says_so() {
    let stage = Stage::new(quick()).await;
    let (inbox, hook) = Inbox::open(&[]).await;
    let nowhere = format!("{}/nothing", stage.base);
    let (transcript, seen) = finish(&stage, &nowhere, &json!({ "webhook_url": hook })).await;
    assert_eq!(seen.last(), Some(&json!("error")));
    assert_eq!(
        transcript["error"],
        format!(
            "Download error, unable to download {nowhere}. Please make sure the file exists and is accessible from the internet."
        )
    );
    let told: Value = serde_json::from_slice(&inbox.wait_for(1).await[0].body).unwrap();
    assert_eq!(told["status"], "error");
    let page = file_server(b"<html>no audio</html>").await;
    assert!(
        finish(&stage, &page, &json!({})).await.0["error"].as_str().unwrap().starts_with("File does not appear to contain audio")
    );
    let blip = file_server(&stage::wav(8000, 1, 0.1, |t, _| (t * 2000.0).sin())).await;
    assert_eq!(finish(&stage, &blip, &json!({})).await.0["error"], "Audio duration is too short.");
}

#[tokio::test]
async fn a_deleted_transcript_says_nothing_any_more() {
    let stage = Stage::new(quick()).await;
    let url = stage.content_uri(83).await;
    let (transcript, _) = finish(&stage, &url, &json!({})).await;
    let path = format!("/{}", transcript["id"].as_str().unwrap());
    for method in [Method::DELETE, Method::GET] {
        let (status, shown) = ask(&stage, method, &path, &Value::Null).await;
        let told = [&shown["text"], &shown["words"], &shown["audio_url"], &shown["status"]];
        assert_eq!(
            (status, told),
            (200, [&json!("Deleted by user."), &Value::Null, &json!("http://deleted_by_user"), &json!("completed")])
        );
    }
    let (inbox, hook) = Inbox::open(&[]).await;
    let (_, created) = create(&stage, &url, &json!({ "webhook_url": hook })).await;
    ask(&stage, Method::DELETE, &format!("/{}", created["id"].as_str().unwrap()), &Value::Null).await;
    sleep(Duration::from_millis(400)).await;
    assert!(inbox.arrived().is_empty(), "nobody is told of what was deleted");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_assemblyais_words() {
    let stage = Stage::new(quick()).await;
    let with_key = async |key: &str| {
        let request = stage.http.post(format!("{}/assemblyai/v2/transcript", stage.base)).header("authorization", key);
        read(request.body("{}").send().await.unwrap()).await
    };
    for wrong in ["S3CRET", "Bearer sandbox-key"] {
        assert_eq!(with_key(wrong).await, (401, json!({"error": "Authentication error, API token missing/invalid"})));
    }
    let (status, answer) = with_key("sandbox-nocredit").await;
    assert!(status == 400 && answer["error"].as_str().unwrap().starts_with("Your current account balance is negative"));
    assert_eq!(with_key("sandbox-key").await.0, 400);
    let nobody = ask(&stage, Method::GET, "/none", &Value::Null).await;
    assert_eq!(nobody, (400, json!({"error": "Transcript lookup error, transcript id not found"})));
    let (status, answer) = create(&stage, "http://127.0.0.1:9/a.wav", &json!({"speech_models": ["universal-3-pro"]})).await;
    assert!(status == 400 && answer["error"].as_str().unwrap().contains("have been deprecated"), "{answer}");
}

#[tokio::test]
async fn faults_meet_it_in_its_own_shape() {
    let stage = Stage::new(Options { seed: Some(7), ..quick() }).await;
    let set = async |faults: Value| {
        let put = stage.request(Method::PUT, "/sandbox/faults").body(json!({ "faults": faults }).to_string());
        assert_eq!(read(put.send().await.unwrap()).await.0, 200);
    };
    set(json!([{"kind": "rate-limit", "chance": 1, "path": "/assemblyai/"}])).await;
    assert_eq!(create(&stage, "http://127.0.0.1:9/", &json!({})).await, (429, json!({"error": "Too Many Requests"})));
    let (inbox, hook) = Inbox::open(&[]).await;
    let url = stage.content_uri(83).await;
    set(json!([{"kind": "forged-body", "chance": 1}, {"kind": "late", "chance": 1, "ms": [200, 200]}, {"kind": "doubled", "chance": 1}])).await;
    let fields = json!({"webhook_url": hook, "webhook_auth_header_name": "X-Secret", "webhook_auth_header_value": "S3CRET"});
    let (_, created) = create(&stage, &url, &fields).await;
    let arrived = inbox.wait_for(3).await;
    let ids: Vec<_> =
        arrived.iter().map(|one| serde_json::from_slice::<Value>(&one.body).unwrap()["transcript_id"].clone()).collect();
    assert!(ids[0] != created["id"] && arrived[0].headers.get("x-secret").is_none(), "a stranger knows no secret");
    assert_eq!([&ids[1], &ids[2]], [&created["id"], &created["id"]]);
}
