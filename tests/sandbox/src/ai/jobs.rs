//! The jobs and their envelopes.

use std::collections::HashMap;

use axum::body::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock::write_iso;

/// RingCentral keeps a job for a week.
const KEPT_MS: u64 = 7 * 86_400_000;

/// Every job of the last week.
#[derive(Debug, Default)]
pub struct Jobs {
    by_id: HashMap<String, Job>,
    opened: u64,
}

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
    /// How it was heard of: whether its submit was answered, and what its callbacks were.
    pub heard: Heard,
    /// Its last envelope, once it is finished: the same bytes for callback and status.
    pub finished: Option<Bytes>,
}

/// What whoever submitted a job heard of it, and said to that.
#[derive(Debug, Default)]
pub struct Heard {
    /// How many jobs were taken before it.
    number: u64,
    /// Its submit was taken, and the answer to that was lost.
    is_answer_lost: bool,
    /// What its callbacks were answered, those of strangers left out; none where no answer came.
    callbacks: Vec<Option<u16>>,
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
    pub fn open(&mut self, id: String, mut job: Job) {
        self.by_id.retain(|_, old| job.created_ms < old.created_ms + KEPT_MS);
        job.heard.number = self.opened;
        self.opened += 1;
        self.by_id.insert(id, job);
    }

    /// The answer to its submit does not get through.
    pub fn lose_answer(&mut self, id: &str) {
        if let Some(job) = self.by_id.get_mut(id) {
            job.heard.is_answer_lost = true;
        }
    }

    /// What one of its callbacks was answered.
    pub fn note_callback(&mut self, id: &str, status: Option<u16>) {
        if let Some(job) = self.by_id.get_mut(id) {
            job.heard.callbacks.push(status);
        }
    }

    /// The envelope of the job that was taken last before this one and has ended.
    #[must_use]
    pub fn another(&self, id: &str) -> Option<Bytes> {
        let number = self.by_id.get(id)?.heard.number;
        let others = self.by_id.values().filter(|job| job.heard.number < number && job.finished.is_some());
        others.max_by_key(|job| job.heard.number)?.finished.clone()
    }

    /// All of them in the order in which they were taken, for tests.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut jobs: Vec<_> = self.by_id.iter().collect();
        jobs.sort_by_key(|(_, job)| job.heard.number);
        jobs.into_iter().map(|(id, job)| job.to_json(id)).collect()
    }

    /// The envelope of a job as its status shows it; `None` for what is unknown, expired or another app's.
    #[must_use]
    pub fn envelope(&self, id: &str, client_id: &str, now_ms: u64) -> Option<Bytes> {
        let job = self.by_id.get(id).filter(|job| job.client_id == client_id && now_ms < job.created_ms + KEPT_MS)?;
        let running = || job.head(id, "InProgress").to_string().into();
        Some(job.finished.clone().unwrap_or_else(running))
    }

    /// Finishes a job; `Ok` is a result, `Err` the `response` of a failure.
    pub fn finish(&mut self, id: &str, outcome: Result<Value, Value>, now_ms: u64) {
        let Some(job) = self.by_id.get_mut(id) else { return };
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
        let job = self.by_id.get(id)?;
        Some(Delivery {
            job_id: id.to_owned(),
            webhook: job.webhook.clone()?,
            request_id: job.request_id.clone(),
            body: job.finished.clone()?,
        })
    }
}

impl Job {
    fn to_json(&self, id: &str) -> Value {
        let sha256 = self.finished.as_ref().map(|bytes| format!("{:x}", Sha256::digest(bytes)));
        json!({
            "jobId": id,
            "api": self.api,
            "webhook": self.webhook,
            "createdMs": self.created_ms,
            "sha256": sha256,
            "answerLost": self.heard.is_answer_lost,
            "callbacks": self.heard.callbacks,
        })
    }

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
            heard: Heard::default(),
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
