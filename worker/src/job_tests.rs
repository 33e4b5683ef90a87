//! A job as it is shown.

use super::*;
use ringcentral_ai::lifecycle::{State, Terms};
use serde_json::{Value, json};

/// A submitted job.
pub(crate) fn record() -> Record {
    Record {
        id: "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c".into(),
        task: "speech-to-text".into(),
        engine: "ringcentral".into(),
        state: State::Submitted,
        attempt: 2,
        tries: 0,
        unanswered: 0,
        asks: 0,
        engine_job_id: Some("rc-1".into()),
        created_ms: 0,
        sent_ms: Some(500),
        submitted_ms: Some(1_000),
        completed_ms: None,
        retained_until_ms: 86_400_000,
        due_ms: 601_000,
        terms: Terms { remembers_ms: 604_800_000, keeps_ms: 86_400_000, ask_after_ms: 600_000, makes: false },
        via: None,
        error: None,
        result_key: None,
        said_key: None,
        deliveries: Vec::new(),
    }
}

fn job(record: &Record) -> Value {
    let beside = Beside {
        media: Some(r#"{"recordingId":"1"}"#),
        input: Some(r#"{"languageCode":"en-US"}"#),
        speakers: Some(r#"{"0":"Ann"}"#),
        label: Some("first"),
        retry_of: Some("7"),
        fetched: None,

        missing: None,
    };
    let job = Job::of(record, &beside);
    serde_json::from_str(&job.write()).unwrap()
}

#[test]
fn a_record_becomes_the_job_of_the_api() {
    let expected = json!({
        "id": "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c", "task": "speech-to-text", "engine": "ringcentral", "status": "submitted",
        "retryOf": "7", "label": "first", "attempt": 2, "ringcentralJobId": "rc-1", "speakers": {"0": "Ann"}, "media": {"recordingId": "1"}, "input": {"languageCode": "en-US"},
        "createdAt": "1970-01-01T00:00:00.000Z", "submittedAt": "1970-01-01T00:00:01.000Z",
        "retainedUntil": "1970-01-02T00:00:00.000Z",
    });
    assert_eq!(job(&record()), expected);
}

#[test]
fn a_failed_job_says_why() {
    let error =
        json!({"code": "ringcentral_job_failed", "message": "no", "ringcentral": [{"errorCode": "CAI-101", "message": "bad"}]});
    let failed = Record {
        state: State::Failed,
        completed_ms: Some(2_000),
        via: Some(Via::Callback),
        error: parse_error(&error.to_string()),
        ..record()
    };
    let job = job(&failed);
    assert_eq!((&job["error"], &job["status"]), (&error, &json!("failed")));
    assert_eq!((&job["via"], &job["completedAt"]), (&json!("callback"), &json!("1970-01-01T00:00:02.000Z")));
}

#[test]
fn a_job_says_what_was_delivered_and_nothing_of_where_it_lies() {
    let useless =
        Noted { at_ms: 1_000, fate: Fate::Unreadable, reason: Some("it is empty".into()), dead_key: Some("dead/7/ab".into()) };
    let result = Noted { at_ms: 2_000, fate: Fate::Result, reason: None, dead_key: None };
    let deliveries = vec![useless, result];
    assert_eq!(parse_deliveries(&deliveries_json(&deliveries)), Some(deliveries.clone()));
    assert_eq!(parse_deliveries("[]"), Some(Vec::new()));
    assert_eq!(parse_deliveries(r#"[{"at":"yesterday","outcome":"result"}]"#), None);
    let shown = job(&Record { deliveries, ..record() });
    let expected = json!([
        {"at": "1970-01-01T00:00:01.000Z", "outcome": "unreadable", "reason": "it is empty"},
        {"at": "1970-01-01T00:00:02.000Z", "outcome": "result"},
    ]);
    assert_eq!(shown["deliveries"], expected);
}

#[test]
fn a_job_says_how_often_it_was_tried_and_how_often_it_is_at_most() {
    let unconfirmed = Record { state: State::Unconfirmed, unanswered: 1, ..record() };
    assert_eq!(job(&unconfirmed)["tries"], json!({"for": "confirmation", "made": 2, "of": 2}));
    assert_eq!(job(&record())["tries"], Value::Null, "its engine has it");
}

#[test]
fn a_job_that_was_not_sent_has_no_attempt() {
    assert_eq!(job(&Record { state: State::Queued, attempt: 0, ..record() })["attempt"], Value::Null);
}

#[test]
fn a_job_says_what_it_waits_for_and_until_when() {
    let waits = |what, place, until_ms| {
        let job = Job::of(&record(), &Beside::default()).waiting(Waiting { what, place, until_ms });
        serde_json::from_str::<Value>(&job.write()).unwrap()["waiting"].clone()
    };
    assert_eq!(waits("turn", Some(3), None), json!({"for": "turn", "place": 3}));
    assert_eq!(waits("rate_limit", None, Some(61_000)), json!({"for": "rate_limit", "until": "1970-01-01T00:01:01.000Z"}));
}

#[test]
fn a_job_looks_the_same_while_only_its_turn_is_expected_later() {
    let look = |place, until_ms, notify: &str| {
        let waiting = Waiting { what: "turn", place: Some(place), until_ms: Some(until_ms) };
        Job::of(&record(), &Beside::default()).waiting(waiting).with_json("notify", notify).look()
    };
    assert_eq!(look(3, 61_000, "{}"), look(3, 62_000, "{}"));
    assert_ne!(look(3, 61_000, "{}"), look(2, 61_000, "{}"));
    assert_ne!(look(3, 61_000, "{}"), look(3, 61_000, "[]"));
    let held = |until_ms| {
        let waiting = Waiting { what: "rate_limit", place: None, until_ms: Some(until_ms) };
        Job::of(&record(), &Beside::default()).waiting(waiting).look()
    };
    assert_ne!(held(61_000), held(62_000), "a penalty's end is told");
}

#[test]
fn the_edge_adds_what_it_alone_knows() {
    let job = Job::of(&record(), &Beside::default()).with("readToken", "r_\"1").with("callbackUrl", "https://h/");
    let shown: Value = serde_json::from_str(&job.write()).unwrap();
    assert_eq!(
        (&shown["id"], &shown["readToken"], &shown["callbackUrl"]),
        (&json!(record().id), &json!("r_\"1"), &json!("https://h/"))
    );
}

#[test]
fn how_far_media_was_fetched_is_read_again() {
    for fetched in [Fetched { times: 2, at_ms: 7, bytes: 5, of: Some(6) }, Fetched { times: 1, at_ms: 7, ..Fetched::default() }] {
        assert_eq!(Fetched::parse(&fetched.write()), Some(fetched));
    }
    assert_eq!(Fetched::parse("{}"), None);
}
