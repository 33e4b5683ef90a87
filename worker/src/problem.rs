//! The one shape of an error of this API, and which code it has here; the code decides the status.

use crate::bucket;
use crate::failure::Failure;
use crate::limits::{INTERRUPTED_RETRY_AFTER_S, UNAVAILABLE_RETRY_AFTER_S};
use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::pace::INSTEAD_MS;

/// The core's sentence for it speaks of pages and their networks; said for this side.
const UNREACHABLE: &str = "RingCentral does not answer: try again later";

/// Why a request is not done; nothing in it is secret.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: u16,
    failure: Box<Failure>,
    allow: Option<String>,
    is_stalled: bool,
}

/// An error of the core as it is shown.
pub(crate) fn failure_of(error: &Error) -> Failure {
    let retry_after_s = match error {
        Error::RateLimited { retry_after_s } | Error::SessionEnded { retry_after_s } => Some(*retry_after_s),
        // The queue opens again long before.
        Error::PauseTooLong { .. } => Some(INSTEAD_MS / 1_000),
        _ => None,
    };
    Failure {
        code: error.known_code().unwrap_or(Code::Internal),
        message: if *error == Error::Network { UNREACHABLE.into() } else { error.to_string() },
        field: if let Error::InvalidField { field, .. } | Error::EncodingUnknown { field, .. } = error {
            Some(field.clone())
        } else {
            None
        },
        permission: if let Error::PermissionMissing { permission, .. } = error { Some(permission.clone()) } else { None },
        retry_after_s,
    }
}

/// The code that this API shows: a code that only the core or the package has is another one here.
const fn shown(code: Code) -> Code {
    match code {
        Code::NetworkOrCors | Code::UnexpectedAnswer => Code::RingcentralUnavailable,
        // With a login of its own, a rejected token means that RingCentral does not take our logins' tokens.
        Code::RingcentralTokenRejected => Code::RingcentralLoginRefused,
        // How a job ends, and what the package says by itself, is no answer to a request.
        Code::RingcentralJobFailed
        | Code::EngineRefused
        | Code::EngineKeyRefused
        | Code::EngineCreditExhausted
        | Code::EngineUnavailable
        | Code::EngineJobFailed
        | Code::Expired
        | Code::CoreNotLoaded
        | Code::NoReadToken
        | Code::PopupBlocked => Code::Internal,
        Code::InvalidJson
        | Code::Unauthorized
        | Code::Forbidden
        | Code::NotFound
        | Code::NoTranscript
        | Code::MethodNotAllowed
        | Code::IdempotencyConflict
        | Code::NotFinished
        | Code::UploadConflict
        | Code::TooLarge
        | Code::InvalidField
        | Code::EncodingUnknown
        | Code::UnreadableCallback
        | Code::ForeignCallback
        | Code::RateLimited
        | Code::Internal
        | Code::UploadsNotConfigured
        | Code::RingcentralLoginRefused
        | Code::RingcentralPermissionMissing
        | Code::RingcentralRefused
        | Code::SubmitUnconfirmed
        | Code::NotConfigured
        | Code::RingcentralUnavailable
        | Code::ResultDelayed
        | Code::Busy => code,
    }
}

impl From<Failure> for Problem {
    fn from(mut failure: Failure) -> Self {
        failure.code = shown(failure.code);
        if failure.code == Code::RingcentralUnavailable {
            failure.retry_after_s.get_or_insert(UNAVAILABLE_RETRY_AFTER_S);
        }
        Self { status: failure.code.status().unwrap_or(500), failure: Box::new(failure), allow: None, is_stalled: false }
    }
}

/// A problem of which nothing is known but its code.
impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code, code.sentence())
    }
}

impl From<bucket::Trouble> for Problem {
    fn from(_: bucket::Trouble) -> Self {
        Self::new(Code::Busy, "the bucket did not do that, or not all of it: ask again").retry_after(UNAVAILABLE_RETRY_AFTER_S)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        failure_of(&error).into()
    }
}

impl Problem {
    /// A problem with that code; the code decides the status.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Failure { code, message: message.into(), field: None, permission: None, retry_after_s: None }.into()
    }

    /// Something of ours did not work; `what` goes to the log and to the caller, so that both can be matched.
    pub(crate) fn internal(what: &'static str) -> Self {
        Self::new(Code::Internal, what)
    }

    /// The instance that worked on it is gone; what it had done stays done.
    pub(crate) fn interrupted() -> Self {
        Self::new(Code::Busy, "the Worker was interrupted before it had answered: ask again")
            .retry_after(INTERRUPTED_RETRY_AFTER_S)
    }

    /// A setting that is missing or wrong.
    pub(crate) fn not_configured(name: &str, reason: &str) -> Self {
        Self::new(Code::NotConfigured, [name, ": ", reason].concat())
    }

    /// A field that is wrong.
    pub(crate) fn field(name: &str, reason: &str) -> Self {
        Error::invalid(name, reason).into()
    }

    /// No such path, job, or file.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, what)
    }

    /// There is no such job.
    pub(crate) fn no_such_job() -> Self {
        Self::not_found("there is no such job, or not any more")
    }

    /// There is no such upload.
    pub(crate) fn no_such_upload() -> Self {
        Self::not_found("there is no such upload, or not any more")
    }

    /// There is no such dead letter.
    pub(crate) fn no_such_letter() -> Self {
        Self::not_found("there is no such dead letter, or not any more")
    }

    /// A job names an engine that there is not.
    pub(crate) fn unknown_engine() -> Self {
        Self::internal("the job's engine is not one of this version")
    }

    /// The same about a value that was given.
    pub(crate) fn about(mut self, field: &str) -> Self {
        self.failure.field = Some(field.into());
        self
    }

    /// The path is there, but not for this method.
    pub(crate) fn method_not_allowed(allowed: &str) -> Self {
        let problem = Self::new(Code::MethodNotAllowed, ["this path is for ", allowed].concat());
        Self { allow: Some(allowed.into()), ..problem }
    }

    /// The sender of a body has not sent it to its end.
    pub(crate) fn stalled(code: Code, message: &str) -> Self {
        Self { is_stalled: true, ..Self::new(code, message) }
    }

    /// The same, worth another try in so many seconds.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.failure.retry_after_s = Some(seconds);
        self
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        self.failure.code.as_str()
    }

    /// The sentence for the log: of what is ours to mend, not of what callers got wrong.
    pub(crate) fn cause(&self) -> Option<&str> {
        (self.status >= 500).then_some(self.failure.message.as_str())
    }

    /// The status code.
    pub(crate) const fn status(&self) -> u16 {
        self.status
    }

    /// Whether the sender of a body has not sent it to its end.
    pub(crate) const fn is_stalled(&self) -> bool {
        self.is_stalled
    }

    /// The methods that the path is for, where it is not for the request's.
    pub(crate) fn allow(&self) -> Option<&str> {
        self.allow.as_deref()
    }

    /// What is told of it.
    pub(crate) const fn failure(&self) -> &Failure {
        &self.failure
    }
}

#[cfg(test)]
#[path = "problem_tests.rs"]
mod tests;
