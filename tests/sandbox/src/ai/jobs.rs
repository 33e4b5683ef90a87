//! The jobs and their envelopes.

use std::collections::HashMap;

use axum::body::Bytes;
use serde_json::{Value, json};

use crate::clock::write_iso;

/// RingCentral keeps a job for a week.
const KEPT_MS: u64 = 7 * 86_400_000;

/// Every job of the last week.
#[derive(Debug, Default)]
pub struct Jobs(HashMap<String, Job>);

/// One job.
#[derive(Debug)]
pub struct Job {
    /// The path it was submitted to.
    pub api: &'static str,
    /// The app that submitted it; nobody else sees it.
    pub client_id: &'static str,
    /// Where its result goes, if anywhere.
    pub webhook: Option<String>,
    /// The id of the request that submitted it.
    pub request_id: String,
    /// When it was submitted.
    pub created_ms: u64,
    /// Its last envelope, once it is finished: the same bytes for callback and status.
    pub finished: Option<Bytes>,
}

/// What a callback carries, and where to.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The job's id.
    pub job_id: String,
    /// The address.
    pub webhook: String,
    /// The id of the request that submitted the job.
    pub request_id: String,
    /// The envelope.
    pub body: Bytes,
}

impl Jobs {
    /// Writes a new job down.
    pub fn open(&mut self, id: String, job: Job) {
        self.0.retain(|_, old| job.created_ms < old.created_ms + KEPT_MS);
        self.0.insert(id, job);
    }

    /// The envelope of a job as its status shows it; `None` for what is unknown, expired or another app's.
    #[must_use]
    pub fn envelope(&self, id: &str, client_id: &str, now_ms: u64) -> Option<Bytes> {
        let job = self.0.get(id).filter(|job| job.client_id == client_id && now_ms < job.created_ms + KEPT_MS)?;
        let running = || job.head(id, "InProgress").to_string().into();
        Some(job.finished.clone().unwrap_or_else(running))
    }

    /// Finishes a job; `Ok` is a result, `Err` the `response` of a failure.
    pub fn finish(&mut self, id: &str, outcome: Result<Value, Value>, now_ms: u64) {
        let Some(job) = self.0.get_mut(id) else { return };
        let (status, response) = match outcome {
            Ok(response) => ("Success", response),
            Err(response) => ("Fail", response),
        };
        let mut envelope = job.head(id, status);
        envelope["completionTime"] = json!(write_iso(now_ms));
        envelope["response"] = response;
        job.finished = Some(envelope.to_string().into());
    }

    /// The callback of a finished job that has a webhook.
    #[must_use]
    pub fn delivery(&self, id: &str) -> Option<Delivery> {
        let job = self.0.get(id)?;
        Some(Delivery {
            job_id: id.to_owned(),
            webhook: job.webhook.clone()?,
            request_id: job.request_id.clone(),
            body: job.finished.clone()?,
        })
    }
}

impl Job {
    fn head(&self, id: &str, status: &str) -> Value {
        json!({
            "jobId": id,
            "api": self.api,
            "creationTime": write_iso(self.created_ms),
            "expirationTime": write_iso(self.created_ms + KEPT_MS),
            "status": status,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs() -> Jobs {
        let mut jobs = Jobs::default();
        let job = Job {
            api: "/ai/x",
            client_id: "a",
            webhook: None,
            request_id: "r".to_owned(),
            created_ms: 1_704_822_718_422,
            finished: None,
        };
        jobs.open("j".to_owned(), job);
        jobs
    }

    #[test]
    fn a_running_job_reads_as_in_the_documentation() {
        let envelope = jobs().envelope("j", "a", 1_704_822_718_500).unwrap();
        let expected = json!({"jobId": "j", "api": "/ai/x", "creationTime": "2024-01-09T17:51:58.422Z",
            "expirationTime": "2024-01-16T17:51:58.422Z", "status": "InProgress"});
        assert_eq!(serde_json::from_slice::<Value>(&envelope).unwrap(), expected);
    }

    #[test]
    fn a_job_is_gone_after_a_week_and_for_others() {
        let jobs = jobs();
        assert!(jobs.envelope("j", "a", 1_704_822_718_422 + KEPT_MS).is_none());
        assert!(jobs.envelope("j", "b", 1_704_822_718_500).is_none());
        assert!(jobs.envelope("k", "a", 1_704_822_718_500).is_none());
    }

    #[test]
    fn a_failure_carries_its_errors() {
        let mut jobs = jobs();
        jobs.finish("j", Err(json!({"errors": []})), 1_704_822_719_000);
        let envelope: Value = serde_json::from_slice(&jobs.envelope("j", "a", 1_704_822_719_000).unwrap()).unwrap();
        assert_eq!(envelope["status"], "Fail");
        assert_eq!(envelope["completionTime"], "2024-01-09T17:51:59.000Z");
        assert_eq!(envelope["response"], json!({"errors": []}));
    }
}
