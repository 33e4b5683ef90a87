//! What an engine says of itself that there is something new.

use serde::{Deserialize, Serialize};

/// Tell that an engine has something new to say of a job, by its own id of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TakeNews {
    /// The engine's name.
    pub(crate) engine: String,
    /// The engine's id of the job.
    pub(crate) engine_job_id: String,
}
