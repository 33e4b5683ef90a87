//! The media of a job as RingCentral will fetch it: with our token appended, or as the caller gave it.

use super::content_uri::{PARAMETER, content_uri};
use crate::endpoint::Site;
use crate::error::Result;
use crate::http::Url;
use crate::secret::{Secret, SecretUrl};

/// The media of one job.
#[derive(Debug, Clone)]
pub struct Content {
    address: SecretUrl,
    is_granted: bool,
}

impl Content {
    /// Media on a media host, named without a token, will be given ours; any other address stays as it is.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming `contentUri` when it is no address.
    pub fn new(site: &Site, address: SecretUrl) -> Result<Self> {
        // The address is looked at for its host and parameters.
        let url = Url::parse(address.expose(), "contentUri")?;
        let is_granted = site.may_see_token(&url) && url.parameter(PARAMETER).is_none();
        Ok(Self { address, is_granted })
    }

    /// Whether our token is appended, so that RingCentral's fetch is counted as ours.
    #[must_use]
    pub const fn is_granted(&self) -> bool {
        self.is_granted
    }

    /// The address that RingCentral fetches.
    ///
    /// # Errors
    /// As [`content_uri`].
    pub fn address(&self, site: &Site, token: &Secret) -> Result<SecretUrl> {
        // The caller's address goes where the caller wants it: to RingCentral.
        if self.is_granted { content_uri(site, self.address.expose(), token) } else { Ok(self.address.clone()) }
    }
}
