//! The stand-in for Deepgram, over HTTP.

mod stage;

use std::time::{Duration, Instant};

use reqwest::header::RETRY_AFTER;
use reqwest::{Method, RequestBuilder};
use ringcentral_sandbox::Options;
use serde_json::{Value, json};
use stage::{Inbox, Stage, encoded, known_words, quick, read, shipped};
use tokio::time::sleep;

const ALL: &str = "model=nova-3&smart_format=true&diarize=true&utterances=true";

fn listen(stage: &Stage, query: &str) -> RequestBuilder {
    let uri = format!("{}/deepgram/v1/listen?{query}", stage.base);
    stage.http.post(uri).header("authorization", "Token sandbox-key")
}

/// Asks for a file, and is answered at once.
async fn heard(stage: &Stage, query: &str, file: &str) -> Value {
    let (status, answer) = read(listen(stage, query).body(shipped(file)).send().await.unwrap()).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn submit(stage: &Stage, query: &str, url: &str) -> (u16, Value) {
    let request = listen(stage, query).header("content-type", "application/json");
    read(request.body(json!({ "url": url }).to_string()).send().await.unwrap()).await
}

fn words(channel: &Value) -> &Vec<Value> {
    channel["alternatives"][0]["words"].as_array().unwrap()
}

async fn jobs(stage: &Stage) -> Vec<Value> {
    stage.get("/sandbox/jobs").await.1.as_array().unwrap().clone()
}

#[tokio::test]
async fn a_callback_carries_the_whole_answer_once_it_is_taken() {
    let stage = Stage::new(quick()).await;
    let (inbox, hook) = Inbox::open(&[]).await;
    let url = stage.content_uri(83).await;
    let (status, taken) = submit(&stage, &format!("{ALL}&{}", encoded("callback", &hook)), &url).await;
    assert_eq!((status, taken.as_object().unwrap().len()), (200, 1));
    let arrived = inbox.wait_for(1).await;
    assert_eq!((arrived[0].method.as_str(), arrived[0].headers["dg-token"].len()), ("POST", 36));
    let answer: Value = serde_json::from_slice(&arrived[0].body).unwrap();
    assert_eq!(answer["metadata"]["request_id"], taken["request_id"]);
    let mut at_once = heard(&stage, ALL, "support-call.mp3").await;
    for (name, value) in [("request_id", &taken["request_id"]), ("created", &answer["metadata"]["created"])] {
        at_once["metadata"][name] = value.clone();
    }
    assert_eq!(answer, at_once, "it is the answer that comes without a callback");
    sleep(Duration::from_millis(300)).await;
    assert_eq!(inbox.arrived().len(), 1, "none after a 200");
}

#[tokio::test]
async fn its_words_are_those_of_the_recording_with_the_times_of_32_bit_floats() {
    let stage = Stage::new(quick()).await;
    for (name, file) in [("support-call", "support-call.mp3"), ("voicemail", "voicemail.wav"), ("planning-1", "planning-1.mp4")] {
        let answer = heard(&stage, ALL, file).await;
        let told = words(&answer["results"]["channels"][0]);
        let known = known_words(name);
        assert_eq!(told.len(), known.len(), "{name}");
        let mut odd = 0;
        for (told, (speaker, text, start, end)) in told.iter().zip(&known) {
            assert_eq!((&told["punctuated_word"], &told["speaker"]), (&json!(text), &json!(speaker.parse::<u64>().unwrap())));
            let off = [(&told["start"], start), (&told["end"], end)].map(|(told, known)| (told.as_f64().unwrap() - known).abs());
            assert!(off.iter().all(|off| *off < 1e-5), "{told}");
            odd += u32::from(off[0] > 0.0);
        }
        assert!(odd > 0, "{name}: no time is off by a float");
    }
}

#[tokio::test]
async fn plain_words_have_neither_punctuation_nor_speakers() {
    let stage = Stage::new(quick()).await;
    let answer = heard(&stage, "model=nova-3", "support-call.mp3").await;
    let channel = &answer["results"]["channels"][0];
    let names: Vec<_> = words(channel)[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, ["confidence", "end", "start", "word"]);
    assert!(
        channel["alternatives"][0]["transcript"]
            .as_str()
            .unwrap()
            .starts_with("thank you for calling brightwater coffee this is")
    );
    assert_eq!((&answer["results"]["utterances"], &channel["alternatives"][0]["paragraphs"]), (&Value::Null, &Value::Null));
    assert_eq!(answer["metadata"]["channels"], 1);
}

#[tokio::test]
async fn channels_are_told_apart_when_asked_for() {
    let stage = Stage::new(quick()).await;
    let answer = heard(&stage, &format!("multichannel=true&{ALL}"), "support-call.mp3").await;
    let channels = answer["results"]["channels"].as_array().unwrap();
    let known = known_words("support-call");
    assert_eq!((channels.len(), &answer["metadata"]["channels"]), (2, &json!(2)));
    for (number, channel) in channels.iter().enumerate() {
        let of_channel: Vec<_> = known.iter().filter(|word| word.0 == number.to_string()).map(|word| json!(word.1)).collect();
        let told: Vec<_> = words(channel).iter().map(|word| word["punctuated_word"].clone()).collect();
        assert_eq!(told, of_channel);
        assert!(words(channel).iter().all(|word| word["speaker"] == 0), "each channel counts its speakers from 0");
    }
    let utterances = answer["results"]["utterances"].as_array().unwrap();
    assert_eq!(utterances.iter().map(|one| one["channel"].as_u64().unwrap()).collect::<Vec<_>>()[..4], [0, 1, 0, 1]);
    let mono = heard(&stage, &format!("multichannel=true&{ALL}"), "voicemail.wav").await;
    assert_eq!(mono["results"]["channels"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_utterance_ends_at_a_pause_and_with_its_speaker() {
    let stage = Stage::new(quick()).await;
    let count = async |query: &str| {
        let answer = heard(&stage, query, "support-call.mp3").await;
        answer["results"]["utterances"].as_array().unwrap().len()
    };
    assert_eq!(count("utterances=true&diarize=true").await, 16);
    let [usual, patient] = [count("utterances=true").await, count("utterances=true&utt_split=3").await];
    assert!(patient == 1 && (2..16).contains(&usual), "{usual} {patient}");
}

#[tokio::test]
async fn intelligence_is_there_when_asked_for_and_points_into_the_transcript() {
    let stage = Stage::new(quick()).await;
    let query = "model=nova-3&smart_format=true&summarize=v2&topics=true&sentiment=true&intents=true&detect_language=true";
    let answer = heard(&stage, query, "support-call.mp3").await;
    let results = &answer["results"];
    assert!(results["summary"]["result"] == "success" && results["summary"]["short"].as_str().unwrap().contains("grinder"));
    assert_eq!(results["channels"][0]["detected_language"], "en");
    let all = words(&results["channels"][0]);
    for name in ["topics", "intents", "sentiments"] {
        let segments = results[name]["segments"].as_array().unwrap();
        assert!(!segments.is_empty(), "{name}");
        for segment in segments {
            let place = |name: &str| usize::try_from(segment[name].as_u64().unwrap()).unwrap();
            let said: Vec<_> = all[place("start_word")..=place("end_word")]
                .iter()
                .map(|word| word["punctuated_word"].as_str().unwrap())
                .collect();
            assert_eq!(segment["text"], said.join(" "));
        }
    }
    let names = ["positive", "neutral", "negative"].map(Value::from);
    assert!(names.contains(&results["sentiments"]["average"]["sentiment"]) && names.contains(&all[0]["sentiment"]));
    let short = heard(&stage, "summarize=v2&smart_format=true", "silence.mp3").await;
    assert_eq!(short["results"]["summary"]["short"], "", "what is short is its own summary");
}

#[tokio::test]
async fn of_unknown_audio_nothing_is_invented() {
    let stage = Stage::new(quick()).await;
    let tone = stage::wav(8000, 1, 1.0, |t, _| (t * 2000.0).sin());
    let (_, answer) = read(listen(&stage, ALL).body(tone).send().await.unwrap()).await;
    assert_eq!(answer["results"]["channels"][0]["alternatives"][0], json!({"transcript": "", "confidence": 0.0, "words": []}));
    assert!(answer["sandbox"]["note"].is_string() && answer["metadata"]["duration"] == 1.0);
}

#[tokio::test]
async fn a_callback_comes_eleven_times_at_most_and_any_success_is_enough() {
    let stage = Stage::new(Options { speed: 600.0, ..quick() }).await;
    let (inbox, hook) = Inbox::open(&[500, 404, 302, 204]).await;
    let query = format!("{}&callback_method=put", encoded("callback", &hook));
    let begun = Instant::now();
    read(listen(&stage, &query).body(shipped("silence.mp3")).send().await.unwrap()).await;
    let arrived = inbox.wait_for(4).await;
    // 30 + 30 + 30 seconds, divided by 600.
    assert!((0.15..10.0).contains(&begun.elapsed().as_secs_f64()), "{:?}", begun.elapsed());
    assert!(arrived.iter().all(|one| one.method == Method::PUT && one.body == arrived[0].body));
    sleep(Duration::from_millis(300)).await;
    assert_eq!(inbox.arrived().len(), 4);
    let (inbox, hook) = Inbox::open(&[503; 20]).await;
    read(listen(&stage, &encoded("callback", &hook)).body(shipped("silence.mp3")).send().await.unwrap()).await;
    inbox.wait_for(11).await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(inbox.arrived().len(), 11);
}

#[tokio::test]
async fn what_is_wrong_is_said_in_deepgrams_words() {
    let stage = Stage::new(quick()).await;
    let with_key = async |key: &str| {
        let request = stage.http.post(format!("{}/deepgram/v1/listen", stage.base)).header("authorization", key);
        let (status, answer) = read(request.body(shipped("silence.mp3")).send().await.unwrap()).await;
        (status, answer["err_code"].clone())
    };
    assert_eq!(with_key("Token S3CRET").await, (401, json!("INVALID_AUTH")));
    assert_eq!(with_key("sandbox-key").await, (401, json!("INVALID_AUTH")));
    assert_eq!(with_key("Token sandbox-nocredit").await, (402, json!("ASR_PAYMENT_REQUIRED")));
    assert_eq!(with_key("bearer sandbox-key").await.0, 200);
    for (query, url, code, message) in [
        ("model=nova-9", "http://127.0.0.1:9/", "Bad Request", "No such model/language/tier combination found."),
        ("callback=https%3A%2F%2Fmy_worker.example%2Fx", "http://127.0.0.1:9/", "Bad Request", "underscore"),
        ("callback=https%3A%2F%2Fworker.example%3A8787%2Fx", "http://127.0.0.1:9/", "Bad Request", "8443"),
        ("", &format!("{}/nothing?S3CRET", stage.base), "REMOTE_CONTENT_ERROR", "a client error: 404 Not Found."),
        ("", "http://127.0.0.1:9/S3CRET", "REMOTE_CONTENT_ERROR", "cannot be reached"),
    ] {
        let (status, answer) = submit(&stage, query, url).await;
        assert_eq!((status, &answer["err_code"]), (400, &json!(code)), "{answer}");
        let said = answer["err_msg"].as_str().unwrap();
        assert!(said.contains(message) && !said.contains("S3CRET") && answer["request_id"].is_string(), "{answer}");
    }
    let (status, answer) = read(listen(&stage, "").body("no audio").send().await.unwrap()).await;
    assert_eq!((status, answer["err_msg"].as_str().unwrap().contains("corrupt or unsupported data")), (400, true));
    let no_json = listen(&stage, "").header("content-type", "application/json").body("{");
    assert_eq!(read(no_json.send().await.unwrap()).await.0, 400);
    assert!(!stage.get("/sandbox/requests").await.1.to_string().contains("S3CRET"));
}

#[tokio::test]
async fn media_that_fails_after_a_request_was_taken_is_told_to_its_callback() {
    let stage = Stage::new(quick()).await;
    let (inbox, hook) = Inbox::open(&[]).await;
    let (status, taken) = submit(&stage, &encoded("callback", &hook), &format!("{}/nothing", stage.base)).await;
    assert_eq!(status, 200);
    let told: Value = serde_json::from_slice(&inbox.wait_for(1).await[0].body).unwrap();
    assert_eq!((&told["err_code"], &told["request_id"]), (&json!("REMOTE_CONTENT_ERROR"), &taken["request_id"]));
}

#[tokio::test]
async fn more_than_fifty_at_once_are_too_many() {
    let stage = Stage::new(Options { limit_factor: 1, speed: 0.3, ..quick() }).await;
    let (inbox, hook) = Inbox::open(&[]).await;
    let tone = stage::wav(8000, 1, 0.5, |t, _| (t * 2000.0).sin());
    let query = encoded("callback", &hook);
    let mut statuses = Vec::new();
    for _ in 0..51 {
        statuses.push(listen(&stage, &query).body(tone.clone()).send().await.unwrap().status().as_u16());
    }
    assert!(statuses[..50].iter().all(|status| *status == 200) && statuses[50] == 429, "{statuses:?}");
    inbox.wait_for(50).await;
    assert_eq!(listen(&stage, "").body("no audio").send().await.unwrap().status(), 400);
    assert_eq!(listen(&stage, "").body(tone).send().await.unwrap().status(), 200, "there is room again");
}

#[tokio::test]
async fn faults_meet_it_in_its_own_shape_and_its_jobs_are_listed() {
    let stage = Stage::new(Options { seed: Some(7), ..quick() }).await;
    let set = async |faults: Value| {
        let put = stage.request(Method::PUT, "/sandbox/faults").body(json!({ "faults": faults }).to_string());
        assert_eq!(read(put.send().await.unwrap()).await.0, 200);
    };
    set(json!([{"kind": "rate-limit", "chance": 1, "path": "/deepgram/"}])).await;
    let refused = listen(&stage, "").body(shipped("silence.mp3")).send().await.unwrap();
    assert!(refused.headers()[RETRY_AFTER].to_str().unwrap().parse::<u64>().unwrap() > 0);
    assert_eq!(read(refused).await.1["err_code"], "TOO_MANY_REQUESTS");
    assert_eq!(listen(&stage, "").body(shipped("silence.mp3")).send().await.unwrap().status(), 429);
    set(json!([{"kind": "rate-limit", "chance": 1, "group": "heavy"}])).await;
    assert_eq!(listen(&stage, "").body(shipped("silence.mp3")).send().await.unwrap().status(), 200, "it has no groups");
    assert_eq!(jobs(&stage).await.len(), 1, "what was refused is no job");

    set(json!([{"kind": "server-error", "chance": 1, "path": "/deepgram/", "taken": true}])).await;
    let mut codes = Vec::new();
    for _ in 0..20 {
        codes.push(read(listen(&stage, "").body(shipped("silence.mp3")).send().await.unwrap()).await.1["err_code"].clone());
    }
    assert!(codes.contains(&json!("INTERNAL_SERVER_ERROR")) && codes.contains(&Value::Null), "as JSON and as a page");
    assert!(jobs(&stage).await.iter().skip(1).all(|job| job["answerLost"] == true));

    let (inbox, hook) = Inbox::open(&[]).await;
    let query = encoded("callback", &hook);
    set(json!([])).await;
    listen(&stage, &query).body(shipped("silence.mp3")).send().await.unwrap();
    inbox.wait_for(1).await;
    set(json!([{"kind": "forged-body", "chance": 1}, {"kind": "another-job", "chance": 1}, {"kind": "doubled", "chance": 1}]))
        .await;
    let taken = read(listen(&stage, &query).body(shipped("silence.mp3")).send().await.unwrap()).await.1;
    let arrived = inbox.wait_for(5).await;
    let ids: Vec<Value> =
        arrived.iter().map(|one| serde_json::from_slice::<Value>(&one.body).unwrap()["metadata"]["request_id"].clone()).collect();
    assert!(ids[1] != taken["request_id"] && ids[1] != ids[0] && arrived[1].headers.get("dg-token").is_none());
    assert!(ids[2] == ids[0] && ids[3] == taken["request_id"] && ids[4] == taken["request_id"]);
    let last = jobs(&stage).await.pop().unwrap();
    let told = [&last["jobId"], &last["api"], &last["webhook"]];
    assert_eq!(told, [&taken["request_id"], &json!("/deepgram/v1/listen"), &json!(hook)]);
}
