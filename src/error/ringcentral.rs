//! RingCentral's error bodies: read leniently, masked before anybody sees them.

use super::Error;
use crate::http::HttpResponse;
use crate::json::{Object, Value};
use crate::secret::{MASK, Secret};
use serde::{Deserialize, Serialize};

/// At most so many characters of a message are kept.
const MAX_MESSAGE_CHARS: usize = 300;
/// At most so many errors of one body are kept.
const MAX_ERRORS: usize = 10;

/// One entry of RingCentral's `errors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// RingCentral's code, as in `CAI-101`.
    pub error_code: String,
    /// RingCentral's sentence, addresses in it masked.
    pub message: String,
    /// The parameter it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter_name: Option<String>,
}

impl ApiError {
    /// The same with every address cut down to its origin, and of a bounded length.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.error_code = mask_addresses(&self.error_code);
        self.message = mask_addresses(&self.message);
        self.parameter_name = self.parameter_name.map(|name| mask_addresses(&name));
        self
    }

    /// Reads RingCentral's `errors`, ten at most, masked; what is no such list has none.
    #[must_use]
    pub fn list(errors: &Value<'_>) -> Vec<Self> {
        let entries = errors.entries().iter().filter(|entry| entry.is_object()).take(MAX_ERRORS);
        entries.map(Self::read).collect()
    }

    fn read(entry: &Value<'_>) -> Self {
        let text = |name: &str| entry.text_of(name).unwrap_or_default();
        Self { error_code: text("errorCode"), message: text("message"), parameter_name: entry.text_of("parameterName") }.masked()
    }

    /// The error as JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let object = Object::new().text("errorCode", &self.error_code).text("message", &self.message);
        object.optional_text("parameterName", self.parameter_name.as_deref()).write()
    }

    pub(super) fn mask(&mut self, secret: &Secret) {
        if !secret.is_empty() {
            // The secret is looked for in order to be removed.
            self.message = self.message.replace(secret.expose(), MASK);
        }
    }
}

/// Decides what a response without success means.
#[must_use]
pub fn from_response(response: &HttpResponse) -> Error {
    let body = Value::parse(&response.body).unwrap_or_default();
    match response.status {
        401 => Error::TokenRejected,
        403 => permission(&body).map_or_else(|| refused(403, &body), |permission| Error::PermissionMissing { permission }),
        429 => Error::RateLimited { retry_after_s: response.number("retry-after").unwrap_or(crate::pace::RETRY_AFTER_S) },
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

/// Cuts every address in a text down to scheme and host: paths and queries may hold secrets.
fn mask_addresses(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let after = at + 3;
        let end = |from: usize, stop: fn(char) -> bool| rest[from..].find(stop).map_or(rest.len(), |at| from + at);
        let host_end = end(after, |c| c.is_whitespace() || "/?#\"'<>".contains(c));
        let address_end = end(after, |c| c.is_whitespace() || "\"'<>".contains(c));
        let host = &rest[after..host_end];
        masked.push_str(&rest[..after]);
        masked.push_str(host.rsplit_once('@').map_or(host, |(_, host)| host));
        if host_end < address_end {
            masked.push('/');
            masked.push_str(MASK);
        }
        rest = &rest[address_end..];
    }
    masked.push_str(rest);
    masked.chars().filter(|c| !c.is_control()).take(MAX_MESSAGE_CHARS).collect()
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
        assert_eq!(from_response(&response(403, body)), Error::PermissionMissing { permission: "AI".into() });
        let body = r#"{"permissionName":"ReadCallRecording"}"#;
        assert_eq!(from_response(&response(403, body)), Error::PermissionMissing { permission: "ReadCallRecording".into() });
        assert_eq!(from_response(&response(403, "<html>")), Error::Refused { status: 403, ringcentral: vec![] });
    }

    #[test]
    fn addresses_in_messages_are_cut_down_to_their_origin() {
        let body = r#"{"errors":[{"errorCode":"CAI-101","message":"bad \"https://u:S3CRET@h.example/S3CRET?x=S3CRET\" given"}]}"#;
        let Error::Refused { ringcentral, .. } = from_response(&response(400, body)) else { panic!("refused") };
        assert_eq!(ringcentral[0].message, "bad \"https://h.example/[secret]\" given");
    }

    #[test]
    fn other_statuses_have_meanings_of_their_own() {
        assert_eq!(from_response(&response(401, "")), Error::TokenRejected);
        assert_eq!(from_response(&response(429, "")), Error::RateLimited { retry_after_s: 7 });
        assert_eq!(from_response(&response(503, "")), Error::Unavailable { status: 503 });
        let oauth = r#"{"error":"invalid_grant","error_description":"Token expired"}"#;
        let Error::Refused { ringcentral, .. } = from_response(&response(400, oauth)) else { panic!("refused") };
        assert_eq!((ringcentral[0].error_code.as_str(), ringcentral[0].message.as_str()), ("invalid_grant", "Token expired"));
    }
}
