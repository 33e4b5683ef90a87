//! Every source of recordings: listed page by page in one shape, filtered as RingCentral filters, looked up for a job.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::endpoint::{Endpoint, Site};
use ringcentral_ai::engine::ringcentral::jobs::{check_input, submission};
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, Page, recordings};
use ringcentral_ai::engine::{Accepted, Job, Media, RecordingId, Task};
use ringcentral_ai::error::{Error, Holder};
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::json::Value;
use ringcentral_ai::pace::Group;
use ringcentral_ai::secret::{Secret, SecretUrl};
use script::{Script, client, is_login, response};
use serde_json::{Value as Json, json};

const MEETING: &str = include_str!("payloads/meeting.json");
const MESSAGE: &str = include_str!("payloads/voicemail-message.json");
const MEETING_ID: &str = "meeting-0fd2ae49-1a2b-4c3d-9e8f-123456787461!us-11-pdx10@us-11-554d06ea-5d44-498a-93e9-0978bfa73ecd";
const VOICEMAIL_ID: &str = "voicemail-82063400004-82063400004";

fn list(pairs: &[(&str, &str)]) -> Result<ListRecordings, Error> {
    let query: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ListRecordings::parse(&query)
}

fn path(list: &ListRecordings) -> String {
    let site = Site::new("https://h.example", &[]).unwrap();
    list.request(&site, &Secret::default()).unwrap().url.expose().strip_prefix("https://h.example").unwrap().to_owned()
}

#[track_caller]
fn asks(pairs: &[(&str, &str)], expected: &str) {
    assert_eq!(path(&list(pairs).unwrap()), expected);
}

#[track_caller]
fn refuses(pairs: &[(&str, &str)], named: &str) {
    match list(pairs) {
        Err(Error::InvalidField { field, .. }) => assert_eq!(field, named, "{pairs:?}"),
        other => panic!("{pairs:?} gave {other:?}"),
    }
}

fn read(list: &ListRecordings, body: &Json) -> Page {
    list.read(&response(200, &body.to_string())).unwrap()
}

fn shape(page: &Page) -> Json {
    serde_json::from_str(&page.write()).unwrap()
}

#[test]
fn each_list_has_its_path_its_group_and_its_permission() {
    let user = "/restapi/v1.0/account/~/extension/~";
    let table = [
        ("calls", "user", format!("{user}/call-log?view=Simple&recordingType=All&perPage=100"), "ReadCallLog", Group::Heavy),
        (
            "calls",
            "company",
            "/restapi/v1.0/account/~/call-log?view=Simple&recordingType=All&perPage=100".to_owned(),
            "ReadCallLog",
            Group::Heavy,
        ),
        ("meetings", "user", "/rcvideo/v1/history/meetings".to_owned(), "Video", Group::Light),
        ("meetings", "company", "/rcvideo/v1/account/~/recordings".to_owned(), "Video", Group::Light),
        ("voicemail", "user", format!("{user}/message-store?messageType=VoiceMail&perPage=100"), "ReadMessages", Group::Light),
    ];
    for (source, scope, expected, permission, group) in table {
        let list = list(&[("scope", scope), ("source", source)]).unwrap();
        assert_eq!((path(&list), list.needs().group), (expected, group));
        assert_eq!(list.needs().permissions, [permission]);
    }
    refuses(&[("source", "voicemail"), ("scope", "company")], "scope");
}

#[test]
fn meetings_have_two_lists_in_either_scope() {
    for (scope, list, expected) in [
        ("user", "history", "/rcvideo/v1/history/meetings"),
        ("user", "recordings", "/rcvideo/v1/account/~/extension/~/recordings"),
        ("company", "history", "/rcvideo/v1/history/account/~/meetings"),
        ("company", "recordings", "/rcvideo/v1/account/~/recordings"),
    ] {
        asks(&[("source", "meetings"), ("scope", scope), ("list", list)], expected);
    }
    for list in ["", "all", "History"] {
        refuses(&[("source", "meetings"), ("list", list)], "list");
    }
    refuses(&[("source", "calls"), ("list", "history")], "list");
    refuses(&[("source", "voicemail"), ("list", "recordings")], "list");
    refuses(&[("source", "meetings"), ("list", "recordings"), ("text", "a")], "text");
}

#[test]
fn every_filter_of_the_call_log_reaches_it() {
    asks(
        &[
            ("type", "Voice"),
            ("type", "Fax"),
            ("direction", "Inbound,Outbound"),
            ("transport", "PSTN"),
            ("metadataCategory", "Sales,Support"),
            ("recordingType", "OnDemand"),
            ("extensionNumber", "101"),
            ("phoneNumber", "+16505550100"),
            ("sessionId", "4503991004"),
            ("telephonySessionId", "s-a0d17"),
            ("showBlocked", "false"),
            ("showDeleted", "true"),
            ("dateFrom", "2026-01-31"),
            ("dateTo", "2026-02-01T00:00:00+01:00"),
            ("perPage", "1000"),
        ],
        "/restapi/v1.0/account/~/extension/~/call-log?view=Simple&recordingType=OnDemand&direction=Inbound&direction=Outbound\
        &type=Voice&type=Fax&transport=PSTN&extensionNumber=101&phoneNumber=16505550100&sessionId=4503991004\
        &telephonySessionId=s-a0d17&metadataCategory=Sales&metadataCategory=Support&showBlocked=false&showDeleted=true\
        &dateFrom=2026-01-31T00%3A00%3A00Z\
        &dateTo=2026-02-01T00%3A00%3A00%2B01%3A00&perPage=1000",
    );
}

#[test]
fn the_companys_call_log_takes_the_same_filters() {
    asks(
        &[("scope", "company"), ("showDeleted", "true"), ("showBlocked", "true"), ("transport", "VoIP")],
        "/restapi/v1.0/account/~/call-log?view=Simple&recordingType=All&transport=VoIP&showBlocked=true&showDeleted=true&perPage=100",
    );
}

#[test]
fn each_list_of_meetings_takes_dates_in_its_own_way() {
    let query = [("source", "meetings"), ("dateFrom", "2026-01-31"), ("dateTo", "2026-01-31T01:00:00.5+01:00")];
    asks(&query, "/rcvideo/v1/history/meetings?startTime=1769817600000&endTime=1769817600500");
    let company = [&query[..], &[("scope", "company"), ("perPage", "25")]].concat();
    asks(&company, "/rcvideo/v1/account/~/recordings?perPage=25");
    asks(
        &[&company[..], &[("list", "history")]].concat(),
        "/rcvideo/v1/history/account/~/meetings?startTimeFrom=2026-01-31T00%3A00%3A00Z\
        &startTimeTo=2026-01-31T01%3A00%3A00.5%2B01%3A00&perPage=25",
    );
    asks(&[("source", "meetings"), ("text", "a&b")], "/rcvideo/v1/history/meetings?text=a%26b");
}

#[test]
fn a_wrong_filter_is_named_before_anything_is_sent() {
    for (name, value) in [
        ("type", "voice"),
        ("transport", ""),
        ("metadataCategory", "Sales,,"),
        ("recordingType", "Automatic,OnDemand"),
        ("extensionNumber", "x"),
        ("sessionId", "a b"),
        ("telephonySessionId", ""),
        ("showBlocked", "yes"),
        ("showDeleted", "1"),
        ("direction", "Inbound,Sideways"),
        ("text", "meetings have it"),
        ("dateTo", "2026-02-30"),
    ] {
        refuses(&[(name, value)], name);
    }
    refuses(&[("source", "voicemail"), ("direction", "Inbound")], "direction");
    refuses(&[("source", "meetings"), ("perPage", "101")], "perPage");
    refuses(&[("source", "meetings"), ("scope", "company"), ("list", "history"), ("perPage", "9")], "perPage");
    for (name, value) in [("dateFrom", "yesterday"), ("dateTo", "2026-02-30"), ("perPage", "0")] {
        refuses(&[("source", "meetings"), ("list", "recordings"), (name, value)], name);
    }
    refuses(&[("source", "meetings"), ("list", "recordings"), ("dateTo", "2026-01-01"), ("dateTo", "2026-01-02")], "dateTo");
    refuses(&[("dateFrom", "2026-01-01"), ("dateFrom", "2026-01-02")], "dateFrom");
}

#[test]
fn each_recording_of_a_meeting_says_whether_it_can_be_submitted() {
    let meetings = list(&[("source", "meetings")]).unwrap();
    let body = json!({"meetings": [serde_json::from_str::<Json>(MEETING).unwrap(), {"id": "no recordings"}], "paging": {}});
    let page = shape(&read(&meetings, &body));
    let items = page["items"].as_array().unwrap();
    let first = json!({"id": MEETING_ID, "source": "meetings", "startedAt": "2022-01-27T00:13:20.003Z", "durationS": 1638,
        "contentUri": "https://media.ringcentral.com/rcvideo/v1/recordings/7tSq3ol_j0YUA==", "contentType": "video/mp4",
        "bytes": 66_484_597, "submittable": true});
    assert_eq!((items.len(), &items[0]), (7, &first));
    assert_eq!(items[1]["startedAt"], "2022-01-27T00:13:10.000Z", "the meeting's own start");
    let reasons: Vec<&str> = items.iter().map(|item| item["reason"].as_str().unwrap_or_default()).collect();
    let expected = [
        "",
        "RingCentral is still processing it",
        "RingCentral has purged it",
        "it is not available",
        "it was deleted",
        "",
        "RingCentral names no address for it",
    ];
    assert_eq!(reasons, expected);
    assert!(items.iter().all(|item| item["submittable"] == json!(item.get("reason").is_none())));
}

fn row(id: &str, started: &str, link: &str) -> Json {
    json!({"id": id, "shortId": "882045117", "bridgeId": "b", "displayName": "Weekly", "startTime": started,
        "hostInfo": {"accountId": "1", "extensionId": "2", "displayName": "Ann"}, "mediaLink": "https://v.ringcentral.com/old",
        "url": format!("https://media.ringcentral.com/rcvideo/v1/recordings/{link}=="), "duration": 36,
        "expiresIn": "2027-01-27T00:13:20Z"})
}

#[test]
fn a_row_of_a_list_of_recordings_stands_for_its_meetings_only_recording() {
    let recordings = list(&[("source", "meetings"), ("scope", "company")]).unwrap();
    let mut bare = row("n!us", "2022-01-27T00:13:20Z", "");
    bare["url"] = json!("");
    let body = json!({"recordings": [row("m!us", "2022-01-27T00:13:20Z", "a"), bare, {"no": "id"}], "paging": {"currentPageToken": "x"}});
    let page = shape(&read(&recordings, &body));
    let first = json!({"id": "meeting-m!us-only", "source": "meetings", "startedAt": "2022-01-27T00:13:20Z", "durationS": 36,
        "contentUri": "https://media.ringcentral.com/rcvideo/v1/recordings/a==", "contentType": "video/mp4", "submittable": true});
    let items = page["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]), (2, &first));
    assert_eq!((&items[1]["submittable"], &items[1]["contentUri"]), (&json!(false), &json!("")));
    assert_eq!(page.get("nextCursor"), None);
}

#[test]
fn a_history_is_read_with_times_of_either_kind() {
    let file = |start: Json| json!({"id": "r", "availabilityStatus": "Alive", "url": "https://m/r", "startTime": start});
    let at = |meeting: Json, file_start: Json| {
        let body = json!({"meetings": [{"id": "m", "startTime": meeting, "recordings": [file(file_start)]}]});
        let page = shape(&read(&list(&[("source", "meetings"), ("scope", "company"), ("list", "history")]).unwrap(), &body));
        page["items"][0]["startedAt"].clone()
    };
    let iso = "2022-01-27T00:13:20.003Z";
    for (meeting, file) in
        [(json!("2020"), json!(1_643_242_400_003_u64)), (json!(iso), json!(null)), (json!(1_643_242_400_003_u64), json!(null))]
    {
        assert_eq!(at(meeting, file), iso);
    }
    let body = json!({"meetings": [{"id": "m", "startTime": iso, "participants": []}], "paging": {"perPage": 1}});
    let history = list(&[("source", "meetings"), ("scope", "company"), ("list", "history")]).unwrap();
    assert!(read(&history, &body).items.is_empty(), "as RingCentral describes it, it has no recordings");
}

#[test]
fn a_voicemail_is_its_sound_on_the_media_host() {
    let site = Site::new(Site::SERVER, &[]).unwrap();
    let voicemail = list(&[("source", "voicemail")]).unwrap();
    let mut message: Json = serde_json::from_str(MESSAGE).unwrap();
    let page = shape(&read(&voicemail, &json!({"records": [message]})).at(&site));
    let expected = json!({"id": VOICEMAIL_ID, "source": "voicemail", "startedAt": "2018-02-28T10:05:55.000Z", "durationS": 3,
        "direction": "Inbound", "from": {"phoneNumber": "+18664320079", "name": "Jane Doe"}, "to": {"name": "John Doe"},
        "contentUri": "https://media.ringcentral.com/restapi/v1.0/account/1/extension/2/message-store/82063400004/content/82063400004",
        "contentType": "audio/x-wav", "bytes": 48_044, "submittable": true});
    assert_eq!(page["items"], json!([expected]));
    for address in [
        "https://media.ringcentral.com/1",
        "https://platform.ringcentral.com.evil.example/1",
        "https://platform.evil.example/1",
        "http://127.0.0.1:8790/1",
    ] {
        message["attachments"][0]["uri"] = json!(address);
        message["id"] = json!(82_063_400_004_u64);
        let page = shape(&read(&voicemail, &json!({"records": [message]})).at(&site));
        assert_eq!((&page["items"][0]["contentUri"], &page["items"][0]["id"]), (&json!(address), &json!(VOICEMAIL_ID)));
    }
    message["availability"] = json!("Purged");
    let page = shape(&read(&voicemail, &json!({"records": [message]})).at(&site));
    assert_eq!(page["items"][0]["reason"], "RingCentral has purged it");
}

#[test]
fn what_only_a_leg_names_is_found_and_the_list_can_ask_for_legs() {
    asks(&[("view", "Detailed")], "/restapi/v1.0/account/~/extension/~/call-log?view=Detailed&recordingType=All&perPage=100");
    refuses(&[("view", "detailed")], "view");
    refuses(&[("source", "voicemail"), ("view", "Detailed")], "view");
    let named = |id: &str| json!({"id": id, "contentUri": format!("https://media.ringcentral.com/{id}")});
    let leg = json!({"startTime": "2026-01-31T09:31:00Z", "duration": 7, "direction": "Outbound", "recording": named("b")});
    let body = json!({"records": [
        {"id": "c", "startTime": "2026-01-31T09:30:00Z", "duration": 60, "direction": "Inbound", "recording": named("a"),
            "from": {"name": "Ann"}, "legs": [{"recording": named("a")}, leg, {"recording": null}, {}, {"legType": "Accept"}]},
        {"id": "d", "startTime": "2026-01-31T08:30:00Z", "from": {"name": "Bob"}, "legs": [{"recording": {"id": 7, "contentUri": "https://media.ringcentral.com/7"}}]},
    ]});
    let page = shape(&read(&list(&[("view", "Detailed")]).unwrap(), &body));
    let facts: Vec<Json> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!([item["id"], item["startedAt"], item["durationS"], item["direction"], item["from"]["name"]]))
        .collect();
    assert_eq!(
        facts,
        [
            json!(["a", "2026-01-31T09:30:00Z", 60, "Inbound", "Ann"]),
            json!(["b", "2026-01-31T09:31:00Z", 7, "Outbound", "Ann"]),
            json!(["7", "2026-01-31T08:30:00Z", null, null, "Bob"]),
        ]
    );
    assert_eq!(page.get("skipped"), None);
}

#[test]
fn ids_may_be_numbers_in_every_list() {
    let calls = json!({"records": [{"id": 1, "recording": {"id": 1_662_272_004_u64, "contentUri": "https://m/1"}}]});
    let history = json!({"meetings": [{"id": 5, "recordings": [{"id": 6, "url": "https://m/2"}]}]});
    let rows = json!({"recordings": [{"id": 5, "url": "https://m/3"}]});
    let messages = json!({"records": [{"id": 8, "attachments": [{"id": 9, "type": "AudioRecording", "uri": "https://m/4"}]}]});
    for (query, body, id) in [
        (&[("source", "calls")][..], calls, "1662272004"),
        (&[("source", "meetings")], history, "meeting-5-6"),
        (&[("source", "meetings"), ("scope", "company")], rows, "meeting-5-only"),
        (&[("source", "voicemail")], messages, "voicemail-8-9"),
    ] {
        let page = read(&list(query).unwrap(), &body);
        assert_eq!((page.items[0].id.as_str(), page.skipped), (id, 0));
        assert!(RecordingId::parse(id, "").is_ok(), "what is listed can be asked for");
    }
    let (paths, items) = follow(&[("perPage", "1")], |path| {
        let number = path.split_once("page=").map_or(1, |(_, page)| page[..1].parse::<u64>().unwrap());
        let record = json!({"id": number, "recording": {"id": number, "contentUri": "https://m/1"}});
        let next = (number < 3).then(|| json!({"uri": format!("?page={}", number + 1)}));
        json!({"records": [record], "navigation": {"nextPage": next}})
    });
    assert_eq!((paths.len(), items), (3, 3), "pages whose ids are numbers are told from each other");
}

#[test]
fn a_row_that_cannot_be_read_is_counted() {
    let calls = json!({"records": ["x", null, {"recording": {"contentUri": "https://m/1"}}, {"id": "c", "recording": "r"}, {"recording": {}},
        {"id": "d", "shortRecording": true}, {"id": "e"}, {"id": "f", "recording": {"id": "r"}}]});
    let history = json!({"meetings": [7, {"recordings": [{"id": "6"}]}, {"id": "m", "recordings": [{"url": "https://m/2"}, {"id": "7", "url": "https://m/3"}]}, {}]});
    let rows = json!({"recordings": [{"url": "https://m/3"}, {"id": ""}, {"id": "m", "url": "https://m/3"}]});
    let messages = json!({"records": [{"attachments": [{"id": "9", "type": "AudioRecording", "uri": "https://m/4"}, {"type": "Text"}]},
        {"id": "8", "attachments": [{"type": "AudioRecording", "uri": "https://m/4"}, {"id": "9", "type": "AudioRecording"}]}]});
    for (query, body, items, skipped) in [
        (&[("source", "calls")][..], calls, 2, 5),
        (&[("source", "meetings")], history, 1, 3),
        (&[("source", "meetings"), ("scope", "company")], rows, 1, 2),
        (&[("source", "voicemail")], messages, 1, 2),
    ] {
        let page = read(&list(query).unwrap(), &body);
        assert_eq!((page.items.len(), page.skipped), (items, skipped), "{query:?}");
        assert_eq!(shape(&page)["skipped"], skipped);
        assert!(page.items.iter().all(|item| item.submittable != item.content_uri.is_empty()), "{query:?}");
    }
}

#[test]
fn addresses_of_content_are_whole_and_a_host_that_may_not_see_a_token_is_named() {
    let named = |id: &str, uri: &str| json!({"id": id, "recording": {"id": id, "contentUri": uri}});
    let body = json!({"records": [named("a", "/r/1/content"), named("b", "https://media.other.example/r/2"), named("c", "http://media.ringcentral.com/r/3")]});
    let (mut call, _) = recordings(&client(), &[]).unwrap();
    let page =
        Script::default().run(&mut call, |request, _| script::with_login(request, response(200, &body.to_string()))).unwrap();
    let [whole, stranger, open] = &page.items[..] else { panic!("three recordings") };
    assert_eq!((whole.content_uri.as_str(), whole.submittable), ("https://media.ringcentral.com/r/1/content", true));
    assert_eq!((stranger.submittable, open.submittable), (false, false));
    let reason = stranger.reason.as_deref().unwrap();
    assert!(reason.contains("media.other.example") && reason.contains("RC_MEDIA_HOSTS"), "{reason}");
    assert!(open.reason.as_deref().unwrap().contains("https://"));
}

#[test]
fn a_recording_that_was_too_short_to_keep_says_so() {
    let named = json!({"id": "c", "shortRecording": true, "recording": {"id": "r", "contentUri": "https://m/r"}});
    let unnamed = json!({"id": "d", "shortRecording": true, "startTime": "2026-01-31T09:30:00Z", "duration": 12});
    let unrecorded = json!({"id": "e", "duration": 12});
    let page = shape(&read(&list(&[]).unwrap(), &json!({"records": [named, unnamed, unrecorded]})));
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|item| &item["id"]).collect::<Vec<_>>(), ["r", "call-d"]);
    for item in items {
        assert_eq!(item["submittable"], false);
        assert!(item["reason"].as_str().unwrap().contains("too short"));
    }
    assert_eq!((&items[1]["durationS"], &items[1]["contentUri"]), (&json!(12), &json!("")));
}

#[test]
fn what_is_no_page_is_not_taken_for_an_empty_one() {
    for (source, what) in [("meetings", "a page of meetings"), ("voicemail", "a page of the message store")] {
        let list = list(&[("source", source)]).unwrap();
        for body in ["", "[]", r#"{"meetings":1,"records":1}"#, r#"{"recordings":1,"records":{}}"#] {
            assert_eq!(list.read(&response(200, body)), Err(Error::UnexpectedAnswer { what }), "{source} {body}");
        }
        assert_eq!(read(&list, &json!({})).next_cursor, None);
    }
}

/// Follows a list to its end; `answer` gives the body for a path. Returns the paths that were asked for.
fn follow(first: &[(&str, &str)], answer: impl Fn(&str) -> Json) -> (Vec<String>, usize) {
    let (mut paths, mut items, mut cursor) = (Vec::new(), 0, None::<String>);
    loop {
        let next = cursor.as_deref().map_or_else(|| list(first), |cursor| list(&[("cursor", cursor)])).unwrap();
        paths.push(path(&next));
        assert!(paths.len() < 20, "the list has no end: {paths:?}");
        let page = read(&next, &answer(paths.last().unwrap()));
        items += page.items.len();
        cursor = page.next_cursor;
        if cursor.is_none() {
            return (paths, items);
        }
    }
}

fn meetings(ids: &[&str], next: &str) -> Json {
    let file = |id: &str| json!({"id": id, "recordings": [{"id": "1", "availabilityStatus": "Alive", "url": "https://m/1"}]});
    json!({"meetings": ids.iter().map(|id| file(id)).collect::<Vec<_>>(), "paging": {"currentPageToken": "x", "nextPageToken": next}})
}

#[test]
fn meetings_are_paged_by_token_with_their_filters() {
    let first = [("source", "meetings"), ("dateFrom", "1970-01-02"), ("perPage", "2")];
    let (paths, items) = follow(&first, |path| match path.split_once("pageToken=").map(|(_, token)| token) {
        None => meetings(&["a", "b"], "t/2="),
        Some("t%2F2%3D") => meetings(&["c"], "t3"),
        _ => meetings(&["d"], ""),
    });
    let head = "/rcvideo/v1/history/meetings?startTime=86400000&perPage=2";
    assert_eq!(paths, [head.to_owned(), format!("{head}&pageToken=t%2F2%3D"), format!("{head}&pageToken=t3")]);
    assert_eq!(items, 4);
}

#[test]
fn a_token_that_stands_still_or_comes_back_ends_a_list() {
    let (paths, items) =
        follow(&[("source", "meetings")], |path| meetings(&[if path.contains("pageToken") { "b" } else { "a" }], "same"));
    assert_eq!((paths.len(), items), (2, 2));
    let (paths, items) = follow(&[("source", "meetings")], |path| match path.split_once("pageToken=").map(|(_, token)| token) {
        None => meetings(&["a"], "b"),
        Some("b") => meetings(&["b"], "c"),
        Some("c") => meetings(&["c"], "d"),
        _ => meetings(&["d"], "b"),
    });
    assert_eq!(items, 4, "in a circle of three: {paths:?}");
    let (paths, items) = follow(&[("source", "meetings")], |path| match path.split_once("pageToken=").map(|(_, token)| token) {
        None => meetings(&["a"], "2"),
        Some("2") => meetings(&[], "3"),
        Some("3") => json!({"paging": {"nextPageToken": 4}}),
        _ => meetings(&["b"], ""),
    });
    assert_eq!((paths.len(), items), (4, 2), "empty pages are passed");
}

#[test]
fn dates_go_with_a_list_of_recordings_over_all_its_pages() {
    let first = [
        ("source", "meetings"),
        ("list", "recordings"),
        ("dateFrom", "2026-01-02"),
        ("dateTo", "2026-01-03T00:00:00Z"),
        ("perPage", "2"),
    ];
    let days = |days: [u32; 2], next: &str| {
        let rows = days.map(|day| row(&day.to_string(), &format!("2026-01-0{day}T00:00:00.000Z"), &day.to_string()));
        json!({"recordings": rows, "paging": {"currentPageToken": "x", "nextPageToken": next}})
    };
    let (paths, items) = follow(&first, |path| match path.split_once("pageToken=").map(|(_, token)| token) {
        None => days([5, 4], "2"),
        Some("2") => days([3, 2], "3"),
        _ => days([1, 0], ""),
    });
    let head = "/rcvideo/v1/account/~/extension/~/recordings?perPage=2";
    assert_eq!(paths, [head.to_owned(), format!("{head}&pageToken=2"), format!("{head}&pageToken=3")]);
    assert_eq!(items, 3, "the second, the third, and one whose day nobody can read");
}

#[test]
fn rows_of_one_meeting_on_two_pages_are_two_recordings() {
    let page = |link: &str, next: &str| json!({"recordings": [row("m", "2026-01-02T00:00:00Z", link)], "paging": {"nextPageToken": next}});
    let first = [("source", "meetings"), ("list", "recordings")];
    let (paths, items) = follow(&first, |path| if path.contains("pageToken") { page("b", "") } else { page("a", "t") });
    assert_eq!((paths.len(), items), (2, 2));
    let again = |path: &str| page("a", if path.contains("pageToken") { "" } else { "t" });
    let (paths, items) = follow(&first, again);
    assert_eq!((paths.len(), items), (2, 1), "one that is the same is not shown twice");
}

#[test]
fn voicemail_and_the_companys_calls_follow_navigation_in_their_own_list() {
    for (first, path) in [
        (&[("source", "voicemail")][..], "/restapi/v1.0/account/1/extension/2/message-store"),
        (&[("scope", "company")][..], "/restapi/v1.0/account/1/call-log"),
    ] {
        let page = |number: u64, path: &str| {
            let next = format!("https://platform.ringcentral.com{path}?page={}", number + 1);
            json!({"records": [{"id": number.to_string()}], "navigation": {"nextPage": {"uri": next}}})
        };
        let (paths, _) = follow(first, |target| match target.split_once("?page=").map(|(_, page)| &page[..1]) {
            Some("3") => json!({"records": [{"id": "3"}], "navigation": {}}),
            Some("2") => page(2, path),
            _ => page(1, path),
        });
        let asked = paths[0].split_once('?').unwrap().1;
        assert_eq!(paths[1..], [format!("{path}?page=2&{asked}"), format!("{path}?page=3&{asked}")]);
        let other = page(1, "/restapi/v1.0/account/1/extension/2/sms");
        assert!(list(first).unwrap().read(&response(200, &other.to_string())).is_err(), "another list is not followed");
    }
}

#[test]
fn a_cursor_goes_on_in_its_own_list_only() {
    let page = read(&list(&[("source", "meetings")]).unwrap(), &meetings(&["a"], "t"));
    let cursor = page.next_cursor.unwrap();
    assert!(list(&[("cursor", &cursor)]).is_ok());
    assert!(list(&[("cursor", &cursor), ("source", "meetings"), ("scope", "user")]).is_ok());
    refuses(&[("cursor", &cursor), ("source", "calls")], "cursor");
    refuses(&[("cursor", &cursor), ("scope", "company")], "cursor");
    refuses(&[("cursor", &cursor), ("list", "recordings")], "cursor");
    refuses(&[("cursor", &cursor), ("source", "faxes")], "cursor");
    assert!(list(&[("cursor", &cursor), ("list", "history")]).is_ok());
    refuses(&[("cursor", "AAAA")], "cursor");
}

#[test]
fn a_permission_that_the_app_lacks_is_no_empty_list() {
    let refusal = r#"{"errorCode":"CMN-401","message":"no","errors":[{"errorCode":"CMN-401","permissionName":"Video",
        "message":"application needs to have [Video] permission"}]}"#;
    let bare = r#"{"access_token":"t","expires_in":3600}"#;
    let mut script = Script::default();
    let ended = script.run(&mut client().call(list(&[("source", "meetings")]).unwrap()), |request, _| {
        Some(if is_login(request) { response(200, bare) } else { response(403, refusal) })
    });
    assert_eq!(ended.unwrap_err(), Error::PermissionMissing { permission: "Video".into(), holder: Holder::App });
    let ended = Script::default()
        .run(&mut client().call(list(&[("source", "voicemail")]).unwrap()), |_, _| Some(response(200, script::TOKEN)));
    assert_eq!(ended.unwrap_err(), Error::PermissionMissing { permission: "ReadMessages".into(), holder: Holder::App });
}

/// Submits a job for a recording that was asked for long ago; `lookup` answers the question after it.
fn submit(id: &str, lookup: &HttpResponse) -> (Script, Result<Accepted, Error>) {
    let media = Some(Media::Recording(RecordingId::parse(id, "").unwrap()));
    let input = check_input(Task::SpeechToText, &Value::Object(vec![]), "input").unwrap();
    let webhook = SecretUrl::hiding_query("https://w.example/hook".into());
    let mut script = Script { now_ms: 3_600_000, ..Script::default() };
    let job = Job { task: Task::SpeechToText, input, media, relay: None, webhook, asked_ms: Some(0) };
    let token = r#"{"access_token":"T","expires_in":3600,"scope":"AI Video ReadMessages"}"#;
    let ended = script.run(&mut submission(client(), job), |request: &HttpRequest, _| {
        Some(match request.url.expose() {
            url if url.contains("/oauth/") => response(200, token),
            url if url.contains("/ai/") => response(202, r#"{"jobId":"j"}"#),
            _ => lookup.clone(),
        })
    });
    (script, ended)
}

#[test]
fn a_meeting_and_a_voicemail_are_looked_up_and_submitted() {
    let table = [
        (
            MEETING_ID,
            MEETING,
            "GET /rcvideo/v1/history/meetings/0fd2ae49-1a2b-4c3d-9e8f-123456787461%21us-11-pdx10%40us-11",
            "https://media.ringcentral.com/rcvideo/v1/recordings/7tSq3ol_j0YUA==?access_token=T",
            "Mp4",
        ),
        (
            VOICEMAIL_ID,
            MESSAGE,
            "GET /restapi/v1.0/account/~/extension/~/message-store/82063400004",
            "https://media.ringcentral.com/restapi/v1.0/account/1/extension/2/message-store/82063400004/content/82063400004?access_token=T",
            "Wav",
        ),
    ];
    for (id, body, lookup, content_uri, encoding) in table {
        let (script, ended) = submit(id, &response(200, body));
        assert_eq!(ended.unwrap().job_id.as_deref(), Some("j"));
        assert_eq!(script.paths()[1..], [lookup, "POST /ai/audio/v1/async/speech-to-text"]);
        let body: Json = serde_json::from_str(script.requests[2].body.as_ref().unwrap().expose()).unwrap();
        assert_eq!(body, json!({"contentUri": content_uri, "encoding": encoding, "languageCode": "en-US"}));
    }
}

#[test]
fn what_cannot_be_submitted_says_why_and_nothing_is_sent() {
    let meeting = MEETING_ID.strip_suffix("554d06ea-5d44-498a-93e9-0978bfa73ecd").unwrap();
    for (part, why) in [("second", "still processing"), ("third", "purged"), ("fifth", "deleted"), ("none", "no recording")] {
        let (script, ended) = submit(&format!("{meeting}{part}"), &response(200, MEETING));
        let error = ended.unwrap_err();
        assert!(matches!(&error, Error::InvalidField { field, .. } if field == "media.recordingId"), "{error:?}");
        assert!(error.to_string().contains(why), "{error}");
        assert_eq!(script.sent.len(), 2);
    }
    let (_, ended) = submit("voicemail-82063400004-82063400005", &response(200, MESSAGE));
    assert!(ended.unwrap_err().to_string().contains("no recording of this id"), "a transcription is no recording");
    let (script, ended) = submit("meeting-gone-1", &response(404, r#"{"errors":[{"errorCode":"CMN-102","message":"gone"}]}"#));
    assert_eq!((ended.unwrap_err().status(), script.sent.len()), (Some(404), 2));
}

#[test]
fn the_only_recording_of_a_meeting_is_found_in_it() {
    let file = |id: &str, availability: &str| json!({"id": id, "availabilityStatus": availability, "url": format!("https://media.ringcentral.com/{id}"), "status": "Processed"});
    let ended = |files: &[Json]| {
        let (script, ended) =
            submit("meeting-m!us-only", &response(200, &json!({"id": "m!us", "recordings": files}).to_string()));
        (script.requests.last().unwrap().clone(), ended.map_err(|error| error.to_string()))
    };
    for files in
        [&[file("a", "Alive")][..], &[file("b", "Deleted"), file("a", "Alive")], &[file("a", "Alive"), file("only", "Alive")]]
    {
        let (request, ended) = ended(files);
        ended.unwrap();
        let name = if files.len() == 2 && files[1]["id"] == "only" { "only" } else { "a" };
        assert!(request.body.unwrap().expose().contains(&format!("https://media.ringcentral.com/{name}?access_token=T")));
    }
    let two = [file("a", "Alive"), file("b", "Alive"), file("c d", "Alive")];
    for (files, why) in [
        (&two[..], "the meeting has several recordings, name one of meeting-m!us-a, meeting-m!us-b"),
        (
            &[],
            "the meeting has no recording; ten minutes after the job was asked for it is still not there: check its id, and whether this user may see it",
        ),
        (&[file("a", "Purged")], "RingCentral has purged it"),
    ] {
        let (request, ended) = ended(files);
        assert_eq!(ended.unwrap_err(), format!("media.recordingId: it cannot be submitted: {why}"));
        assert_eq!(request.method.as_str(), "GET", "no job was sent");
    }
}

#[test]
fn the_permissions_of_the_whole_way_are_checked_first() {
    for (id, missing) in [(MEETING_ID, "Video"), (VOICEMAIL_ID, "ReadMessages"), ("7", "ReadCallRecording")] {
        let media = Some(Media::Recording(RecordingId::parse(id, "").unwrap()));
        let input = check_input(Task::SpeechToText, &Value::Object(vec![]), "input").unwrap();
        let webhook = SecretUrl::hiding_query("https://w.example/".into());
        let job = Job { task: Task::SpeechToText, input, media, relay: None, webhook, asked_ms: None };
        let token = r#"{"access_token":"t","expires_in":3600,"scope":"AI"}"#;
        let mut script = Script::default();
        let ended = script.run(&mut submission(client(), job), |_, _| Some(response(200, token)));
        assert_eq!(ended, Err(Error::PermissionMissing { permission: missing.into(), holder: Holder::App }));
        assert_eq!(script.sent.len(), 1);
    }
}
