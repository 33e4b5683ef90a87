//! Recordings are described as they are written, with the filters of their lists.

use super::{Names, document, keys, named, names};
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, Page, Party, Recording};
use ringcentral_ai::error::Error;
use serde_json::{Value, json};

#[test]
fn every_field_of_a_recording_is_described_and_no_other() {
    let document = document();
    let party = Party { phone_number: Some("+1".into()), name: Some("Ann".into()) };
    let whole = Recording {
        id: "1".into(),
        source: "calls",
        started_at: Some("2026-01-31T09:30:00Z".into()),
        duration_s: Some(7),
        direction: Some("Inbound".into()),
        from: Some(party.clone()),
        to: Some(party),
        content_uri: String::new(),
        content_type: Some("audio/mpeg".into()),
        bytes: Some(7),
        submittable: false,
        reason: Some("no".into()),
    };
    let (to, from) = (None, Some(Party { phone_number: None, name: None }));
    let (duration_s, bytes, direction, reason) = (None, None, None, None);
    let bare =
        Recording { started_at: None, content_type: None, duration_s, bytes, direction, reason, to, from, ..whole.clone() };
    let read = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let page = |items| read(Page { items, skipped: 1, next_cursor: Some("c".into()) }.write());
    assert_eq!(document.wrong(document.schema("RecordingPage"), &page(vec![whole.clone(), bare.clone()])), None);
    assert_eq!(keys(&page(Vec::new())), keys(&document.schema("RecordingPage")["properties"]));
    assert_eq!(keys(&read(whole.write())), keys(&document.schema("Recording")["properties"]));
    let of_bare = named(["from"]).into_iter().chain(names(&document.schema("Recording")["required"]));
    assert_eq!(keys(&read(bare.write())), of_bare.collect());
}

#[test]
fn every_filter_of_the_lists_of_recordings_is_described_and_no_other() {
    let document = document();
    let lists = [
        "calls user",
        "calls company",
        "meetings user history",
        "meetings user recordings",
        "meetings company history",
        "voicemail user",
    ];
    let mut filters = named(["source", "scope", "list", "cursor", "dateFrom", "dateTo"]);
    for list in lists {
        let names = ["source", "scope", "list"].into_iter().zip(list.split(' '));
        let query = names.chain([("surprise", "1")]).map(|(name, value)| (name.to_owned(), value.to_owned()));
        // Whoever asks with a filter that there is not is told those that there are.
        let Err(Error::InvalidField { reason, .. }) = ListRecordings::parse(&query.collect::<Vec<_>>()) else { panic!("{list}") };
        filters.extend(named(reason.split_once("it has: ").unwrap().1.split(", ")));
    }
    let mut described = document.parameters(document.operation("list_recordings"));
    described.retain(|parameter| parameter["in"] == "query");
    assert_eq!(described.iter().map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect::<Names>(), filters);
    let taken = |name: &str, value: &Value| {
        let source = if name == "text" || name == "list" { "meetings" } else { "calls" };
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        ListRecordings::parse(&[("source".to_owned(), source.to_owned()), (name.to_owned(), value)]).is_ok()
    };
    for parameter in
        described.iter().filter(|parameter| !["source", "scope", "cursor"].map(Value::from).contains(&parameter["name"]))
    {
        let (name, schema) = (parameter["name"].as_str().unwrap(), &parameter["schema"]);
        let schema = if schema["type"] == "array" { &schema["items"] } else { schema };
        for value in schema["enum"].as_array().into_iter().flatten().chain([&schema["minimum"], &schema["maximum"]]) {
            assert!(value.is_null() || taken(name, value), "{name}={value}");
        }
        assert!(!taken(name, &json!(" ")), "{name}");
    }
}
