//! How a service calls back: what it sends, how long it waits, when it is content and when it gives up.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;

/// What does not differ between the callbacks of one service.
#[derive(Debug)]
pub struct Habit {
    /// The pauses before each time it is sent again; `--speed` divides them.
    pub pauses: &'static [Duration],
    /// How long it waits for an answer at most.
    pub patience: Duration,
    /// Whether an answer is the one that it wants.
    pub is_taken: fn(StatusCode) -> bool,
    /// Whether an answer is one after which it does not try again.
    pub is_final: fn(StatusCode) -> bool,
    /// What a stranger would send in its name for the job with an id, after what it sends itself.
    pub forged: fn(&Bytes, &str) -> Bytes,
}
