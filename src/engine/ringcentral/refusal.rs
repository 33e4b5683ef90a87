//! What a response without success means: RingCentral's error bodies, read leniently; and which body is none of RingCentral's.
//!
//! RingCentral's verdict is JSON that names a code: `errors`, `errorCode`, or OAuth's word `error`. Whatever else comes with a 4xx (a
//! page, nothing, other JSON) was written by something in between and says nothing of what was asked: [`Error::passes`]. 408 and 425
//! say by themselves that the request was not taken, 429 that it was too early, 5xx nothing; 401 is taken at its word whatever its
//! body, since another login is what mends it.

use crate::error::{ApiError, Error, Holder};
use crate::http::HttpResponse;
use crate::json::Value;
use crate::pace::not_taken;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Decides what a response without success means; `asked` is what was asked for, as in `the list of calls`.
#[must_use]
pub fn from_response(asked: &'static str, response: &HttpResponse, now_ms: u64) -> Error {
    if let Some(error) = not_taken(asked, response, now_ms) {
        return error;
    }
    let body = Value::parse(&response.body).unwrap_or_default();
    match response.status {
        401 => Error::TokenRejected,
        403 => missing(&body).unwrap_or_else(|| refused(asked, 403, &body)),
        status => refused(asked, status, &body),
    }
}

fn refused(asked: &'static str, status: u16, body: &Value<'_>) -> Error {
    let ringcentral = said(body);
    let code = ringcentral.first().map_or("", |said| said.error_code.as_str());
    Error::Refused { asked, status, advice: advice(status, code), ringcentral }
}

/// What to do about a refusal, by RingCentral's code for it (its guide's page "Errors"), else by the status.
fn advice(status: u16, code: &str) -> &'static str {
    match (code, status) {
        ("CMN-101" | "CAI-101", _) => "mend what it names",
        ("CMN-109", _) => "the account does not have this feature",
        ("CMN-402", _) => "an administrator has to log in for that",
        ("CMN-404", _) => "the user who logged in may not see what belongs to another extension",
        (code, 404) if !is_gateways(code) && !code.is_empty() => "it is not there, not any more, or not for this user",
        (_, 404) => {
            "this server does not have it: check the server's address; where it is a job, RingCentral's AI API is deprecated and may have ended"
        }
        (_, 300..400) => "a redirect is never followed: check the server's address",
        ("", _) => "the answer is not in RingCentral's form: check the server's address, and what stands in between",
        _ => "",
    }
}

/// Whether that code is of the gateway before RingCentral's services, which knows of no job.
pub(in crate::engine) fn is_gateways(code: &str) -> bool {
    code.starts_with("AGW-")
}

/// What RingCentral says in the body of a refusal; nothing where the body is none of RingCentral's.
pub(super) fn said(body: &Value<'_>) -> Vec<ApiError> {
    let mut ringcentral = ApiError::list(body.get("errors"));
    ringcentral.retain(|said| !said.error_code.is_empty());
    let code = body.get("errorCode").text().or_else(|| body.get("error").text().filter(|word| is_of_oauth(word)));
    if let Some(code) = code.filter(|code| ringcentral.is_empty() && !code.is_empty()) {
        let error_code = code.to_owned();
        let message = body.text_of("message").or_else(|| body.text_of("error_description")).unwrap_or_default();
        ringcentral.push(ApiError { error_code, message, parameter_name: None }.masked());
    }
    ringcentral
}

/// Whether it is one of OAuth's words for an error (RFC 6749, section 5.2), as in `invalid_grant`; others write `error` as a sentence.
fn is_of_oauth(word: &str) -> bool {
    word.contains('_') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// The permission that a 403 is about, and who lacks it: the app, or with `CMN-408` the user.
fn missing(body: &Value<'_>) -> Option<Error> {
    const USER: &str = "CMN-408";
    let is_user = |value: &Value<'_>| value.get("errorCode").text() == Some(USER);
    let holder = if is_user(body) || body.get("errors").entries().iter().any(is_user) { Holder::User } else { Holder::App };
    permission(body).map(|permission| Error::PermissionMissing { permission, holder })
}

/// The permission that a 403 names, in a field or in `[…]` inside its sentence.
fn permission(body: &Value<'_>) -> Option<String> {
    const FIELD: &str = "permissionName";
    let entries = body.get("errors").entries();
    let is_name = |name: &str| !name.is_empty() && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric());
    let field = body.text_of(FIELD).or_else(|| entries.iter().find_map(|entry| entry.text_of(FIELD)));
    if field.is_some() {
        return field.filter(|name| is_name(name));
    }
    let is_missing = |entry: &&Value<'_>| matches!(entry.get("errorCode").text(), Some("CMN-401" | "CMN-408"));
    let missing = entries.iter().chain([body]).find(is_missing)?;
    let (name, _) = missing.get("message").text()?.split_once('[')?.1.split_once(']')?;
    is_name(name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &str) -> Error {
        let response = HttpResponse { status, headers: vec![("Retry-After".into(), "7".into())], body: body.into() };
        from_response("the job", &response, 0)
    }

    #[test]
    fn a_missing_permission_is_named_with_who_lacks_it() {
        let app = |permission: &str| Error::PermissionMissing { permission: permission.into(), holder: Holder::App };
        let user = |permission: &str| Error::PermissionMissing { permission: permission.into(), holder: Holder::User };
        let table = [
            (
                r#"{"errorCode":"InsufficientPermissions","errors":[{"errorCode":"CMN-401","message":"In order to call this API endpoint, application needs to have [AI] permission"}]}"#,
                app("AI"),
            ),
            (r#"{"permissionName":"ReadCallRecording"}"#, app("ReadCallRecording")),
            (
                r#"{"errors":[{"errorCode":"CMN-408","message":"In order to call this API endpoint, user needs to have [FullCompanyCallLog] permission for requested resource."}]}"#,
                user("FullCompanyCallLog"),
            ),
            (r#"{"errors":[{"errorCode":"CMN-408","permissionName":"ReadCallLog"}]}"#, user("ReadCallLog")),
            (r#"{"errorCode":"CMN-408","message":"user needs to have [ReadCallLog] permission"}"#, user("ReadCallLog")),
        ];
        for (body, expected) in table {
            assert_eq!(error(403, body), expected, "{body}");
        }
    }

    #[test]
    fn addresses_in_messages_are_cut_down_to_their_origin() {
        let body = r#"{"errors":[{"errorCode":"CAI-101","message":"bad \"https://u:S3CRET@h.example/S3CRET?x=S3CRET\" given"}]}"#;
        assert_eq!(error(400, body).ringcentral()[0].message, "bad \"https://h.example/[secret]\" given");
    }

    #[test]
    fn other_statuses_have_meanings_of_their_own() {
        assert_eq!(error(401, ""), Error::TokenRejected);
        assert_eq!(error(429, ""), Error::RateLimited { retry_after_s: 7 });
        for status in [408, 425, 500, 503] {
            assert_eq!(error(status, ""), Error::Unavailable { asked: "the job", status });
        }
        let oauth = error(400, r#"{"error":"invalid_grant","error_description":"Token expired"}"#);
        let [said] = oauth.ringcentral() else { panic!("{oauth:?}") };
        assert_eq!((said.error_code.as_str(), said.message.as_str()), ("invalid_grant", "Token expired"));
    }

    #[test]
    fn a_verdict_is_json_that_names_a_code_and_all_else_passes() {
        let verdicts = [
            r#"{"errors":[{"errorCode":"CMN-102","message":"no"}]}"#,
            r#"{"errorCode":"CMN-102"}"#,
            r#"{"error":"invalid_grant"}"#,
            r#"{"error":"invalid_request","error_description":"no"}"#,
        ];
        let foreign = [
            "",
            "no",
            "<html><body>404</body></html>",
            "{}",
            "[]",
            r#"{"message":"Forbidden"}"#,
            r#"{"error":"Not Found","status":404,"path":"/"}"#,
            r#"{"error":{"code":"not_found"}}"#,
            r#"{"errors":[]}"#,
            r#"{"errors":[{"message":"no"}]}"#,
            r#"{"errors":["no"],"errorCode":""}"#,
            r#"{"errorCode":404}"#,
            r#"{"errorCode":"CMN-1"#,
        ];
        for status in [400, 403, 404, 405, 413, 451] {
            for body in verdicts {
                assert!(!error(status, body).passes(), "{status} {body}");
            }
            for body in foreign {
                let error = error(status, body);
                assert!(error.passes() && error.ringcentral().is_empty(), "{status} {body}");
            }
        }
        assert!(!error(307, "").passes(), "a redirect is never followed, however often");
    }

    #[test]
    fn a_refusal_says_which_question_which_status_which_code_and_what_to_do() {
        let coded = |code: &str| format!(r#"{{"errors":[{{"errorCode":"{code}","message":"no"}}]}}"#);
        let table = [
            (403, "CMN-404", "RingCentral refused the job (403): CMN-404 no; the user who logged in may not see"),
            (403, "CMN-402", "RingCentral refused the job (403): CMN-402 no; an administrator"),
            (403, "CMN-109", "the account does not have this feature"),
            (
                404,
                "CMN-102",
                "RingCentral refused the job (404): CMN-102 no; it is not there, not any more, or not for this user",
            ),
            (404, "AGW-404", "RingCentral refused the job (404): AGW-404 no; this server does not have it"),
            (400, "CAI-101", "RingCentral refused the job (400): CAI-101 no; mend what it names"),
            (409, "X-1", "RingCentral refused the job (409): X-1 no"),
        ];
        for (status, code, sentence) in table {
            let said = error(status, &coded(code)).to_string();
            assert!(said.contains(sentence), "{said}");
        }
        let table = [
            (403, "RingCentral refused the job (403): the answer is not in RingCentral's form: check the server's address"),
            (404, "RingCentral refused the job (404): this server does not have it: check the server's address"),
            (307, "RingCentral refused the job (307): a redirect is never followed: check the server's address"),
        ];
        for (status, sentence) in table {
            for body in ["", "<html>", "[]"] {
                let said = error(status, body).to_string();
                assert!(said.starts_with(sentence), "{said}");
            }
        }
    }
}
