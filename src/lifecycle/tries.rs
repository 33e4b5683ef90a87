//! How often something was tried of a job, and how often it is at most: the last number of each counter is here, and nowhere else.

use super::record::Record;
use super::state::State;
use super::timing::{MAX_MAKES, MAX_TRIES, MAX_UNANSWERED};

/// Tries of one thing, which are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// What is tried.
    pub what: Tried,
    /// How often it was tried, with the try that is under way.
    pub made: u32,
    /// How often it is tried at most.
    pub of: u32,
}

/// What is tried again where nothing comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// To submit the job: its engine was not to be had.
    Engine,
    /// To learn of a submit whether it was taken: no answer came.
    Confirmation,
    /// To make the result of what the engine said.
    Making,
}

impl Tried {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Engine, Self::Confirmation, Self::Making];

    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Confirmation => "confirmation",
            Self::Making => "making",
        }
    }
}

impl Record {
    /// What is tried of it now, or was in vain; of a job that has ended, what was tried to its last number. None where nothing was
    /// tried, or nothing more depends on it.
    #[must_use]
    pub fn tries(&self) -> Option<Tries> {
        let submits = Tries { what: Tried::Engine, made: self.tries, of: MAX_TRIES };
        let answers = Tries { what: Tried::Confirmation, made: self.unanswered, of: MAX_UNANSWERED };
        let makes = Tries { what: Tried::Making, made: self.asks, of: MAX_MAKES };
        let tried = |tries: &Tries| tries.made > 0;
        match self.state {
            State::Queued => Some(submits).filter(tried).or(Some(answers).filter(tried)),
            State::Unconfirmed => Some(Tries { made: answers.made + 1, ..answers }),
            State::Submitted => self.is_made_of().and(Some(makes)).filter(tried),
            State::Failed => {
                let makes = self.said_key.is_some().then_some(makes);
                [Some(submits), Some(answers), makes].into_iter().flatten().find(|tries| tries.made >= tries.of)
            }
            State::Reserved | State::Succeeded | State::Expired => None,
        }
    }
}
