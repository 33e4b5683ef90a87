//! What can happen to a job.

use super::record::{JobError, New};
use alloc::string::String;

/// What happened to a job. A shell tells it as it happens, each once or more, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody asked for it.
    Created(New),
    /// It is taken from the queue.
    TurnCame,
    /// The next request submits it, as this attempt: only [`Effect::Send`](super::Effect::Send) lets it leave.
    Sending {
        /// Which attempt's callback address the request names.
        attempt: u32,
    },
    /// What was sent was certainly refused for now; the same call sends it again.
    SentBack,
    /// The engine was not to be had, or the rate limit held on; nothing was taken. It is tried again later.
    PutOff {
        /// What the job fails with when it is given up.
        error: JobError,
    },
    /// It was certainly refused, for good; or it cannot be sent at all.
    Refused {
        /// What the job fails with.
        error: JobError,
    },
    /// It was sent, and no answer came: it may run or not.
    AnswerLost {
        /// Whether what comes of it may still come by itself, to its callback address.
        may_come: bool,
    },
    /// The engine took it.
    Accepted {
        /// Which attempt was taken.
        attempt: u32,
        /// The engine's id of it, where it gave one.
        engine_job_id: Option<String>,
    },
    /// Something was delivered to an attempt's callback address.
    Delivered {
        /// The attempt in the address.
        attempt: u32,
        /// What it says.
        said: Said,
    },
    /// Something is about to be delivered there; its bytes have not been taken yet.
    Offered {
        /// The attempt in the address.
        attempt: u32,
    },
    /// Something was delivered there that cannot be read.
    Unreadable {
        /// The attempt in the address.
        attempt: u32,
        /// What is wrong with it, as a sentence.
        reason: String,
        /// Where its bytes are stored, as far as they could be.
        stored: Option<Stored>,
    },
    /// The engine was asked for the job's status, and answered.
    StatusSaid(Said),
    /// The engine was asked for the job's status, and no answer of use came.
    StatusFailed,
    /// The engine was asked for the job's status, and says that it has no job of that id.
    StatusDenied {
        /// The id that it was asked for.
        engine_job_id: String,
    },
    /// The caller who submitted a reserved job tells the engine's id of it.
    Bound {
        /// The engine's id.
        engine_job_id: String,
    },
    /// The media was fetched from the address that this attempt gave out.
    MediaFetched {
        /// Which attempt.
        attempt: u32,
    },
    /// The engine says that there is something new to be asked for.
    News,
    /// A result was made of what the engine said.
    Made {
        /// Where its bytes are stored.
        stored: Stored,
    },
    /// No result can be made of it.
    NotMade {
        /// What the job fails with.
        error: JobError,
    },
    /// Somebody deletes it.
    Deleted,
    /// The record's `due_ms` is over.
    TimeCame,
}

/// What an engine says of a job; nothing of the result itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The engine's id of the job, where it is named.
    pub engine_job_id: Option<String>,
    /// Whether another job has that id.
    pub is_anothers: bool,
    /// The task, where it is named.
    pub task: Option<String>,
    /// How the job stands.
    pub outcome: Outcome,
    /// When the engine ended it, milliseconds since 1970.
    pub completed_ms: Option<u64>,
    /// Where its bytes are stored. An end whose bytes are not stored is no end yet.
    pub stored: Option<Stored>,
}

/// How a job stands with its engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It runs.
    Running,
    /// It has ended; how, the engine says when it is asked.
    Ended,
    /// It has a result.
    Succeeded,
    /// It ended without one.
    Failed(JobError),
}

/// Bytes in the store of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Their key, which is written once.
    pub key: String,
    /// When the store lets them go, milliseconds since 1970.
    pub until_ms: u64,
    /// The key that they are kept under where they turn out to be of no use.
    pub dead_key: String,
}
