//! GET a content address on a media host, its first 4 KiB: what RingCentral would call its encoding.

use super::Encoding;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, Url};
use crate::pace::{Group, Rank};
use crate::secret::{Secret, SecretUrl};
use alloc::borrow::ToOwned;

/// The bytes that are asked for: a dozen tell, an ID3 tag among them.
const FIRST_BYTES: &str = "bytes=0-4095";

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
}

impl Endpoint for FindEncoding {
    type Output = Encoding;

    fn needs(&self) -> Needs {
        Needs::repeatable("the type of the media", Group::Heavy, Rank::Submit, &["AI"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        // The address goes into a request to the media host that it names.
        let address = self.address.expose();
        if !site.may_see_token(&Url::parse(address, "contentUri")?) {
            return Err(Error::invalid("contentUri", "its host is not a media host, so it is not shown an access token"));
        }
        Ok(HttpRequest::new(Method::Get, address.to_owned()).header("range", FIRST_BYTES))
    }

    fn read(&self, response: &HttpResponse) -> Result<Encoding> {
        let told = response.header("content-type").and_then(Encoding::of_content_type);
        let found = told.or_else(|| Encoding::of_bytes(&response.body));
        found
            .ok_or_else(|| Error::invalid("input.encoding", "neither the media's content type nor its first bytes tell: name it"))
    }
}
