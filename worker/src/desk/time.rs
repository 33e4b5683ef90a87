//! The present.

use crate::random;
use ringcentral_ai::call::Now;

/// Milliseconds since 1970.
pub(super) fn now_ms() -> u64 {
    worker::Date::now().as_millis()
}

/// What a call is stepped with.
pub(super) fn now() -> Now {
    Now { ms: now_ms(), random: random::number() }
}
