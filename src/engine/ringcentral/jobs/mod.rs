//! RingCentral's AI jobs: what each is asked with, how it is submitted, what became of it.

mod field_rules;
mod input;
mod job_status;
mod path;
mod submission;
mod submit_job;

pub use field_rules::rules;
pub(super) use field_rules::{ENCODING, RENAMED};
pub use input::{check_input, encoding_of, told, untold, with_encoding};
pub use job_status::JobStatus;
pub use path::{path_of, task_at};
pub use submission::submission;
pub use submit_job::SubmitJob;
