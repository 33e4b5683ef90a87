//! The paths that are served. Enrollments are not among them: they are RingCentral's own.

use crate::engine::Task;
use crate::engine::ringcentral::jobs::{path_of, task_at};

/// Where a job is submitted.
pub const SUBMIT: &str = "/ai/{group}/v1/async/{task}";
/// Where a job's status is asked for.
pub const STATUS: &str = "/ai/status/v1/jobs/{id}";

/// Whether a path is one of the AI API's, be it there or not.
#[must_use]
pub fn is_served(path: &str) -> bool {
    path.starts_with("/ai/")
}

/// The task that is submitted at exactly that path.
#[must_use]
pub fn task_of(path: &str) -> Option<Task> {
    task_at(path).filter(|task| path_of(*task) == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_has_its_one_path() {
        for task in Task::ALL {
            assert_eq!(task_of(path_of(task)), Some(task));
            assert!(is_served(path_of(task)));
        }
        for path in [
            "/ai/text/v1/async/speech-to-text",
            "/ai/audio/v1/async/recognize-emotion",
            "/ai/Text/v1/async/punctuate",
            "/v1/jobs",
        ] {
            assert_eq!(task_of(path), None, "{path}");
        }
    }
}
