//! The company's calls, RingCentral Video and voicemail over HTTP.

mod stage;

use reqwest::{Method, header};
use serde_json::{Value, json};
use stage::{CALL_LOG, SPEECH_TO_TEXT, Stage, encoded, quick, read};

const COMPANY: &str = "/restapi/v1.0/account/~/call-log";
const HISTORY: &str = "/rcvideo/v1/history/meetings";
const ACCOUNT_HISTORY: &str = "/rcvideo/v1/history/account/~/meetings";
const RECORDINGS: &str = "/rcvideo/v1/account/~/extension/~/recordings";
const ACCOUNT_RECORDINGS: &str = "/rcvideo/v1/account/~/recordings";
const MESSAGES: &str = "/restapi/v1.0/account/~/extension/~/message-store";

fn list<'a>(page: &'a Value, name: &str) -> &'a Vec<Value> {
    page[name].as_array().unwrap()
}

async fn audio_of(stage: &Stage, uri: &str) -> f64 {
    let response = stage.run(SPEECH_TO_TEXT, &format!("{uri}?access_token={}", stage.token), &json!({})).await;
    assert_eq!(response["status"], "Success", "{response}");
    response["response"]["audio_duration"].as_f64().unwrap()
}

#[tokio::test]
async fn the_companys_log_holds_everybodys_calls_for_an_administrator() {
    let mut stage = Stage::new(quick()).await;
    let all = stage.get(&format!("{COMPANY}?dateFrom=2020-01-01")).await.1;
    assert_eq!(list(&all, "records").len(), 12);
    let others = stage.get(&format!("{COMPANY}?dateFrom=2020-01-01&extensionNumber=102")).await.1;
    assert_eq!(list(&others, "records").len(), 2);
    assert_eq!(others["records"][0]["extension"]["id"], 256_440_017);
    let first = &all["records"][0];
    let same = format!("{COMPANY}?dateFrom=2020-01-01&telephonySessionId={}", first["telephonySessionId"].as_str().unwrap());
    assert_eq!(list(&stage.get(&same).await.1, "records"), &vec![first.clone()]);
    let next = stage.get(&format!("{COMPANY}?dateFrom=2020-01-01&perPage=7")).await.1["navigation"]["nextPage"]["uri"].clone();
    assert_eq!(list(&stage.get(next.as_str().unwrap()).await.1, "records").len(), 5);

    stage.sign_in("sandbox-nocompany").await;
    assert_eq!(stage.get(CALL_LOG).await.0, 200);
    let (status, body) = stage.get(COMPANY).await;
    assert_eq!((status, &body["errors"][0]["errorCode"]), (403, &"CMN-408".into()));
    assert_eq!(body["permissionName"], "FullCompanyCallLog");
}

#[tokio::test]
async fn a_meeting_has_several_files_and_says_which_can_be_had() {
    let stage = Stage::new(quick()).await;
    let history = stage.get(HISTORY).await.1;
    let meetings = list(&history, "meetings");
    let named = |title: &str| meetings.iter().find(|meeting| meeting["displayName"] == title).unwrap();
    let planning = named("Menu of the new cafe");
    let files = list(planning, "recordings");
    assert_eq!(files.len(), 2);
    for (file, duration_s) in files.iter().zip([49.8, 26.0]) {
        assert_eq!((&file["availabilityStatus"], &file["status"]), (&"Alive".into(), &"Processed".into()));
        let uri = file["url"].as_str().unwrap();
        assert!(uri.starts_with(&format!("{}/rcvideo/v1/recordings/", stage.base)) && uri.ends_with("=="));
        assert_eq!(stage.http.get(uri).send().await.unwrap().status(), 401);
        let whole = stage.request(Method::GET, uri).send().await.unwrap();
        assert_eq!((whole.status().as_u16(), &whole.headers()["content-type"]), (200, &"video/mp4".parse().unwrap()));
        assert_eq!(whole.content_length(), file["metadata"]["fileSize"].as_u64());
        let part = stage.request(Method::GET, uri).header(header::RANGE, "bytes=4-7").send().await.unwrap();
        assert_eq!((part.status().as_u16(), part.bytes().await.unwrap()), (206, "ftyp".into()));
        assert!((audio_of(&stage, uri).await - duration_s).abs() < 0.2);
    }
    for (title, availability) in [("Weekly stand-up", "NotAvailable"), ("Interview", "Deleted"), ("Summer party", "Purged")] {
        let lost = &named(title)["recordings"][0];
        assert_eq!((&lost["availabilityStatus"], &lost["url"]), (&availability.into(), &Value::Null));
    }
    assert_eq!(list(named("Coffee chat"), "recordings").len(), 0);
    let one = stage.get(&format!("{HISTORY}/{}", planning["id"].as_str().unwrap())).await.1;
    assert_eq!(&one, planning);
    assert_eq!(stage.get(&format!("{HISTORY}/nobody")).await.0, 404);
}

#[tokio::test]
async fn meetings_and_their_recordings_are_paged_by_token() {
    let mut stage = Stage::new(quick()).await;
    for (path, name, total) in [
        (HISTORY, "meetings", 5),
        (ACCOUNT_HISTORY, "meetings", 5),
        (RECORDINGS, "recordings", 2),
        (ACCOUNT_RECORDINGS, "recordings", 2),
    ] {
        let (mut seen, mut token) = (Vec::new(), String::new());
        loop {
            let page = stage.get(&format!("{path}?perPage=1&pageToken={token}")).await.1;
            assert!(page["paging"]["currentPageToken"].is_string());
            seen.extend(list(&page, name).iter().map(|one| (one["id"].to_string(), one["url"].to_string())));
            let Some(next) = page["paging"]["nextPageToken"].as_str() else { break };
            next.clone_into(&mut token);
        }
        seen.dedup();
        assert_eq!(seen.len(), total, "{path}");
    }
    for (query, expected) in [("text=MENU", 1), ("materials=Recordings", 4), ("startTime=99999999999999", 0)] {
        assert_eq!(list(&stage.get(&format!("{HISTORY}?{query}")).await.1, "meetings").len(), expected, "{query}");
    }
    for query in ["pageToken=x", "perPage=101", "startTime=today"] {
        assert_eq!(stage.get(&format!("{HISTORY}?{query}")).await.0, 400, "{query}");
    }
    stage.sign_in("sandbox-novideo").await;
    for path in [HISTORY, ACCOUNT_HISTORY, RECORDINGS, ACCOUNT_RECORDINGS] {
        assert_eq!(stage.get(path).await.1["permissionName"], "Video", "{path}");
    }
    stage.sign_in("sandbox-nocompany").await;
    for (path, status) in [(HISTORY, 200), (ACCOUNT_HISTORY, 403), (RECORDINGS, 200), (ACCOUNT_RECORDINGS, 403)] {
        assert_eq!(stage.get(path).await.0, status, "{path}");
    }
}

#[tokio::test]
async fn an_accounts_history_names_no_recordings_and_takes_iso_times() {
    let stage = Stage::new(quick()).await;
    let all = stage.get(ACCOUNT_HISTORY).await.1;
    let meetings = list(&all, "meetings");
    assert!(meetings.iter().all(|meeting| meeting.get("recordings").is_none() && meeting["bridgeId"].is_string()));
    let starts: Vec<&str> = meetings.iter().map(|meeting| meeting["startTime"].as_str().unwrap()).collect();
    assert!(starts.is_sorted_by(|one, other| one >= other) && starts[0].ends_with('Z'), "newest first: {starts:?}");
    let second = starts[1];
    for (query, expected) in [
        (encoded("startTimeFrom", second), 2),
        (encoded("startTimeTo", second), starts.len() - 1),
        (format!("{}&{}", encoded("startTimeFrom", second), encoded("startTimeTo", second)), 1),
    ] {
        assert_eq!(list(&stage.get(&format!("{ACCOUNT_HISTORY}?{query}")).await.1, "meetings").len(), expected, "{query}");
    }
    for query in ["startTimeFrom=1769817600000", "startTimeTo=yesterday", "orderBy=id"] {
        assert_eq!(stage.get(&format!("{ACCOUNT_HISTORY}?{query}")).await.0, 400, "{query}");
    }
    let turned = stage.get(&format!("{ACCOUNT_HISTORY}?orderBy=%2BstartTime")).await.1;
    assert_eq!(turned["meetings"][0], meetings[meetings.len() - 1]);
}

#[tokio::test]
async fn a_row_of_the_recordings_has_the_meetings_id_and_the_files_address() {
    let stage = Stage::new(quick()).await;
    let history = stage.get(HISTORY).await.1;
    for path in [RECORDINGS, ACCOUNT_RECORDINGS] {
        let page = stage.get(path).await.1;
        for row in list(&page, "recordings") {
            let mut meetings = list(&history, "meetings").iter();
            let meeting = meetings.find(|meeting| meeting["id"] == row["id"]).unwrap();
            let mut files = list(meeting, "recordings").iter();
            let file = files.find(|file| file["url"] == row["url"]).unwrap();
            assert_eq!(file["metadata"]["duration"], row["duration"]);
            assert_eq!((&row["shortId"], &row["hostInfo"]), (&meeting["shortId"], &meeting["hostInfo"]));
            assert!(row["mediaLink"].is_string());
            let (start, end) = (row["startTime"].as_str().unwrap(), row["expiresIn"].as_str().unwrap());
            assert!(end.ends_with('Z') && end > start, "{start} to {end}");
        }
    }
}

#[tokio::test]
async fn a_voicemail_is_listed_and_its_attachment_is_its_sound() {
    let mut stage = Stage::new(quick()).await;
    let page = stage.get(&format!("{MESSAGES}?messageType=VoiceMail")).await.1;
    assert_eq!((list(&page, "records").len(), &page["paging"]["perPage"]), (1, &100.into()));
    let message = &page["records"][0];
    assert_eq!(message["from"]["name"], "RIVERSIDE DENTAL");
    let attachment = &message["attachments"][0];
    assert_eq!((&attachment["type"], &attachment["vmDuration"]), (&"AudioRecording".into(), &36.into()));
    assert_eq!(stage.get(message["uri"].as_str().unwrap()).await.1, *message);
    let uri = attachment["uri"].as_str().unwrap();
    assert!((audio_of(&stage, uri).await - 36.1).abs() < 0.5);
    let whole = stage.request(Method::GET, uri).send().await.unwrap();
    assert_eq!(whole.headers()["x-rate-limit-group"], "medium");
    assert_eq!(whole.content_length(), attachment["size"].as_u64());
    assert_eq!(read(stage.request(Method::GET, &format!("{uri}0")).send().await.unwrap()).await.0, 404);
    for (query, expected) in [("messageType=Fax", 0), ("dateTo=2020-01-02", 0), ("messageType=VoiceMail&messageType=Fax", 1)] {
        assert_eq!(list(&stage.get(&format!("{MESSAGES}?{query}")).await.1, "records").len(), expected, "{query}");
    }
    assert_eq!(stage.get(&format!("{MESSAGES}?messageType=Letter")).await.0, 400);
    stage.sign_in("sandbox-nomessages").await;
    assert_eq!(stage.get(MESSAGES).await.1["permissionName"], "ReadMessages");
}

#[tokio::test]
async fn another_account_or_extension_is_not_found_wherever_a_path_names_one() {
    let stage = Stage::new(quick()).await;
    let (_, calls) = stage.get(&format!("{COMPANY}?recordingType=All&dateFrom=2020-01-01T00:00:00Z")).await;
    let recording = calls["records"][0]["recording"]["id"].as_str().unwrap();
    let metadata = format!("/restapi/v1.0/account/~/recording/{recording}");
    let content = format!("{metadata}/content");
    for path in [COMPANY, ACCOUNT_HISTORY, RECORDINGS, ACCOUNT_RECORDINGS, MESSAGES, CALL_LOG, &metadata, &content] {
        assert_eq!(stage.request(Method::GET, path).send().await.unwrap().status(), 200, "{path}");
        for (own, other, parameter) in [("account/~", "account/5", "accountId"), ("extension/~", "extension/5", "extensionId")] {
            if path.contains(own) {
                let (status, body) = stage.get(&path.replace(own, other)).await;
                let message = body["message"].as_str().unwrap();
                assert!(status == 404 && message.contains(parameter), "{path}: {status} {message}");
            }
        }
    }
}
