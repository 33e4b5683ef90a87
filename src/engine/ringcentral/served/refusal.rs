//! Why a request is not done, in RingCentral's words for it where they are known, else in ours.

use crate::error::Code;
use crate::json::Object;
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::iter::once;

/// What an error of ours is called where RingCentral has a name for it.
const INVALID: &str = "CAI-101";
/// What stands before a field's name in our own API, and what the media is called there: here all fields are the request's own.
const NAMES: [(&str, &str); 3] = [("input.", ""), ("media.", ""), ("media", "contentUri")];

/// Why a request is not done.
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    /// Our code.
    pub code: Code,
    /// Our sentence.
    pub message: &'a str,
    /// The field that is wrong.
    pub field: Option<&'a str>,
    /// The permission that is missing.
    pub permission: Option<&'a str>,
}

/// The status that a code is answered with.
#[must_use]
pub const fn status_of(code: Code) -> Option<u16> {
    match code {
        Code::InvalidField | Code::EncodingUnknown => Some(400),
        Code::RingcentralPermissionMissing => Some(403),
        other => other.status(),
    }
}

impl Refusal<'_> {
    /// The body: `errorCode` and `message` stand at its top too, where RingCentral's clients look for a sentence. Only `CAI-101` is known
    /// of the AI API's own codes; those of the platform are its guide's, and what it has none for keeps our name.
    #[must_use]
    pub fn write(self) -> String {
        let (top, code) = self.codes();
        let field = self.field.map(own_name);
        let message = field.as_deref().map(|name| of_parameter(name, self.reason()));
        let message = message.as_deref().unwrap_or(self.message);
        let error = Object::new().text("errorCode", code).text("message", message);
        let error = error.optional_text("parameterName", field.as_deref()).optional_text("permissionName", self.permission);
        let body = Object::new().text("errorCode", top).text("message", message).list("errors", once(error.write()));
        body.optional_text("permissionName", self.permission).write()
    }

    /// The code at the top, and the one beneath.
    const fn codes(self) -> (&'static str, &'static str) {
        match (self.code, self.field) {
            (Code::InvalidField | Code::EncodingUnknown, _) | (Code::NotFound, Some(_)) => (INVALID, INVALID),
            (Code::InvalidJson, _) => ("CMN-103", "CMN-103"),
            (Code::Unauthorized, _) => ("TokenInvalid", "OAU-213"),
            (Code::Forbidden | Code::RingcentralPermissionMissing, _) => ("InsufficientPermissions", "CMN-401"),
            (Code::NotFound, None) => ("AGW-404", "AGW-404"),
            (Code::RateLimited, _) => ("CMN-301", "CMN-301"),
            (other, _) => (other.as_str(), other.as_str()),
        }
    }

    /// Our sentence without the field's name in front.
    fn reason(&self) -> &str {
        let reason = self.field.and_then(|field| self.message.strip_prefix(field)?.strip_prefix(": "));
        reason.unwrap_or(self.message)
    }
}

/// A field's name in the request.
fn own_name(field: &str) -> String {
    let named = |(ours, name): &(&str, &str)| Some([name, field.strip_prefix(ours)?].concat());
    NAMES.iter().find_map(named).unwrap_or_else(|| field.to_owned())
}

/// RingCentral's sentence about a parameter.
fn of_parameter(name: &str, reason: &str) -> String {
    let (first, rest) = reason.split_at_checked(1).unwrap_or(("", reason));
    ["Parameter [", name, "] is invalid. ", &first.to_ascii_uppercase(), rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn body(code: Code, message: &str, field: Option<&str>) -> Value {
        serde_json::from_str(&Refusal { code, message, field, permission: None }.write()).unwrap()
    }

    #[test]
    fn a_wrong_field_is_said_as_ringcentral_says_it() {
        let message = "Parameter [contentUri] is invalid. It must be a text";
        let error = json!({"errorCode": "CAI-101", "message": message, "parameterName": "contentUri"});
        let expected = json!({"errorCode": "CAI-101", "message": message, "errors": [error]});
        assert_eq!(body(Code::InvalidField, "media.contentUri: it must be a text", Some("media.contentUri")), expected);
        assert_eq!(body(Code::EncodingUnknown, "é", Some("input.encoding"))["message"], "Parameter [encoding] is invalid. é");
        assert_eq!(body(Code::InvalidField, "media: no", Some("media"))["errors"][0]["parameterName"], "contentUri");
        assert_eq!(body(Code::NotFound, "there is none", Some("jobId"))["errors"][0]["errorCode"], "CAI-101");
        assert_eq!((status_of(Code::InvalidField), status_of(Code::Busy)), (Some(400), Some(503)));
    }

    #[test]
    fn a_missing_permission_reads_as_in_ringcentrals_documentation() {
        let message = "In order to call this API endpoint, application needs to have [AI] permission";
        let error = json!({"errorCode": "CMN-401", "message": message, "permissionName": "AI"});
        let refusal = Refusal { code: Code::RingcentralPermissionMissing, message, field: None, permission: Some("AI") };
        let expected =
            json!({"errorCode": "InsufficientPermissions", "message": message, "errors": [error], "permissionName": "AI"});
        assert_eq!(serde_json::from_str::<Value>(&refusal.write()).unwrap(), expected);
    }

    #[test]
    fn every_code_that_is_answered_has_a_name_in_both_places() {
        for code in Code::ALL.iter().filter(|code| code.status().is_some()) {
            let said = body(*code, "a \"sentence\"", None);
            assert_eq!((&said["message"], &said["errors"][0]["message"]), (&json!("a \"sentence\""), &json!("a \"sentence\"")));
            assert!(said["errorCode"].as_str().unwrap().len() > 3 && said["errors"][0]["errorCode"].is_string(), "{said}");
        }
    }
}
