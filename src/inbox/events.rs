//! GET /v1/jobs/{id}/events: the job whenever it has changed, for as long as the Worker can tell it so. Each event is the data of one line.

use super::answer::Answer;
use crate::call::Lost;
use crate::http::{HttpRequest, HttpResponse};
use alloc::vec::Vec;
use core::mem::replace;

/// The Worker says something every 15 s: what is silent for longer is held back on its way, or broken.
const SILENT_MS: u32 = 20_000;
/// The Worker's own streams last five minutes: one that ends before this, and before its job, is cut or held back, and so will be the next.
const WORTHWHILE_MS: u64 = 60_000;
/// No job is longer.
const MAX_EVENT_BYTES: usize = 32 << 20;

/// One stream after the other, as long as they are worth it.
pub(super) struct Events {
    request: HttpRequest,
    /// When the stream that is read was asked for.
    since_ms: Option<u64>,
    has_told: bool,
    unread: Vec<u8>,
    are_of_use: bool,
}

impl Events {
    /// Those that the request asks for.
    pub(super) fn new(request: HttpRequest) -> Self {
        let request = request.in_parts(SILENT_MS);
        Self { request, since_ms: None, has_told: false, unread: Vec::new(), are_of_use: true }
    }

    /// Whether it is worth asking for another.
    pub(super) fn are_of_use(&self) -> bool {
        self.are_of_use
    }

    /// Whether the next one comes by itself.
    pub(super) fn are_coming(&self) -> bool {
        self.since_ms.is_some()
    }

    /// Asks for a stream, or for what comes next of it.
    pub(super) fn request(&mut self, now_ms: u64) -> HttpRequest {
        self.since_ms.get_or_insert(now_ms);
        self.request.clone()
    }

    /// Takes what came: nothing more is to be said of a part of a stream, and what came in the place of one is an answer.
    pub(super) fn heard(&mut self, part: Answer, now_ms: u64) -> Option<Answer> {
        let passed_ms = now_ms.saturating_sub(self.since_ms.unwrap_or(now_ms));
        let goes_on = (self.has_told || passed_ms < SILENT_MS.into()) && self.unread.len() < MAX_EVENT_BYTES;
        match part {
            Ok(part) if goes_on && is_stream(&part) && !part.body.is_empty() => {
                self.unread.extend(part.body);
                None
            }
            other => {
                (self.since_ms, self.has_told, self.are_of_use) = (None, false, passed_ms >= WORTHWHILE_MS);
                self.unread.clear();
                Some(other.and_then(|answer| if is_stream(&answer) { Err(Lost) } else { Ok(answer) }))
            }
        }
    }

    /// The job of the next event of what has come, as if it had been asked for: comments and whatever else a stream holds are passed over.
    pub(super) fn next(&mut self) -> Option<Answer> {
        while let Some(end) = self.unread.iter().position(|&byte| byte == b'\n') {
            let rest = self.unread.split_off(end + 1);
            if let Some(data) = replace(&mut self.unread, rest).strip_prefix(b"data:") {
                self.has_told = true;
                return Some(Ok(HttpResponse { status: 200, headers: Vec::new(), body: data.trim_ascii().into() }));
            }
        }
        None
    }
}

fn is_stream(part: &HttpResponse) -> bool {
    part.is_success() && part.header("content-type").is_some_and(|value| value.starts_with("text/event-stream"))
}
