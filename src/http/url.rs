//! A strict reading of absolute web addresses: what two parsers could read differently is refused.

use super::host::{is_host, is_loopback};
use super::pairs;
use super::special_purpose::{is_private, is_public};
use crate::error::{Error, Result};
use crate::json::{digits, whole};
use crate::secret::without_userinfo;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// Where an address leads that may be written relative to an origin and a path there; a whole address stays as it is. Dots are left
/// to whoever takes the address.
#[must_use]
pub fn join(origin: &str, path: &str, address: &str) -> String {
    let is_whole = address.bytes().find(|b| b":/?".contains(b)) == Some(b':');
    let (origin, path, slash) = match address.as_bytes() {
        _ if is_whole => ("", "", ""),
        [b'/', b'/', ..] => ("https:", "", ""),
        [b'/', ..] => (origin, "", ""),
        [b'?', ..] => (origin, path, ""),
        _ => (origin, path.bytes().rposition(|b| b == b'/').and_then(|at| path.get(..at)).unwrap_or(path), "/"),
    };
    [origin, path, slash, address].concat()
}

/// An absolute `http` or `https` address, cut into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    is_https: bool,
    host: String,
    port: Option<u16>,
    has_userinfo: bool,
    /// Path and query, from the first `/` on.
    rest: String,
}

impl Url {
    /// Reads an address; `field` is the name that an error gives it.
    ///
    /// # Errors
    /// [`Error::InvalidField`] saying what is wrong; the address is not quoted.
    pub fn parse(text: &str, field: &str) -> Result<Self> {
        let refuse = |reason: &str| Err(Error::invalid(field, reason));
        if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return refuse("an address has no spaces, control characters or backslashes");
        }
        let scheme = text.split_once(':').and_then(|(scheme, after)| Some((scheme, after.strip_prefix("//")?)));
        let (is_https, after) = match scheme {
            Some((scheme, after)) if scheme.eq_ignore_ascii_case("https") => (true, after),
            Some((scheme, after)) if scheme.eq_ignore_ascii_case("http") => (false, after),
            _ => return refuse("it must start with https:// (or http://)"),
        };
        let after = after.split('#').next().unwrap_or_default();
        let end = after.find(['/', '?']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        let whole = authority.len();
        let authority = without_userinfo(authority);
        let has_userinfo = authority.len() < whole;
        let Some((host, port)) = host_and_port(authority) else {
            return refuse("its host or port cannot be read");
        };
        let rest = if rest.starts_with('/') { rest.to_owned() } else { ["/", rest].concat() };
        Ok(Self { is_https, host: host.to_ascii_lowercase(), port, has_userinfo, rest })
    }

    /// The host in lower case, an IPv6 address in its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Host, and the port where it is not the scheme's own.
    #[must_use]
    pub fn authority(&self) -> String {
        match self.port {
            Some(port) if port != self.own_port() => [&self.host, ":", &digits(port.into())].concat(),
            _ => self.host.clone(),
        }
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        let scheme = if self.is_https { "https://" } else { "http://" };
        [scheme, &self.authority()].concat()
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.rest.split('?').next().unwrap_or_default()
    }

    /// The path with the query, as they stand in the address.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.rest
    }

    /// The query, without its question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.rest.split_once('?').map(|(_, query)| query)
    }

    /// The first value of a query parameter, decoded.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        pairs(self.query()?).find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether a name or password stands before the host.
    #[must_use]
    pub fn has_userinfo(&self) -> bool {
        self.has_userinfo
    }

    /// Whether the host is this machine itself.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }

    /// Whether the internet leads to the host.
    #[must_use]
    pub fn is_public(&self) -> bool {
        is_public(&self.host)
    }

    /// Whether the host may be one that a network has for itself.
    #[must_use]
    pub fn is_private(&self) -> bool {
        is_private(&self.host)
    }

    /// Whether the port is one of the web's own: 80 or 443.
    #[must_use]
    pub fn is_at_web_port(&self) -> bool {
        matches!(self.port, None | Some(80 | 443))
    }

    /// Whether a secret may travel there: `https`, or this machine itself, and no userinfo to mislead.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        (self.is_https || self.is_loopback()) && !self.has_userinfo
    }

    const fn own_port(&self) -> u16 {
        if self.is_https { 443 } else { 80 }
    }
}

fn host_and_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let bracket = authority.bytes().rposition(|b| b == b']').map_or(0, |at| at + 1);
    let (host, port) = match authority[bracket..].find(':') {
        Some(at) => {
            (&authority[..bracket + at], Some(whole(&authority[bracket + at + 1..]).and_then(|port| u16::try_from(port).ok())?))
        }
        None => (authority, None),
    };
    is_host(host).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text, "contentUri").unwrap()
    }

    #[test]
    fn an_address_may_be_written_relative_to_another() {
        let table = [
            ("HTTPS://i.example/x", "HTTPS://i.example/x"),
            ("ftp://i.example/x", "ftp://i.example/x"),
            ("x?to=http://i.example", "https://h.example:8443/a/x?to=http://i.example"),
            ("//i.example/x", "https://i.example/x"),
            ("/x?y", "https://h.example:8443/x?y"),
            ("x?at=1:2", "https://h.example:8443/a/x?at=1:2"),
            ("?page=2", "https://h.example:8443/a/b?page=2"),
            ("", "https://h.example:8443/a/"),
        ];
        for (address, whole) in table {
            assert_eq!(join("https://h.example:8443", "/a/b", address), whole, "{address}");
        }
    }

    #[test]
    fn a_stranger_behind_userinfo_is_seen() {
        let url = url("https://media.ringcentral.com@evil.example/x");
        assert_eq!(url.host(), "evil.example");
        assert!(!url.is_protected());
    }

    #[test]
    fn what_parsers_read_differently_is_refused() {
        for text in [
            "https://a\\@b/",
            "https://a b/",
            "https://a\t.b/",
            "ftp://a/",
            "//a/b",
            "https://",
            "https://a:x/",
            "https://[::x]/",
            "https://ａ/",
        ] {
            assert!(Url::parse(text, "contentUri").is_err(), "{text}");
        }
    }

    #[test]
    fn the_schemes_own_port_is_no_part_of_the_origin() {
        assert_eq!(url("HTTPS://Media.RingCentral.com:443/x").origin(), "https://media.ringcentral.com");
        assert_eq!(url("http://127.0.0.1:8790/x?y=1#z").authority(), "127.0.0.1:8790");
    }

    #[test]
    fn parts_are_found() {
        let url = url("https://[::1]:9/a/b?x=1&page=2&page=3&a+b=c%2Fd");
        assert_eq!((url.host(), url.path(), url.query()), ("[::1]", "/a/b", Some("x=1&page=2&page=3&a+b=c%2Fd")));
        let value = |name: &str| url.parameter(name);
        assert_eq!([value("page"), value("a b"), value("perPage")], [Some("2".into()), Some("c/d".into()), None]);
        assert!(url.is_loopback());
    }
}
