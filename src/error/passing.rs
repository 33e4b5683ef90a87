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
            Self::Engine { code, .. } => code.passes(),
            // By its status, for a newer Worker has codes that are not known here: 501 says what it cannot do, 502 what RingCentral refused.
            Self::Worker { status, code, .. } => matches!(*status, 429 | 500 | 503..) && code != Code::NotConfigured.as_str(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::boxed::Box;
    use alloc::string::String;

    #[test]
    fn of_the_workers_errors_those_pass_whose_code_does() {
        for code in Code::ALL {
            let Some(status) = code.status() else { continue };
            let code_text = code.as_str().into();
            let error = Error::Worker { status, code: code_text, message: String::new(), details: Box::default() };
            assert_eq!(error.is_retryable(), code.passes(), "{code:?}");
        }
    }
}
