//! One question to the Worker, repeated a few times when no answer or a passing failure comes.

use super::worker_error;
use crate::call::{Call, Event, Now, Step, pause_ms};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::retry_after_ms;
use alloc::string::String;

/// So often a question is sent at most.
const MAX_TRIES: u32 = 5;

/// A question under way; every one may be repeated.
#[derive(Debug)]
pub struct Ask {
    request: HttpRequest,
    tries: u32,
}

impl Ask {
    pub(super) fn new(request: HttpRequest) -> Self {
        Self { request, tries: 0 }
    }

    fn send(&mut self) -> Step<String> {
        self.tries += 1;
        Step::Send(self.request.clone())
    }

    fn again(&mut self, error: Error, pause: u64) -> Step<String> {
        if self.tries >= MAX_TRIES { Step::Fail(error) } else { Step::Sleep(pause) }
    }
}

impl Call for Ask {
    /// The answer's body, as it came.
    type Output = String;

    fn step(&mut self, event: Event, now: Now) -> Step<String> {
        match event {
            Event::Go => self.send(),
            Event::Lost => self.again(Error::Network, pause_ms(self.tries, now.random)),
            Event::Response(response) => match read(&response, now.ms) {
                Ok(text) => Step::Done(text),
                Err(error) if error.is_retryable() => self.again(error, pause_after(&response, self.tries, now)),
                Err(error) => Step::Fail(error),
            },
        }
    }
}

/// The body of a success.
pub(super) fn read(response: &HttpResponse, now_ms: u64) -> Result<String> {
    if !response.is_success() {
        return Err(worker_error::read(response, now_ms));
    }
    String::from_utf8(response.body.clone()).map_err(|_| Error::UnexpectedAnswer { what: "a text" })
}

/// The pause that the Worker asks for, or one of our own.
pub(super) fn pause_after(response: &HttpResponse, tries: u32, now: Now) -> u64 {
    retry_after_ms(response, now.ms).unwrap_or(0).max(pause_ms(tries, now.random))
}
