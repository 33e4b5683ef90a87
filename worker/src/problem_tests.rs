use super::*;
use ringcentral_ai::error::Holder;

fn answered(problem: impl Into<Problem>) -> (u16, Failure) {
    let problem = problem.into();
    (problem.status(), problem.failure().clone())
}

#[test]
fn every_error_of_the_core_has_its_status_and_code() {
    let table = [
        (Error::invalid("input.encoding", "no"), 422, "invalid_field"),
        (Error::LoginRefused { ringcentral: Vec::new(), advice: "" }, 502, "ringcentral_login_refused"),
        (Error::TokenRejected, 502, "ringcentral_login_refused"),
        (
            Error::PermissionMissing { permission: "ReadCallLog".into(), holder: Holder::App },
            502,
            "ringcentral_permission_missing",
        ),
        (Error::Refused { asked: "the job", status: 400, ringcentral: Vec::new(), advice: "" }, 502, "ringcentral_refused"),
        (Error::RateLimited { retry_after_s: 31 }, 429, "rate_limited"),
        (Error::Unavailable { asked: "the job", status: 503 }, 503, "ringcentral_unavailable"),
        (Error::Network, 503, "ringcentral_unavailable"),
        (Error::SubmitUnconfirmed, 502, "submit_unconfirmed"),
        (Error::UnexpectedAnswer { what: "a list" }, 503, "ringcentral_unavailable"),
        (Error::NoTranscript, 404, "no_transcript"),
        (Error::UnreadableDelivery { reason: "no JSON" }, 422, "unreadable_callback"),
        (Error::WrongSignature, 403, "forbidden"),
    ];
    for (error, status, code) in table {
        let (got, failure) = answered(error.clone());
        assert_eq!((got, failure.code.as_str()), (status, code), "{error:?}");
        assert!(failure.message.len() > 10, "{error:?}");
    }
}

#[test]
fn every_code_that_is_shown_has_a_status_and_none_is_shown_as_two() {
    for code in Code::ALL.iter().copied() {
        let here = shown(code);
        assert_eq!((here.status().is_some(), shown(here)), (true, here), "{code:?}");
        let (status, failure) = answered(code);
        assert_eq!((Some(status), failure.code), (here.status(), here));
    }
}

#[test]
fn the_log_is_told_what_is_ours_to_mend() {
    assert_eq!(Problem::not_configured("RC_JWT", "it is missing").cause(), Some("RC_JWT: it is missing"));
    assert_eq!(Problem::field("task", "no").cause(), None);
}
