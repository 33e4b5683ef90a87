//! Jobs from submit to callback.

mod stage;

use std::fs;
use std::time::{Duration, Instant};

use ringcentral_sandbox::Options;
use serde_json::{Value, json};
use stage::{ANALYZE, Inbox, SPEECH_TO_TEXT, Stage, file_server, quick};
use tokio::time::sleep;

fn input(content_uri: &str) -> Value {
    json!({"contentUri": content_uri, "encoding": "Mpeg", "languageCode": "en-US", "enableSpeakerDiarization": true})
}

/// What the words file beside a shipped recording says.
fn known(name: &str) -> Value {
    let path = format!("{}/media/{name}.words.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[tokio::test]
async fn a_job_runs_and_its_callback_is_its_status() {
    let stage = Stage::new(quick()).await;
    let (inbox, hook) = Inbox::open(&[]).await;
    let uri = stage.content_uri(83).await;
    let (status, answer) = stage.submit(SPEECH_TO_TEXT, Some(&format!("{hook}?a=1&b=x%2Fy")), &input(&uri)).await;
    assert_eq!(status, 202);
    let id = answer["jobId"].as_str().unwrap();
    assert_eq!((id.len(), &id[14..15]), (36, "1"));
    let status = format!("/ai/status/v1/jobs/{id}");
    let running = stage.get(&status).await.1;
    assert_eq!((&running["status"], &running["api"]), (&"InProgress".into(), &SPEECH_TO_TEXT.into()));
    assert!(running["response"].is_null() && running["completionTime"].is_null());

    let arrived = inbox.wait_for(1).await;
    assert_eq!(arrived[0].uri, "/hook?a=1&b=x%2Fy");
    assert_eq!(arrived[0].headers["content-type"], "application/json");
    assert_eq!(arrived[0].headers["rcrequestid"].len(), 36);
    let envelope: Value = serde_json::from_slice(&arrived[0].body).unwrap();
    assert_eq!((&envelope["jobId"], &envelope["status"]), (&id.into(), &"Success".into()));
    assert_eq!(envelope, stage.get(&status).await.1);
    sleep(Duration::from_millis(500)).await;
    assert_eq!(inbox.arrived().len(), 1, "none after a 200");
}

#[tokio::test]
async fn a_callback_is_sent_six_times_at_most_with_growing_pauses_and_the_same_bytes() {
    let stage = Stage::new(Options { speed: 40.0, ..quick() }).await;
    let (inbox, hook) = Inbox::open(&[500, 202, 404, 302, 503, 500, 500]).await;
    let tone = file_server(&stage::wav(8000, 1, 1.0, |t, _| (t * 2000.0).sin())).await;
    stage.submit(SPEECH_TO_TEXT, Some(&hook), &input(&tone)).await;
    inbox.wait_for(1).await;
    let begun = Instant::now();
    let arrived = inbox.wait_for(6).await;
    // 2 + 4 + 8 + 16 + 32 seconds, divided by 40.
    assert!((1.4..3.0).contains(&begun.elapsed().as_secs_f64()), "{:?}", begun.elapsed());
    assert!(arrived.iter().all(|one| one.body == arrived[0].body));
    assert!(arrived.iter().all(|one| one.headers["rcrequestid"] == arrived[0].headers["rcrequestid"]));
    sleep(Duration::from_millis(1800)).await;
    assert_eq!(inbox.arrived().len(), 6);
}

#[tokio::test]
async fn a_delivered_job_can_be_delivered_again_by_a_test() {
    let stage = Stage::new(quick()).await;
    let (inbox, hook) = Inbox::open(&[500]).await;
    let tone = file_server(&stage::wav(8000, 1, 1.0, |t, _| (t * 2000.0).sin())).await;
    let id = stage.submit(SPEECH_TO_TEXT, Some(&hook), &input(&tone)).await.1["jobId"].as_str().unwrap().to_owned();
    inbox.wait_for(2).await;
    let again = stage.http.post(format!("{}/sandbox/jobs/{id}/redeliver", stage.base)).send().await.unwrap();
    assert_eq!(again.status(), 202);
    let arrived = inbox.wait_for(3).await;
    assert_eq!(arrived[2].body, arrived[0].body);
}

#[tokio::test]
async fn speech_to_text_says_what_the_words_file_says() {
    let stage = Stage::new(quick()).await;
    let uri = stage.content_uri(83).await;
    let known = known("support-call");
    let words: Vec<&Value> =
        known["utterances"].as_array().unwrap().iter().flat_map(|turn| turn["words"].as_array().unwrap()).collect();
    let text: Vec<&str> = words.iter().map(|word| word["text"].as_str().unwrap()).collect();

    let response = &stage.run(SPEECH_TO_TEXT, &uri, &json!({"enableSpeakerDiarization": true})).await["response"];
    assert_eq!(response["transcript"], text.join(" "));
    let heard = response["words"].as_array().unwrap();
    assert_eq!(heard.len(), words.len());
    let mut last = 0.0;
    for (heard, word) in heard.iter().zip(&words) {
        assert_eq!((&heard["start"], &heard["end"]), (&word["start"], &word["end"]));
        let plain = heard["word"].as_str().unwrap();
        assert!(plain.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase()), "{plain}");
        assert!(heard["speakerId"].is_string());
        assert!(heard["start"].as_f64().unwrap() >= last);
        last = heard["start"].as_f64().unwrap();
    }
    assert_eq!(response["speakerCount"], 2);
    assert_eq!(response["utterances"].as_array().unwrap().len(), 16);
    assert!((response["audio_duration"].as_f64().unwrap() - 83.484).abs() < 0.1);

    let plain = &stage.run(SPEECH_TO_TEXT, &uri, &json!({"enablePunctuation": false})).await["response"];
    assert!(plain["utterances"].is_null() && plain["speakerCount"].is_null() && plain["words"][0]["speakerId"].is_null());
    let lower = plain["transcript"].as_str().unwrap();
    assert!(!lower.contains(['.', ',', '?']) && lower == lower.to_lowercase());
}

#[tokio::test]
async fn a_changed_word_is_heard_and_a_file_of_ones_own_is_a_recorded_call() {
    let folder = std::env::temp_dir().join(format!("sandbox-words-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let changed = fs::read_to_string(format!("{}/media/voicemail.words.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    fs::write(folder.join("voicemail.words.json"), changed.replace("\"Riverside\"", "\"Marzipan\"")).unwrap();
    fs::write(folder.join("tone.wav"), stage::wav(8000, 1, 33.0, |t, _| (t * 2000.0).sin() * 0.3)).unwrap();
    let stage = Stage::new(Options { media: Some(folder.clone()), ..quick() }).await;
    let uri = stage.content_uri(36).await;
    let response = &stage.run(SPEECH_TO_TEXT, &uri, &json!({})).await["response"];
    assert!(response["transcript"].as_str().unwrap().contains("from the Marzipan Dental Clinic"));
    assert!(response["words"].as_array().unwrap().iter().any(|word| word["word"] == "marzipan"));
    let own = stage.http.get(stage.content_uri(33).await).send().await.unwrap();
    assert_eq!((own.status().as_u16(), own.headers()["content-type"].to_str().unwrap()), (200, "audio/wav"));
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_recording_is_known_by_its_audio_wherever_it_lies() {
    let stage = Stage::new(quick()).await;
    let file = fs::read(format!("{}/media/voicemail.wav", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let elsewhere = file_server(&file).await;
    let response = &stage.run(SPEECH_TO_TEXT, &elsewhere, &json!({})).await["response"];
    assert!(response["transcript"].as_str().unwrap().starts_with("Hello, this is Maria Lopez"));
    // The first half of it is another recording, and its words are not known.
    let half = file_server(&file[..file.len() / 2]).await;
    let response = &stage.run(SPEECH_TO_TEXT, &half, &json!({})).await["response"];
    assert_eq!((&response["transcript"], &response["words"]), (&"".into(), &json!([])));
    assert!(!response["sandbox"]["speech"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn an_unknown_recording_has_no_words_but_its_speech_is_measured() {
    let stage = Stage::new(quick()).await;
    // Left: loud from 2 to 5 s, in syllables. Right: a steady tone, which is no speech.
    let file = stage::wav(16_000, 2, 8.0, |t, channel| match channel {
        0 if (2.0..5.0).contains(&t) => (t * 900.0).sin() * 0.5 * (t * 20.0).sin().powi(2),
        0 => 0.0,
        _ => (t * 2764.0).sin() * 0.2,
    });
    let uri = file_server(&file).await;
    let response = &stage.run(SPEECH_TO_TEXT, &uri, &json!({"enableSpeakerDiarization": true})).await["response"];
    assert_eq!((&response["transcript"], &response["words"]), (&"".into(), &json!([])));
    let speech = response["sandbox"]["speech"].as_array().unwrap();
    assert_eq!(speech.len(), 1, "{speech:?}");
    assert_eq!(speech[0]["channel"], 0);
    assert!((speech[0]["start"].as_f64().unwrap() - 2.0).abs() < 0.3, "{speech:?}");
    assert!((speech[0]["end"].as_f64().unwrap() - 5.0).abs() < 0.3, "{speech:?}");

    let insights = &stage.run(ANALYZE, &uri, &json!({"insights": ["All"]})).await["response"];
    assert_eq!(insights["utteranceInsights"], json!([]));
    assert!(insights["conversationalInsights"].as_array().unwrap().iter().all(|one| one["values"] == json!([])));
}

#[test]
fn the_times_of_the_words_are_those_of_the_audio() {
    for name in ["support-call.mp3", "voicemail.wav"] {
        let file = fs::read(format!("{}/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let sound = audio::hear(file.into(), audio::Listen::ForSpeech).unwrap();
        for turn in known(name.split('.').next().unwrap())["utterances"].as_array().unwrap() {
            let channel = &sound.channels[turn["speakerId"].as_str().unwrap().parse::<usize>().unwrap()];
            let words = turn["words"].as_array().unwrap();
            let (start, end) = (words[0]["start"].as_f64().unwrap(), words[words.len() - 1]["end"].as_f64().unwrap());
            let near =
                |time: f64, pick: fn(&audio::Span) -> f64| channel.speech.iter().any(|span| (pick(span) - time).abs() < 0.3);
            assert!(near(start, |span| span.start), "{name} {start} {:?}", channel.speech);
            assert!(near(end, |span| span.end), "{name} {end} {:?}", channel.speech);
        }
    }
}

#[tokio::test]
async fn analyze_interaction_answers_what_was_asked_for() {
    let stage = Stage::new(quick()).await;
    let uri = stage.content_uri(83).await;
    let response = &stage.run(ANALYZE, &uri, &json!({"insights": ["All"], "separateSpeakerPerChannel": true})).await["response"];
    assert_eq!(response["utteranceInsights"].as_array().unwrap().len(), 16);
    assert!(response["utteranceInsights"][0]["wordTimings"][0]["word"] == "thank");
    let speakers = &response["speakerInsights"];
    assert_eq!(speakers["speakerCount"], 2);
    let find =
        |list: &Value, name: &str| list.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["values"].clone();
    let ratio = find(&speakers["insights"], "TalkToListenRatio");
    let parts: Vec<u32> = ratio[0]["value"].as_str().unwrap().split(':').map(|part| part.parse().unwrap()).collect();
    assert_eq!(parts[0] + parts[1], 100);
    assert_eq!(ratio[1]["value"], format!("{}:{}", parts[1], parts[0]));
    assert!((55..63).contains(&parts[0]), "{ratio}");
    let questions = find(&speakers["insights"], "QuestionsAsked");
    assert_eq!((&questions[0]["value"], &questions[1]["value"]), (&5.into(), &2.into()));
    assert_eq!(questions[1]["questions"][0]["text"], "And what should I do with the broken one?");
    let pace = find(&speakers["insights"], "Pace");
    assert!((60.0..260.0).contains(&pace[0]["wpm"].as_f64().unwrap()), "{pace}");
    for name in ["KeyPhrases", "ExtractiveSummary", "Topics", "AbstractiveSummaryLong", "AbstractiveSummaryShort"] {
        assert!(!find(&response["conversationalInsights"], name).as_array().unwrap().is_empty(), "{name}");
    }
    assert_eq!(find(&response["conversationalInsights"], "Topics")[0]["value"], "grinder");

    let response = &stage.run(ANALYZE, &uri, &json!({"insights": ["Topics"]})).await["response"];
    assert_eq!(response["conversationalInsights"].as_array().unwrap().len(), 1);
    assert_eq!(response["speakerInsights"]["insights"], json!([]));
}

#[tokio::test]
async fn a_bad_submit_is_refused_and_nobody_sees_anothers_job() {
    let mut stage = Stage::new(quick()).await;
    let (status, body) = stage.submit(SPEECH_TO_TEXT, None, &json!({"encoding": "Wav", "languageCode": "en-US"})).await;
    assert_eq!(status, 400);
    let message = "Parameter [contentUri] is invalid. It should be a valid uri";
    assert_eq!(body, json!({"errors": [{"errorCode": "CAI-101", "message": message, "parameterName": "contentUri"}]}));
    let mut wrong = input("http://127.0.0.1:1/x");
    wrong["insights"] = json!(["Mood"]);
    assert_eq!(stage.submit(ANALYZE, None, &wrong).await.1["errors"][0]["parameterName"], "insights");
    assert_eq!(stage.submit(ANALYZE, None, &json!([1])).await.0, 400);

    let id = stage.submit(SPEECH_TO_TEXT, None, &input("http://127.0.0.1:1/x")).await.1["jobId"].as_str().unwrap().to_owned();
    assert_eq!(stage.get("/ai/status/v1/jobs/80800e1a-a663-11ee-b548-0050568ccd07").await.0, 404);
    assert_eq!(stage.get("/ai/status/v1/jobs/mine").await.0, 400);
    stage.sign_in("sandbox-public").await;
    assert_eq!(stage.get(&format!("/ai/status/v1/jobs/{id}")).await.0, 404);
}

#[tokio::test]
async fn the_ais_own_fetch_is_counted_as_the_users() {
    let stage = Stage::new(quick()).await;
    let uri = stage.content_uri(36).await;
    stage.run(SPEECH_TO_TEXT, &uri, &json!({})).await;
    let journal = stage.get("/sandbox/requests").await.1;
    let path = uri.split('?').next().unwrap().trim_start_matches(&stage.base).to_owned();
    let fetches: Vec<_> = journal.as_array().unwrap().iter().filter(|entry| entry["path"] == path.as_str()).collect();
    assert_eq!((fetches.len(), &fetches[0]["group"], &fetches[0]["status"]), (1, &"heavy".into(), &200.into()));
}
