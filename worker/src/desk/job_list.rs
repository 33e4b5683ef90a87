//! Pages of jobs.

use super::store::Filter;
use super::{Desk, life};
use crate::question::{JobPage, ListJobs};
use ringcentral_ai::lifecycle::State;
use worker::Result;

/// A page; one more job is looked for than it holds, to know whether there is another page.
pub(super) fn page(desk: &Desk, question: &ListJobs) -> Result<JobPage> {
    let ListJobs { before, status, task, limit } = question;
    let state = status.as_deref().map(|name| State::named(name).ok_or("no job stands so")).transpose()?;
    let mut found = desk.store.page(&Filter { before: before.as_deref(), state, task: task.as_deref() }, limit + 1)?;
    let has_more = found.len() > *limit;
    found.truncate(*limit);
    let items: Result<_> = found.into_iter().map(|(record, asked)| life::shown(desk, &record, &asked)).collect();
    Ok(JobPage { items: items?, has_more })
}
