//! A call under way, for the loop in `www/package/run.mjs`: told what happened, it says what comes next.

use super::fault;
use crate::call::{Call as _, Event, Now, Operation, Report, Step};
use crate::http::{HttpRequest, HttpResponse};
use crate::json::{Object, Value};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

/// An operation under way, its outcome a text; `free()` cancels it.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "JavaScript sees an opaque object")]
pub struct Call(Operation<String>);

/// What comes next: one of `send`, `sleep`, `report`, `done` and `fail`, and the text that belongs to it.
type Next = Vec<JsValue>;

#[wasm_bindgen]
impl Call {
    /// It begins, or a sleep or a report is over.
    pub fn go(&mut self, now_ms: u64, random: u64) -> Next {
        self.step(Event::Go, now_ms, random)
    }

    /// A response came; `headers` is JSON, a list of pairs.
    pub fn answered(&mut self, status: u16, headers: &str, body: Vec<u8>, now_ms: u64, random: u64) -> Next {
        let headers = pairs_of(headers);
        self.step(Event::Response(HttpResponse { status, headers, body }), now_ms, random)
    }

    /// No response came.
    pub fn lost(&mut self, now_ms: u64, random: u64) -> Next {
        self.step(Event::Lost, now_ms, random)
    }

    fn step(&mut self, event: Event, ms: u64, random: u64) -> Next {
        let (kind, text) = match self.0.step(event, Now { ms, random }) {
            Step::Send(request) => ("send", send(&request)),
            Step::Sleep(ms) => ("sleep", ms.to_string()),
            Step::Report(Report::Job(job)) => ("report", job),
            Step::Report(_) => ("sleep", "0".into()), // A page keeps no record that would have to be written first.
            Step::Done(output) => ("done", output),
            Step::Fail(error) => ("fail", fault::write(&error)),
        };
        vec![kind.into(), text.into()]
    }
}

/// The request as the loop hands it to `fetch`, secrets and all: that is where they go.
fn send(request: &HttpRequest) -> String {
    let headers = request.headers.iter().fold(Object::new(), |headers, (name, value)| headers.text(name, value.expose()));
    let object = Object::new().text("url", request.url.expose()).text("method", request.method.as_str());
    let body = request.body.as_ref().map(Secret::expose);
    object.json("headers", &headers.write()).optional_text("body", body).write()
}

/// A response's headers, a list of pairs.
fn pairs_of(headers: &str) -> Vec<(String, String)> {
    let headers = Value::parse(headers.as_bytes()).unwrap_or_default();
    let pair = |pair: &Value<'_>| match pair.entries() {
        [name, value] => Some((name.text()?.to_owned(), value.text()?.to_owned())),
        _ => None,
    };
    headers.entries().iter().filter_map(pair).collect()
}

/// Wraps a call whose output is a text already.
pub(super) fn plain(call: Operation<String>) -> Call {
    Call(call)
}

/// Wraps a call and how its output is written.
pub(super) fn written<T: 'static>(call: Operation<T>, write: impl FnOnce(T) -> crate::error::Result<String> + 'static) -> Call {
    plain(call.map(write))
}
