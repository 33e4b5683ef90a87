//! The Worker's answer to one request, which is sent again a few times when no answer or a passing failure comes.

use super::worker_error;
use crate::call::{Lost, Operation, Retry};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use alloc::string::String;

/// The longest pause that the Worker can ask for, in seconds.
const MAX_RETRY_AFTER_S: u64 = 3_600;

/// What came of a request.
pub(super) type Answer = core::result::Result<HttpResponse, Lost>;

/// The call of a request that may be sent again: it ends with the answer's body, as it came.
pub(super) fn answer(request: HttpRequest) -> Operation<String> {
    Operation::new("request to the Worker", |io| async move {
        let mut retry = Retry::default();
        loop {
            let response = io.send(request.clone()).await;
            match read(&response) {
                Ok(text) => return Ok(text),
                Err(error) => io.sleep(retry.after(error, io.now())?.max(asked_ms(&response))).await,
            }
        }
    })
}

/// The body of a success.
pub(super) fn read(response: &Answer) -> Result<String> {
    let response = response.as_ref().map_err(|_| Error::Network)?;
    if !response.is_success() {
        return Err(worker_error::read(response));
    }
    String::from_utf8(response.body.clone()).map_err(|_| Error::UnexpectedAnswer { what: "a text" })
}

/// The pause that the Worker asks for.
pub(super) fn asked_ms(response: &Answer) -> u64 {
    let asked_s = response.as_ref().ok().and_then(|response| response.number("retry-after"));
    asked_s.unwrap_or_default().min(MAX_RETRY_AFTER_S) * 1_000
}
