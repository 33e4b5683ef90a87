//! Dead letters: deliveries that were of no use when they came.

use super::TakeDelivery;
use super::frame::Framed;
use crate::job::Job;
use ringcentral_ai::error::Code;
use serde::{Deserialize, Serialize};

/// The latest dead letters, or those behind a page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListLetters {
    /// The letter that the page before ended with.
    pub(crate) before: Option<String>,
    /// So many at most.
    pub(crate) limit: usize,
}

/// Where the bytes of a dead letter lie, and where they would go.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FindLetter {
    /// The letter's id.
    pub(crate) id: String,
    /// The job that it is meant for; none: the one that it was delivered for.
    pub(crate) job_id: Option<String>,
}

/// A dead letter.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FoundLetter {
    /// The key of its bytes.
    pub(crate) key: String,
    /// Where it would go; none: that job is gone.
    pub(crate) target: Option<Target>,
}

/// The job that a dead letter is delivered to once more.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Target {
    /// Its id.
    pub(crate) job_id: String,
    /// The attempt.
    pub(crate) attempt: u32,
    /// The engine that reads the letter; none: the job has its result.
    pub(crate) engine: Option<String>,
}

impl Framed for Option<FoundLetter> {}

/// A dead letter was delivered once more.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReplayLetter {
    /// The letter's id.
    pub(crate) letter: String,
    /// What it says, to whom, and where its bytes were written anew.
    pub(crate) delivery: TakeDelivery,
}

/// What became of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Replayed {
    /// It was taken, or was not needed; its key is to be deleted but where it is the result.
    Taken {
        /// Its fate's name.
        outcome: String,
        /// The job as it stands now.
        job: Job,
    },
    /// It is of no use to that job: its key is to be deleted.
    Refused {
        /// Whether it cannot be read, or is another's.
        code: Code,
        /// The same as a sentence.
        reason: String,
    },
    /// The letter, or the job, is gone: its key is to be deleted.
    Gone,
}

impl Framed for Replayed {}
