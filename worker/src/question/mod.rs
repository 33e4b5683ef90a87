//! What the edge asks the Desk, and the answer that each question has.

mod change_job;
mod create_job;
mod delivery;
pub(crate) mod frame;
mod learn_origin;
mod list_jobs;
mod read;

pub(crate) use change_job::{BindJob, CallJob, DeleteJob, Patch};
pub(crate) use create_job::{CreateJob, Creation, Idempotency, RetryJob};
pub(crate) use delivery::{Heard, IsWanted, TakeDelivery, Verdict};
pub(crate) use learn_origin::LearnOrigin;
pub(crate) use list_jobs::{JobPage, ListJobs};
pub(crate) use read::{FindResult, FoundResult, ListRecordings, Page, ReadJob, WakeUp, WatchJob};

use frame::Framed;
use serde::{Deserialize, Serialize};

/// The status of the Desk's response that holds a [`crate::failure::Failure`] in the place of the answer.
pub(crate) const FAILURE_STATUS: u16 = 422;

/// A question to the Desk.
pub(crate) trait Question {
    /// What is answered.
    type Answer: Framed;

    /// The question as it is sent.
    fn any(self) -> AnyQuestion;
}

/// Every question there is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum AnyQuestion {
    /// See [`CreateJob`].
    CreateJob(CreateJob),
    /// See [`RetryJob`].
    RetryJob(RetryJob),
    /// See [`ReadJob`].
    ReadJob(ReadJob),
    /// See [`WatchJob`].
    WatchJob(WatchJob),
    /// See [`ListJobs`].
    ListJobs(ListJobs),
    /// See [`CallJob`].
    CallJob(CallJob),
    /// See [`BindJob`].
    BindJob(BindJob),
    /// See [`DeleteJob`].
    DeleteJob(DeleteJob),
    /// See [`IsWanted`].
    IsWanted(IsWanted),
    /// See [`TakeDelivery`].
    TakeDelivery(TakeDelivery),
    /// See [`FindResult`].
    FindResult(FindResult),
    /// See [`ListRecordings`].
    ListRecordings(ListRecordings),
    /// See [`LearnOrigin`].
    LearnOrigin(LearnOrigin),
    /// See [`WakeUp`].
    WakeUp,
}

impl Framed for AnyQuestion {
    fn bytes(&self) -> &[u8] {
        if let Self::TakeDelivery(question) = self { &question.copy } else { &[] }
    }

    fn with_bytes(self, copy: Vec<u8>) -> Self {
        match self {
            Self::TakeDelivery(question) => Self::TakeDelivery(TakeDelivery { copy, ..question }),
            other => other,
        }
    }
}
