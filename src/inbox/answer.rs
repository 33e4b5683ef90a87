//! The Worker's answer to one request, which is sent again a few times when no answer or a passing failure comes.

use super::worker_error;
use crate::call::{Io, Operation, Retry};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use alloc::string::String;

/// The longest pause that the Worker can ask for, in seconds.
const MAX_RETRY_AFTER_S: u64 = 3_600;

/// The call of a request that may be sent again: it ends with the answer's body, as it came.
pub(super) fn answer(request: HttpRequest) -> Operation<String> {
    Operation::new("request to the Worker", |io| async move {
        let mut retry = Retry::default();
        loop {
            match send(&io, &request).await {
                Ok(response) => return text(response),
                Err(Failure { error, after_ms }) => io.sleep(retry.after(error, io.now())?.max(after_ms)).await,
            }
        }
    })
}

/// A try that had no success, and the pause that the Worker asks for before another.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) after_ms: u64,
}

/// One try; a response of success, or why there is none.
pub(super) async fn send(io: &Io, request: &HttpRequest) -> core::result::Result<HttpResponse, Failure> {
    let Ok(response) = io.send(request.clone()).await else { return Err(Failure { error: Error::Network, after_ms: 0 }) };
    if response.is_success() {
        return Ok(response);
    }
    let after_s = response.number("retry-after").unwrap_or_default().min(MAX_RETRY_AFTER_S);
    Err(Failure { error: worker_error::read(&response), after_ms: after_s * 1_000 })
}

/// The body of a response.
pub(super) fn text(response: HttpResponse) -> Result<String> {
    String::from_utf8(response.body).map_err(|_| Error::UnexpectedAnswer { what: "a text" })
}
