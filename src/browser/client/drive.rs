//! Drives a call to its end: the one loop between the core, which only decides, and the platform.

use super::clock::{Wake, now, sleep};
use super::exchange::{Failure, send};
use super::how::How;
use super::race::race;
use crate::browser::fault;
use crate::call::{Call, Event, Operation, Report, Step};
use crate::error::Error;
use crate::json::Value;
use alloc::string::String;
use core::future::pending;
use js_sys::{Array, Function, JSON, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;
use web_sys::AbortSignal;

/// What JavaScript is given of the text that a call ends with, mostly an object in JSON.
#[derive(Debug, Clone, Copy)]
pub(super) enum Give {
    /// The object.
    Object,
    /// The text itself, whatever it is.
    Text,
    /// A pair: the object, and the text as it came.
    ObjectAndText,
}

/// Begins a call; the promise is its outcome. An abort ends it at once with the signal's reason.
pub(super) fn start(call: Operation<String>, give: Give, how: &How, report: Option<Function>) -> Promise {
    // Whichever ends first, the other is dropped: an abort takes the request, the timer and the call itself with it.
    future_to_promise(race(aborted(how.signal()), run(call, give, how.clone(), report)))
}

async fn run(call: Operation<String>, give: Give, how: How, report: Option<Function>) -> Result<JsValue, JsValue> {
    let mut call = call.trying_at_most(how.max_tries());
    let mut event = Event::Go;
    let mut under_way = None;
    loop {
        let step = call.step(event, now());
        event = Event::Go;
        match step {
            Step::Send(request) => {
                event = match send(&request, &how, &mut under_way).await {
                    Ok(response) => Event::Response(response),
                    Err(Failure::NoAnswer) => Event::Lost,
                    Err(Failure::Refused(error)) => return Err(fault::thrown(&error)),
                    Err(Failure::Explained(error)) => return Err(error),
                }
            }
            Step::Sleep(ms) => sleep(ms.min(how.pause_ms().into())).await,
            Step::Report(Report::Job(job)) => {
                if let Some(report) = &report {
                    report.call1(&JsValue::UNDEFINED, &object(&job)?)?;
                }
            }
            Step::Report(_) => {} // A page keeps no record that would have to be written first.
            Step::Done(text) => return given(give, &text),
            Step::Fail(error) => return Err(fault::thrown(&error)),
        }
    }
}

fn given(give: Give, text: &str) -> Result<JsValue, JsValue> {
    Ok(match give {
        Give::Object => object(text)?,
        Give::Text => text.into(),
        Give::ObjectAndText => Array::of2(&object(text)?, &text.into()).into(),
    })
}

/// Reads the object that a server wrote, by the core where the platform is too strict for it; the parser's own words would quote it.
fn object(text: &str) -> Result<JsValue, JsValue> {
    let leniently = || JSON::parse(&Value::parse(text.as_bytes())?.write()).ok();
    let read = JSON::parse(text).ok().or_else(leniently).filter(JsValue::is_object);
    read.ok_or_else(|| fault::thrown(&Error::UnexpectedAnswer { what: "an object in JSON" }))
}

/// Ends with the signal's reason when it aborts; without a signal, never.
async fn aborted(signal: Option<AbortSignal>) -> Result<JsValue, JsValue> {
    let Some(signal) = signal else { return pending().await };
    if !signal.aborted() {
        Listener::to(&signal)?.wake.woken().await;
    }
    Err(signal.reason())
}

/// Listens to a signal until it is dropped.
struct Listener<'a> {
    signal: &'a AbortSignal,
    wake: Wake,
}

impl<'a> Listener<'a> {
    fn to(signal: &'a AbortSignal) -> Result<Self, JsValue> {
        let wake = Wake::new();
        signal.add_event_listener_with_callback("abort", wake.function())?;
        Ok(Self { signal, wake })
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        let _ = self.signal.remove_event_listener_with_callback("abort", self.wake.function());
    }
}
