//! A callback as those meet it who take it themselves: how the job stands, and which it is.

use super::envelope::Parts;
use super::shape::task_of_text;
use super::status::Status;
use crate::engine::Task;
use crate::engine::ringcentral::jobs::task_at;
use crate::error::{ApiError, Error, Result};
use alloc::string::String;
use alloc::vec::Vec;

/// What a callback, or the status of a job, says; the result itself stands in its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// How the job stands.
    pub status: Status,
    /// RingCentral's id of the job.
    pub job_id: Option<String>,
    /// What the job does, as far as that is known.
    pub task: Option<Task>,
    /// Why it failed, addresses masked; empty unless it is a Fail that says so.
    pub errors: Vec<ApiError>,
    /// Whether the body is the result itself, without an envelope around it.
    pub is_bare: bool,
}

impl Callback {
    /// Reads a body by the same rules as [`super::Envelope`]. The task is the one that `api` names, else `hint`, else the one whose
    /// fields the result has.
    ///
    /// # Errors
    /// [`Error::UnreadableDelivery`] saying what is wrong; the body is not quoted.
    pub fn read(body: &[u8], hint: Option<Task>) -> Result<Self> {
        let parts = Parts::of(body)?;
        let (status, errors) = parts.status()?;
        let (job_id, api) = (parts.job_id(), parts.api());
        let mut task = api.as_deref().and_then(task_at).or(hint);
        if status == Status::Success {
            let result = parts.result().unwrap_or(b"null");
            task = task.or_else(|| task_of_text(result));
            if task.is_some() && !result.starts_with(b"{") && !parts.is_bare() {
                return Err(Error::UnreadableDelivery { reason: "response is not an object" });
            }
        }
        Ok(Self { status, job_id, task, errors, is_bare: parts.is_bare() })
    }
}

#[cfg(test)]
#[path = "tests/callback.rs"]
mod tests;
