//! Who does a job: the tasks that there are, how their fields are checked, and each engine in a folder of its own.

mod media;
mod recording_id;
pub mod ringcentral;
mod rule;
#[cfg(test)]
mod rule_tests;
mod task;

pub use media::{Source, is_private, shown};
pub use task::Task;
