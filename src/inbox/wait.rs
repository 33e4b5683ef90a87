//! GET /v1/jobs/{id}?wait=: waits for a job's end; only a refusal or the end itself ends it.

use super::Inbox;
use super::answer::{Answer, asked_ms, read};
use crate::call::{Io, Now, Report, Retry};
use crate::error::{ApiError, Code, Error, Result};
use crate::http::{HttpResponse, Method};
use crate::json::Value;
use alloc::string::String;

/// Between two looks lies at least this, even when the Worker answers at once.
const MIN_PERIOD_MS: u64 = 1_000;

/// So often a job that waits for its turn, or for RingCentral's word, is looked at, a second apart: most are on their way by then.
const LOOKS: u32 = 3;

/// Waits for the end of the job of that path.
pub(super) async fn wait(io: Io, inbox: Inbox, path: String) -> Result<String> {
    let (mut told, mut looks, mut retry) = (String::new(), 0_u32, Retry::default());
    loop {
        looks = looks.saturating_add(1);
        let looked_at_ms = io.now().ms;
        let response = io.send(inbox.request(Method::Get, &[&path, query(&told, looks)].concat())).await;
        let now = io.now();
        let pause_ms = match job(&response, now)? {
            Some((text, status)) => {
                retry = Retry::default();
                if status != told {
                    told = status;
                    io.report(Report::Job(text.clone())).await;
                }
                match told.as_str() {
                    "succeeded" => return Ok(text),
                    "failed" | "expired" => return Err(failure(&text, &told)),
                    _ => (looked_at_ms + MIN_PERIOD_MS).saturating_sub(io.now().ms),
                }
            }
            None => retry.endlessly(now).max(asked_ms(&response, now)),
        };
        io.sleep(pause_ms).await;
    }
}

/// How the Worker is asked: it answers at once, in a moment, or when the job has ended. One that waits for its turn is looked at
/// often, so that each change is told.
fn query(status: &str, looks: u32) -> &'static str {
    match status {
        "" | "queued" | "unconfirmed" if looks <= LOOKS => "",
        "" | "queued" | "unconfirmed" => "?wait=5",
        _ => "?wait=55",
    }
}

/// The job as the Worker wrote it, and its status; none where no answer came, or one that passes.
fn job(response: &Answer, now: Now) -> Result<Option<(String, String)>> {
    let status = |text: &str| Some(Value::parse(text.as_bytes()).filter(Value::is_object)?.text_of("status").unwrap_or_default());
    match read(response, now) {
        Ok(text) => Ok(status(&text).map(|status| (text, status))),
        // An answer that cannot be read may come from something in between: it passes.
        Err(error) if error.is_retryable() || response.as_ref().is_ok_and(HttpResponse::is_success) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What a job that ended without a result ends its wait with.
fn failure(job: &str, status: &str) -> Error {
    let job = Value::parse(job.as_bytes()).unwrap_or_default();
    let error = job.get("error");
    let unsaid = if status == "expired" { Code::Expired } else { Code::RingcentralJobFailed };
    let code = error.text_of("code").unwrap_or_else(|| unsaid.as_str().into());
    let message = error.text_of("message").unwrap_or_else(|| unsaid.sentence().into());
    Error::JobFailed { code, message, ringcentral: ApiError::list(error.get("ringcentral")) }
}
