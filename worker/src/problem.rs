//! The one shape of an error of this API, and the table from every error of the core to its status code.

use crate::failure::Failure;
use ringcentral_ai::error::Error;

/// How long a client does well to wait when nobody knows better.
const RETRY_AFTER_S: u64 = 5;
/// A sentence of the core's that speaks of pages and their networks, said for this side.
const UNREACHABLE: &str = "RingCentral does not answer: try again later";

/// Why a request is not done; nothing in it is secret.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: u16,
    failure: Box<Failure>,
    allow: Option<String>,
}

/// An error of the core as it is shown.
pub(crate) fn failure_of(error: &Error) -> Failure {
    Failure {
        code: error.code().to_owned(),
        message: error.to_string(),
        field: if let Error::InvalidField { field, .. } = error { Some(field.clone()) } else { None },
        permission: if let Error::PermissionMissing { permission } = error { Some(permission.clone()) } else { None },
        retry_after_s: if let Error::RateLimited { retry_after_s } = error { Some(*retry_after_s) } else { None },
    }
}

/// The status code of an error's code; a code of the core that this API does not show is another one here.
fn shown(failure: &mut Failure) -> u16 {
    match failure.code.as_str() {
        "network_or_cors" | "unexpected_answer" | "ringcentral_unavailable" => {
            failure.code = "ringcentral_unavailable".into();
            failure.message = UNREACHABLE.into();
            failure.retry_after_s.get_or_insert(RETRY_AFTER_S);
            503
        }
        // With a login of its own, a rejected token means that RingCentral does not take our logins' tokens.
        "ringcentral_token_rejected" => {
            failure.code = "ringcentral_login_refused".into();
            502
        }
        "ringcentral_login_refused" | "ringcentral_permission_missing" | "ringcentral_refused" | "submit_unconfirmed" => 502,
        "invalid_json" => 400,
        "unauthorized" => 401,
        "forbidden" => 403,
        "not_found" | "no_transcript" => 404,
        "method_not_allowed" => 405,
        "idempotency_conflict" | "not_finished" => 409,
        "too_large" => 413,
        "invalid_field" | "encoding_unknown" | "unreadable_callback" | "foreign_callback" => 422,
        "rate_limited" => 429,
        "not_configured" | "result_delayed" | "busy" => 503,
        _ => 500,
    }
}

impl From<Failure> for Problem {
    fn from(mut failure: Failure) -> Self {
        Self { status: shown(&mut failure), failure: Box::new(failure), allow: None }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        failure_of(&error).into()
    }
}

impl Problem {
    /// A problem with that code; the code decides the status.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Failure { code: code.into(), message: message.into(), field: None, permission: None, retry_after_s: None }.into()
    }

    /// Something of ours did not work; `what` goes to the log and to the caller, so that both can be matched.
    pub(crate) fn internal(what: &'static str) -> Self {
        Self::new("internal", what)
    }

    /// A setting that is missing or wrong.
    pub(crate) fn not_configured(name: &str, reason: &str) -> Self {
        Self::new("not_configured", [name, ": ", reason].concat())
    }

    /// A field that is wrong.
    pub(crate) fn field(name: &str, reason: &str) -> Self {
        Error::invalid(name, reason).into()
    }

    /// The media's encoding was not given and cannot be found out.
    pub(crate) fn encoding_unknown(message: &str) -> Self {
        let mut problem = Self::new("encoding_unknown", message);
        problem.failure.field = Some("input.encoding".into());
        problem
    }

    /// No such path, job, or file.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new("not_found", what)
    }

    /// The path is there, but not for this method.
    pub(crate) fn method_not_allowed(allowed: &str) -> Self {
        let problem = Self::new("method_not_allowed", ["this path is for ", allowed].concat());
        Self { allow: Some(allowed.into()), ..problem }
    }

    /// The same, worth another try in so many seconds.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.failure.retry_after_s = Some(seconds);
        self
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &str {
        &self.failure.code
    }

    /// The sentence for the log: of what is ours to mend, not of what callers got wrong.
    pub(crate) fn cause(&self) -> Option<&str> {
        (self.status >= 500).then_some(self.failure.message.as_str())
    }

    /// The status code.
    pub(crate) const fn status(&self) -> u16 {
        self.status
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
mod tests {
    use super::*;

    fn shown(error: Error) -> (u16, Failure) {
        let problem = Problem::from(error);
        (problem.status(), problem.failure().clone())
    }

    #[test]
    fn every_error_of_the_core_has_its_status_and_code() {
        let table = [
            (Error::invalid("input.encoding", "no"), 422, "invalid_field"),
            (Error::LoginRefused { ringcentral: Vec::new() }, 502, "ringcentral_login_refused"),
            (Error::TokenRejected, 502, "ringcentral_login_refused"),
            (Error::PermissionMissing { permission: "ReadCallLog".into() }, 502, "ringcentral_permission_missing"),
            (Error::Refused { status: 400, ringcentral: Vec::new() }, 502, "ringcentral_refused"),
            (Error::RateLimited { retry_after_s: 31 }, 429, "rate_limited"),
            (Error::Unavailable { status: 503 }, 503, "ringcentral_unavailable"),
            (Error::Network, 503, "ringcentral_unavailable"),
            (Error::SubmitUnconfirmed, 502, "submit_unconfirmed"),
            (Error::UnexpectedAnswer { what: "a list" }, 503, "ringcentral_unavailable"),
            (Error::NoTranscript, 404, "no_transcript"),
            (Error::UnreadableDelivery { reason: "no JSON" }, 422, "unreadable_callback"),
            (Error::WrongSignature, 403, "forbidden"),
        ];
        for (error, status, code) in table {
            let (got, failure) = shown(error.clone());
            assert_eq!((got, failure.code.as_str()), (status, code), "{error:?}");
            assert!(failure.message.len() > 10, "{error:?}");
        }
    }

    #[test]
    fn the_log_is_told_what_is_ours_to_mend() {
        assert_eq!(Problem::not_configured("RC_JWT", "it is missing").cause(), Some("RC_JWT: it is missing"));
        assert_eq!(Problem::field("task", "no").cause(), None);
    }
}
