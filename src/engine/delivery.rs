//! What a delivery says about its job; of the result itself it holds nothing.

use crate::error::ApiError;
use alloc::string::String;
use alloc::vec::Vec;

/// The facts of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The engine's id of the job.
    pub job_id: Option<String>,
    /// The task that it names: a [`super::Task`]'s name, or the engine's own word where that is no task of ours.
    pub task: Option<String>,
    /// How the job stands.
    pub outcome: Outcome,
    /// When it ended, milliseconds since 1970.
    pub completed_ms: Option<u64>,
    /// When the engine forgets it, milliseconds since 1970.
    pub expires_ms: Option<u64>,
    /// The engine's own word for how it stands.
    pub status: String,
    /// The engine's own word for what was done.
    pub api: Option<String>,
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It has not ended.
    Running,
    /// There is a result.
    Succeeded,
    /// There will be none; why, in the engine's words, as far as it says so.
    Failed(Vec<ApiError>),
}
