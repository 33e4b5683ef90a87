//! Every way that something ends badly: one enum, stable codes, one sentence each, no foreign text.

mod api_error;
mod code;
mod details;
mod masking;
mod passing;
mod sentence;

pub use api_error::ApiError;
pub use code::Code;
pub use details::{Details, Holder};

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What an operation ends with when it does not succeed.
pub type Result<T> = core::result::Result<T, Error>;

/// Why something did not succeed; [`Error::code`] is the contract, the sentence is for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A value that was given cannot be used; nothing was sent.
    InvalidField {
        /// The field's name, as in `input.encoding`.
        field: String,
        /// What is wrong and what would be right; never quotes the value.
        reason: String,
    },
    /// A field was not given, and the media does not tell it; no job was sent.
    EncodingUnknown {
        /// The field's name, as in `input.encoding`.
        field: String,
        /// What was seen of the media, and what to give.
        reason: String,
    },
    /// RingCentral did not let us log in.
    LoginRefused {
        /// What RingCentral said.
        ringcentral: Vec<ApiError>,
        /// What to do.
        advice: &'static str,
    },
    /// RingCentral ended the session before its time, and it is too soon for another login.
    SessionEnded {
        /// Seconds until the next login.
        retry_after_s: u64,
    },
    /// RingCentral does not accept an access token that was handed to us.
    TokenRejected,
    /// A permission is missing.
    PermissionMissing {
        /// RingCentral's name of it, as in `ReadCallLog`.
        permission: String,
        /// Who lacks it.
        holder: Holder,
    },
    /// RingCentral answered with a refusal.
    Refused {
        /// What was asked for, as in `the list of calls`.
        asked: &'static str,
        /// The status code.
        status: u16,
        /// What RingCentral said.
        ringcentral: Vec<ApiError>,
        /// What to do; empty where nobody knows.
        advice: &'static str,
    },
    /// An engine other than RingCentral did not do what it was asked.
    Engine {
        /// The engine's name.
        engine: &'static str,
        /// Why not: one of the codes whose names begin with `engine_`.
        code: Code,
        /// The status code; 0 where no answer came.
        status: u16,
        /// What it said.
        said: Vec<ApiError>,
    },
    /// The rate limit held on longer than we wait.
    RateLimited {
        /// Seconds until it is worth another try.
        retry_after_s: u64,
    },
    /// The server asked for a pause that is longer than any that is waited for.
    PauseTooLong {
        /// What was asked for, as in `the list of calls`.
        asked: &'static str,
        /// The status code that it came with.
        status: u16,
        /// The pause, in seconds.
        retry_after_s: u64,
    },
    /// The server did not take the question, again and again: it answered 5xx, 408 or 425.
    Unavailable {
        /// What was asked for, as in `the list of calls`.
        asked: &'static str,
        /// The last status code.
        status: u16,
    },
    /// No answer came at all.
    Network,
    /// A job was sent and no answer came: it may run or not.
    SubmitUnconfirmed,
    /// An answer that is not what the API promises.
    UnexpectedAnswer {
        /// What was asked for.
        what: &'static str,
    },
    /// An answer that is no JSON object: it may come from another server, or from something in between.
    NotJson {
        /// What was asked for.
        what: &'static str,
        /// The status code.
        status: u16,
    },
    /// The job ended without a result.
    JobFailed {
        /// The code that the Worker gave it.
        code: String,
        /// The Worker's sentence.
        message: String,
        /// What RingCentral said.
        ringcentral: Vec<ApiError>,
    },
    /// The result holds no words.
    NoTranscript,
    /// A callback's body that is no envelope.
    UnreadableDelivery {
        /// What is wrong with it; never quotes it.
        reason: &'static str,
    },
    /// A signature that no key of ours made.
    WrongSignature,
    /// The Worker answered with an error of its own.
    Worker {
        /// The status code.
        status: u16,
        /// The Worker's error code.
        code: String,
        /// The Worker's sentence.
        message: String,
        /// What else it said.
        details: Box<Details>,
    },
}

impl Error {
    /// A field that cannot be used, and why.
    #[must_use]
    pub fn invalid(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::InvalidField { field: field.into(), reason: reason.into() }
    }

    /// The stable code: the contract for JavaScript, for the Worker's JSON and for tests.
    #[must_use]
    pub fn code(&self) -> &str {
        match self.own_code() {
            Ok(code) => code.as_str(),
            Err(text) => text,
        }
    }

    /// Which of our codes that is; none for one that only a newer Worker knows.
    #[must_use]
    pub fn known_code(&self) -> Option<Code> {
        self.own_code().map_or_else(Code::named, Some)
    }

    /// The code, or the text that the Worker wrote for one.
    fn own_code(&self) -> core::result::Result<Code, &str> {
        Ok(match self {
            Self::InvalidField { .. } => Code::InvalidField,
            Self::EncodingUnknown { .. } => Code::EncodingUnknown,
            Self::LoginRefused { .. } => Code::RingcentralLoginRefused,
            Self::TokenRejected => Code::RingcentralTokenRejected,
            Self::PermissionMissing { .. } => Code::RingcentralPermissionMissing,
            Self::Refused { .. } => Code::RingcentralRefused,
            Self::RateLimited { .. } | Self::PauseTooLong { status: 429, .. } => Code::RateLimited,
            Self::Unavailable { .. } | Self::SessionEnded { .. } | Self::PauseTooLong { .. } => Code::RingcentralUnavailable,
            Self::Engine { code, .. } => *code,
            Self::Network => Code::NetworkOrCors,
            Self::SubmitUnconfirmed => Code::SubmitUnconfirmed,
            Self::UnexpectedAnswer { .. } | Self::NotJson { .. } => Code::UnexpectedAnswer,
            Self::NoTranscript => Code::NoTranscript,
            Self::UnreadableDelivery { .. } => Code::UnreadableCallback,
            Self::WrongSignature => Code::Forbidden,
            Self::JobFailed { code, .. } | Self::Worker { code, .. } => return Err(code),
        })
    }

    /// The status code that the other side answered with, where one did.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. }
            | Self::Unavailable { status, .. }
            | Self::PauseTooLong { status, .. }
            | Self::NotJson { status, .. }
            | Self::Engine { status: status @ 1.., .. }
            | Self::Worker { status, .. } => Some(*status),
            Self::RateLimited { .. } => Some(429),
            Self::TokenRejected | Self::SessionEnded { .. } => Some(401),
            _ => None,
        }
    }

    /// The service's own words, without what may be secret in them.
    #[must_use]
    pub fn ringcentral(&self) -> &[ApiError] {
        match self {
            Self::LoginRefused { ringcentral, .. } | Self::Refused { ringcentral, .. } | Self::JobFailed { ringcentral, .. } => {
                ringcentral
            }
            Self::Engine { said, .. } => said,
            _ => &[],
        }
    }

    /// The same, with a secret that the service repeated in its words masked.
    #[must_use]
    pub fn without(mut self, secret: &crate::secret::Secret) -> Self {
        if let Self::LoginRefused { ringcentral, .. }
        | Self::Refused { ringcentral, .. }
        | Self::JobFailed { ringcentral, .. }
        | Self::Engine { said: ringcentral, .. } = &mut self
        {
            for said in ringcentral {
                said.mask(secret);
            }
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl core::error::Error for Error {}
