//! The call log and the recordings over HTTP.

mod stage;

use reqwest::{Method, header};
use serde_json::Value;
use stage::{CALL_LOG, Stage, encoded, quick, read};

fn ids(page: &Value) -> Vec<String> {
    page["records"].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn following_the_navigation_shows_every_call_once() {
    let stage = Stage::new(quick()).await;
    let all = stage.get(&format!("{CALL_LOG}?dateFrom=2020-01-01")).await.1;
    assert_eq!(ids(&all).len(), 10);
    let (mut page, mut seen) = (stage.get(&format!("{CALL_LOG}?dateFrom=2020-01-01&perPage=3")).await.1, Vec::new());
    loop {
        assert!(ids(&page).len() <= 3);
        assert_eq!(page["paging"]["totalPages"], 4);
        seen.extend(ids(&page));
        let Some(next) = page["navigation"]["nextPage"]["uri"].as_str() else { break };
        assert!(next.starts_with(&stage.base), "{next}");
        page = stage.get(next).await.1;
    }
    assert_eq!(seen, ids(&all));
    assert_eq!(page["paging"]["page"], 4);
    let past = stage.get(&format!("{CALL_LOG}?dateFrom=2020-01-01&perPage=3&page=9")).await.1;
    assert!(ids(&past).is_empty() && past["navigation"]["nextPage"].is_null());
}

#[tokio::test]
async fn without_dates_the_log_is_that_of_the_last_day() {
    let stage = Stage::new(quick()).await;
    assert_eq!(ids(&stage.get(CALL_LOG).await.1).len(), 5);
}

#[tokio::test]
async fn filters_filter() {
    let stage = Stage::new(quick()).await;
    for (query, expected) in [
        ("recordingType=All", 4),
        ("recordingType=OnDemand", 1),
        ("recordingType=Automatic", 3),
        ("withRecording=true", 4),
        ("withRecording=false", 10),
        ("direction=Outbound", 3),
        ("direction=Inbound&direction=Outbound", 10),
        ("direction=Inbound,Outbound", 10),
        ("type=Fax", 1),
        ("phoneNumber=16195550147", 2),
        ("phoneNumber=%2B16195550147", 2),
        ("brand_id=&type=", 10),
        ("dateTo=2020-01-02", 0),
        ("showBlocked=false", 9),
        ("showDeleted=true", 11),
        ("transport=VoIP", 2),
        ("transport=PSTN&transport=VoIP", 10),
        ("extensionNumber=101", 10),
        ("extensionNumber=102", 0),
        ("sessionId=1", 0),
        ("telephonySessionId=s-none", 0),
        ("metadataCategory=any", 10),
    ] {
        let (status, page) = stage.get(&format!("{CALL_LOG}?dateFrom=2020-01-01&{query}")).await;
        assert_eq!((status, ids(&page).len()), (200, expected), "{query}");
    }
}

#[tokio::test]
async fn a_bad_parameter_is_named() {
    let stage = Stage::new(quick()).await;
    for (query, name) in [
        ("perPage=0", "perPage"),
        ("perPage=1001", "perPage"),
        ("page=0", "page"),
        ("page=two", "page"),
        ("dateFrom=yesterday", "dateFrom"),
        ("direction=Sideways", "direction"),
        ("recordingType=Any", "recordingType"),
        ("view=Full", "view"),
        ("showBlocked=2", "showBlocked"),
        ("transport=Pigeon", "transport"),
    ] {
        let (status, body) = stage.get(&format!("{CALL_LOG}?{query}")).await;
        assert_eq!((status, &body["errors"][0]["errorCode"]), (400, &"CMN-101".into()), "{query}");
        assert_eq!(body["errors"][0]["parameterName"], name);
    }
    assert_eq!(stage.get(&format!("{CALL_LOG}?perPage=max")).await.1["paging"]["perPage"], 1000);
}

#[tokio::test]
async fn uris_are_those_of_the_host_that_was_asked() {
    let stage = Stage::new(quick()).await;
    let request = stage.request(Method::GET, &format!("{CALL_LOG}?recordingType=All")).header(header::HOST, "rc.test:81");
    let (_, page) = read(request.send().await.unwrap()).await;
    let recording = &page["records"][0]["recording"];
    for uri in [&recording["uri"], &recording["contentUri"], &page["navigation"]["firstPage"]["uri"]] {
        assert!(uri.as_str().unwrap().starts_with("http://rc.test:81/restapi/v1.0/account/"), "{uri}");
    }
}

#[tokio::test]
async fn a_recording_can_be_fetched_with_either_kind_of_token() {
    let stage = Stage::new(quick()).await;
    let with_token = stage.content_uri(83).await;
    let bare = with_token.split('?').next().unwrap();
    let (_, metadata) = stage.get(bare.trim_end_matches("/content")).await;
    assert_eq!(metadata["contentUri"], bare);
    assert_eq!((&metadata["contentType"], &metadata["duration"]), (&"audio/mpeg".into(), &83.into()));

    let anonymous = stage.http.get(&with_token).send().await.unwrap();
    assert_eq!((anonymous.status().as_u16(), &anonymous.headers()["content-type"]), (200, &"audio/mpeg".parse().unwrap()));
    let whole = anonymous.bytes().await.unwrap();
    for scheme in ["bearer", "Bearer", "BEARER"] {
        let request = stage.http.get(bare).header("authorization", format!("{scheme} {}", stage.token));
        assert_eq!(request.send().await.unwrap().bytes().await.unwrap(), whole);
    }
    let head = stage.http.head(&with_token).send().await.unwrap();
    assert_eq!(head.headers()["content-length"], whole.len().to_string().as_str());
    let named = format!("{with_token}&contentDisposition=Attachment&contentDispositionFilename=a.mp3");
    let named = stage.http.get(named).send().await.unwrap();
    assert_eq!(named.headers()["content-disposition"], "attachment; filename=\"a.mp3\"");
}

#[tokio::test]
async fn ranges_are_served() {
    let stage = Stage::new(quick()).await;
    let uri = stage.content_uri(83).await;
    let whole = stage.http.get(&uri).send().await.unwrap().bytes().await.unwrap();
    let total = whole.len();
    let ask = async |range: &str| stage.http.get(&uri).header("range", range).send().await.unwrap();
    let part = ask("bytes=1000-1999").await;
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], format!("bytes 1000-1999/{total}").as_str());
    assert_eq!(part.bytes().await.unwrap(), whole[1000..2000]);
    assert_eq!(ask("bytes=-5").await.bytes().await.unwrap(), whole[total - 5..]);
    let outside = ask(&format!("bytes={total}-")).await;
    assert_eq!(outside.headers()["content-range"], format!("bytes */{total}").as_str());
    let (status, body) = read(outside).await;
    assert_eq!((status, &body["errors"][0]["errorCode"]), (416, &"CMN-107".into()));
}

#[tokio::test]
async fn what_may_not_be_seen_or_is_not_there() {
    let stage = Stage::new(quick()).await;
    let content = "/restapi/v1.0/account/~/recording/12345/content";
    let anonymous = async |path: &str| read(stage.http.get(format!("{}{path}", stage.base)).send().await.unwrap()).await;
    let (status, body) = anonymous(content).await;
    assert_eq!((status, &body["errorCode"]), (401, &"CMN-405".into()));
    let (status, body) = anonymous(&format!("{content}?access_token=dead")).await;
    assert_eq!((status, &body["errors"][0]["errorCode"]), (401, &"OAU-213".into()));
    // Only media accept a token in the query.
    assert_eq!(anonymous(&format!("{CALL_LOG}?{}", encoded("access_token", &stage.token))).await.0, 401);
    let (status, body) = stage.get(content).await;
    assert_eq!((status, &body["errors"][0]["errorCode"]), (404, &"CMN-102".into()));
    for path in ["/ai/audio/v1/nothing", "/", "/restapi/v2"] {
        let (status, body) = stage.get(path).await;
        assert_eq!((status, &body["errors"][0]["errorCode"]), (404, &"AGW-404".into()), "{path}");
    }
}
