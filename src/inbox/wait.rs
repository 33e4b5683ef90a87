//! GET /v1/jobs/{id}?wait=: waits for a job's end; only a refusal or the end itself ends it.

use super::answer::{Failure, send, text};
use crate::call::{Io, Report, Retry};
use crate::error::{ApiError, Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::json::Value;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// Between two looks lies at least this, even when the Worker answers at once.
const MIN_PERIOD_MS: u64 = 1_000;

/// So often a job that waits for its turn, or for RingCentral's word, is looked at, a second apart: most are on their way by then.
const LOOKS: u32 = 3;

/// Waits for the end. The requests: how the job stands now; in a moment; when it has ended.
pub(super) async fn wait(io: &Io, [now, soon, ended]: [HttpRequest; 3]) -> Result<String> {
    let (mut status, mut looks, mut retry) = (String::new(), 0_u32, Retry::default());
    loop {
        looks = looks.saturating_add(1);
        let looked_at_ms = io.now().ms;
        // A job that waits for its turn is looked at often, so that each change is told; one that runs, when it has ended.
        let request = match status.as_str() {
            "" | "queued" | "unconfirmed" if looks <= LOOKS => &now,
            "" | "queued" | "unconfirmed" => &soon,
            _ => &ended,
        };
        let pause_ms = match look(io, request).await? {
            Look::Nothing { after_ms } => retry.endlessly(io.now()).max(after_ms),
            Look::Job { text, status: latest, end } => {
                retry = Retry::default();
                if latest != status {
                    status = latest;
                    io.report(Report::Job(text.clone())).await;
                }
                match end {
                    Some(Ok(())) => return Ok(text),
                    Some(Err(error)) => return Err(error),
                    None => (looked_at_ms + MIN_PERIOD_MS).saturating_sub(io.now().ms),
                }
            }
        };
        io.sleep(pause_ms).await;
    }
}

/// What a look at a job brings.
enum Look {
    /// No answer, or one that passes.
    Nothing { after_ms: u64 },
    /// The job as the Worker wrote it, its status, and how it has ended if it has.
    Job { text: String, status: String, end: Option<Result<()>> },
}

async fn look(io: &Io, request: &HttpRequest) -> Result<Look> {
    match send(io, request).await {
        // An answer that cannot be read may come from something in between: it passes.
        Ok(response) => Ok(read(response).unwrap_or(Look::Nothing { after_ms: 0 })),
        Err(Failure { error, after_ms }) if error.is_retryable() => Ok(Look::Nothing { after_ms }),
        Err(Failure { error, .. }) => Err(error),
    }
}

fn read(response: HttpResponse) -> Result<Look> {
    let job = response.object("a job")?;
    let status = job.get("status").text().unwrap_or_default().to_owned();
    let end = match status.as_str() {
        "succeeded" => Some(Ok(())),
        "failed" | "expired" => Some(Err(failure(job.get("error"), &status))),
        _ => None,
    };
    drop(job);
    Ok(Look::Job { text: text(response)?, status, end })
}

fn failure(error: &Value<'_>, status: &str) -> Error {
    let code = error.get("code").text().unwrap_or(status).to_owned();
    let message = error.text_of("message").unwrap_or_else(|| "the job ended without a result".into());
    Error::JobFailed { code, message, ringcentral: ApiError::list(error.get("ringcentral")) }
}
