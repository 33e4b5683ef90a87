//! GET /v1/jobs/{id}/events: the job whenever it has changed, for as long as the Worker can tell it so. Each event is the data of one line.

use super::answer::Answer;
use crate::call::{Io, Lost};
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

    /// The job of the next event, as if it had been asked for; or what came in the place of a stream.
    pub(super) async fn next(&mut self, io: &Io) -> Answer {
        let since_ms = *self.since_ms.get_or_insert(io.now().ms);
        loop {
            if let Some(body) = self.event() {
                self.has_told = true;
                return Ok(HttpResponse { status: 200, headers: Vec::new(), body });
            }
            let part = io.send(self.request.clone()).await;
            let passed_ms = io.now().ms.saturating_sub(since_ms);
            let is_heard = self.has_told || passed_ms < SILENT_MS.into();
            match part {
                Ok(part) if is_stream(&part) && is_heard && !part.body.is_empty() && self.unread.len() < MAX_EVENT_BYTES => {
                    self.unread.extend(part.body);
                }
                other => {
                    let Self { request, .. } = self;
                    *self = Self { are_of_use: passed_ms >= WORTHWHILE_MS, ..Self::new(request.clone()) };
                    return other.and_then(|answer| if is_stream(&answer) { Err(Lost) } else { Ok(answer) });
                }
            }
        }
    }

    /// The next one of what has come: comments and whatever else a stream holds are passed over.
    fn event(&mut self) -> Option<Vec<u8>> {
        while let Some(end) = self.unread.iter().position(|&byte| byte == b'\n') {
            let rest = self.unread.split_off(end + 1);
            if let Some(data) = replace(&mut self.unread, rest).strip_prefix(b"data:") {
                return Some(data.trim_ascii().into());
            }
        }
        None
    }
}

fn is_stream(part: &HttpResponse) -> bool {
    part.is_success() && part.header("content-type").is_some_and(|value| value.starts_with("text/event-stream"))
}
