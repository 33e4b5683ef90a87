//! The jobs of RingCentral's AI and of the other services: what was taken, what its callback carries, what was said to that.

use std::collections::HashMap;

use axum::body::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::callback::{Delivery, Webhook};

/// RingCentral keeps a job for a week; of the others' jobs nothing is known for longer either.
pub const KEPT_MS: u64 = 7 * 86_400_000;

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
    /// The app that submitted it, or the service that does it; nobody else sees it.
    pub owner: &'static str,
    /// Where its result goes, if anywhere.
    pub webhook: Option<Webhook>,
    /// When it was submitted.
    pub created_ms: u64,
    /// What its callback carries, once it is finished, or its answer where it has none: always the same bytes.
    pub finished: Option<Bytes>,
    heard: Heard,
}

/// What whoever submitted a job heard of it, and said to that.
#[derive(Debug, Default)]
struct Heard {
    /// How many jobs were taken before it.
    number: u64,
    /// Its submit was taken, and the answer to that was lost.
    is_answer_lost: bool,
    /// What its callbacks were answered, those of strangers left out; none where no answer came.
    callbacks: Vec<Option<u16>>,
}

impl Job {
    /// A job that was submitted to `api` just now.
    #[must_use]
    pub fn new(api: &'static str, owner: &'static str, webhook: Option<Webhook>, created_ms: u64) -> Self {
        Self { api, owner, webhook, created_ms, finished: None, heard: Heard::default() }
    }

    /// What its last callback was answered.
    #[must_use]
    pub fn last_callback(&self) -> Option<u16> {
        self.heard.callbacks.last().copied().flatten()
    }

    fn to_json(&self, id: &str) -> Value {
        let sha256 = self.finished.as_ref().map(|bytes| format!("{:x}", Sha256::digest(bytes)));
        json!({
            "jobId": id,
            "api": self.api,
            "webhook": self.webhook.as_ref().map(|webhook| &webhook.address),
            "createdMs": self.created_ms,
            "sha256": sha256,
            "answerLost": self.heard.is_answer_lost,
            "callbacks": self.heard.callbacks,
        })
    }

    /// Whether both are done by the same service.
    fn is_like(&self, other: &Self) -> bool {
        let service = |job: &Self| job.api.split('/').nth(1);
        service(self) == service(other)
    }
}

impl Jobs {
    /// Writes a new job down.
    pub fn open(&mut self, id: String, mut job: Job) {
        self.by_id.retain(|_, old| job.created_ms < old.created_ms + KEPT_MS);
        job.heard.number = self.opened;
        self.opened += 1;
        self.by_id.insert(id, job);
    }

    /// The job with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Job> {
        self.by_id.get(id)
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

    /// What the callback carries of the same service's job that was taken last before this one and has ended.
    #[must_use]
    pub fn another(&self, id: &str) -> Option<Bytes> {
        let this = self.by_id.get(id)?;
        let is_before = |job: &&Job| job.heard.number < this.heard.number && job.is_like(this) && job.finished.is_some();
        self.by_id.values().filter(is_before).max_by_key(|job| job.heard.number)?.finished.clone()
    }

    /// How many of an owner's jobs have not ended.
    #[must_use]
    pub fn running(&self, owner: &str) -> usize {
        self.by_id.values().filter(|job| job.owner == owner && job.finished.is_none()).count()
    }

    /// All of them in the order in which they were taken, for tests.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut jobs: Vec<_> = self.by_id.iter().collect();
        jobs.sort_by_key(|(_, job)| job.heard.number);
        jobs.into_iter().map(|(id, job)| job.to_json(id)).collect()
    }

    /// Finishes a job.
    pub fn finish(&mut self, id: &str, body: Bytes) {
        if let Some(job) = self.by_id.get_mut(id) {
            job.finished = Some(body);
        }
    }

    /// The callback of a finished job that has a webhook.
    #[must_use]
    pub fn delivery(&self, id: &str) -> Option<Delivery> {
        let job = self.by_id.get(id)?;
        Some(Delivery { job_id: id.to_owned(), webhook: job.webhook.clone()?, body: job.finished.clone()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(jobs: &mut Jobs, id: &str, api: &'static str) {
        jobs.open(id.to_owned(), Job::new(api, "a", None, 1));
    }

    #[test]
    fn another_job_is_the_last_one_of_the_same_service_that_has_ended() {
        let mut jobs = Jobs::default();
        for (id, api) in [("1", "/ai/x"), ("2", "/ai/y"), ("3", "/deepgram/v1/listen"), ("4", "/ai/x"), ("5", "/ai/x")] {
            open(&mut jobs, id, api);
        }
        for id in ["1", "2", "3", "5"] {
            jobs.finish(id, id.to_owned().into());
        }
        assert_eq!(jobs.another("4"), Some(Bytes::from_static(b"2")));
        assert_eq!(jobs.another("3"), None, "no other of that service");
        assert_eq!(jobs.another("1"), None, "none before it");
    }

    #[test]
    fn a_job_is_forgotten_when_one_comes_a_week_later() {
        let mut jobs = Jobs::default();
        open(&mut jobs, "1", "/ai/x");
        jobs.open("2".to_owned(), Job::new("/ai/x", "a", None, KEPT_MS));
        assert!(jobs.find("1").is_some());
        jobs.open("3".to_owned(), Job::new("/ai/x", "a", None, KEPT_MS + 1));
        assert!(jobs.find("1").is_none() && jobs.find("2").is_some());
    }
}
