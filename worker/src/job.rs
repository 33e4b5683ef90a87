//! The Job as the API shows it, one shape everywhere.

use ringcentral_ai::error::ApiError;
use ringcentral_ai::json::{Object, Value, push_text};
use ringcentral_ai::lifecycle::{Fate, JobError, Noted, Record, Via};
use ringcentral_ai::time::{iso, unix_ms};
use serde::{Deserialize, Serialize};

/// A job as it is shown, with what the edge has to know of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    /// UUID version 7.
    pub(crate) id: String,
    /// Whether nothing changes any more.
    pub(crate) is_finished: bool,
    /// The whole, JSON.
    json: String,
}

impl Job {
    /// A record as it is shown: times are ISO 8601 in UTC, `media` and `input` (what its job was asked with, JSON) are without
    /// secrets. What only the edge knows is missing: the read token, and where the caller of a reserved job sends its result.
    pub(crate) fn of(record: &Record, media: Option<&str>, input: Option<&str>) -> Self {
        let mut job = Object::new().text("id", &record.id).text("task", &record.task).text("status", record.state.name());
        job = job.optional_number("attempt", (record.attempt > 0).then_some(record.attempt.into()));
        job = job.optional_text("ringcentralJobId", record.engine_job_id.as_deref());
        for (name, json) in [("media", media), ("input", input)] {
            if let Some(json) = json {
                job = job.json(name, json);
            }
        }
        job = job.text("createdAt", &iso(record.created_ms));
        job = job.optional_text("submittedAt", record.submitted_ms.map(iso).as_deref());
        job = job.optional_text("completedAt", record.completed_ms.map(iso).as_deref());
        job = job.text("retainedUntil", &iso(record.retained_until_ms));
        job = job.optional_text("via", record.via.map(Via::name));
        if !record.deliveries.is_empty() {
            job = job.list("deliveries", record.deliveries.iter().map(|noted| noted_object(noted).write()));
        }
        if let Some(error) = &record.error {
            job = job.json("error", &error_json(error));
        }
        Self { id: record.id.clone(), is_finished: record.state.is_finished(), json: job.write() }
    }

    /// The same with one more text.
    pub(crate) fn with(self, name: &str, text: &str) -> Self {
        let mut json = String::new();
        push_text(&mut json, text);
        self.with_json(name, &json)
    }

    /// The same with one more value, JSON.
    pub(crate) fn with_json(mut self, name: &str, json: &str) -> Self {
        self.json.pop();
        self.json.push(',');
        push_text(&mut self.json, name);
        self.json.extend([":", json, "}"]);
        self
    }

    /// The job, JSON.
    pub(crate) fn write(self) -> String {
        self.json
    }
}

/// What an unfinished job waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// The API's name of it.
    pub(crate) what: &'static str,
    /// Until when, where that is known, milliseconds since 1970.
    pub(crate) until_ms: Option<u64>,
}

impl Waiting {
    /// The wait as it is shown, JSON.
    pub(crate) fn write(self) -> String {
        Object::new().text("for", self.what).optional_text("until", self.until_ms.map(iso).as_deref()).write()
    }
}

/// Why a job failed, JSON, as it is shown and as it is stored.
pub(crate) fn error_json(error: &JobError) -> String {
    let json = Object::new().text("code", &error.code).text("message", &error.message);
    if error.ringcentral.is_empty() {
        return json.write();
    }
    json.list("ringcentral", error.ringcentral.iter().map(ApiError::write)).write()
}

/// Reads it.
pub(crate) fn parse_error(json: &str) -> Option<JobError> {
    let error = Value::parse(json.as_bytes())?;
    let ringcentral = ApiError::list(error.get("ringcentral"));
    Some(JobError { code: error.text_of("code")?, message: error.text_of("message")?, ringcentral })
}

fn noted_object(noted: &Noted) -> Object {
    let object = Object::new().text("at", &iso(noted.at_ms)).text("outcome", noted.fate.name());
    object.optional_text("reason", noted.reason.as_deref())
}

/// What was delivered for a job, JSON, as it is stored: as it is shown, and where the bytes of what is of no use lie.
pub(crate) fn deliveries_json(deliveries: &[Noted]) -> String {
    let entries = deliveries.iter().map(|noted| noted_object(noted).optional_text("deadKey", noted.dead_key.as_deref()).write());
    ["[", &entries.collect::<Vec<_>>().join(","), "]"].concat()
}

/// Reads it.
pub(crate) fn parse_deliveries(json: &str) -> Option<Vec<Noted>> {
    let noted = |entry: &Value<'_>| {
        let fate = Fate::named(entry.get("outcome").text()?)?;
        let at_ms = unix_ms(entry.get("at").text()?)?;
        Some(Noted { at_ms, fate, reason: entry.text_of("reason"), dead_key: entry.text_of("deadKey") })
    };
    Value::parse(json.as_bytes())?.entries().iter().map(noted).collect()
}

#[cfg(test)]
pub(crate) mod tests {
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
            terms: Terms { remembers_ms: 604_800_000, keeps_ms: 86_400_000, ask_after_ms: 600_000 },
            via: None,
            error: None,
            result_key: None,
            deliveries: Vec::new(),
        }
    }

    fn job(record: &Record) -> Value {
        let job = Job::of(record, Some(r#"{"recordingId":"1"}"#), Some(r#"{"languageCode":"en-US"}"#));
        serde_json::from_str(&job.write()).unwrap()
    }

    #[test]
    fn a_record_becomes_the_job_of_the_api() {
        let expected = json!({
            "id": "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c", "task": "speech-to-text", "status": "submitted", "attempt": 2,
            "ringcentralJobId": "rc-1", "media": {"recordingId": "1"}, "input": {"languageCode": "en-US"},
            "createdAt": "1970-01-01T00:00:00.000Z", "submittedAt": "1970-01-01T00:00:01.000Z",
            "retainedUntil": "1970-01-02T00:00:00.000Z",
        });
        assert_eq!(job(&record()), expected);
    }

    #[test]
    fn a_failed_job_says_why() {
        let error = json!({"code": "ringcentral_job_failed", "message": "no", "ringcentral": [{"errorCode": "CAI-101", "message": "bad"}]});
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
        let useless = Noted {
            at_ms: 1_000,
            fate: Fate::Unreadable,
            reason: Some("it is empty".into()),
            dead_key: Some("dead/7/ab".into()),
        };
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
    fn a_job_that_was_not_sent_has_no_attempt() {
        assert_eq!(job(&Record { state: State::Queued, attempt: 0, ..record() })["attempt"], Value::Null);
    }

    #[test]
    fn a_job_says_what_it_waits_for_and_until_when() {
        let waits = |what, until_ms| {
            let job = Job::of(&record(), None, None).with_json("waiting", &Waiting { what, until_ms }.write());
            serde_json::from_str::<Value>(&job.write()).unwrap()["waiting"].clone()
        };
        assert_eq!(waits("turn", None), json!({"for": "turn"}));
        assert_eq!(waits("rate_limit", Some(61_000)), json!({"for": "rate_limit", "until": "1970-01-01T00:01:01.000Z"}));
    }

    #[test]
    fn the_edge_adds_what_it_alone_knows() {
        let job = Job::of(&record(), None, None).with("readToken", "r_\"1").with("callbackUrl", "https://h/");
        let shown: Value = serde_json::from_str(&job.write()).unwrap();
        assert_eq!(
            (&shown["id"], &shown["readToken"], &shown["callbackUrl"]),
            (&json!(record().id), &json!("r_\"1"), &json!("https://h/"))
        );
    }
}
