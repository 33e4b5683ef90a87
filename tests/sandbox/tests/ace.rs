//! What RingCentral finds by itself (ACE, formerly RingSense), over HTTP.

mod stage;

use std::time::Duration;

use ringcentral_sandbox::Options;
use serde_json::{Value, json};
use stage::{CALL_LOG, Inbox, Stage, file_server, known_words, quick};
use tokio::time::sleep;

const ACCOUNTS: &str = "/ai/ringsense/v1/public/accounts";

fn of_recording(domain: &str, id: &str) -> String {
    format!("{ACCOUNTS}/~/domains/{domain}/records/{id}/insights")
}

/// Asks until the insights are there.
async fn insights(stage: &Stage, path: &str) -> Value {
    for _ in 0..400 {
        let (status, answer) = stage.get(path).await;
        if status == 200 {
            return answer;
        }
        assert_eq!((status, &answer["errorCode"]), (404, &json!("RAH-3001")), "{answer}");
        sleep(Duration::from_millis(20)).await;
    }
    panic!("they never came");
}

/// The call of the log that has a recording of a length.
async fn call(stage: &Stage, duration_s: u64) -> Value {
    let (_, log) = stage.get(&format!("{CALL_LOG}?recordingType=All")).await;
    log["records"].as_array().unwrap().iter().find(|record| record["duration"] == duration_s).unwrap().clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn a_recording_has_insights_a_while_after_it_was_asked_for() {
    let stage = Stage::new(Options { speed: 4.0, ..quick() }).await;
    let call = call(&stage, 83).await;
    let path = of_recording("pbx", text(&call["recording"]["id"]));
    assert_eq!(stage.get(&path).await.0, 404);
    sleep(Duration::from_millis(200)).await;
    assert_eq!(stage.get(&path).await.1["errors"][0]["errorCode"], "RAH-3001", "10 seconds, divided by 4");
    let found = insights(&stage, &path).await;
    assert_eq!(found["sourceSessionId"], call["telephonySessionId"]);
    assert_eq!(
        (&found["domain"], &found["callDirection"], &found["recordingDurationMs"]),
        (&json!("pbx"), &json!("Inbound"), &json!(83_484))
    );
    let speakers = found["speakerInfo"].as_array().unwrap();
    assert_eq!([&speakers[0]["name"], &speakers[1]["name"]], ["Brightwater Coffee", "HARBOR STREET"]);
    assert!(speakers[0]["extensionId"].is_string() && speakers[1]["extensionId"].is_null() && speakers[1]["accountId"].is_null());
    let said: Vec<_> = found["insights"]["Transcript"].as_array().unwrap().iter().map(|turn| text(&turn["text"])).collect();
    let known: Vec<_> = known_words("support-call").into_iter().map(|word| word.1).collect();
    assert_eq!(said.join(" "), known.join(" "));
    assert_eq!(stage.get(&path).await.1, found, "it stays as it is");
}

#[tokio::test]
async fn every_kind_of_insight_is_there_or_those_that_are_wanted() {
    let stage = Stage::new(quick()).await;
    let call = call(&stage, 83).await;
    let path = of_recording("pbx", text(&call["recording"]["id"]));
    let found = insights(&stage, &path).await;
    let ids: Vec<_> = found["speakerInfo"].as_array().unwrap().iter().map(|speaker| speaker["speakerId"].clone()).collect();
    let kinds: Vec<_> = found["insights"].as_object().unwrap().keys().cloned().collect();
    let all = ["AIScore", "BulletedSummary", "CallNotes", "Highlights", "NextSteps", "Sentiment", "Summary", "Transcript"];
    assert_eq!(kinds, all);
    for kind in ["Transcript", "Highlights", "NextSteps"] {
        for one in found["insights"][kind].as_array().unwrap() {
            let [start, end] = ["start", "end"].map(|name| one[name].as_f64().unwrap());
            assert!(ids.contains(&one["speakerId"]) && 0.0 < start && start < end && end < 83.5, "{one}");
        }
    }
    assert!(found["insights"]["NextSteps"].to_string().contains("Please send it to my office."));
    let summary = &found["insights"]["Summary"];
    assert_eq!([&summary[1]["start"], &summary[1]["end"]], [&json!(1), &json!(2)], "its times count paragraphs");
    assert!(["Positive", "Neutral", "Negative"].contains(&text(&found["insights"]["Sentiment"][0]["value"])));
    assert!(text(&found["insights"]["AIScore"][0]["value"]).parse::<u32>().is_ok());
    let (_, some) = stage.get(&format!("{path}?insightTypes=Summary,AIScore")).await;
    assert_eq!(some["insights"].as_object().unwrap().keys().collect::<Vec<_>>(), ["AIScore", "Summary"]);
    let (status, refused) = stage.get(&format!("{path}?insightTypes=Emotion")).await;
    assert_eq!((status, &refused["errors"][0]["parameterName"]), (400, &json!("insightTypes")));
}

#[tokio::test]
async fn a_session_has_the_insights_of_its_recordings() {
    let stage = Stage::new(quick()).await;
    let call = call(&stage, 83).await;
    let session = text(&call["telephonySessionId"]);
    let found = insights(&stage, &format!("{ACCOUNTS}/~/domains/pbx/sessions/{session}/insights")).await;
    assert_eq!(found["records"][0], insights(&stage, &of_recording("pbx", text(&call["recording"]["id"]))).await);
    assert_eq!((&found["paging"]["totalElements"], found["records"].as_array().unwrap().len()), (&json!(1), 1));
}

#[tokio::test]
async fn a_meeting_is_one_however_many_files_it_has() {
    let stage = Stage::new(quick()).await;
    let (_, history) = stage.get("/rcvideo/v1/history/meetings?materials=Recordings").await;
    let meetings = history["meetings"].as_array().unwrap();
    let meeting = meetings.iter().find(|meeting| meeting["recordings"].as_array().unwrap().len() == 2).unwrap();
    let found = insights(&stage, &of_recording("rcv", text(&meeting["id"]))).await;
    assert_eq!(
        [&found["sourceRecordId"], &found["sourceSessionId"], &found["title"]],
        [&meeting["id"], &meeting["id"], &meeting["displayName"]]
    );
    let transcript = found["insights"]["Transcript"].as_array().unwrap();
    let starts: Vec<_> = transcript.iter().map(|turn| turn["start"].as_f64().unwrap()).collect();
    assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "the second file follows the first: {starts:?}");
    let said: Vec<_> = transcript.iter().map(|turn| text(&turn["text"])).collect();
    let known: Vec<_> = ["planning-1", "planning-2"].into_iter().flat_map(known_words).map(|word| word.1).collect();
    assert_eq!(said.join(" "), known.join(" "));
    for lost in meetings.iter().filter(|other| other["recordings"][0]["availabilityStatus"] != "Alive") {
        assert_eq!(stage.get(&of_recording("rcv", text(&lost["id"]))).await.0, 404);
    }
}

#[tokio::test]
async fn what_is_never_analysed_stays_unknown() {
    let stage = Stage::new(Options { speed: 1000.0, ..quick() }).await;
    let (_, log) = stage.get(&format!("{CALL_LOG}?recordingType=All&dateFrom=2020-01-01")).await;
    let ids: Vec<_> = log["records"].as_array().unwrap().iter().map(|record| record["recording"]["id"].clone()).collect();
    let mut found = 0;
    for _ in 0..2 {
        found = 0;
        for id in &ids {
            found += usize::from(stage.get(&of_recording("pbx", text(id))).await.0 == 200);
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(found, ids.len() - 1, "one is nobody's with a licence");
    assert_eq!(stage.get(&of_recording("rcx", text(&ids[0]))).await.0, 404);
    let (status, refused) = stage.get(&of_recording("fax", text(&ids[0]))).await;
    assert_eq!((status, &refused["errors"][0]["parameterName"]), (400, &json!("domain")));
}

#[tokio::test]
async fn it_takes_the_apps_permission_and_the_users() {
    let mut stage = Stage::new(quick()).await;
    let id = call(&stage, 83).await["recording"]["id"].clone();
    let path = of_recording("pbx", text(&id));
    stage.sign_in("sandbox-noace").await;
    let (status, refused) = stage.get(&path).await;
    assert_eq!(
        (status, &refused["errors"][0]["errorCode"], &refused["permissionName"]),
        (403, &json!("CMN-401"), &json!("RingSense"))
    );
    stage.sign_in("sandbox-noinsights").await;
    let (status, refused) = stage.get(&path).await;
    assert_eq!((status, &refused["errors"][0]["errorCode"]), (403, &json!("RAH-3005")));
    let stranger = format!("{ACCOUNTS}/1/domains/pbx/records/{}/insights", text(&id));
    stage.sign_in("sandbox-client").await;
    assert_eq!(stage.get(&stranger).await.1["errors"][0]["parameterName"], "accountId");
    let journal = stage.get("/sandbox/requests").await.1;
    assert!(journal.as_array().unwrap().iter().any(|entry| entry["path"] == path.as_str() && entry["group"] == "light"));
    stage.token = "S3CRET".to_owned();
    assert_eq!(stage.get(&path).await.0, 401);
}

const SUBSCRIPTION: &str = "/restapi/v1.0/subscription";

async fn subscribed(stage: &Stage, domain: &str, address: &str) -> (u16, Value) {
    let filter = format!("/ai/ringsense/v1/public/accounts/~/domains/{domain}/insights");
    let mode = json!({"transportType": "WebHook", "address": address});
    stage.submit(SUBSCRIPTION, None, &json!({"eventFilters": [filter], "deliveryMode": mode})).await
}

#[tokio::test]
async fn who_subscribes_is_told_of_each_recording_when_it_is_analysed() {
    let stage = Stage::new(quick()).await;
    let (inbox, address) = Inbox::open(&[]).await;
    let (status, subscription) = subscribed(&stage, "pbx", &address).await;
    assert_eq!((status, &subscription["status"]), (200, &json!("Active")), "{subscription}");
    let call = call(&stage, 83).await;
    let id = text(&call["recording"]["id"]);
    assert_eq!(stage.get(&of_recording("pbx", id)).await.0, 404, "it begins now");
    let arrived = inbox.wait_for(2).await;
    let event: Value = serde_json::from_slice(&arrived[1].body).unwrap();
    let found = insights(&stage, &of_recording("pbx", id)).await;
    assert_eq!((&event["subscriptionId"], &event["body"]["eventType"]), (&subscription["id"], &json!("Create")));
    assert_eq!((&event["body"]["sourceRecordId"], &event["body"]["insights"]), (&json!(id), &found["insights"]));
}

#[tokio::test]
async fn a_subscription_is_confirmed_by_its_address() {
    let stage = Stage::new(quick()).await;
    let mute = file_server(b"").await;
    let (status, refused) = subscribed(&stage, "pbx", &mute).await;
    assert_eq!((status, &refused["errorCode"]), (400, &json!("SUB-525")));
    let (status, refused) = subscribed(&stage, "pbx", "nowhere").await;
    assert_eq!((status, &refused["errors"][0]["parameterName"]), (400, &json!("deliveryMode")));
    let filters = json!({"eventFilters": ["/restapi/v1.0/account/~/presence"], "deliveryMode": {"transportType": "WebHook", "address": mute}});
    let (status, refused) = stage.submit(SUBSCRIPTION, None, &filters).await;
    assert_eq!((status, &refused["errors"][0]["parameterName"]), (400, &json!("eventFilters")));
}
