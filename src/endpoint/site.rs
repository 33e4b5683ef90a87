//! Where a service answers, and which hosts may see its access token.

use crate::error::{Error, Result};
use crate::http::Url;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

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

    /// Whether an access token may be appended to that address: a media host, over a protected line.
    #[must_use]
    pub fn may_see_token(&self, url: &Url) -> bool {
        url.is_protected() && self.media_hosts.contains(&url.authority())
    }
}
