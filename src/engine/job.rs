//! A job as an engine is asked to do it, and what the engine says when it takes it.

use super::{Input, Media, Task};
use crate::secret::SecretUrl;
use alloc::string::String;
use alloc::vec::Vec;

/// A job to be submitted.
#[derive(Debug, Clone)]
pub struct Job {
    /// What is to be done.
    pub task: Task,
    /// Its fields, as the engine has checked them.
    pub input: Input,
    /// Its media; the two text tasks have none.
    pub media: Option<Media>,
    /// Where the engine fetches media through us: what nobody else opens, and what our token opens, in place of its own address; what the
    /// name of such a file ends in is added to it. None: the token goes into the media's own address.
    pub relay: Option<SecretUrl>,
    /// Where the result is to be sent.
    pub webhook: SecretUrl,
    /// When somebody asked for it, milliseconds since 1970, where that is not now: the recording that they named is no younger.
    pub asked_ms: Option<u64>,
}

/// What an engine says when it takes a job.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The engine's id of the job, where it names one.
    pub job_id: Option<String>,
    /// What it has to say of the job, where it says so at once: bytes as those of a delivery.
    pub said: Option<Vec<u8>>,
}
