//! Why a job fails, in the words of the API.

use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::lifecycle::JobError;

/// What a job fails with that its engine did not take, or of whose words no result can be made.
pub(super) fn job_error(error: &Error) -> JobError {
    let message = match error {
        Error::Network => "RingCentral did not answer for a day".into(),
        _ => error.to_string(),
    };
    JobError { code: job_code(error).as_str().into(), message, ringcentral: error.ringcentral().to_vec() }
}

/// What a job fails with whose engine has spoken, and nothing can be made of that.
pub(super) fn unusable(error: &Error) -> JobError {
    let message = match error {
        Error::UnreadableDelivery { reason } => ["what the engine said cannot be read: ", reason].concat(),
        Error::UnexpectedAnswer { .. } | Error::NotJson { .. } => error.to_string(),
        _ => return job_error(error),
    };
    JobError { code: Code::EngineJobFailed.as_str().into(), message, ringcentral: Vec::new() }
}

/// The code that a job shows; what RingCentral's answers are called inside the core is not for callers.
fn job_code(error: &Error) -> Code {
    match error.known_code() {
        Some(Code::NetworkOrCors) => Code::RingcentralUnavailable,
        Some(Code::RingcentralTokenRejected) => Code::RingcentralLoginRefused,
        Some(Code::UnexpectedAnswer) => Code::RingcentralRefused,
        other => other.unwrap_or(Code::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::openapi_tests::document;
    use ringcentral_ai::error::Holder;

    #[test]
    fn a_job_says_in_the_apis_words_why_it_failed() {
        let table = [
            (Error::LoginRefused { ringcentral: Vec::new(), advice: "" }, "ringcentral_login_refused"),
            (Error::TokenRejected, "ringcentral_login_refused"),
            (Error::PermissionMissing { permission: "AI".into(), holder: Holder::App }, "ringcentral_permission_missing"),
            (Error::Refused { asked: "the job", status: 400, ringcentral: Vec::new(), advice: "" }, "ringcentral_refused"),
            (Error::UnexpectedAnswer { what: "a recording" }, "ringcentral_refused"),
            (Error::Network, "ringcentral_unavailable"),
            (Error::Unavailable { asked: "the job", status: 503 }, "ringcentral_unavailable"),
            (Error::RateLimited { retry_after_s: 30 }, "rate_limited"),
        ];
        for (error, code) in table {
            let job_error = job_error(&error);
            assert_eq!(job_error.code, code);
            assert!(!job_error.message.contains("page"), "{}", job_error.message);
        }
    }

    #[test]
    fn the_apis_description_names_the_codes_of_a_job() {
        let invalid = Error::invalid("media.contentUri", "no");
        let unknown = Error::EncodingUnknown { field: "input".into(), reason: "no".into() };
        let refused = Error::Refused { asked: "the job", status: 400, ringcentral: Vec::new(), advice: "" };
        let missing = Error::PermissionMissing { permission: "AI".into(), holder: Holder::App };
        let limited = Error::RateLimited { retry_after_s: 30 };
        let foreign = Error::Worker { status: 500, code: "odd".into(), message: String::new(), details: Box::default() };
        let errors = [Error::TokenRejected, invalid, unknown, refused, missing, limited, foreign, Error::Network];
        let of_engines = Code::ALL.iter().copied().filter(|code| code.as_str().starts_with("engine_"));
        let of_lifecycle = [Code::RingcentralJobFailed, Code::SubmitUnconfirmed, Code::Expired].into_iter().chain(of_engines);
        let codes = errors.iter().map(job_code).chain(of_lifecycle);
        assert_eq!(document().values("JobErrorCode"), codes.map(|code| code.as_str().to_owned()).collect());
    }

    #[test]
    fn nobody_but_the_engine_is_blamed_for_what_it_said() {
        for error in [
            Error::UnexpectedAnswer { what: "a transcription" },
            Error::UnreadableDelivery { reason: "it is no transcription" },
            Error::NotJson { what: "a transcription", status: 200 },
        ] {
            let job_error = unusable(&error);
            assert_eq!(job_error.code, "engine_job_failed");
            assert!(!job_error.message.contains("callback"), "{}", job_error.message);
        }
        assert_eq!(unusable(&Error::invalid("task", "no")).code, "invalid_field");
    }
}
