//! What a call waits for while it sleeps, for whoever has to say so.

use crate::pace::Hold;

/// A wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// What for.
    pub what: WaitsFor,
    /// Until when, where that is known, milliseconds since 1970: then the call goes on, or gives up.
    pub until_ms: Option<u64>,
}

/// What a call may wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// Its turn: others were there before, and the rate limit lets only so many pass.
    Turn,
    /// The end of a penalty.
    RateLimit,
    /// A login.
    Login,
    /// An answer of use: the server was not to be had, or something in between answered.
    Answer,
    /// Media that is not there yet.
    Media,
}

impl Wait {
    /// A wait that ends then.
    #[must_use]
    pub const fn until(what: WaitsFor, until_ms: u64) -> Self {
        Self { what, until_ms: Some(until_ms) }
    }
}

impl From<Hold> for Wait {
    fn from(hold: Hold) -> Self {
        let what = if hold.is_penalty { WaitsFor::RateLimit } else { WaitsFor::Answer };
        Self::until(what, hold.until_ms)
    }
}
