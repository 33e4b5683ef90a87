//! RingCentral's AI jobs: what each is asked with, how it is submitted, what became of it.

mod field_rules;
mod input;
mod job_status;
mod submission;
mod submit_job;

pub(super) use field_rules::ENCODING;
pub use input::JobInput;
pub use job_status::JobStatus;
pub use submission::{Order, submission};
pub use submit_job::{Accepted, SubmitJob};
