//! How much of what a server says about time is believed: the one place with these numbers.
//!
//! RingCentral's window and its penalty are a minute. Up to an hour a pause is kept to the end, since RingCentral begins a penalty
//! anew when it is asked inside one. A longer one is a mistake in a unit or in a clock: it tells nothing of when to come again, so
//! whoever asked is told, and the queue opens after a quarter of an hour. It must never stay closed for ever.

/// A longer pause is not waited for.
pub(super) const LONGEST_MS: u64 = 3_600_000;
/// What is waited instead, and the longest window that is believed.
pub const INSTEAD_MS: u64 = 900_000;
/// A limit beyond this is not believed.
pub(super) const MOST_REQUESTS: u64 = 100_000;

/// How long a queue stays closed for a pause that was asked for.
pub(super) const fn believed_ms(asked_ms: u64) -> u64 {
    if asked_ms > LONGEST_MS { INSTEAD_MS } else { asked_ms }
}

/// A window that may be one.
pub(super) fn believed_window_ms(window_ms: u64) -> Option<u64> {
    (1..=INSTEAD_MS).contains(&window_ms).then_some(window_ms)
}
