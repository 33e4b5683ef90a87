use super::*;
use crate::error::Error;

const RECORD: &str = include_str!("../../../../tests/payloads/call-log-record.json");

fn query(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn list(pairs: &[(&str, &str)]) -> ListRecordings {
    ListRecordings::parse(&query(pairs)).unwrap()
}

fn address(list: &ListRecordings) -> String {
    let site = Site::new(Site::SERVER, &[]).unwrap();
    list.request(&site, &Secret::default()).unwrap().url.expose().to_owned()
}

fn page(list: &ListRecordings, ids: &[&str], next: Option<&str>) -> Page {
    list.read(&answer(ids, next)).unwrap()
}

fn answer(ids: &[&str], next: Option<&str>) -> HttpResponse {
    let records: Vec<String> =
        ids.iter().map(|id| format!(r#"{{"id":"{id}","recording":{{"id":"r{id}","contentUri":"https://m/{id}"}}}}"#)).collect();
    let next = next.map_or(String::new(), |uri| format!(r#","nextPage":{{"uri":"{uri}"}}"#));
    let body = format!(
        r#"{{"records":[{}],"navigation":{{"firstPage":{{"uri":"x"}}{next}}},"paging":{{"perPage":1}}}}"#,
        records.join(",")
    );
    HttpResponse { status: 200, headers: vec![], body: body.into() }
}

fn follow(page: &Page) -> ListRecordings {
    list(&[("cursor", page.next_cursor.as_deref().unwrap())])
}

const NEXT: &str =
    "https://platform.ringcentral.com/restapi/v1.0/account/1/extension/2/call-log?view=Simple&recordingType=All&page=2&perPage=1";

#[test]
fn a_record_becomes_a_recording() {
    let body = format!(r#"{{"records":[{RECORD},{{"id":"no recording"}}]}}"#);
    let page = list(&[]).read(&HttpResponse { status: 200, headers: vec![], body: body.into() }).unwrap();
    assert_eq!(page.next_cursor, None);
    let [recording] = &page.items[..] else { panic!("one recording") };
    assert_eq!((recording.id.as_str(), recording.duration_s, recording.source), ("1662272004", Some(55), "calls"));
    let token = Secret::new("T");
    let uri =
        crate::engine::ringcentral::media::content_uri(&Site::new(Site::SERVER, &[]).unwrap(), &recording.content_uri, &token)
            .unwrap();
    assert_eq!(uri.expose(), "https://media.ringcentral.com/restapi/.../recording/1662272004/content?access_token=T");
}

#[test]
fn filters_reach_the_query() {
    let list = list(&[
        ("source", "calls"),
        ("dateFrom", "2026-01-31"),
        ("direction", "Inbound"),
        ("phoneNumber", "+16505550100"),
        ("perPage", "7"),
    ]);
    let expected = "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/call-log?view=Simple&recordingType=All\
        &direction=Inbound&phoneNumber=16505550100&dateFrom=2026-01-31T00%3A00%3A00Z&perPage=7";
    assert_eq!(address(&list), expected);
}

#[test]
fn a_wrong_filter_is_named() {
    let wrong = [
        ("source", "faxes"),
        ("scope", "world"),
        ("dateFrom", "yesterday"),
        ("dateTo", "2026-13-01"),
        ("dateTo", "2026-01-01T25:00:00Z"),
        ("dateTo", "2026-01-01T10:00:00"),
        ("direction", "in"),
        ("phoneNumber", "a"),
        ("perPage", "0"),
        ("perPage", "1001"),
        ("cursor", "x"),
        ("colour", "red"),
    ];
    for (name, value) in wrong {
        let refused = ListRecordings::parse(&query(&[(name, value)]));
        assert!(matches!(refused, Err(Error::InvalidField { field, .. }) if field == name), "{name}={value}");
    }
    for value in ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.123+02:00", "2026-01-31T09:30-0500"] {
        assert!(ListRecordings::parse(&query(&[("dateFrom", value)])).is_ok(), "{value}");
    }
    let unknown = ListRecordings::parse(&query(&[("limit", "5")])).unwrap_err().to_string();
    assert!(unknown.contains("it has: source, view, recordingType") && unknown.ends_with("perPage"), "{unknown}");
}

#[test]
fn a_plus_that_was_not_encoded_and_spaces_around_a_value_are_taken() {
    for (given, sent) in [
        ("2024-01-01T00:00:00 01:00", "2024-01-01T00%3A00%3A00%2B01%3A00"),
        ("2024-01-01 00:00:00 0100", "2024-01-01T00%3A00%3A00%2B0100"),
        ("2024-01-01 00:00:00Z", "2024-01-01T00%3A00%3A00Z"),
        (" 2024-01-01 ", "2024-01-01T00%3A00%3A00Z"),
    ] {
        assert!(address(&list(&[("dateFrom", given)])).contains(&["dateFrom=", sent].concat()), "{given}");
    }
    assert!(
        address(&list(&[("perPage", " 7"), ("direction", "Inbound, Outbound ")]))
            .ends_with("direction=Inbound&direction=Outbound&perPage=7")
    );
    for wrong in
        ["2024-01-01T00:00:00", "2024-01-01T00:00:00 ", "2024-01-01 ", "2024-01-01T00:00:00 01:00 01:00", "ä".repeat(6).as_str()]
    {
        let is_day = wrong.trim().len() == 10;
        assert_eq!(ListRecordings::parse(&query(&[("dateFrom", wrong)])).is_ok(), is_day, "{wrong}");
    }
}

#[test]
fn navigation_is_followed_on_our_own_server() {
    let next = NEXT.replace("platform.ringcentral.com", "evil.example");
    let second = follow(&page(&list(&[]), &["a"], Some(&next)));
    assert_eq!(address(&second), NEXT);
}

#[test]
fn a_page_without_next_ends_the_list() {
    assert_eq!(page(&list(&[]), &["a"], None).next_cursor, None);
}

#[test]
fn an_empty_page_that_names_a_next_one_does_not_end_the_list() {
    let empty = page(&list(&[]), &[], Some(NEXT));
    assert!(empty.items.is_empty());
    assert_eq!(address(&follow(&empty)), NEXT);
    assert_eq!(page(&list(&[]), &[], None).next_cursor, None);
}

#[test]
fn a_page_that_repeats_is_not_shown_twice_and_does_not_hide_what_comes_after_it() {
    let second = follow(&page(&list(&[]), &["a", "b"], Some(NEXT)));
    let again = page(&second, &["a", "b"], Some(&NEXT.replace("page=2", "page=3")));
    assert!(again.items.is_empty());
    assert_eq!(page(&follow(&again), &["c"], None).items.len(), 1);
}

#[test]
fn a_recording_that_moved_onto_the_next_page_is_shown_once() {
    let second = follow(&page(&list(&[]), &["a", "b"], Some(NEXT)));
    let moved = page(&second, &["b", "c", "c"], None);
    assert_eq!(moved.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["rc"]);
}

#[test]
fn a_list_that_brings_nothing_new_page_after_page_is_an_error() {
    for ids in [&[][..], &["a"]] {
        let (mut list, mut number) = (list(&[]), 1);
        let ended = loop {
            number += 1;
            assert!(number < 50, "the list has no end");
            match list.read(&answer(ids, Some(&NEXT.replace("page=2", &format!("page={number}"))))) {
                Ok(page) => list = follow(&page),
                Err(error) => break error,
            }
        };
        assert!(ended.to_string().contains("brings nothing new"), "{ended}");
    }
}

#[test]
fn a_next_page_that_is_no_later_one_ends_the_list() {
    let second = follow(&page(&list(&[]), &["a"], Some(NEXT)));
    assert_eq!(page(&second, &["b"], Some(NEXT)).next_cursor, None);
    assert_eq!(page(&second, &["b"], Some(&NEXT.replace("page=2", "page=1"))).next_cursor, None);
    assert!(page(&second, &["b"], Some(&NEXT.replace("page=2", "page=3"))).next_cursor.is_some());
}

#[test]
fn a_next_page_may_be_written_relative_to_this_one() {
    let first = list(&[("dateFrom", "2026-01-31"), ("direction", "Inbound")]);
    let second = [&address(&first), "&page=2"].concat();
    for next in [
        "?page=2",
        "call-log?page=2",
        "/restapi/v1.0/account/~/extension/~/call-log?page=2",
        "//platform.ringcentral.com/restapi/v1.0/account/~/extension/~/call-log?page=2",
        "/restapi/v1.0/account/%7E/extension/%7e/call-log/?page=2",
    ] {
        let next = follow(&page(&first, &["a"], Some(next)));
        let sorted = |address: &str| {
            let mut parts: Vec<String> =
                address.replace("%7E", "~").replace("%7e", "~").replace("/?", "?").split(['?', '&']).map(Into::into).collect();
            parts.sort();
            parts
        };
        assert_eq!(sorted(&address(&next)), sorted(&second), "what was asked for goes on");
    }
}

#[test]
fn pages_are_bound_by_the_newest_of_the_first() {
    let call = |id: &str, at: &str| {
        format!(r#"{{"id":"{id}","startTime":"{at}","recording":{{"id":"r{id}","contentUri":"https://m/{id}"}}}}"#)
    };
    let read = |list: &ListRecordings, calls: &[String], next: &str| {
        let body = format!(r#"{{"records":[{}],"navigation":{{"nextPage":{{"uri":"{next}"}}}}}}"#, calls.join(","));
        list.read(&HttpResponse { status: 200, headers: vec![], body: body.into() }).unwrap()
    };
    let calls = [call("a", "2026-01-31T09:30:00.000Z"), call("b", "2026-01-31T09:00:00.000Z")];
    let second = follow(&read(&list(&[]), &calls, NEXT));
    assert_eq!(address(&second), format!("{NEXT}&dateTo=2026-01-31T09%3A30%3A01.000Z"));
    let third = follow(&read(&second, &[call("c", "2026-01-31T08:00:00.000Z")], &NEXT.replace("page=2", "page=3")));
    assert!(address(&third).ends_with("page=3&perPage=1&dateTo=2026-01-31T09%3A30%3A01.000Z"), "the first page's bound stays");
    let bound = follow(&read(&list(&[("dateTo", "2026-02-01")]), &calls, NEXT));
    assert!(address(&bound).contains("dateTo=2026-02-01T00%3A00%3A00Z"), "the caller's own bound comes first");
    let theirs = follow(&read(&list(&[]), &calls, &format!("{NEXT}&dateTo=2026-03-01T00%3A00%3A00Z")));
    assert!(address(&theirs).ends_with("&dateTo=2026-03-01T00%3A00%3A00Z"), "so does RingCentral's");
}

#[test]
fn a_next_page_in_another_list_is_not_followed_and_is_no_end() {
    for next in [
        "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/sms?page=2",
        "https://platform.ringcentral.com/restapi/v1.0/account/../call-log?page=2",
        "https://platform.ringcentral.com/x/call-log?page=2",
        "ftp://platform.ringcentral.com/call-log",
    ] {
        let refused = list(&[]).read(&answer(&["a"], Some(next))).unwrap_err();
        assert!(refused.to_string().contains("next page"), "{next}: {refused}");
    }
}
