//! How RingCentral calls back: `POST`, and again until it is answered 200 or six attempts are over.

use std::time::Duration;

use reqwest::StatusCode;

use crate::ai::envelope;
use crate::callback::Habit;

/// RingCentral's. Assumption: it says "exponential backoff" and no numbers, and nothing of how long it waits.
pub static HABIT: Habit = Habit {
    pauses: &[
        Duration::from_secs(2),
        Duration::from_secs(4),
        Duration::from_secs(8),
        Duration::from_secs(16),
        Duration::from_secs(32),
    ],
    patience: Duration::from_secs(30),
    is_taken: |status| status == StatusCode::OK,
    is_final: |_| false,
    forged: envelope::forged,
};
