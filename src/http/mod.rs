//! HTTP as values: a request to be sent, a response that came, and addresses.

mod base64;
mod encode;
mod hex;
mod host;
mod query;
mod special_purpose;
mod url;

pub use base64::{base64, base64url, unbase64, unbase64url};
pub use encode::{encode, form_encode};
pub use hex::{hex, unhex};
pub use query::{pairs, replaced};
pub use url::{Url, join};

use crate::error::{Error, Result};
use crate::json::{Value, lossy, whole};
use crate::secret::{Secret, SecretUrl};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Adds.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as it stands on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// No answer is waited for longer, milliseconds: an hour of speech takes a minute or a few, an alarm of the Worker has fifteen.
pub const LONGEST_PATIENCE_MS: u64 = 600_000;

/// A request, whole: a shell sends it as it stands. Prints without header values, query or body.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The address; its query may hold a webhook or a token.
    pub url: SecretUrl,
    /// The headers, names in lower case.
    pub headers: Vec<(&'static str, Secret)>,
    /// The body, when there is one.
    pub body: Option<Secret>,
    /// How much of the response's body is wanted: a shell reads no further than that and cancels the rest.
    pub reads_only: Option<usize>,
    /// The job's media, which a shell streams into the body behind what stands there.
    pub streams: Option<Streamed>,
    /// How long the answer may take where that is longer than usual, milliseconds: at most [`LONGEST_PATIENCE_MS`].
    pub patience_ms: Option<u64>,
    /// Where the response is wanted in parts, as they come: how long each may take, in milliseconds. A shell that is to send the request
    /// again while its response is under way gives the next part of that as the body; an empty one is its end. A shell that gives the
    /// whole at once is right too.
    pub part_within_ms: Option<u32>,
}

/// A job's media as a part of a request's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streamed {
    /// What of the body stands behind it.
    pub behind: String,
    /// Media of more bytes is not sent.
    pub max_bytes: u64,
}

impl HttpRequest {
    /// A request without headers or body.
    #[must_use]
    pub fn new(method: Method, url: String) -> Self {
        Self {
            method,
            url: SecretUrl::hiding_query(url),
            headers: Vec::new(),
            body: None,
            reads_only: None,
            streams: None,
            patience_ms: None,
            part_within_ms: None,
        }
    }

    /// The same, of whose response's body no more than so many bytes are wanted.
    #[must_use]
    pub fn reading_only(mut self, bytes: usize) -> Self {
        self.reads_only = Some(bytes);
        self
    }

    /// The same, whose answer may take so long.
    #[must_use]
    pub fn patient(mut self, patience_ms: u64) -> Self {
        self.patience_ms = Some(patience_ms);
        self
    }

    /// The same with a body in which the job's media stands between two texts.
    #[must_use]
    pub fn streaming(mut self, before: String, streamed: Streamed) -> Self {
        self.body = Some(Secret::new(before));
        self.streams = Some(streamed);
        self
    }

    /// The same, whose response is wanted in parts, each within so many milliseconds.
    #[must_use]
    pub fn in_parts(mut self, within_ms: u32) -> Self {
        self.part_within_ms = Some(within_ms);
        self
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, Secret::new(value)));
        self
    }

    /// The same with `Authorization: Bearer`.
    #[must_use]
    pub fn bearer(self, token: &Secret) -> Self {
        // The token goes into the header of this request.
        self.header("authorization", ["Bearer ", token.expose()].concat())
    }

    /// The same with a JSON body.
    #[must_use]
    pub fn json(self, body: String) -> Self {
        let mut request = self.header("content-type", "application/json");
        request.body = Some(Secret::new(body));
        request
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.url)
    }
}

/// A response, its body read to the end.
#[derive(Clone)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The headers; names in any case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// The value of the first header of that name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// A header that holds a whole number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        whole(self.header(name)?.trim())
    }

    /// Whether the status is one of success.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Whether the body begins as a JSON object does: a page does not. What is handed on as it came is not read for it.
    #[must_use]
    pub fn looks_like_object(&self) -> bool {
        let body = self.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.body);
        body.trim_ascii_start().first() == Some(&b'{')
    }

    /// The body as a text, what is no UTF-8 in it replaced.
    #[must_use]
    pub fn text(&self) -> String {
        lossy(&self.body).into_owned()
    }

    /// The body as a JSON object.
    ///
    /// # Errors
    /// [`Error::NotJson`] naming `what` was asked for; the body is not quoted.
    pub fn object(&self, what: &'static str) -> Result<Value<'_>> {
        let read = Value::parse(&self.body).filter(Value::is_object);
        read.ok_or(Error::NotJson { what, status: self.status })
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}
