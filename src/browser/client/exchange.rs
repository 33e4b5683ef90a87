//! One request and its response, by `fetch`.

use super::clock::sleep;
use super::how::How;
use super::race::race;
use crate::browser::fault;
use crate::error::Error;
use crate::http::{HttpRequest, HttpResponse};
use crate::secret::Secret;
use alloc::string::String;
use alloc::vec::Vec;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestInit, RequestRedirect, Response,
};

/// A longer answer is none of ours: the Worker takes results of 25 MiB at most.
const MAX_ANSWER_BYTES: usize = 32 << 20;

/// Why there is no response that a call could be told of.
pub(super) enum Failure {
    /// None came, or not in time.
    NoAnswer,
    /// One came that nobody asks for: it is not followed, or not read.
    Refused(Error),
    /// The JavaScript half knows why there is none, by an error of its own.
    Explained(JsValue),
}

impl From<JsValue> for Failure {
    /// The platform's own words are dropped: they may quote the address.
    fn from(thrown: JsValue) -> Self {
        if fault::is_ours(&thrown) { Self::Explained(thrown) } else { Self::NoAnswer }
    }
}

/// The response, read to its end; of one that is wanted in parts, the next. What is left of it stays `under_way`.
pub(super) async fn send(request: &HttpRequest, how: &How, under_way: &mut Option<UnderWay>) -> Result<HttpResponse, Failure> {
    let late = async {
        sleep(request.part_within_ms.unwrap_or_else(|| how.limit_ms()).into()).await;
        Err(Failure::NoAnswer)
    };
    race(exchange(request, how, under_way), late).await
}

async fn exchange(request: &HttpRequest, how: &How, under_way: &mut Option<UnderWay>) -> Result<HttpResponse, Failure> {
    let is_in_parts = request.part_within_ms.is_some();
    let response = match under_way.take().filter(|_| is_in_parts) {
        Some(response) => response,
        None => UnderWay::begin(request, how).await?,
    };
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let start = body.len();
        let end = start + chunk.length() as usize;
        if end > MAX_ANSWER_BYTES {
            return Err(Failure::Refused(Error::UnexpectedAnswer { what: "one that can be read: it is over 32 MiB" }));
        }
        body.resize(end, 0);
        chunk.copy_to(&mut body[start..]);
        if is_in_parts {
            let part = response.with(body);
            *under_way = Some(response);
            return Ok(part);
        }
    }
    Ok(response.with(body))
}

/// The request as `fetch` takes it, secrets and all: that is where they go.
fn init(request: &HttpRequest) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        // The value goes into the header of that name.
        headers.set(name, value.expose())?;
    }
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_headers_headers(&headers);
    // The body goes to the server that it was made for.
    init.set_body_opt_str(request.body.as_ref().map(Secret::expose));
    // Not "error", which workerd does not take.
    init.set_redirect(RequestRedirect::Manual);
    Ok(init)
}

fn headers(response: &Response) -> Vec<(String, String)> {
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    let pair = |pair: JsValue| {
        let pair: Array = pair.unchecked_into();
        (text(pair.get(0)), text(pair.get(1)))
    };
    Array::from(&response.headers()).iter().map(pair).collect()
}

/// A response whose body is being read; dropped, its request is taken back.
pub(super) struct UnderWay {
    _in_flight: InFlight,
    head: Response,
    body: Option<ReadableStreamDefaultReader>,
}

impl UnderWay {
    async fn begin(request: &HttpRequest, how: &How) -> Result<Self, Failure> {
        let in_flight = InFlight(AbortController::new()?);
        let init = init(request)?;
        init.set_signal(Some(&in_flight.0.signal()));
        // The address goes to the server that it names.
        let fetched = how.fetch(request.url.expose(), &init)?;
        let head: Response = JsFuture::from(fetched).await?.unchecked_into();
        // A page sees a redirect as status 0, a server as it is. The request holds secrets, which are for one server alone.
        if matches!(head.status(), 0 | 301 | 302 | 303 | 307 | 308) {
            let what = "the server's own but a redirect, which is never followed: check the server's address";
            return Err(Failure::Refused(Error::UnexpectedAnswer { what }));
        }
        let body = head.body().map(|stream| stream.get_reader().unchecked_into());
        Ok(Self { _in_flight: in_flight, head, body })
    }

    /// What comes next of the body; nothing at its end.
    async fn chunk(&self) -> Result<Option<Uint8Array>, Failure> {
        let Some(body) = &self.body else { return Ok(None) };
        let read: ReadableStreamReadResult = JsFuture::from(body.read()).await?.unchecked_into();
        let chunk = read.get_value();
        Ok((!chunk.is_undefined()).then(|| chunk.unchecked_into()))
    }

    fn with(&self, body: Vec<u8>) -> HttpResponse {
        HttpResponse { status: self.head.status(), headers: headers(&self.head), body }
    }
}

/// A request that is given up, or whose response is not read to the end, is taken back.
struct InFlight(AbortController);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.abort();
    }
}
