//! What the edge asks the Desk, and the answer that each question has.

mod change_job;
mod create_job;
mod dead_letters;
mod delivery;
pub(crate) mod frame;
mod learn_origin;
mod list_jobs;
mod media;
mod news;
mod read;
mod stats;
mod uploads;
mod user;

pub(crate) use change_job::{BindJob, CallJob, DeleteJob, Patch};
pub(crate) use create_job::{CreateJob, Creation, FindAsked, Idempotency, Receiver, RetryJob};
pub(crate) use dead_letters::{FindLetter, FoundLetter, ListLetters, ReplayLetter, Replayed, Target};
pub(crate) use delivery::{Heard, IsWanted, TakeDelivery, Verdict};
pub(crate) use learn_origin::LearnOrigin;
pub(crate) use list_jobs::{JobPage, ListJobs};
pub(crate) use media::{Body, Fetcher, MediaAnswered, MediaKept, MediaPassed, MediaRequest, OpenMedia, Opened, Place};
pub(crate) use news::TakeNews;
pub(crate) use read::{FindResult, Found, FoundResult, ListRecordings, Page, ReadJob, WakeUp, WatchJob};
pub(crate) use stats::{CountRejections, ReadStats, Stats};
pub(crate) use uploads::{AskUpload, UploadChange};
pub(crate) use user::{FindUser, User};

use crate::job::Job;
use crate::upload::Upload;
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

/// The table of questions: each with its answer, and what is said of that.
macro_rules! questions {
    ($($(#[$said:meta])* $name:ident => $answer:ty;)*) => {
        /// Every question there is.
        #[derive(Debug, Serialize, Deserialize)]
        pub(crate) enum AnyQuestion {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)*
        }

        $(impl Question for $name {
            $(#[$said])*
            type Answer = $answer;

            fn any(self) -> AnyQuestion {
                AnyQuestion::$name(self)
            }
        })*
    };
}

questions! {
    CreateJob => Creation;
    RetryJob => Creation;
    /// None: it was not asked before.
    FindAsked => Option<Creation>;
    /// None: there is no such job, or not any more.
    ReadJob => Option<Job>;
    /// None: there is no such job, or not any more; or too many wait.
    WatchJob => Option<Job>;
    ListJobs => JobPage;
    /// None: there is no such job, or not any more.
    CallJob => Option<Job>;
    /// None: there is no such job, or not any more.
    BindJob => Option<Job>;
    /// Whether there was one.
    DeleteJob => bool;
    /// The name of the engine that does the job; none when the job has its result, or is gone.
    IsWanted => Option<String>;
    TakeDelivery => Verdict;
    ListLetters => Page;
    /// None: there is no such letter, or not any more.
    FindLetter => Option<FoundLetter>;
    ReplayLetter => Replayed;
    /// None: there is no such job, or not any more.
    FindResult => Option<Found>;
    FindUser => User;
    ListRecordings => Page;
    /// None: there is no such job, or nothing is to be fetched for it any more.
    OpenMedia => Option<Opened>;
    MediaAnswered => ();
    MediaKept => ();
    MediaPassed => ();
    /// None: there is no such upload, or not any more.
    AskUpload => Option<Upload>;
    TakeNews => ();
    CountRejections => ();
    ReadStats => Stats;
    /// The one that is kept.
    LearnOrigin => String;
    WakeUp => ();
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
