//! The network: one request of the core's, sent as it stands, its answer read to the end within limits.

use crate::limits::{ANSWER_PATIENCE_MS, MAX_ANSWER_BYTES};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use ringcentral_ai::call::Event;
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use std::pin::pin;
use std::time::Duration;
use worker::wasm_bindgen::JsValue;
use worker::web_sys::{Headers, Request, RequestInit, RequestRedirect};
use worker::{AbortController, AbortSignal, Delay, Fetch, Response, ResponseBody};

/// Sends a request; says nothing of why no answer came, for the platform's words may quote the address.
pub(super) async fn send(request: HttpRequest) -> Event {
    let limit_ms = patience_ms(&request);
    send_within(request, limit_ms).await
}

/// How long the answer to a request is waited for.
pub(super) fn patience_ms(request: &HttpRequest) -> u64 {
    request.patience_ms.unwrap_or(ANSWER_PATIENCE_MS)
}

/// The same within so many milliseconds.
pub(super) async fn send_within(request: HttpRequest, limit_ms: u64) -> Event {
    let abort = AbortController::default();
    let signal = abort.signal();
    let outcome = within(receive(request, None, &signal), limit_ms).await;
    // What has not been read by now is not wanted any more.
    abort.abort();
    if let Some(Ok(Some(response))) = outcome { Event::Response(response) } else { Event::Lost }
}

/// What comes of something that takes time, unless it takes too long.
pub(super) async fn in_time<T>(future: impl Future<Output = T>) -> Option<T> {
    within(future, ANSWER_PATIENCE_MS).await
}

pub(super) async fn within<T>(future: impl Future<Output = T>, limit_ms: u64) -> Option<T> {
    match select(pin!(future), Delay::from(Duration::from_millis(limit_ms))).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(_) => None,
    }
}

/// Sends a request, with another body where there is one, and reads its answer; none where that is too long.
pub(super) async fn receive(
    request: HttpRequest,
    body: Option<JsValue>,
    signal: &AbortSignal,
) -> worker::Result<Option<HttpResponse>> {
    let mut response = Fetch::Request(platform_request(&request, body)?.into()).send_with_signal(signal).await?;
    let Some(body) = read(&mut response, request.reads_only).await? else { return Ok(None) };
    let headers = response.headers().entries().collect();
    Ok(Some(HttpResponse { status: response.status_code(), headers, body }))
}

fn platform_request(request: &HttpRequest, body: Option<JsValue>) -> worker::Result<Request> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        // The value goes into a header of the request.
        headers.set(name, value.expose())?;
    }
    let init = RequestInit::new();
    // A redirect is not followed: it would take the request, and its secrets, to another place.
    init.set_redirect(RequestRedirect::Manual);
    init.set_method(request.method.as_str());
    init.set_headers(&headers);
    // The body goes into the request.
    let body = body.or_else(|| request.body.as_ref().map(|body| body.expose().into()));
    if let Some(body) = body {
        init.set_body(&body);
    }
    // The address is where the request goes.
    Ok(Request::new_with_str_and_init(request.url.expose(), &init)?)
}

/// The body, or so much of its beginning as is wanted and comes; none where it is too long.
async fn read(response: &mut Response, reads_only: Option<usize>) -> worker::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    if matches!(response.body(), ResponseBody::Empty) {
        return Ok(Some(body));
    }
    let mut stream = response.stream()?;
    while reads_only.is_none_or(|enough| body.len() < enough)
        && let Some(chunk) = stream.next().await
    {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            // The beginning is what was wanted, however much of it there is.
            Err(_) if reads_only.is_some() => break,
            Err(error) => return Err(error),
        };
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}
