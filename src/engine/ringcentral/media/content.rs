//! The media of a job as RingCentral will fetch it: with our token appended, or as the caller gave it.

use super::content_uri::{PARAMETER, content_uri};
use crate::endpoint::Site;
use crate::error::{Error, Result};
use crate::http::Url;
use crate::secret::{Secret, SecretUrl};

/// The media of one job.
#[derive(Debug, Clone)]
pub struct Content {
    address: SecretUrl,
    is_granted: bool,
    is_relayed: bool,
}

impl Content {
    /// Media on a media host, named without a token, will be given ours; any other address stays as it is.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming `contentUri` when it is no address, or one that RingCentral could not fetch:
    /// its own content, where no token may be appended.
    pub fn new(site: &Site, address: SecretUrl) -> Result<Self> {
        Self::named(site, address, "contentUri")
    }

    /// The same under the name that it has in a job.
    pub(in crate::engine::ringcentral) fn of_media(site: &Site, address: SecretUrl) -> Result<Self> {
        Self::named(site, address, "media.contentUri")
    }

    /// The content of a recording, as RingCentral names its place; it is not sent without our token.
    pub(in crate::engine::ringcentral) fn of_recording(site: &Site, address: &SecretUrl) -> Result<Self> {
        const FIELD: &str = "media.recordingId";
        // The address is looked at for its host.
        let address = site.media_at(address.expose());
        let url = Url::parse(&address, FIELD)?;
        if !site.may_see_token(&url) {
            return Err(Error::invalid(FIELD, ["its content cannot be fetched: ", &site.refusal(&url)].concat()));
        }
        Ok(Self { address: SecretUrl::hiding_query(address), is_granted: true, is_relayed: false })
    }

    /// The same as it is fetched at that address, through us; what needs no token of ours costs no slot there.
    pub(in crate::engine::ringcentral) const fn through(address: SecretUrl, needs_token: bool) -> Self {
        Self { address, is_granted: false, is_relayed: needs_token }
    }

    fn named(site: &Site, address: SecretUrl, field: &str) -> Result<Self> {
        // The address is looked at for its host and parameters.
        let url = Url::parse(address.expose(), field)?;
        let has_token = url.parameter(PARAMETER).is_some();
        let is_media = site.has_media(&url);
        if is_media && !url.is_protected() || is_bare(site, &url) && !is_media && !has_token {
            return Err(Error::invalid(field, site.refusal(&url)));
        }
        Ok(Self { address, is_granted: is_media && !has_token, is_relayed: false })
    }

    /// Whether our token is appended, so that RingCentral's fetch is counted as ours.
    #[must_use]
    pub const fn is_granted(&self) -> bool {
        self.is_granted
    }

    /// Whether it is fetched through us with our token, so that a slot has to be there when somebody comes.
    #[must_use]
    pub const fn is_relayed(&self) -> bool {
        self.is_relayed
    }

    /// The address without our token, for a look at what is there.
    #[must_use]
    pub fn bare(&self) -> SecretUrl {
        self.address.clone()
    }

    /// The same as a text that is handed on.
    #[must_use]
    pub fn place(&self) -> Secret {
        // The address goes to whoever steps the call, who has it fetched.
        Secret::new(self.address.expose())
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

/// Whether that is RingCentral's own content, which opens to a token alone.
fn is_bare(site: &Site, url: &Url) -> bool {
    site.is_own(url) && (url.path().starts_with("/restapi/") || url.path().starts_with("/rcvideo/"))
}
