//! RingCentral's AI jobs: what each is asked with, how it is submitted, what became of it.

pub mod enrollments;
mod field_rules;
mod input;
mod job_status;
mod rule;
#[cfg(test)]
mod rule_tests;
mod submission;
mod submit_job;
mod task;

pub use input::JobInput;
pub use job_status::JobStatus;
pub use submission::{Order, Submission};
pub use submit_job::{Accepted, SubmitJob};
pub use task::Task;
