//! What the edge asks the Desk, and the answer that each question has.

mod change_job;
mod create_job;
mod dead_letters;
mod delivery;
pub(crate) mod frame;
mod learn_origin;
mod list_jobs;
mod media;
mod read;
mod stats;
mod uploads;

pub(crate) use change_job::{BindJob, CallJob, DeleteJob, Patch};
pub(crate) use create_job::{CreateJob, Creation, Idempotency, RetryJob};
pub(crate) use dead_letters::{FindLetter, FoundLetter, ListLetters, ReplayLetter, Replayed, Target};
pub(crate) use delivery::{Heard, IsWanted, TakeDelivery, Verdict};
pub(crate) use learn_origin::LearnOrigin;
pub(crate) use list_jobs::{JobPage, ListJobs};
pub(crate) use media::{Body, Fetcher, MediaAnswered, MediaKept, MediaPassed, MediaRequest, OpenMedia, Opened, Place};
pub(crate) use read::{FindResult, FoundResult, ListRecordings, Page, ReadJob, WakeUp, WatchJob};
pub(crate) use stats::{CountRejections, ReadStats, Stats};
pub(crate) use uploads::{AskUpload, UploadChange};

use frame::Framed;
use serde::{Deserialize, Serialize};

/// A question to the Desk.
pub(crate) trait Question {
    /// What is answered.
    type Answer: Framed;

    /// The question as it is sent.
    fn any(self) -> AnyQuestion;
}

/// A question as it is sent: with the request that it is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The request's id, where it is one's.
    pub(crate) request_id: Option<String>,
    /// The question.
    pub(crate) question: AnyQuestion,
}

impl Framed for Asked {
    fn bytes(&self) -> &[u8] {
        self.question.bytes()
    }

    fn with_bytes(self, bytes: Vec<u8>) -> Self {
        Self { question: self.question.with_bytes(bytes), ..self }
    }
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
    /// See [`ListLetters`].
    ListLetters(ListLetters),
    /// See [`FindLetter`].
    FindLetter(FindLetter),
    /// See [`ReplayLetter`].
    ReplayLetter(ReplayLetter),
    /// See [`FindResult`].
    FindResult(FindResult),
    /// See [`ListRecordings`].
    ListRecordings(ListRecordings),
    /// See [`OpenMedia`].
    OpenMedia(OpenMedia),
    /// See [`MediaAnswered`].
    MediaAnswered(MediaAnswered),
    /// See [`MediaKept`].
    MediaKept(MediaKept),
    /// See [`MediaPassed`].
    MediaPassed(MediaPassed),
    /// See [`AskUpload`].
    AskUpload(AskUpload),
    /// See [`CountRejections`].
    CountRejections(CountRejections),
    /// See [`ReadStats`].
    ReadStats,
    /// See [`LearnOrigin`].
    LearnOrigin(LearnOrigin),
    /// See [`WakeUp`].
    WakeUp,
}

impl Framed for AnyQuestion {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::TakeDelivery(question) => &question.copy,
            Self::ReplayLetter(question) => &question.delivery.copy,
            _ => &[],
        }
    }

    fn with_bytes(self, copy: Vec<u8>) -> Self {
        match self {
            Self::TakeDelivery(question) => Self::TakeDelivery(TakeDelivery { copy, ..question }),
            Self::ReplayLetter(ReplayLetter { letter, delivery }) => {
                Self::ReplayLetter(ReplayLetter { letter, delivery: TakeDelivery { copy, ..delivery } })
            }
            other => other,
        }
    }
}
