//! The Worker's answer to one request, which is sent again when no answer or a passing failure comes.

use super::worker_error::{self, foreign};
use crate::call::{Lost, Now, Operation};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::json::Value;
use crate::pace::retry_after_ms;
use alloc::string::String;

/// What a success holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// An object of the Worker's, by a text that it has.
    Field(&'static str),
    /// A page of a list: `items`, each an object.
    Items,
    /// Some object.
    Object,
    /// Whatever came once.
    Anything,
    /// Nothing that is read.
    Nothing,
}

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

/// The call of a request that may be sent again: it ends with the body of the answer that holds that, as it came.
pub(super) fn answer(request: HttpRequest, holds: Holds, patience: Patience) -> Operation<String> {
    Operation::new("request to the Worker", move |io| async move {
        let mut retry = io.retry();
        loop {
            let response = io.send(request.clone()).await;
            let now = io.now();
            let pause_ms = match read(&response, holds, now) {
                Ok(text) => return Ok(text),
                Err(error) if patience == Patience::Endless && (error.passes() || error.is_retryable()) => retry.endlessly(now),
                Err(error) => retry.after(error, now)?,
            };
            io.sleep(pause_ms.max(asked_ms(&response, now))).await;
        }
    })
}

/// The body of a success.
pub(super) fn read(response: &Answer, holds: Holds, now: Now) -> Result<String> {
    let response = response.as_ref().map_err(|_| Error::Network)?;
    if !response.is_success() {
        return Err(worker_error::read(response, now.ms));
    }
    let has = |field, fits: fn(&Value<'_>) -> bool| {
        Value::parse_only(&response.body, &[field]).is_some_and(|body| fits(body.get(field)))
    };
    let is_whole = match holds {
        Holds::Field(field) => response.looks_like_object() && has(field, |value| value.text().is_some()),
        Holds::Items => response.looks_like_object() && has("items", is_list_of_objects),
        Holds::Object => response.looks_like_object(),
        Holds::Anything => true,
        Holds::Nothing => return Ok("{}".into()),
    };
    if !is_whole {
        return Err(foreign(response));
    }
    Ok(response.text())
}

fn is_list_of_objects(value: &Value<'_>) -> bool {
    matches!(value, Value::List(entries) if entries.iter().all(Value::is_object))
}

/// The pause that is asked for.
pub(super) fn asked_ms(response: &Answer, now: Now) -> u64 {
    response.as_ref().ok().and_then(|response| retry_after_ms(response, now.ms)).unwrap_or_default()
}
