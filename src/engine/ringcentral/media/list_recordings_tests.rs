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
    let records: Vec<String> =
        ids.iter().map(|id| format!(r#"{{"id":"{id}","recording":{{"id":"r{id}","contentUri":"https://m/{id}"}}}}"#)).collect();
    let next = next.map_or(String::new(), |uri| format!(r#","nextPage":{{"uri":"{uri}"}}"#));
    let body = format!(
        r#"{{"records":[{}],"navigation":{{"firstPage":{{"uri":"x"}}{next}}},"paging":{{"perPage":1}}}}"#,
        records.join(",")
    );
    list.read(&HttpResponse { status: 200, headers: vec![], body: body.into() }).unwrap()
}

fn follow(page: &Page) -> ListRecordings {
    list(&[("cursor", page.next_cursor.as_deref().unwrap())])
}

const NEXT: &str = "https://platform.ringcentral.com/restapi/v1.0/account/1/extension/2/call-log?view=Simple&page=2&perPage=1";

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
fn an_empty_page_ends_the_list() {
    assert_eq!(page(&list(&[]), &[], Some(NEXT)).next_cursor, None);
}

#[test]
fn a_page_that_repeats_ends_the_list_and_is_not_shown_twice() {
    let second = follow(&page(&list(&[]), &["a", "b"], Some(NEXT)));
    let again = page(&second, &["a", "b"], Some(&NEXT.replace("page=2", "page=3")));
    assert_eq!(again, Page { items: vec![], next_cursor: None });
}

#[test]
fn a_next_page_that_is_no_later_one_ends_the_list() {
    let second = follow(&page(&list(&[]), &["a"], Some(NEXT)));
    assert_eq!(page(&second, &["b"], Some(NEXT)).next_cursor, None);
    assert_eq!(page(&second, &["b"], Some(&NEXT.replace("page=2", "page=1"))).next_cursor, None);
    assert!(page(&second, &["b"], Some(&NEXT.replace("page=2", "page=3"))).next_cursor.is_some());
}

#[test]
fn a_next_page_outside_the_call_log_is_not_followed() {
    for path in
        ["/restapi/v1.0/account/~/extension/~/sms?page=2", "/restapi/v1.0/account/../call-log?page=2", "/x/call-log?page=2"]
    {
        let next = format!("https://platform.ringcentral.com{path}");
        assert_eq!(page(&list(&[]), &["a"], Some(&next)).next_cursor, None, "{path}");
    }
}
