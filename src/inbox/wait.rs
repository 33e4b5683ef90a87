//! Waits for a job's end: by its events, and by GET /v1/jobs/{id}?wait= where they do not come through. Only the Worker's own refusal or the
//! end itself ends it; pages of something in between do not, unless the Worker has never been heard: then its address may be wrong.

use super::Inbox;
use super::answer::{Holds, asked_ms, read};
use super::events::Events;
use crate::call::{Io, Report, Retry};
use crate::error::{ApiError, Code, Error, Result};
use crate::http::Method;
use crate::json::Value;
use alloc::string::String;

/// Between two looks lies at least this, even when the Worker answers at once.
const MIN_PERIOD_MS: u64 = 1_000;

/// So often a job that waits for its turn, or for RingCentral's word, is looked at, a second apart: most are on their way by then.
const LOOKS: u32 = 3;

/// So long others may answer before the Worker has ever done so.
const STRANGERS_FOR_MS: u64 = 600_000;

/// Waits for the end of the job of that path.
pub(super) async fn wait(io: Io, inbox: Inbox, path: String) -> Result<String> {
    let (mut told, mut looks, mut retry) = (Told::default(), 0_u32, Retry::default());
    let strangers_until_ms = io.now().ms.saturating_add(STRANGERS_FOR_MS);
    let get = |rest: &str| inbox.request(Method::Get, &[&path, rest].concat());
    let mut events = Events::new(get("/events"));
    loop {
        let looked_at_ms = io.now().ms;
        let is_look = !events.are_of_use();
        let response = if let Some(job) = events.next() {
            job
        } else {
            looks += u32::from(is_look);
            let request = if is_look { get(query(&told.status, looks)) } else { events.request(looked_at_ms) };
            let answer = io.send(request).await;
            let heard = if is_look { Some(answer) } else { events.heard(answer, io.now().ms) };
            let Some(answer) = heard else { continue };
            answer
        };
        let now = io.now();
        let pause_ms = match read(&response, Holds::Field("status"), now).and_then(Told::read) {
            Ok((heard, text)) => {
                retry = Retry::default();
                if heard != told {
                    told = heard;
                    io.report(Report::Job(text.clone())).await;
                }
                match told.status.as_str() {
                    "succeeded" => return Ok(text),
                    "failed" | "expired" => return Err(failure(&text, &told.status)),
                    _ if events.are_coming() => continue,
                    _ => (looked_at_ms + MIN_PERIOD_MS).saturating_sub(io.now().ms),
                }
            }
            Err(error) if error.is_retryable() => retry.endlessly(now).max(asked_ms(&response, now)),
            Err(error) if error.passes() && (now.ms < strangers_until_ms || told != Told::default()) => {
                retry.endlessly(now).max(asked_ms(&response, now))
            }
            // An older Worker has no events, and says so as it says that there is no such job.
            Err(error) if is_look => return Err(error),
            Err(_) => 0,
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

/// What is told of a job when it changes: its status, what it waits for and in which place, how much of its media was fetched, and how
/// often it was tried.
#[derive(Default, PartialEq, Eq)]
struct Told {
    status: String,
    more: [Option<String>; 4],
}

impl Told {
    /// What there is to tell, and the job; one without a status is none of the Worker's.
    fn read(text: String) -> Result<(Self, String)> {
        let job = Value::parse(text.as_bytes()).unwrap_or_default();
        let status = job.text_of("status").ok_or(Error::UnexpectedAnswer { what: "a job of the Worker's" })?;
        let waiting = job.get("waiting");
        let more = [waiting.get("for"), waiting.get("place"), job.get("fetched").get("bytes"), job.get("tries").get("made")];
        let more = more.map(|value| (*value != Value::Null).then(|| value.write()));
        Ok((Self { status, more }, text))
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
