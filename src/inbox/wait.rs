//! GET /v1/jobs/{id}?wait=: waits for a job's end; only a refusal or the end itself ends it.

use super::ask::{pause_after, read};
use crate::call::{Call, Event, Now, Report, Step, pause_ms};
use crate::error::{ApiError, Code, Error};
use crate::http::{HttpRequest, HttpResponse};
use crate::json::Value;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// Between two questions lies at least this, even when the Worker answers at once.
const MIN_PERIOD_MS: u64 = 1_000;

/// So often a job that waits for its turn, or for RingCentral's word, is looked at, a second apart: most are on their way by then.
const LOOKS: u32 = 3;

/// A wait under way.
#[derive(Debug)]
pub struct Wait {
    /// How the job stands now; in a moment; when it has ended.
    requests: [HttpRequest; 3],
    asked: u32,
    asked_at_ms: u64,
    failures: u32,
    status: String,
    next: Option<Step<String>>,
}

impl Wait {
    pub(super) fn new(requests: [HttpRequest; 3]) -> Self {
        Self { requests, asked: 0, asked_at_ms: 0, failures: 0, status: String::new(), next: None }
    }

    /// A job that waits for its turn is looked at often, so that each change is told; one that runs, when it has ended.
    fn request(&self) -> &HttpRequest {
        let [now, soon, ended] = &self.requests;
        match self.status.as_str() {
            "" | "queued" | "unconfirmed" if self.asked <= LOOKS => now,
            "" | "queued" | "unconfirmed" => soon,
            _ => ended,
        }
    }

    fn answered(&mut self, response: &HttpResponse, now: Now) -> Step<String> {
        match read(response, now.ms).and_then(|text| Ok((response.object("a job")?, text))) {
            Ok((job, text)) => self.stands(&job, text, now),
            // An answer that cannot be read may come from something in between: it passes.
            Err(error) if error.is_retryable() || response.is_success() => self.failed(pause_after(response, self.failures, now)),
            Err(error) => Step::Fail(error),
        }
    }

    fn stands(&mut self, job: &Value<'_>, text: String, now: Now) -> Step<String> {
        self.failures = 0;
        let status = job.get("status").text().unwrap_or_default();
        let next = match status {
            "succeeded" => Step::Done(text.clone()),
            "failed" | "expired" => Step::Fail(failure(job.get("error"), status)),
            _ => Step::Sleep((self.asked_at_ms + MIN_PERIOD_MS).saturating_sub(now.ms)),
        };
        if status == self.status {
            return next;
        }
        status.clone_into(&mut self.status);
        self.next = Some(next);
        Step::Report(Report::Job(text))
    }

    fn failed(&mut self, pause: u64) -> Step<String> {
        self.failures = self.failures.saturating_add(1);
        Step::Sleep(pause)
    }
}

fn failure(error: &Value<'_>, status: &str) -> Error {
    let unsaid = if status == "expired" { Code::Expired } else { Code::RingcentralJobFailed };
    let code = error.get("code").text().unwrap_or(unsaid.as_str()).to_owned();
    let message = error.text_of("message").unwrap_or_else(|| unsaid.sentence().into());
    Error::JobFailed { code, message, ringcentral: ApiError::list(error.get("ringcentral")) }
}

impl Call for Wait {
    /// The finished job, as the Worker wrote it.
    type Output = String;

    fn step(&mut self, event: Event, now: Now) -> Step<String> {
        if let Some(next) = self.next.take() {
            return next;
        }
        match event {
            Event::Go => {
                self.asked = self.asked.saturating_add(1);
                self.asked_at_ms = now.ms;
                Step::Send(self.request().clone())
            }
            Event::Lost => self.failed(pause_ms(self.failures, now.random)),
            Event::Response(response) => self.answered(&response, now),
        }
    }
}
