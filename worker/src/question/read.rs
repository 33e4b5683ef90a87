//! What is read: a job, its result, recordings; and whether something is overdue.

use super::frame::Framed;
use crate::job::Job;
use ringcentral_ai::engine::ringcentral::served::Head;
use serde::{Deserialize, Serialize};

/// The job, at once or when it has finished, `wait_s` seconds from now at the latest.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReadJob {
    /// The job's id.
    pub(crate) id: String,
    /// How long to wait for its end; 0 does not wait.
    pub(crate) wait_s: u32,
}

impl Framed for Option<Job> {}

/// The job, as soon as it looks otherwise than it did, `wait_s` seconds from now at the latest.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct WatchJob {
    /// The job's id.
    pub(crate) id: String,
    /// How it looked, see [`Job::look`].
    pub(crate) seen: Option<u64>,
    /// How long to wait for a change.
    pub(crate) wait_s: u32,
}

/// What came of a job, and where its result lies, or what its engine said.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FindResult {
    /// The job's id.
    pub(crate) id: String,
    /// Whether what its engine said is meant; in the house format that is the result.
    pub(crate) said: bool,
}

/// What is known of that.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    /// What RingCentral's envelope would say of the job.
    pub(crate) head: Head,
    /// The result.
    pub(crate) result: FoundResult,
}

/// Where a job's result lies.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum FoundResult {
    /// In KV.
    Stored {
        /// Its key.
        key: String,
        /// Whether it says that the job failed.
        has_failed: bool,
        /// Whether the Desk has a copy of it still.
        has_copy: bool,
        /// What its speakers are called, JSON.
        speakers: Option<String>,
        /// The copy.
        #[serde(skip)]
        copy: Vec<u8>,
    },
    /// Nowhere: the job has finished without one.
    Nowhere {
        /// Why, JSON, as far as that is known.
        error: Option<String>,
    },
    /// The job has not finished.
    Unfinished,
}

impl Framed for Option<Found> {
    fn bytes(&self) -> &[u8] {
        if let Some(Found { result: FoundResult::Stored { copy, .. }, .. }) = self { copy } else { &[] }
    }

    fn with_bytes(mut self, bytes: Vec<u8>) -> Self {
        if let Some(Found { result: FoundResult::Stored { copy, .. }, .. }) = &mut self {
            *copy = bytes;
        }
        self
    }
}

/// A page of recordings.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListRecordings {
    /// The pairs of the query as they came: name and value, decoded.
    pub(crate) query: Vec<(String, String)>,
}

/// A page as the API shows it: `{"items":[…],"nextCursor"?}`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Page {
    /// The page, JSON.
    #[serde(skip)]
    pub(crate) json: Vec<u8>,
}

impl Framed for Page {
    fn bytes(&self) -> &[u8] {
        &self.json
    }

    fn with_bytes(self, json: Vec<u8>) -> Self {
        Self { json }
    }
}

/// Look whether something is overdue.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct WakeUp;
