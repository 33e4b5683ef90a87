//! A page of jobs.

use super::frame::Framed;
use crate::job::Job;
use serde::{Deserialize, Serialize};

/// The newest jobs, or those behind a page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListJobs {
    /// The job that the page before ended with.
    pub(crate) before: Option<String>,
    /// Only those that stand so, by the state's name.
    pub(crate) status: Option<String>,
    /// Only those of that task, by its name.
    pub(crate) task: Option<String>,
    /// So many at most.
    pub(crate) limit: usize,
}

/// A page of jobs, the newest first.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct JobPage {
    /// The jobs.
    pub(crate) items: Vec<Job>,
    /// Whether there are more behind it.
    pub(crate) has_more: bool,
}

impl Framed for JobPage {}
