//! Everything of a job that changes, and the terms under which it was created. What it was asked with lies beside it, in the store.

use super::deliveries::Noted;
use super::state::{State, Via};
use crate::error::ApiError;
use alloc::string::String;
use alloc::vec::Vec;

/// A job as it is stored; times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The job's id.
    pub id: String,
    /// The task's name, as in `speech-to-text`.
    pub task: String,
    /// The name of the engine that does it.
    pub engine: String,
    /// Where it stands.
    pub state: State,
    /// The latest attempt whose callback address was given out; 0 before the first.
    pub attempt: u32,
    /// How often the engine was not to be had.
    pub tries: u32,
    /// How many attempts were given up because no answer came and no callback.
    pub unanswered: u32,
    /// How often the engine was asked for the job's status and had no result.
    pub asks: u32,
    /// The engine's id of the latest attempt, while that is known, or what a delivery claims while the engine has not said it; of a job
    /// with a result, the id that came with it.
    pub engine_job_id: Option<String>,
    /// When it was created.
    pub created_ms: u64,
    /// When the latest attempt was sent.
    pub sent_ms: Option<u64>,
    /// When the engine, or the caller who submitted it, said that the engine took it.
    pub submitted_ms: Option<u64>,
    /// When it finished.
    pub completed_ms: Option<u64>,
    /// Until when it is kept, as far as is known now.
    pub retained_until_ms: u64,
    /// When [`Event::TimeCame`](super::Event::TimeCame) has to come.
    pub due_ms: u64,
    /// What held when it was created.
    pub terms: Terms,
    /// How its result came.
    pub via: Option<Via>,
    /// Why it has none.
    pub error: Option<JobError>,
    /// Under which key the bytes of its result are stored.
    pub result_key: Option<String>,
    /// Under which key lies what its engine said, where the result is made of that.
    pub said_key: Option<String>,
    /// What came to its callback addresses, oldest first: ten at most.
    pub deliveries: Vec<Noted>,
}

/// What holds for a job from its creation on; times are in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How long the engine remembers a job.
    pub remembers_ms: u64,
    /// How long a finished job is kept that has no stored bytes.
    pub keeps_ms: u64,
    /// How long after the submit the engine is first asked for the job's status; `u64::MAX`: never.
    pub ask_after_ms: u64,
    /// Whether a result has to be made of what the engine says.
    pub makes: bool,
}

/// Why a job failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobError {
    /// One of the codes of the API.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// The engine's own words, addresses masked.
    pub ringcentral: Vec<ApiError>,
}

/// A job that nobody has heard of yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Its id.
    pub id: String,
    /// The task's name.
    pub task: String,
    /// The engine's name.
    pub engine: String,
    /// Whether its caller submits it.
    pub is_reserved: bool,
    /// What holds for it.
    pub terms: Terms,
}

impl Record {
    /// A job that was just created. A queued one is due at once; of a reserved one the first attempt's address is given out.
    pub(super) fn new(new: New, now_ms: u64) -> Self {
        let forgotten_ms = now_ms.saturating_add(new.terms.remembers_ms);
        let (state, attempt, due_ms) =
            if new.is_reserved { (State::Reserved, 1, forgotten_ms) } else { (State::Queued, 0, now_ms) };
        Self {
            id: new.id,
            task: new.task,
            engine: new.engine,
            state,
            attempt,
            tries: 0,
            unanswered: 0,
            asks: 0,
            engine_job_id: None,
            created_ms: now_ms,
            sent_ms: None,
            submitted_ms: None,
            completed_ms: None,
            // A job that is under way must not be shown as gone before the engine itself forgets it.
            retained_until_ms: forgotten_ms.max(now_ms.saturating_add(new.terms.keeps_ms)),
            due_ms,
            terms: new.terms,
            via: None,
            error: None,
            result_key: None,
            said_key: None,
            deliveries: Vec::new(),
        }
    }

    /// Whether a result that comes now is taken: also of a job that ended without one, since it may have been paid for.
    #[must_use]
    pub fn takes_result(&self) -> bool {
        self.result_key.is_none() && self.said_key.is_none()
    }

    /// The key of what its engine said, while the result is still to be made of it.
    pub(super) fn is_made_of(&self) -> Option<&String> {
        self.said_key.as_ref().filter(|_| self.state == State::Submitted)
    }

    /// Whether this attempt may be sent: the next one, or the latest once more after a certain refusal.
    pub(super) fn may_send(&self, attempt: u32) -> bool {
        attempt > 0 && (attempt == self.attempt || attempt == self.attempt.saturating_add(1))
    }

    /// Whether the engine has still to say what it did with the latest attempt: where only the fetch of its media shows that it
    /// was taken, a refusal may follow.
    pub(super) fn awaits_answer(&self) -> bool {
        self.state == State::Unconfirmed || self.state == State::Submitted && self.submitted_ms.is_none()
    }

    /// Whether that is what a delivery calls the job, and its engine has not said it.
    pub(super) fn is_only_claimed(&self, engine_job_id: &str) -> bool {
        let is_it = self.engine_job_id.as_ref().is_some_and(|claimed| claimed.eq_ignore_ascii_case(engine_job_id));
        is_it && self.awaits_answer()
    }

    /// Whether its engine can be asked for it: it has the job, and what it calls it is known.
    pub(super) const fn can_be_asked_for(&self) -> bool {
        let is_with_engine = matches!(self.state, State::Submitted | State::Reserved) && self.engine_job_id.is_some();
        is_with_engine && self.terms.ask_after_ms < u64::MAX
    }

    /// Whether what comes of a submit still counts.
    pub(super) fn is_being_submitted(&self) -> bool {
        self.state == State::Queued || self.awaits_answer()
    }

    /// Whether this attempt may have been taken without our knowing: the one whose answer is awaited, and any where one was given
    /// up before.
    pub(super) fn may_run(&self, attempt: u32) -> bool {
        let is_given_out = attempt > 0 && attempt <= self.attempt;
        let is_unknown = self.unanswered > 0 || self.awaits_answer() && attempt == self.attempt;
        self.is_being_submitted() && is_given_out && is_unknown
    }

    /// Whether this is the latest attempt, and what its engine calls it is not known.
    pub(super) fn lacks_its_id(&self, attempt: u32) -> bool {
        self.engine_job_id.is_none() && attempt == self.attempt
    }
}
