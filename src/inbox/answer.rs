//! The Worker's answer to one request, which is sent again a few times when no answer or a passing failure comes.

use super::worker_error;
use crate::call::{Lost, Now, Operation, Retry};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::retry_after_ms;
use alloc::string::String;

/// What came of a request.
pub(super) type Answer = core::result::Result<HttpResponse, Lost>;

/// The call of a request that may be sent again: it ends with the answer's body, as it came.
pub(super) fn answer(request: HttpRequest) -> Operation<String> {
    Operation::new("request to the Worker", |io| async move {
        let mut retry = Retry::default();
        loop {
            let response = io.send(request.clone()).await;
            let now = io.now();
            match read(&response, now) {
                Ok(text) => return Ok(text),
                Err(error) => io.sleep(retry.after(error, now)?.max(asked_ms(&response, now))).await,
            }
        }
    })
}

/// The body of a success.
pub(super) fn read(response: &Answer, now: Now) -> Result<String> {
    let response = response.as_ref().map_err(|_| Error::Network)?;
    if !response.is_success() {
        return Err(worker_error::read(response, now.ms));
    }
    String::from_utf8(response.body.clone()).map_err(|_| Error::UnexpectedAnswer { what: "a text" })
}

/// The pause that the Worker asks for.
pub(super) fn asked_ms(response: &Answer, now: Now) -> u64 {
    response.as_ref().ok().and_then(|response| retry_after_ms(response, now.ms)).unwrap_or_default()
}
