//! The Job is described as it is written.

use super::{document, keys, named, names};
use crate::job::tests::record;
use crate::job::{Beside, Fetched, Job, Waiting};
use ringcentral_ai::engine::{Media, RecordingId, Task};
use ringcentral_ai::error::{ApiError, Code};
use ringcentral_ai::lifecycle::{Fate, JobError, Noted, Record, State, Terms, Tried, Via};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A job of which everything is shown that can be: of RingCentral's, or of another engine.
fn whole_job(is_anothers: bool) -> Value {
    let said = ApiError { error_code: "CAI-101".into(), message: "no".into(), parameter_name: Some("contentUri".into()) };
    let code = if is_anothers { "engine_job_failed" } else { "ringcentral_job_failed" };
    let error = JobError { code: code.into(), message: "no".into(), ringcentral: vec![said] };
    let delivery = Noted { at_ms: 1, fate: Fate::Foreign, reason: Some("no".into()), dead_key: Some("dead/7/a".into()) };
    let record =
        Record { via: Some(Via::Status), completed_ms: Some(2), error: Some(error), deliveries: vec![delivery], ..record() };
    let record = Record { terms: Terms { makes: is_anothers, ..record.terms }, ..record };
    let record = if is_anothers { Record { said_key: Some("said/7/a".into()), asks: 1, ..record } } else { record };
    let media = Media::Recording(RecordingId::parse("1", "").unwrap()).shown();
    let fetched = Fetched { times: 1, at_ms: 3, bytes: 5, of: Some(6) }.write();
    let beside = Beside {
        media: Some(&media),
        input: Some(r#"{"languageCode":"en-US"}"#),
        speakers: Some(r#"{"0":"Ann"}"#),
        label: Some("first"),
        retry_of: Some("01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c"),
        fetched: Some(&fetched),
        missing: Some(r#"[{"name":"Topics","reason":"no"}]"#),
    };
    let waiting = Waiting { what: "turn", place: Some(3), until_ms: Some(4) };
    let notify = r#"{"url":"https://h.example/","status":"delivered","attempts":1,"of":10,"lastStatus":204}"#;
    let job = Job::of(&record, &beside).waiting(waiting).with_json("notify", notify);
    let job = job.with("readToken", &["r_", &"0".repeat(64)].concat()).with("callbackUrl", "https://h.example/");
    serde_json::from_str(&job.write()).unwrap()
}

#[test]
fn every_field_of_a_job_is_described_and_no_other() {
    let document = document();
    let [whole, anothers] = [false, true].map(whole_job);
    for job in [&whole, &anothers] {
        assert_eq!(document.wrong(document.schema("ReservedJob"), job), None);
    }
    let described = keys(&document.schema("Job")["properties"]);
    let both = |name: &str| keys(&whole[name]).union(&keys(&anothers[name])).cloned().collect::<BTreeSet<_>>();
    let of_jobs: BTreeSet<_> = keys(&whole).union(&keys(&anothers)).cloned().collect();
    assert_eq!(of_jobs, described.into_iter().chain(["callbackUrl".to_owned()]).collect());
    assert_eq!(both("error"), keys(&document.schema("JobError")["properties"]));
    for (name, part) in [
        ("Waiting", &whole["waiting"]),
        ("Tries", &anothers["tries"]),
        ("Delivery", &whole["deliveries"][0]),
        ("Fetched", &whole["fetched"]),
        ("Missing", &whole["missing"][0]),
    ] {
        assert_eq!(keys(part), keys(&document.schema(name)["properties"]), "{name}");
    }
    let bare = Record { submitted_ms: None, engine_job_id: None, attempt: 0, ..record() };
    let bare: Value = serde_json::from_str(&Job::of(&bare, &Beside::default()).write()).unwrap();
    assert_eq!(keys(&bare), names(&document.schema("Job")["required"]));
    let unknown = json!({"id": record().id, "surprise": 1});
    assert!(document.wrong(document.schema("Job"), &unknown).is_some());
}

#[test]
fn words_that_a_job_may_say_are_all_there() {
    let document = document();
    assert_eq!(document.values("Task"), named(Task::ALL.map(Task::name)));
    assert_eq!(document.values("JobStatus"), named(State::ALL.map(State::name)));
    assert_eq!(names(&document.schema("Job")["properties"]["via"]["enum"]), named(Via::ALL.map(Via::name)));
    assert_eq!(names(&document.schema("Delivery")["properties"]["outcome"]["enum"]), named(Fate::ALL.map(Fate::name)));
    assert_eq!(names(&document.schema("Tries")["properties"]["for"]["enum"]), named(Tried::ALL.map(Tried::name)));
    for code in document.values("JobErrorCode") {
        assert!(Code::named(&code).is_some(), "{code}");
    }
}
