//! The Job as the API shows it, one shape everywhere.

use ringcentral_ai::error::ApiError;
use ringcentral_ai::lifecycle::{self, Record, State, Via};
use ringcentral_ai::time;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A job; times are ISO 8601 in UTC.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Job {
    /// UUID version 7.
    pub(crate) id: String,
    /// The task's name, as in `speech-to-text`.
    pub(crate) task: String,
    /// Where it stands.
    #[serde(with = "state_name")]
    pub(crate) status: State,
    /// How often it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) attempt: Option<u32>,
    /// RingCentral's id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ringcentral_job_id: Option<String>,
    /// The media, without secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) media: Option<Value>,
    /// RingCentral's request fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) input: Option<Value>,
    /// When it was written down.
    pub(crate) created_at: String,
    /// When RingCentral took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) submitted_at: Option<String>,
    /// When it finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) completed_at: Option<String>,
    /// Until when it is kept.
    pub(crate) retained_until: String,
    /// How the result came: `callback` or `status`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) via: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<JobError>,
    /// Reads this job and nothing else; only in answers to API tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) read_token: Option<String>,
    /// Where RingCentral is to send the result; only in the answer that reserves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) callback_url: Option<String>,
}

/// Why a job failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct JobError {
    /// One of the codes of the API, as it was written down: by a later version perhaps.
    pub(crate) code: String,
    /// One sentence.
    pub(crate) message: String,
    /// RingCentral's own words, addresses masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) ringcentral: Vec<ApiError>,
}

impl Job {
    /// A record as it is shown, with the media and the input that its job was asked with, JSON; without what only the edge knows:
    /// read token and callback address.
    pub(crate) fn of(record: Record, media: Option<&str>, input: Option<&str>) -> Self {
        let parsed = |text: Option<&str>| text.and_then(|text| serde_json::from_str(text).ok());
        Self {
            attempt: (record.attempt > 0).then_some(record.attempt),
            ringcentral_job_id: record.engine_job_id,
            media: parsed(media),
            input: parsed(input),
            created_at: time::iso(record.created_ms),
            submitted_at: record.submitted_ms.map(time::iso),
            completed_at: record.completed_ms.map(time::iso),
            retained_until: time::iso(record.retained_until_ms),
            via: record.via.map(|via| Via::name(via).to_owned()),
            error: record.error.map(JobError::from),
            id: record.id,
            task: record.task,
            status: record.state,
            read_token: None,
            callback_url: None,
        }
    }
}

impl From<lifecycle::JobError> for JobError {
    fn from(error: lifecycle::JobError) -> Self {
        Self { code: error.code, message: error.message, ringcentral: error.ringcentral }
    }
}

impl From<JobError> for lifecycle::JobError {
    fn from(error: JobError) -> Self {
        Self { code: error.code, message: error.message, ringcentral: error.ringcentral }
    }
}

/// A state crosses by its name.
mod state_name {
    use ringcentral_ai::lifecycle::State;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    pub(super) fn serialize<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(state.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<State, D::Error> {
        State::named(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no state has this name"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use ringcentral_ai::lifecycle::Terms;
    use serde_json::json;

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
        }
    }

    fn job(record: Record) -> Value {
        serde_json::to_value(Job::of(record, Some(r#"{"recordingId":"1"}"#), Some(r#"{"languageCode":"en-US"}"#))).unwrap()
    }

    #[test]
    fn a_record_becomes_the_job_of_the_api() {
        let expected = json!({
            "id": "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c", "task": "speech-to-text", "status": "submitted", "attempt": 2,
            "ringcentralJobId": "rc-1", "media": {"recordingId": "1"}, "input": {"languageCode": "en-US"},
            "createdAt": "1970-01-01T00:00:00.000Z", "submittedAt": "1970-01-01T00:00:01.000Z",
            "retainedUntil": "1970-01-02T00:00:00.000Z",
        });
        assert_eq!(job(record()), expected);
    }

    #[test]
    fn a_failed_job_says_why() {
        let error = json!({"code": "ringcentral_job_failed", "message": "no", "ringcentral": [{"errorCode": "CAI-101", "message": "bad"}]});
        let failed = Record {
            state: State::Failed,
            completed_ms: Some(2_000),
            via: Some(Via::Callback),
            error: Some(serde_json::from_value::<JobError>(error.clone()).unwrap().into()),
            ..record()
        };
        let job = job(failed);
        assert_eq!((&job["error"], &job["status"]), (&error, &json!("failed")));
        assert_eq!((&job["via"], &job["completedAt"]), (&json!("callback"), &json!("1970-01-01T00:00:02.000Z")));
    }

    #[test]
    fn a_job_that_was_not_sent_has_no_attempt() {
        assert_eq!(job(Record { state: State::Queued, attempt: 0, ..record() })["attempt"], Value::Null);
    }
}
