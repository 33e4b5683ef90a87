//! Faults over HTTP: each kind as a client or an inbox sees it.

mod stage;

use std::time::{Duration, Instant};

use reqwest::Method;
use ringcentral_sandbox::Options;
use ringcentral_sandbox::clock::Clock;
use ringcentral_sandbox::faults::Rules;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stage::{CALL_LOG, Inbox, PUNCTUATE, Stage, quick, read};

fn rules(faults: &Value) -> Rules {
    Rules::parse(json!({ "faults": faults }).to_string().as_bytes()).unwrap()
}

/// A sandbox that is in order until somebody has logged in.
async fn with(faults: Value) -> Stage {
    let stage = Stage::new(Options { seed: Some(7), ..quick() }).await;
    let (status, answer) = set(&stage, &json!({ "faults": faults })).await;
    assert_eq!(status, 200, "{answer}");
    stage
}

async fn set(stage: &Stage, faults: &Value) -> (u16, Value) {
    read(stage.request(Method::PUT, "/sandbox/faults").body(faults.to_string()).send().await.unwrap()).await
}

async fn punctuate(stage: &Stage, webhook: &str) -> (u16, Value) {
    stage.submit(PUNCTUATE, Some(webhook), &json!({"texts": ["so it goes"]})).await
}

async fn done(stage: &Stage, kind: &str) -> Value {
    stage.get("/sandbox/faults").await.1["done"][kind].clone()
}

async fn jobs(stage: &Stage) -> Vec<Value> {
    stage.get("/sandbox/jobs").await.1.as_array().unwrap().clone()
}

fn body(arrived: &stage::Arrived) -> Value {
    serde_json::from_slice(&arrived.body).unwrap()
}

/// Waits until so much of a kind was answered.
async fn answers(stage: &Stage, kind: &str, count: u64) -> Value {
    for _ in 0..500 {
        let answers = done(stage, kind).await["answers"].clone();
        let sum: u64 = answers.as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64()).sum();
        if sum >= count {
            return answers;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no {kind} was answered");
}

#[tokio::test]
async fn a_rate_limit_is_a_penalty_that_every_request_restarts() {
    let stage = with(json!([{"kind": "rate-limit", "chance": 1, "path": "/restapi/v1.0"}])).await;
    let refused = stage.request(Method::GET, CALL_LOG).send().await.unwrap();
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (429, "60"));
    assert_eq!(refused.headers()["x-rate-limit-remaining"], "0");
    set(&stage, &json!({"faults": []})).await;
    assert_eq!(stage.get(CALL_LOG).await.0, 429);
    let (_, journal) = stage.get("/sandbox/requests").await;
    let penalties: Vec<_> = journal.as_array().unwrap().iter().map(|entry| entry["in_penalty"] == true).collect();
    assert_eq!(penalties, [false, false, true]);
}

#[tokio::test]
async fn a_server_in_trouble_answers_with_a_page_or_with_json_and_may_have_taken_the_job() {
    let stage = with(json!([{"kind": "server-error", "chance": 1, "path": "/ai/", "retry_after_s": 9}])).await;
    let (mut pages, mut statuses) = (0, Vec::new());
    for _ in 0..40 {
        let request = stage.request(Method::POST, PUNCTUATE).body(json!({"texts": ["so"]}).to_string());
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["retry-after"], "9");
        pages += u8::from(response.headers()["content-type"] == "text/html");
        statuses.push(response.status().as_u16());
    }
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(statuses, [500, 502, 503, 504]);
    assert!((8..32).contains(&pages), "{pages}");
    let jobs = jobs(&stage).await;
    assert!((8..32).contains(&jobs.len()) && jobs.iter().all(|job| job["answerLost"] == true), "{jobs:?}");
}

#[tokio::test]
async fn a_connection_that_is_cut_looks_the_same_whether_the_job_was_taken_or_not() {
    for taken in [false, true] {
        let stage = with(json!([{"kind": "cut", "chance": 1, "path": "/ai/", "taken": taken}])).await;
        let request = stage.request(Method::POST, PUNCTUATE).body(json!({"texts": ["so"]}).to_string());
        let error = request.send().await.unwrap_err();
        assert!(error.is_request() && !error.is_timeout(), "{error:?}");
        let jobs = jobs(&stage).await;
        assert_eq!(jobs.len(), usize::from(taken));
        let (_, journal) = stage.get("/sandbox/requests").await;
        let last = journal.as_array().unwrap().last().unwrap();
        assert_eq!((&last["path"], &last["status"]), (&json!(PUNCTUATE), &Value::Null));
    }
}

#[tokio::test]
async fn silence_and_latency_take_their_time() {
    let silence = json!({"kind": "silence", "chance": 1, "path": "/ai/", "ms": [300, 300], "taken": true});
    let stage = with(json!([{"kind": "latency", "chance": 1, "path": "/restapi", "ms": [300, 300]}, silence])).await;
    let began = Instant::now();
    assert_eq!(stage.get(CALL_LOG).await.0, 200);
    assert!(began.elapsed() >= Duration::from_millis(300));
    let began = Instant::now();
    let request = stage.request(Method::POST, PUNCTUATE).body(json!({"texts": ["so"]}).to_string());
    assert!(request.send().await.is_err() && began.elapsed() >= Duration::from_millis(300));
    assert_eq!(jobs(&stage).await.len(), 1);
}

#[tokio::test]
async fn a_token_may_die_early_and_another_login_brings_another() {
    let mut stage = with(json!([{"kind": "dead-token", "chance": 1, "path": "/restapi/v1.0"}])).await;
    assert_eq!(stage.get(CALL_LOG).await, (401, stage.get(CALL_LOG).await.1));
    set(&stage, &json!({"faults": []})).await;
    assert_eq!(stage.get(CALL_LOG).await.0, 401, "it stays dead");
    stage.sign_in("sandbox-client").await;
    assert_eq!(stage.get(CALL_LOG).await.0, 200);
}

#[tokio::test]
async fn media_may_stall_in_the_middle() {
    let stage = with(json!([])).await;
    let uri = stage.content_uri(83).await;
    let whole = stage.request(Method::GET, &uri).send().await.unwrap().bytes().await.unwrap();
    set(&stage, &json!({"faults": [{"kind": "stalled-media", "chance": 1, "ms": [200, 200]}]})).await;
    let mut response = stage.request(Method::GET, &uri).send().await.unwrap();
    assert_eq!(response.content_length(), Some(whole.len() as u64));
    let mut read = 0;
    let end = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => read += chunk.len(),
            end => break end,
        }
    };
    assert!(end.is_err() && read == whole.len() / 2, "{read} of {}", whole.len());
    assert_eq!(stage.get(CALL_LOG).await.0, 200, "a list is no media");
    assert_eq!(done(&stage, "stalled-media").await["times"], 1);
}

#[tokio::test]
async fn a_login_can_go_wrong_too() {
    let stage = with(json!([{"kind": "server-error", "chance": 1, "group": "auth", "status": [503]}])).await;
    assert_eq!(stage.token_request("sandbox-client", &[]).await.0, 503);
    assert_eq!(stage.get(CALL_LOG).await.0, 200);
}

#[tokio::test]
async fn a_callback_may_be_dropped_and_its_job_can_still_be_asked_for() {
    let stage = with(json!([{"kind": "dropped", "chance": 1}])).await;
    let (inbox, webhook) = Inbox::open(&[]).await;
    let id = punctuate(&stage, &webhook).await.1["jobId"].as_str().unwrap().to_owned();
    for _ in 0..100 {
        if done(&stage, "dropped").await["times"] == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(stage.get(&format!("/ai/status/v1/jobs/{id}")).await.1["status"], "Success");
    assert!(inbox.arrived().is_empty());
    assert_eq!(jobs(&stage).await[0]["callbacks"], json!([]));
}

#[tokio::test]
async fn a_callback_may_come_twice_late_or_behind_the_next_one() {
    let stage = with(json!([{"kind": "doubled", "chance": 1}, {"kind": "late", "chance": 1, "ms": [300, 300]}])).await;
    let (inbox, webhook) = Inbox::open(&[]).await;
    let began = Instant::now();
    punctuate(&stage, &webhook).await;
    let [first, second] = &inbox.wait_for(2).await[..] else { panic!() };
    assert_eq!(first.body, second.body);
    assert!(began.elapsed() >= Duration::from_millis(700));

    set(&stage, &json!({"faults": [{"kind": "reordered", "chance": 1}]})).await;
    let held = punctuate(&stage, &format!("{webhook}?held")).await.1["jobId"].clone();
    set(&stage, &json!({"faults": []})).await;
    let next = punctuate(&stage, &format!("{webhook}?next")).await.1["jobId"].clone();
    let arrived = inbox.wait_for(4).await;
    assert_eq!([&body(&arrived[2])["jobId"], &body(&arrived[3])["jobId"]], [&next, &held]);
}

#[tokio::test]
async fn strangers_come_before_the_true_callback_and_what_they_are_told_is_counted() {
    let strays =
        json!([{"kind": "forged-body", "chance": 1}, {"kind": "another-job", "chance": 1}, {"kind": "oversized", "chance": 1}]);
    let stage = with(json!([])).await;
    let (inbox, webhook) = Inbox::open(&[200, 422, 422, 413]).await;
    let first = punctuate(&stage, &webhook).await.1["jobId"].clone();
    inbox.wait_for(1).await;
    set(&stage, &json!({ "faults": strays })).await;
    let second = punctuate(&stage, &webhook).await.1["jobId"].clone();
    // The inbox itself reads no more than 2 MB of a body.
    let arrived = inbox.wait_for(4).await;
    let ids: Vec<_> = arrived.iter().map(|arrived| body(arrived)["jobId"].clone()).collect();
    assert!(ids[1] != first && ids[1] != second && body(&arrived[1])["response"]["forged"] == true, "{ids:?}");
    assert_eq!([&ids[2], &ids[3]], [&first, &second]);
    assert_eq!(answers(&stage, "forged-body", 1).await, json!({"422": 1}));
    assert_eq!(answers(&stage, "another-job", 1).await, json!({"422": 1}));
    let oversized = answers(&stage, "oversized", 1).await;
    assert!(oversized == json!({"413": 1}) || oversized == json!({"none": 1}), "{oversized}");
}

#[tokio::test]
async fn garbage_comes_before_the_true_callback() {
    let stage = with(json!([{"kind": "garbage", "chance": 1}])).await;
    let (inbox, webhook) = Inbox::open(&[400]).await;
    let id = punctuate(&stage, &webhook).await.1["jobId"].clone();
    let arrived = inbox.wait_for(2).await;
    assert!(!serde_json::from_slice::<Value>(&arrived[0].body).is_ok_and(|json| json.is_object()));
    assert_eq!(body(&arrived[1])["jobId"], id);
    assert_eq!(answers(&stage, "garbage", 1).await, json!({"400": 1}));
}

#[tokio::test]
async fn a_forged_address_is_another_one_and_carries_the_true_id() {
    let stage = with(json!([{"kind": "forged-address", "chance": 1}])).await;
    let (inbox, webhook) = Inbox::open(&[]).await;
    punctuate(&stage, &webhook).await;
    // The inbox has one address alone: the forged one is none of its.
    assert_eq!(inbox.wait_for(1).await.len(), 1);
    assert_eq!(answers(&stage, "forged-address", 1).await, json!({"404": 1}));
}

#[tokio::test]
async fn the_jobs_tell_the_digest_of_what_they_deliver() {
    let stage = with(json!([])).await;
    let (inbox, webhook) = Inbox::open(&[503]).await;
    let id = punctuate(&stage, &webhook).await.1["jobId"].clone();
    let arrived = inbox.wait_for(2).await;
    let again = stage.get(&format!("/ai/status/v1/jobs/{}", id.as_str().unwrap())).await.1;
    assert_eq!(again, body(&arrived[1]));
    let job = loop {
        let job = jobs(&stage).await[0].clone();
        if job["callbacks"] == json!([503, 200]) {
            break job;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let digest = format!("{:x}", Sha256::digest(&arrived[1].body));
    let told = [&job["jobId"], &job["webhook"], &job["sha256"], &job["answerLost"]];
    assert_eq!(told, [&id, &json!(webhook), &json!(digest), &json!(false)]);
}

#[tokio::test]
async fn what_is_wrong_with_faults_is_said_and_changes_nothing() {
    let stage = with(json!([{"kind": "latency", "chance": 0.5, "ms": [0, 1]}])).await;
    for (wrong, part) in [
        (json!({"faults": [{"kind": "flood", "chance": 1}]}), "unknown variant `flood`"),
        (json!({"faults": [{"kind": "cut", "chance": 2}]}), "faults[0], cut: chance 2"),
        (json!({"rules": []}), "unknown field `rules`, expected `faults`"),
    ] {
        let (status, answer) = set(&stage, &wrong).await;
        assert!(status == 400 && answer["message"].as_str().unwrap().contains(part), "{answer}");
    }
    let shown = stage.get("/sandbox/faults").await.1;
    assert_eq!(shown["faults"], json!([{"kind": "latency", "chance": 0.5, "ms": [0, 1]}]));
}

#[tokio::test]
async fn the_same_seed_and_the_same_requests_meet_the_same_faults() {
    let story = async |seed| {
        let faults = rules(&json!([{"kind": "server-error", "chance": 0.4}, {"kind": "dead-token", "chance": 0.0}]));
        let stage = Stage { token: "none".to_owned(), ..with(json!([])).await };
        let other = ringcentral_sandbox::start(Options { seed: Some(seed), faults, ..quick() }).await.unwrap().base_url();
        let stage = Stage { base: other, ..stage };
        let mut statuses = Vec::new();
        for _ in 0..24 {
            statuses.push(stage.token_request("sandbox-client", &[("grant_type", "none")]).await.0);
        }
        statuses
    };
    let first = story(7).await;
    assert_eq!(first, story(7).await);
    assert_ne!(first, story(8).await);
    assert!(first.contains(&400) && first.iter().any(|status| *status >= 500), "{first:?}");
}

#[tokio::test]
async fn a_fast_clock_shortens_windows_and_penalties_and_tells_them_as_ever() {
    let clock = Clock::parse(&format!("{}x60", Clock::default().now_ms())).unwrap();
    let stage = Stage::new(Options { clock, ..quick() }).await;
    set(&stage, &json!({"faults": [{"kind": "rate-limit", "chance": 1, "group": "heavy"}]})).await;
    let refused = stage.request(Method::GET, CALL_LOG).send().await.unwrap();
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (429, "60"));
    set(&stage, &json!({"faults": []})).await;
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert_eq!(stage.get(CALL_LOG).await.0, 200);
}
