//! The Worker's error body: `{"error":{"code","message","field"?,"permission"?,"requestId"}}`.

use crate::error::{Code, Error};
use crate::http::HttpResponse;
use crate::json::Value;
use crate::pace::rate_limited;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// A code longer than this is none of the Worker's.
const MAX_CODE_CHARS: usize = 60;
/// A sentence is cut after this.
const MAX_MESSAGE_CHARS: usize = 500;

/// What an answer without success means; an answer that is not the Worker's own keeps nothing of its text.
pub(super) fn read(response: &HttpResponse, now_ms: u64) -> Error {
    let status = response.status;
    let body = Value::parse(&response.body).unwrap_or_default();
    let error = body.get("error");
    let is_code = |code: &&str| code.len() <= MAX_CODE_CHARS && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let Some(code) = error.get("code").text().filter(is_code) else {
        return match status {
            429 => rate_limited(response, now_ms),
            500.. => Error::Unavailable { asked: "the Worker", status },
            _ => Error::UnexpectedAnswer { what: "one of the Worker's" },
        };
    };
    let message = error.get("message").text().unwrap_or_default();
    match (Code::named(code), error.text_of("field")) {
        (Some(Code::InvalidField), Some(field)) => Error::InvalidField { reason: reason(message, &field), field },
        _ => Error::Worker {
            status,
            code: code.to_owned(),
            message: bounded(message),
            request_id: error.text_of("requestId"),
            permission: error.text_of("permission"),
        },
    }
}

/// The sentence without the field's name, which the error puts before it again.
fn reason(message: &str, field: &str) -> String {
    bounded(message.strip_prefix(field).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(message))
}

fn bounded(message: &str) -> String {
    message.chars().filter(|c| !c.is_control()).take(MAX_MESSAGE_CHARS).collect()
}
