//! HTTP as values: a request to be sent, a response that came, and the endpoint that knows both.

mod url;

pub use url::{Url, encode};

use crate::error::{Error, Result};
use crate::json::Value;
use crate::pace::Group;
use crate::secret::{Secret, SecretUrl};
use std::fmt;

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Binds.
    Put,
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
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

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
}

impl HttpRequest {
    /// A request without headers or body.
    #[must_use]
    pub fn new(method: Method, url: String) -> Self {
        Self { method, url: SecretUrl::hiding_query(url), headers: Vec::new(), body: None }
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
        self.header(name)?.trim().parse().ok()
    }

    /// Whether the status is one of success.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// The body as a JSON object.
    ///
    /// # Errors
    /// [`Error::UnexpectedAnswer`] naming `what` was asked for; the body is not quoted.
    pub fn object(&self, what: &'static str) -> Result<Value<'_>> {
        let read = Value::parse(&self.body).filter(Value::is_object);
        read.ok_or(Error::UnexpectedAnswer { what })
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// Where RingCentral answers, and which hosts may see an access token in an address.
#[derive(Debug, Clone)]
pub struct Site {
    server: String,
    media_hosts: Vec<String>,
}

impl Site {
    /// RingCentral's own server and media host.
    pub const SERVER: &'static str = "https://platform.ringcentral.com";
    /// The host that serves recordings.
    pub const MEDIA_HOST: &'static str = "media.ringcentral.com";

    /// A site; an empty `media_hosts` means RingCentral's for RingCentral's server, else the server's own host.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `server` when it is not an `https` address (`http` on loopback passes).
    pub fn new(server: &str, media_hosts: &[&str]) -> Result<Self> {
        let url = Url::parse(server, "server")?;
        if !url.is_protected() {
            return Err(Error::invalid("server", "it must start with https:// (http:// is for loopback)"));
        }
        let own = if url.host().ends_with(".ringcentral.com") { Self::MEDIA_HOST.to_owned() } else { url.authority() };
        let mut media_hosts: Vec<String> = media_hosts.iter().map(|host| host.trim().to_ascii_lowercase()).collect();
        media_hosts.retain(|host| !host.is_empty());
        if media_hosts.is_empty() {
            media_hosts.push(own);
        }
        Ok(Self { server: url.origin(), media_hosts })
    }

    /// The address of a path on the server.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        [self.server.as_str(), path].concat()
    }

    /// Whether that address is one of the server's own.
    #[must_use]
    pub fn serves(&self, url: &Url) -> bool {
        url.origin() == self.server
    }

    /// Whether an access token may be appended to that address: a media host, over a protected line.
    #[must_use]
    pub fn may_see_token(&self, url: &Url) -> bool {
        url.is_protected() && self.media_hosts.contains(&url.authority())
    }
}

/// What an endpoint asks of the session and of the rate limit.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// The rate-limit group that the request is counted in.
    pub group: Group,
    /// How many slots of it: two where RingCentral fetches media with our token.
    pub slots: u32,
    /// Its place among those who wait for the same group.
    pub rank: crate::pace::Rank,
    /// The application permissions without which RingCentral refuses.
    pub permissions: &'static [&'static str],
    /// Whether it may be sent again when no answer came.
    pub repeatable: bool,
}

/// A value that becomes a request and reads a response.
pub trait Endpoint {
    /// What a successful response holds.
    type Output;

    /// What must be there before it is sent.
    fn needs(&self) -> Needs;

    /// The request, without the bearer token in its header; `token` is for addresses that carry one.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming the field that cannot be sent.
    fn request(&self, site: &Site, token: &Secret) -> Result<HttpRequest>;

    /// Reads a response whose status is a success.
    ///
    /// # Errors
    /// [`Error::UnexpectedAnswer`] when it does not hold what it should.
    fn read(&self, response: &HttpResponse) -> Result<Self::Output>;
}
