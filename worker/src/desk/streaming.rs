//! A job's media as a part of a request to its engine: fetched as the relay fetches it, and passed on as it comes.

use super::send::{patience_ms, receive, within};
use super::{Desk, relay};
use crate::bucket::Bucket;
use crate::media::{Bounds, Fetch, Found, fetch, passing};
use crate::question::{Body, Fetcher, MediaAnswered, OpenMedia, Opened, Place};
use ringcentral_ai::call::Event;
use ringcentral_ai::error::Error;
use ringcentral_ai::http::{HttpRequest, Streamed};
use std::cell::Cell;
use std::rc::Rc;
use worker::js_sys::{Object, Uint8Array};
use worker::wasm_bindgen::prelude::{Closure, wasm_bindgen};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::web_sys::{ReadableStream, WritableStream};
use worker::{AbortController, Result};

/// The media, or the server that it is sent to, is not to be had now.
const NOT_TO_BE_HAD: Error = Error::Unavailable { asked: "the media", status: 0 };

#[wasm_bindgen]
extern "C" {
    /// What bytes go through, with some before them and some behind.
    type TransformStream;
    #[wasm_bindgen(constructor)]
    fn new(hooks: &Hooks) -> TransformStream;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &TransformStream) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &TransformStream) -> WritableStream;

    /// What it calls when it begins, and when it ends.
    type Hooks;
    #[wasm_bindgen(method, setter)]
    fn set_start(this: &Hooks, hook: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_flush(this: &Hooks, hook: &JsValue);

    /// What a hook is given.
    type Controller;
    #[wasm_bindgen(method)]
    fn enqueue(this: &Controller, bytes: &Uint8Array);
}

/// Sends a request in which the media of that job stands, and reads its answer.
pub(super) async fn send(desk: &Desk, id: String, request: HttpRequest) -> Event {
    let Some(streamed) = request.streams.clone() else { return Event::Lost };
    let opened = match open(desk, id).await {
        Ok(Ok(opened)) => opened,
        Ok(Err(error)) => return Event::Unsent(error),
        Err(_) => return Event::Unsent(NOT_TO_BE_HAD),
    };
    let (media, bytes) = opened;
    if let Some(bytes) = bytes.filter(|bytes| *bytes > streamed.max_bytes) {
        let _ = media.cancel();
        return Event::Unsent(too_large(bytes, streamed.max_bytes));
    }
    let Streamed { behind, .. } = streamed;
    // What stands before the media goes into the body with it.
    let before = request.body.as_ref().map(|body| body.expose().to_owned()).unwrap_or_default();
    let whole_bytes = bytes.map(|bytes| bytes + (before.len() + behind.len()) as u64);
    let (through, is_whole) = enclosed(&media, before, behind);
    let (body, _) = passing(&through, whole_bytes);
    let limit_ms = patience_ms(&request);
    let abort = AbortController::default();
    let signal = abort.signal();
    let outcome = within(receive(request, Some(body.into()), &signal), limit_ms).await;
    abort.abort();
    match outcome {
        Some(Ok(Some(response))) => Event::Response(response),
        // What has not got all of it cannot have been done.
        _ if !is_whole.get() => Event::Unsent(NOT_TO_BE_HAD),
        _ => Event::Lost,
    }
}

fn too_large(bytes: u64, max_bytes: u64) -> Error {
    let reason = format!("it has {bytes} bytes, and the engine takes {max_bytes} at most");
    Error::invalid("media", reason)
}

type Opening = std::result::Result<(ReadableStream, Option<u64>), Error>;

/// The job's media as it comes, and how many bytes it has, as far as its host says so.
async fn open(desk: &Desk, id: String) -> Result<Opening> {
    let attempt = desk.store.record(&id)?.map(|record| record.attempt);
    let fetcher = Fetcher { id, attempt };
    let opened = match relay::opened(desk, OpenMedia { fetcher: fetcher.clone(), keeps: false }).await? {
        Ok(opened) => opened,
        Err(failure) => return Ok(Err(Error::RateLimited { retry_after_s: failure.retry_after_s.unwrap_or_default() })),
    };
    let Some(Opened { call, place }) = opened else {
        return Ok(Err(Error::invalid("media", "it is not there any more")));
    };
    let request = match place {
        Place::Address { request, .. } => request,
        Place::Bucket(file) => {
            let Some(bucket) = Bucket::of(&desk.env) else { return Ok(Err(NOT_TO_BE_HAD)) };
            let body = bucket.read(&file.key, 0, file.bytes).await;
            return Ok(body.map(|body| (body, Some(file.bytes))).map_err(|_| NOT_TO_BE_HAD));
        }
    };
    let public_url = desk.store.asked(&fetcher.id)?.map(|asked| asked.public_url).unwrap_or_default();
    let config = desk.config()?;
    let bounds =
        Bounds { site: &config.site, own: [&public_url; 2].map(String::as_str), allow_private: config.allow_private_media };
    let outcome = fetch(request, None, &bounds).await;
    let found = if let Fetch::Answered(found) = &outcome { Some(found) } else { None };
    let answered = MediaAnswered {
        call,
        fetcher,
        status: found.map(Found::status),
        headers: found.map(Found::told).unwrap_or_default(),
        body: Body::Passed,
        whole_bytes: found.and_then(|found| found.bytes().0),
    };
    relay::answered(desk, answered, desk.now_ms())?;
    Ok(match outcome {
        Fetch::Answered(found) => body_of(&found),
        Fetch::Lost => Err(NOT_TO_BE_HAD),
        Fetch::Refused(refusal) => Err(Error::invalid("media", refusal)),
    })
}

fn body_of(found: &Found) -> Opening {
    match (found.status(), found.raw()) {
        (200, Some(body)) => Ok((body, found.bytes().0)),
        // A token that is not taken any more, a limit that was met, a server that is down: known by now, and over soon.
        (status @ (401 | 429 | 500..), _) => {
            found.drop_body();
            Err(Error::Unavailable { asked: "the media", status })
        }
        (status, _) => {
            found.drop_body();
            Err(Error::invalid("media", format!("its host answers {status}")))
        }
    }
}

/// A body between two texts, and whether all of it has gone through.
fn enclosed(body: &ReadableStream, before: String, behind: String) -> (ReadableStream, Rc<Cell<bool>>) {
    let is_whole = Rc::new(Cell::new(false));
    let ends = Rc::clone(&is_whole);
    let push = |text: String| move |controller: Controller| controller.enqueue(&Uint8Array::from(text.as_bytes()));
    let hooks: Hooks = Object::new().unchecked_into();
    let (begin, end) = (push(before), push(behind));
    hooks.set_start(&Closure::once_into_js(begin));
    hooks.set_flush(&Closure::once_into_js(move |controller: Controller| {
        end(controller);
        ends.set(true);
    }));
    let through = TransformStream::new(&hooks);
    let _ = body.pipe_to(&through.writable()); // where it breaks off, so does what is read
    (through.readable(), is_whole)
}
