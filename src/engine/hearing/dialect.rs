//! What differs between the services that hear.

use super::rules::Unable;
use crate::call::Operation;
use crate::engine::heard::Heard;
use crate::engine::keyed::Service;
use crate::engine::{Accepted, Delivery, Job, Task};
use crate::error::{Error, Result};
use alloc::rc::Rc;
use alloc::string::String;
use core::fmt;

/// One service's own way of doing what all of them do.
pub(in crate::engine) trait Dialect: fmt::Debug {
    /// The fields of a task that it cannot honour; or why it cannot do the task at all, as in `knows no enrolled speakers`.
    fn unable(&self, task: Task) -> core::result::Result<Unable, &'static str>;

    /// The call that submits a job on media.
    fn submit(&self, service: Rc<Service>, job: Job) -> Result<Operation<Accepted>>;

    /// Whether it comes to us with what it heard.
    fn comes_to_us(&self) -> bool {
        true
    }

    /// When it is first asked for a job; [`u64::MAX`]: it cannot be asked.
    fn ask_after_ms(&self) -> Option<u64> {
        Some(u64::MAX)
    }

    /// The call that asks how a job stands.
    fn status(&self, service: Rc<Service>, job_id: &str) -> Result<Operation<String>> {
        let _ = job_id;
        Err(Error::invalid("jobId", [service.name(), " cannot be asked for a job"].concat()))
    }

    /// Whether an error of such a question says that it has no such job.
    fn denies(&self, error: &Error) -> bool {
        matches!(error, Error::Engine { status: 404, .. })
    }

    /// What its bytes say of a job.
    fn read(&self, body: &[u8]) -> Result<Delivery>;

    /// What it heard: the bytes of a success.
    fn heard(&self, said: &[u8]) -> Result<Heard>;
}
