//! The Worker's answer to one request, which is sent again when no answer or a passing failure comes.

use super::worker_error::{self, foreign};
use crate::call::{Lost, Now, Operation, Retry};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::json::Value;
use crate::pace::retry_after_ms;
use alloc::string::String;

/// The field of an object that may hold anything.
pub(super) const ANY: &str = "";

/// What came of a request.
pub(super) type Answer = core::result::Result<HttpResponse, Lost>;

/// How long a request is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// A few times.
    Some,
    /// Until the Worker itself says something.
    Endless,
}

/// The call of a request that may be sent again: it ends with the body of the answer that holds that field, as it came.
pub(super) fn answer(request: HttpRequest, field: &'static str, patience: Patience) -> Operation<String> {
    Operation::new("request to the Worker", move |io| async move {
        let mut retry = Retry::default();
        loop {
            let response = io.send(request.clone()).await;
            let now = io.now();
            let pause_ms = match read(&response, field, now) {
                Ok(text) => return Ok(text),
                Err(error) if patience == Patience::Endless && (error.passes() || error.is_retryable()) => retry.endlessly(now),
                Err(error) => retry.after(error, now)?,
            };
            io.sleep(pause_ms.max(asked_ms(&response, now))).await;
        }
    })
}

/// The body of a success; the Worker's is an object with that field. What was asked of the engine is not read: any object will do.
pub(super) fn read(response: &Answer, field: &str, now: Now) -> Result<String> {
    let response = response.as_ref().map_err(|_| Error::Network)?;
    if !response.is_success() {
        return Err(worker_error::read(response, now.ms));
    }
    let has_field = || Value::parse_only(&response.body, &[field]).is_some_and(|body| *body.get(field) != Value::Null);
    if !(response.looks_like_object() && (field == ANY || has_field())) {
        return Err(foreign(response));
    }
    Ok(String::from_utf8_lossy(&response.body).into_owned())
}

/// The pause that is asked for.
pub(super) fn asked_ms(response: &Answer, now: Now) -> u64 {
    response.as_ref().ok().and_then(|response| retry_after_ms(response, now.ms)).unwrap_or_default()
}
