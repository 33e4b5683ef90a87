//! What a delivery says about its job; of the result itself it holds nothing.

use crate::error::ApiError;
use alloc::string::String;
use alloc::vec::Vec;

/// The facts of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The engine's id of the job.
    pub job_id: Option<String>,
    /// The task that it names, by a [`super::Task`]'s name; a word that is no task of ours names none.
    pub task: Option<String>,
    /// How the job stands.
    pub outcome: Outcome,
    /// When it ended, milliseconds since 1970.
    pub completed_ms: Option<u64>,
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It has not ended.
    Running,
    /// It has ended; how, the engine says when it is asked.
    Ended,
    /// There is a result.
    Succeeded,
    /// There will be none; why, in the engine's words, as far as it says so.
    Failed(Vec<ApiError>),
}
