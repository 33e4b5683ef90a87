//! Whether another try may help: at once, or later.

use super::{Code, Error};

impl Error {
    /// Whether the same call may succeed later without anything being changed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::SessionEnded { .. }
            | Self::PauseTooLong { .. }
            | Self::Unavailable { .. }
            | Self::Network => true,
            Self::Worker { status, code, .. } => match Code::named(code) {
                Some(code) => code.passes(),
                None => matches!(*status, 429 | 500..),
            },
            _ => false,
        }
    }

    /// Whether another try soon may help. What the service itself says is its verdict; any other answer came from something in
    /// between, and passes. A redirect does not: it is never followed.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::NotJson { .. } | Self::UnexpectedAnswer { .. } => true,
            Self::Refused { status, ringcentral, .. } => *status >= 400 && ringcentral.is_empty(),
            Self::PauseTooLong { .. } => false,
            _ => self.is_retryable(),
        }
    }
}
