//! The Worker's error body: `{"error":{"code","message","field"?,"permission"?,"requestId"}}`. Anything else was written by something
//! in between, and passes.

use crate::error::{Details, Error};
use crate::http::HttpResponse;
use crate::json::Value;
use crate::pace::{not_taken, retry_after_ms};
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

/// A code longer than this is none of the Worker's.
const MAX_CODE_CHARS: usize = 60;
/// A sentence is cut after this.
const MAX_MESSAGE_CHARS: usize = 500;

/// What an answer means that is no success of the Worker's; one that is not the Worker's own keeps nothing of its text.
pub(super) fn read(response: &HttpResponse, now_ms: u64) -> Error {
    let status = response.status;
    let body = Value::parse(&response.body).unwrap_or_default();
    let error = body.get("error");
    let is_code = |code: &&str| code.len() <= MAX_CODE_CHARS && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let Some(code) = error.get("code").text().filter(is_code) else {
        return not_taken("the Worker", response, now_ms).unwrap_or_else(|| foreign(response));
    };
    let details = Details {
        request_id: error.text_of("requestId"),
        permission: error.text_of("permission"),
        field: error.text_of("field"),
        retry_after_s: retry_after_ms(response, now_ms).map(|ms| ms.div_ceil(1_000)),
    };
    let message = bounded(error.get("message").text().unwrap_or_default());
    Error::Worker { status, code: code.to_owned(), message, details: Box::new(details) }
}

/// Another server's answer, or a page.
pub(super) fn foreign(response: &HttpResponse) -> Error {
    let read = response.object("the Worker's answer").map(|_| Error::UnexpectedAnswer { what: "one of the Worker's" });
    read.unwrap_or_else(|error| error)
}

fn bounded(message: &str) -> String {
    message.chars().filter(|c| !c.is_control()).take(MAX_MESSAGE_CHARS).collect()
}
