//! A job is written down.

use super::frame::Framed;
use crate::job::Job;
use serde::{Deserialize, Serialize};

/// Write a job down.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CreateJob {
    /// The job's id: new, and made by whoever asks.
    pub(crate) id: String,
    /// The task's name.
    pub(crate) task: String,
    /// The name of the engine that does it.
    pub(crate) engine: String,
    /// The media as the caller names it, JSON: an address in it may be secret. None for the tasks on text.
    pub(crate) media: Option<String>,
    /// The engine's request fields as it checked them, JSON; none for a job that its caller submits.
    pub(crate) input: Option<String>,
    /// What its caller calls it.
    pub(crate) label: Option<String>,
    /// Who is told of the job's end.
    pub(crate) notify: Option<Receiver>,
    /// How the engine is to reach the media, where the caller says so.
    pub(crate) content_access: Option<String>,
    /// The caller's `Idempotency-Key`.
    pub(crate) idempotency: Option<Idempotency>,
    /// The origin that RingCentral reaches this Worker at.
    pub(crate) public_url: String,
    /// Which token of a page asks, of whom only so many are taken a minute; none for any other.
    pub(crate) page: Option<String>,
}

/// Who is told of a job's end.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Receiver {
    /// The address: it may be secret.
    pub(crate) url: String,
    /// Whether what is told is the result in RingCentral's envelope, and no Job.
    pub(crate) is_envelope: bool,
}

/// Write a finished job down once more, as a new one.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RetryJob {
    /// The finished job's id.
    pub(crate) of: String,
    /// The new one's: made by whoever asks.
    pub(crate) id: String,
    /// The caller's `Idempotency-Key`.
    pub(crate) idempotency: Option<Idempotency>,
    /// The origin that RingCentral reaches this Worker at.
    pub(crate) public_url: String,
}

/// A key that makes the same request twice give the same job.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Idempotency {
    /// Hash of the API token and the key: nobody else's key can be hit.
    pub(crate) key: String,
    /// Hash of the body.
    pub(crate) body: String,
}

/// Find what the same key was asked with before.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FindAsked {
    /// The caller's `Idempotency-Key`.
    pub(crate) idempotency: Idempotency,
}

/// What became of a job that was to be written down.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Creation {
    /// It was written down now, or was already (same key, same body).
    Created(Job),
    /// The same key came with another body.
    Conflict,
    /// The same key came before, and its job is gone.
    Gone,
    /// Too many wait for their turn.
    QueueIsFull,
    /// There is a job of that id.
    IdIsTaken,
}

impl Framed for Creation {}

impl Framed for Option<Creation> {}
