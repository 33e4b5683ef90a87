//! Where a service answers, and which hosts may see its access token.

use crate::error::{Error, Result};
use crate::http::{Url, join};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What an error about the media hosts calls them.
const MEDIA_HOSTS: &str = "mediaHosts";

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

    /// A site; an empty `media_hosts` means the one that belongs to the server: `media.X` for `platform.X`, RingCentral's for any
    /// other of RingCentral's hosts, else the server's own.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `server` when it is not an `https` address (`http` on loopback passes), or `mediaHosts` when
    /// one of them is more than a host and its port.
    pub fn new(server: &str, media_hosts: &[&str]) -> Result<Self> {
        let url = Url::parse(server, "server")?;
        if !url.is_protected() {
            return Err(Error::invalid("server", "it must start with https:// (http:// is for loopback)"));
        }
        let mut site = Self { server: url.origin(), media_hosts: Vec::new() };
        for host in media_hosts.iter().map(|host| host.trim()).filter(|host| !host.is_empty()) {
            site.media_hosts.push(media_host(host)?);
        }
        if site.media_hosts.is_empty() {
            site.media_hosts.push(own_media_host(&url));
        }
        Ok(site)
    }

    /// The address of a path on the server.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        [self.server.as_str(), path].concat()
    }

    /// Whether an access token may be appended to that address: a media host, over a protected line.
    #[must_use]
    pub fn may_see_token(&self, url: &Url) -> bool {
        url.is_protected() && self.has_media(url)
    }

    /// Why it may not.
    #[must_use]
    pub fn refusal(&self, url: &Url) -> String {
        if self.has_media(url) {
            return "on a media host it must start with https://, with no name or password before the host".into();
        }
        let parts = [
            "its host ",
            &url.authority(),
            " is no media host, which alone may see an access token: \
            if it is RingCentral's, add it to RC_MEDIA_HOSTS (in the package: mediaHosts)",
        ];
        parts.concat()
    }

    /// Whether that address is on the server, or elsewhere at RingCentral.
    #[must_use]
    pub fn is_own(&self, url: &Url) -> bool {
        url.origin() == self.server || is_ringcentral(url)
    }

    /// The whole address of media, which may be written without its host: that is the first media host then.
    ///
    /// Assumption: RingCentral's samples name voicemail on `platform.`, its description says that content is to be called at the
    /// media host, which alone takes an access token in its address; so what is named on the server is looked for there.
    #[must_use]
    pub fn media_at(&self, address: &str) -> String {
        // On this machine the server and its media are one.
        let host = ["https://", self.media_hosts.first().map_or("", String::as_str)].concat();
        let host = if self.server.starts_with("http:") { &self.server } else { &host };
        let whole = join(host, "/", address);
        let is_on_server = |url: &Url| url.origin() == self.server || is_ringcentral(url) && url.host().starts_with("platform.");
        match Url::parse(&whole, "") {
            Ok(url) if is_on_server(&url) && !self.has_media(&url) => [host, url.path_and_query()].concat(),
            _ => whole,
        }
    }

    /// Whether that address is on a media host, however it is reached.
    #[must_use]
    pub fn has_media(&self, url: &Url) -> bool {
        self.media_hosts.contains(&url.authority())
    }
}

/// A media host as it is compared.
fn media_host(host: &str) -> Result<String> {
    match Url::parse(&["https://", host].concat(), "") {
        Ok(url) if !url.has_userinfo() && !host.contains(['/', '?', '#']) => Ok(url.authority()),
        _ => Err(Error::invalid(MEDIA_HOSTS, "each must be a host alone, as in media.ringcentral.com")),
    }
}

fn own_media_host(server: &Url) -> String {
    let authority = server.authority();
    match authority.strip_prefix("platform.") {
        Some(rest) => ["media.", rest].concat(),
        None if is_ringcentral(server) => Site::MEDIA_HOST.to_owned(),
        None => authority,
    }
}

fn is_ringcentral(url: &Url) -> bool {
    url.host().ends_with(".ringcentral.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_see_token(server: &str, hosts: &[&str], address: &str) -> bool {
        Site::new(server, hosts).unwrap().may_see_token(&Url::parse(address, "").unwrap())
    }

    #[test]
    fn the_media_host_follows_the_server_where_it_is_not_set() {
        for (server, host) in [
            (Site::SERVER, "https://media.ringcentral.com"),
            ("https://platform.devtest.ringcentral.com/", "https://media.devtest.ringcentral.com"),
            ("https://platform.ringcentral.example:8443", "https://media.ringcentral.example:8443"),
            ("https://api-ucc.ringcentral.com", "https://media.ringcentral.com"),
            ("https://rc.example", "https://rc.example"),
            ("http://127.0.0.1:8790", "http://127.0.0.1:8790"),
        ] {
            assert!(may_see_token(server, &[" "], &[host, "/a"].concat()), "{server}");
        }
        assert!(!may_see_token("https://platform.devtest.ringcentral.com", &[], "https://media.ringcentral.com/a"));
        assert!(!may_see_token(Site::SERVER, &["media.other.example"], "https://media.ringcentral.com/a"));
    }

    #[test]
    fn media_hosts_are_hosts_and_are_compared_as_such() {
        assert!(may_see_token(Site::SERVER, &["MEDIA.ringcentral.com:443"], "https://media.ringcentral.com/a"));
        for host in
            ["https://media.ringcentral.com", "media.ringcentral.com/", "media.ringcentral.com/a", "u@h.example", "a b", "h?"]
        {
            let refused = Site::new(Site::SERVER, &["media.ringcentral.com", host]).unwrap_err();
            assert!(refused.to_string().starts_with("mediaHosts: each must be a host alone"), "{host}: {refused}");
        }
    }

    #[test]
    fn media_without_a_host_are_on_the_media_host() {
        let site = |server: &str| Site::new(server, &[]).unwrap();
        assert_eq!(site(Site::SERVER).media_at("/r/1/content"), "https://media.ringcentral.com/r/1/content");
        assert_eq!(site(Site::SERVER).media_at("r/1"), "https://media.ringcentral.com/r/1");
        assert_eq!(site(Site::SERVER).media_at("https://h.example/1"), "https://h.example/1");
        assert_eq!(site("http://127.0.0.1:8790").media_at("/r/1"), "http://127.0.0.1:8790/r/1");
    }

    #[test]
    fn media_that_are_named_on_the_server_are_on_the_media_host() {
        let at = |server: &str, address: &str| Site::new(server, &[]).unwrap().media_at(address);
        for (server, address, expected) in [
            (Site::SERVER, "https://platform.ringcentral.com/r/1?x=y", "https://media.ringcentral.com/r/1?x=y"),
            (Site::SERVER, "https://platform.ringcentral.com:443/r/1", "https://media.ringcentral.com/r/1"),
            ("https://platform.rc.example", "https://platform.rc.example/r/1", "https://media.rc.example/r/1"),
            ("https://rc.example", "https://rc.example/r/1", "https://rc.example/r/1"),
            ("https://rc.example", "https://platform.ringcentral.com/r/1", "https://rc.example/r/1"),
            (Site::SERVER, "https://platform.other.example/r/1", "https://platform.other.example/r/1"),
        ] {
            assert_eq!(at(server, address), expected, "{server}");
        }
    }

    #[test]
    fn a_refusal_names_the_host_and_the_setting() {
        let site = Site::new(Site::SERVER, &[]).unwrap();
        let refusal = |address: &str| site.refusal(&Url::parse(address, "").unwrap());
        let stranger = refusal("https://u:S3CRET@media.other.example/a?S3CRET");
        assert!(stranger.contains("media.other.example") && stranger.contains("RC_MEDIA_HOSTS"), "{stranger}");
        assert!(!stranger.contains("S3CRET"), "{stranger}");
        assert!(refusal("http://media.ringcentral.com/a").contains("https://"));
    }
}
