//! What the edge asks the Desk and what the Desk answers: one line of JSON, then bytes, through the object's fetch.

use crate::job::Job;
use ringcentral_ai::error::{ApiError, Code};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A question or an order to the Desk.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Write a job down. Answer: [`Answer::Created`], [`Answer::Conflict`].
    Create(Create),
    /// The job, at once or when it has finished, `wait_s` seconds from now at the latest. Answer: `Job`, `Unknown`.
    Job {
        /// The job's id.
        id: String,
        /// How long to wait for its end; 0 does not wait.
        wait_s: u32,
    },
    /// Whether a delivery for this attempt is to be taken. Answer: `Expected`.
    Expect(Delivery),
    /// A delivery lies in KV under `key`: is it the first? Its bytes follow when they are short enough for a copy.
    /// Answer: `Finished`, or `Expected` when it is not to be taken any more.
    Finish {
        /// What was delivered.
        delivery: Delivery,
        /// Its key in KV.
        key: String,
        /// Whether the job succeeded.
        succeeded: bool,
        /// What RingCentral said when it did not.
        errors: Vec<ApiError>,
        /// When RingCentral ended it, ISO 8601.
        completed_at: Option<String>,
        /// When KV forgets it, milliseconds since 1970: the record goes earlier.
        retained_until_ms: u64,
    },
    /// Where the result lies. Answer: `Stored` (with the bytes while the Desk has a copy), `Job` (not finished, or finished without
    /// a stored body), `Unknown`.
    Stored {
        /// The job's id.
        id: String,
    },
    /// A page of recordings; the pairs of the query as they came. Answer: `Recordings` or `Failed`.
    Recordings {
        /// Name and value, decoded.
        query: Vec<(String, String)>,
    },
    /// Wake up if something is overdue. Answer: `Done`.
    Rearm,
}

/// A job to be written down.
#[derive(Debug, Serialize, Deserialize)]
pub struct Create {
    /// The task's name.
    pub task: String,
    /// What is to be done with it.
    pub work: Work,
    /// The caller's `Idempotency-Key`.
    pub idempotency: Option<Idempotency>,
    /// The origin that RingCentral reaches this Worker at.
    pub public_url: String,
}

/// Who submits a job.
#[derive(Debug, Serialize, Deserialize)]
pub enum Work {
    /// We do.
    Submit {
        /// Where the media is; none for the two text tasks.
        media: Option<Media>,
        /// RingCentral's request fields as JSON, checked by the core.
        input: String,
    },
    /// The caller does, with the callback's address.
    Reserve,
}

/// Where the media of a job is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Media {
    /// One of RingCentral's recordings.
    RecordingId(String),
    /// An address; sealed where it is stored.
    ContentUri(String),
}

/// A key that makes the same request twice give the same job.
#[derive(Debug, Serialize, Deserialize)]
pub struct Idempotency {
    /// Hash of the API token and the key: nobody else's key can be hit.
    pub key: String,
    /// Hash of the body.
    pub body: String,
}

/// Which delivery it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Delivery {
    /// The job's id, from the address.
    pub id: String,
    /// The attempt, from the address.
    pub attempt: u32,
    /// RingCentral's job id, where the envelope names one.
    pub ringcentral_job_id: Option<String>,
    /// The task of the envelope's `api`, where that is one we know; the text as it came where it is not.
    pub api: Option<String>,
}

/// The Desk's answer.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// The job was written down now, or was already (same key, same body).
    Created(Job),
    /// The same key came with another body.
    Conflict,
    /// The job as it stands.
    Job(Job),
    /// No such job: never, or not any more.
    Unknown,
    /// Whether a delivery is to be taken.
    Expected(Expected),
    /// Whether the delivery was the first.
    Finished {
        /// If not, its key is to be deleted.
        is_first: bool,
    },
    /// The key of the stored result; the bytes follow while the Desk has them.
    Stored {
        /// Its key in KV.
        key: String,
        /// Whether the bytes follow.
        has_copy: bool,
    },
    /// A page, `{"items":[Recording],"nextCursor"?}`.
    Recordings(Value),
    /// It did not work.
    Failed(Failure),
    /// It is done.
    Done,
}

/// Whether a delivery is to be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expected {
    /// Yes.
    Take,
    /// The job has finished, or is gone: answer 200 and drop it.
    Drop,
    /// It belongs to another job or task: 422.
    Foreign {
        /// What does not fit, as a sentence.
        reason: String,
    },
}

/// An error of the core as the edge shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Failure {
    /// The stable code.
    pub code: Code,
    /// The sentence.
    pub message: String,
    /// The field that was wrong.
    pub field: Option<String>,
    /// The permission that is missing.
    pub permission: Option<String>,
    /// Seconds until another try is worth it.
    pub retry_after_s: Option<u64>,
}

/// Writes a line of JSON and the bytes after it.
///
/// # Errors
/// When the value cannot be written as JSON.
pub fn write_frame(head: &impl Serialize, bytes: &[u8]) -> serde_json::Result<Vec<u8>> {
    let mut frame = serde_json::to_vec(head)?;
    frame.push(b'\n');
    frame.extend_from_slice(bytes);
    Ok(frame)
}

/// Reads a line of JSON and gives back the bytes after it.
///
/// # Errors
/// When the line is not the JSON that was expected.
pub fn parse_frame<T: DeserializeOwned>(frame: &[u8]) -> serde_json::Result<(T, &[u8])> {
    let end = frame.iter().position(|byte| *byte == b'\n').unwrap_or(frame.len());
    let head = serde_json::from_slice(&frame[..end])?;
    Ok((head, frame.get(end + 1..).unwrap_or_default()))
}
