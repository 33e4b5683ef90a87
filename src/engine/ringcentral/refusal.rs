//! What a response without success means: RingCentral's error bodies, read leniently.

use crate::error::{ApiError, Error};
use crate::http::HttpResponse;
use crate::json::Value;
use crate::pace::rate_limited;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// Decides what a response without success means.
#[must_use]
pub fn from_response(response: &HttpResponse, now_ms: u64) -> Error {
    let body = Value::parse(&response.body).unwrap_or_default();
    match response.status {
        401 => Error::TokenRejected,
        403 => permission(&body).map_or_else(|| refused(403, &body), |permission| Error::PermissionMissing { permission }),
        429 => rate_limited(response, now_ms),
        status @ 500.. => Error::Unavailable { status },
        status => refused(status, &body),
    }
}

fn refused(status: u16, body: &Value<'_>) -> Error {
    let mut ringcentral = ApiError::list(body.get("errors"));
    if ringcentral.is_empty() {
        let either = |name: &str, other: &str| body.text_of(name).or_else(|| body.text_of(other)).unwrap_or_default();
        let error_code = either("errorCode", "error");
        let message = either("message", "error_description");
        if !(error_code.is_empty() && message.is_empty()) {
            ringcentral.push(ApiError { error_code, message, parameter_name: None }.masked());
        }
    }
    Error::Refused { status, ringcentral }
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
    let missing = entries.iter().find(|entry| entry.get("errorCode").text() == Some("CMN-401"))?;
    let (name, _) = missing.get("message").text()?.split_once('[')?.1.split_once(']')?;
    is_name(name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> HttpResponse {
        HttpResponse { status, headers: vec![("Retry-After".into(), "7".into())], body: body.into() }
    }

    #[test]
    fn a_missing_permission_is_named() {
        let body = r#"{"errorCode":"InsufficientPermissions","errors":[{"errorCode":"CMN-401","message":"In order to call this API endpoint, application needs to have [AI] permission"}]}"#;
        assert_eq!(from_response(&response(403, body), 0), Error::PermissionMissing { permission: "AI".into() });
        let body = r#"{"permissionName":"ReadCallRecording"}"#;
        assert_eq!(from_response(&response(403, body), 0), Error::PermissionMissing { permission: "ReadCallRecording".into() });
        assert_eq!(from_response(&response(403, "<html>"), 0), Error::Refused { status: 403, ringcentral: vec![] });
    }

    #[test]
    fn addresses_in_messages_are_cut_down_to_their_origin() {
        let body = r#"{"errors":[{"errorCode":"CAI-101","message":"bad \"https://u:S3CRET@h.example/S3CRET?x=S3CRET\" given"}]}"#;
        let Error::Refused { ringcentral, .. } = from_response(&response(400, body), 0) else { panic!("refused") };
        assert_eq!(ringcentral[0].message, "bad \"https://h.example/[secret]\" given");
    }

    #[test]
    fn other_statuses_have_meanings_of_their_own() {
        assert_eq!(from_response(&response(401, ""), 0), Error::TokenRejected);
        assert_eq!(from_response(&response(429, ""), 0), Error::RateLimited { retry_after_s: 7 });
        assert_eq!(from_response(&response(503, ""), 0), Error::Unavailable { status: 503 });
        let oauth = r#"{"error":"invalid_grant","error_description":"Token expired"}"#;
        let Error::Refused { ringcentral, .. } = from_response(&response(400, oauth), 0) else { panic!("refused") };
        assert_eq!((ringcentral[0].error_code.as_str(), ringcentral[0].message.as_str()), ("invalid_grant", "Token expired"));
    }
}
