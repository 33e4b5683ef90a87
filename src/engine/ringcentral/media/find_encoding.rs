//! GET a content address on a media host, its first 4 KiB: what RingCentral would call its encoding.

use crate::call::Io;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::ringcentral::client::Client;
use crate::engine::{LOOK_BYTES, Look, look_range};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, Url};
use crate::pace::{Group, Rank};
use crate::secret::{Secret, SecretUrl};
use alloc::borrow::ToOwned;

/// A look at content that only our token opens.
#[derive(Debug, Clone)]
pub struct FindEncoding {
    address: SecretUrl,
}

impl FindEncoding {
    /// A look at that address; the token goes into a header.
    #[must_use]
    pub const fn new(address: SecretUrl) -> Self {
        Self { address }
    }

    /// Looks once; no answer is seen as none.
    ///
    /// # Errors
    /// What keeps us from looking at all: no login, a rate limit that holds on, a permission that is missing.
    pub(in crate::engine::ringcentral) async fn look(self, client: &Client, io: &Io) -> Result<Look> {
        match client.exchange(io, &self).await {
            Err(Error::Network) => Ok(Look::default()),
            look => look,
        }
    }
}

impl Endpoint for FindEncoding {
    type Output = Look;

    fn needs(&self) -> Needs {
        let needs = Needs::repeatable("the media", Group::Heavy, Rank::Submit, &["AI"]);
        Needs { takes_any_answer: true, ..needs }
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        // The address goes into a request to the media host that it names.
        let address = self.address.expose();
        let url = Url::parse(address, "contentUri")?;
        if !site.may_see_token(&url) {
            return Err(Error::invalid("contentUri", site.refusal(&url)));
        }
        Ok(HttpRequest::new(Method::Get, address.to_owned()).header("range", look_range()).reading_only(LOOK_BYTES))
    }

    fn read(&self, response: &HttpResponse) -> Result<Look> {
        Ok(Look::of("", response))
    }
}
