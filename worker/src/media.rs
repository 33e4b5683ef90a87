//! The way to media through this Worker: fetched where it lies, with what opens it, by hand over every redirect; its bytes go through
//! as they come and are kept nowhere.

use crate::limits::MAX_MEDIA_REDIRECTS;
use crate::question::MediaRequest;
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::http::{Url, join};
use worker::js_sys::{BigInt, JSON, Promise};
use worker::wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{Headers, ReadableStream, Request, RequestInit, RequestRedirect, Response, WritableStream};

/// What of a fetcher's request goes on to where the media is.
const ASKED: [&str; 2] = ["range", "if-range"];
/// So many bytes of a body are taken before whoever reads it asks for them: its source need not wait for each piece to be gone.
const AHEAD: &str = r#"{"highWaterMark":65536}"#;
/// What of an answer goes back.
const ANSWERED: [&str; 6] = ["accept-ranges", "content-length", "content-range", "content-type", "etag", "last-modified"];

/// Where media may be fetched.
#[derive(Debug)]
pub(crate) struct Bounds<'a> {
    /// Where RingCentral is: its media hosts alone see a token.
    pub(crate) site: &'a Site,
    /// The origins that this Worker is reached at itself.
    pub(crate) own: [&'a str; 2],
    /// Whether it may be on a private network, and on any port.
    pub(crate) allow_private: bool,
}

/// Why media is not fetched.
pub(crate) type Refusal = &'static str;

impl Bounds<'_> {
    /// Where a redirect leads.
    ///
    /// # Errors
    /// Why nobody follows it there.
    pub(crate) fn follow(&self, from: &Url, location: &str) -> Result<String, Refusal> {
        let whole = join(&from.origin(), from.path(), location);
        let url = Url::parse(&whole, "").map_err(|_| "it is redirected to an address that cannot be read")?;
        self.check(&url)?;
        Ok([url.origin().as_str(), url.path_and_query()].concat())
    }

    /// Whether media may be fetched there.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Refusal> {
        if url.has_userinfo() {
            return Err("its address has a name or password before the host");
        }
        if self.own.contains(&url.origin().as_str()) {
            return Err("its address is this Worker's own");
        }
        if self.site.may_see_token(url) || self.allow_private {
            return Ok(());
        }
        // With any other scheme or port it would stand there.
        if url.origin() != ["https://", url.host()].concat() {
            return Err("its address is not https on port 443");
        }
        let is_name = url.host().rsplit('.').next().is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()));
        if !is_name || url.host().starts_with('[') || !url.is_public() {
            return Err("its host is no name on the internet");
        }
        Ok(())
    }
}

/// Media as it was found.
#[derive(Debug)]
pub(crate) struct Found {
    response: Response,
}

/// What comes of a fetch.
#[derive(Debug)]
pub(crate) enum Fetch {
    /// An answer, whatever it is.
    Answered(Found),
    /// None came.
    Lost,
    /// Nobody fetches there.
    Refused(Refusal),
}

/// Asks for media: all of it, or the range that the headers of a request for it name.
pub(crate) async fn fetch(request: MediaRequest, asked: Option<&Headers>, bounds: &Bounds<'_>) -> Fetch {
    let MediaRequest { mut address, headers: mut opening } = request;
    for _ in 0..=MAX_MEDIA_REDIRECTS {
        let Ok(url) = Url::parse(&address, "") else { return Fetch::Refused("its address cannot be read") };
        if let Err(refusal) = bounds.check(&url) {
            return Fetch::Refused(refusal);
        }
        let Ok(response) = send(&address, &opening, asked).await else { return Fetch::Lost };
        if !matches!(response.status(), 301 | 302 | 303 | 307 | 308) {
            return Fetch::Answered(Found { response });
        }
        let redirect = Found { response };
        redirect.drop_body();
        let Some(location) = redirect.header("location") else { return Fetch::Refused("it is redirected nowhere") };
        address = match bounds.follow(&url, &location) {
            Ok(next) => next,
            Err(refusal) => return Fetch::Refused(refusal),
        };
        if Url::parse(&address, "").map_or(true, |next| next.origin() != url.origin()) {
            opening.clear();
        }
    }
    Fetch::Refused("it is redirected too often")
}

async fn send(address: &str, opening: &[(String, String)], asked: Option<&Headers>) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in opening {
        headers.set(name, value)?;
    }
    headers.set("accept", "*/*")?;
    // As it is stored: its length is that of what goes through.
    headers.set("accept-encoding", "identity")?;
    for name in ASKED {
        if let Some(value) = asked.map_or(Ok(None), |asked| asked.get(name))? {
            headers.set(name, &value)?;
        }
    }
    let init = RequestInit::new();
    init.set_redirect(RequestRedirect::Manual);
    init.set_headers(&headers);
    let response = fetch_request(&Request::new_with_str_and_init(address, &init)?);
    Ok(JsFuture::from(response).await?.into())
}

impl Found {
    /// Its status.
    pub(crate) fn status(&self) -> u16 {
        self.response.status()
    }

    /// Its headers that tell of a session and a rate limit.
    pub(crate) fn told(&self) -> Vec<(String, String)> {
        const TELLING: [&str; 5] =
            ["retry-after", "x-rate-limit-group", "x-rate-limit-limit", "x-rate-limit-window", "x-rate-limit-remaining"];
        TELLING.into_iter().filter_map(|name| Some((name.to_owned(), self.header(name)?))).collect()
    }

    /// Its headers that are passed on.
    pub(crate) fn passed(&self) -> impl Iterator<Item = (&'static str, String)> {
        ANSWERED.into_iter().filter_map(|name| Some((name, self.header(name)?)))
    }

    /// How many bytes the whole media has, and how many of them come: as far as the headers say so.
    pub(crate) fn bytes(&self) -> (Option<u64>, Option<u64>) {
        let comes = self.header("content-length").and_then(|length| length.trim().parse().ok());
        let range = self.header("content-range");
        let whole = range.as_deref().and_then(|range| range.rsplit_once('/')).and_then(|(_, whole)| whole.trim().parse().ok());
        (if range.is_some() { whole } else { comes }, comes)
    }

    /// Its body as it goes through, and what ends when it has: with an error where somebody has left before.
    pub(crate) fn body(&self) -> Option<(ReadableStream, Promise)> {
        Some(passing(&self.response.body()?, self.bytes().1))
    }

    /// Its body as it comes.
    pub(crate) fn raw(&self) -> Option<ReadableStream> {
        self.response.body()
    }

    /// Lets go of the body, which nobody reads.
    pub(crate) fn drop_body(&self) {
        if let Some(body) = self.response.body() {
            let _ = body.cancel();
        }
    }

    fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }
}

/// A body as it goes through, of so many bytes where that is known, and what ends when it has.
pub(crate) fn passing(body: &ReadableStream, bytes: Option<u64>) -> (ReadableStream, Promise) {
    let through = match bytes {
        Some(bytes) => FixedLengthStream::new(bytes.into(), &JSON::parse(AHEAD).unwrap_or_default()).unchecked_into(),
        None => Through::new(),
    };
    (through.readable(), body.pipe_to(&through.writable()))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn fetch_request(request: &Request) -> Promise;

    /// What bytes go through as they come, in the platform's own code.
    #[wasm_bindgen(js_name = IdentityTransformStream)]
    type Through;
    #[wasm_bindgen(constructor, js_class = "IdentityTransformStream")]
    fn new() -> Through;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &Through) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &Through) -> WritableStream;

    /// The same for so many bytes, which the answer then announces.
    type FixedLengthStream;
    #[wasm_bindgen(constructor)]
    fn new(bytes: BigInt, strategy: &JsValue) -> FixedLengthStream;
}

#[cfg(test)]
#[path = "media_tests.rs"]
mod tests;
