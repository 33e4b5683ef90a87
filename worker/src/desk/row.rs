//! A job as it lies in its row, and the Job that the API makes of it.

use crate::job::{Job, Status};
use ringcentral_ai::time::iso;
use serde::Deserialize;
use serde_json::Value;

/// The columns of [`Row`].
pub(super) const COLUMNS: &str = "id, task, status, attempt, ringcentral_job_id, media, input, created_ms, submitted_ms, \
     completed_ms, retained_until_ms, via, error, result_key";

/// What is to be seen of a job, and where its result lies.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) task: String,
    pub(super) status: Status,
    pub(super) attempt: u32,
    pub(super) ringcentral_job_id: Option<String>,
    pub(super) media: Option<String>,
    pub(super) input: Option<String>,
    pub(super) created_ms: u64,
    pub(super) submitted_ms: Option<u64>,
    pub(super) completed_ms: Option<u64>,
    pub(super) retained_until_ms: u64,
    pub(super) via: Option<String>,
    pub(super) error: Option<String>,
    pub(super) result_key: Option<String>,
}

impl Row {
    /// The Job, without what only the edge knows: read token and callback address.
    pub(super) fn job(self) -> Job {
        let parsed = |text: Option<String>| text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        Job {
            id: self.id,
            task: self.task,
            status: self.status,
            attempt: (self.attempt > 0).then_some(self.attempt),
            ringcentral_job_id: self.ringcentral_job_id,
            media: parsed(self.media),
            input: parsed(self.input),
            created_at: iso(self.created_ms),
            submitted_at: self.submitted_ms.map(iso),
            completed_at: self.completed_ms.map(iso),
            retained_until: iso(self.retained_until_ms),
            via: self.via,
            error: self.error.and_then(|text| serde_json::from_str(&text).ok()),
            read_token: None,
            callback_url: None,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    /// A submitted job.
    pub(in super::super) fn row() -> Row {
        Row {
            id: "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c".into(),
            task: "speech-to-text".into(),
            status: Status::Submitted,
            attempt: 2,
            ringcentral_job_id: Some("rc-1".into()),
            media: Some(r#"{"recordingId":"1"}"#.into()),
            input: Some(r#"{"languageCode":"en-US"}"#.into()),
            created_ms: 0,
            submitted_ms: Some(1_000),
            completed_ms: None,
            retained_until_ms: 86_400_000,
            via: None,
            error: None,
            result_key: None,
        }
    }

    #[test]
    fn a_row_becomes_the_job_of_the_api() {
        let expected = json!({
            "id": "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c", "task": "speech-to-text", "status": "submitted", "attempt": 2,
            "ringcentralJobId": "rc-1", "media": {"recordingId": "1"}, "input": {"languageCode": "en-US"},
            "createdAt": "1970-01-01T00:00:00.000Z", "submittedAt": "1970-01-01T00:00:01.000Z",
            "retainedUntil": "1970-01-02T00:00:00.000Z",
        });
        assert_eq!(serde_json::to_value(row().job()).unwrap(), expected);
    }

    #[test]
    fn a_failed_job_says_why() {
        let error = r#"{"code":"ringcentral_job_failed","message":"no","ringcentral":[{"errorCode":"CAI-101","message":"bad"}]}"#;
        let failed = Row {
            status: Status::Failed,
            completed_ms: Some(2_000),
            via: Some("callback".into()),
            error: Some(error.into()),
            ..row()
        };
        let job = serde_json::to_value(failed.job()).unwrap();
        assert_eq!(job["error"]["ringcentral"][0]["errorCode"], "CAI-101");
        assert_eq!((&job["via"], &job["completedAt"]), (&json!("callback"), &json!("1970-01-01T00:00:02.000Z")));
    }

    #[test]
    fn a_job_that_was_not_sent_has_no_attempt() {
        let queued = Row { status: Status::Queued, attempt: 0, ..row() };
        assert_eq!(queued.job().attempt, None);
    }
}
