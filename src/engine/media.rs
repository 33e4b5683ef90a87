//! Where a job's media is, as a caller names it: a recording's id, or an address.

use super::recording_id::check_id;
use crate::error::{Error, Result};
use crate::http::Url;
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use serde_json::{Value, json};

/// The media of a job.
#[derive(Clone, PartialEq, Eq)]
pub enum Source {
    /// A recording's id, as a list of recordings gives it.
    Recording(String),
    /// An address; it may hold a secret.
    Address(String),
}

impl Source {
    /// Reads a `media` object: exactly one of `recordingId` and `contentUri`.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming what is wrong; an address on a private network needs `allow_private`.
    pub fn parse(media: &Value, allow_private: bool) -> Result<Self> {
        const ONE: &str = "it must be exactly one of {\"recordingId\": …} and {\"contentUri\": …}";
        let fields = media.as_object().filter(|fields| fields.len() == 1);
        let Some((name, value)) = fields.and_then(|fields| fields.iter().next()) else {
            return Err(Error::invalid("media", ONE));
        };
        let field = ["media.", name].concat();
        let text = || value.as_str().ok_or_else(|| Error::invalid(&field, "it must be a text"));
        match name.as_str() {
            "recordingId" => {
                let id = text()?;
                check_id(id, &field)?;
                Ok(Self::Recording(id.to_owned()))
            }
            "contentUri" => {
                let address = text()?;
                check_address(address, &field, allow_private)?;
                Ok(Self::Address(address.to_owned()))
            }
            _ => Err(Error::invalid("media", ONE)),
        }
    }
}

/// The same as it may be seen: an address without userinfo, query and fragment.
#[must_use]
pub fn shown(source: &Source) -> Value {
    match source {
        Source::Recording(id) => json!({ "recordingId": id }),
        Source::Address(address) => {
            let address = Url::parse(address, "").map_or_else(|_| String::new(), |url| [&url.origin(), url.path()].concat());
            json!({ "contentUri": address })
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", shown(self))
    }
}

fn check_address(address: &str, field: &str, allow_private: bool) -> Result<()> {
    let url = Url::parse(address, field)?;
    if is_private(&url) && !allow_private {
        return Err(Error::invalid(field, "its host is on a private network, where RingCentral cannot fetch it"));
    }
    Ok(())
}

/// Whether an address names a host that only a private network knows.
#[must_use]
pub fn is_private(url: &Url) -> bool {
    let host = url.host().trim_end_matches('.');
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    match ip {
        Some(IpAddr::V4(ip)) => is_private_v4(ip),
        Some(IpAddr::V6(ip)) => is_private_v6(ip),
        // A host of digits only, or one that starts like a hexadecimal number, is an IPv4 address to some.
        None => {
            let is_number = host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
            let is_local = [".localhost", ".local", ".internal", ".lan", ".home.arpa"].iter().any(|end| host.ends_with(end));
            is_number || is_local || !host.contains('.')
        }
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_benchmark = a == 198 && (b == 18 || b == 19);
    a == 0 || a >= 224 || is_shared || is_benchmark || ip.is_private() || ip.is_loopback() || ip.is_link_local()
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let mapped = ip.to_ipv4_mapped().is_some_and(is_private_v4);
    // Only 2000::/3 is routed on the internet.
    mapped || ip.segments()[0] & 0xE000 != 0x2000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(media: &Value) -> String {
        match Source::parse(media, false) {
            Err(Error::InvalidField { field, .. }) => field,
            other => panic!("{media} gave {other:?}"),
        }
    }

    #[test]
    fn exactly_one_place_is_named() {
        assert_eq!(Source::parse(&json!({"recordingId": "1662272004"}), false), Ok(Source::Recording("1662272004".into())));
        for media in [
            json!(null),
            json!([]),
            json!({}),
            json!({"uploadId": "x"}),
            json!({"recordingId": "1", "contentUri": "https://a.example/"}),
        ] {
            assert_eq!(refused(&media), "media");
        }
        assert_eq!(refused(&json!({"recordingId": 7})), "media.recordingId");
        assert_eq!(refused(&json!({"recordingId": "../x"})), "media.recordingId");
        assert_eq!(refused(&json!({"contentUri": "file:///etc/passwd"})), "media.contentUri");
    }

    #[test]
    fn private_networks_are_for_those_who_allow_them() {
        for host in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
            "localhost",
            "LOCALHOST.",
            "db.internal",
            "router",
            "2130706433",
            "0x7f.1",
            "127.1",
        ] {
            assert_eq!(refused(&json!({ "contentUri": format!("http://{host}/a.wav") })), "media.contentUri", "{host}");
        }
        assert!(Source::parse(&json!({"contentUri": "http://127.0.0.1:9/a.wav"}), true).is_ok());
        for host in ["example.com", "8.8.8.8", "[2606:4700::1]", "3com.example"] {
            assert!(Source::parse(&json!({ "contentUri": format!("https://{host}/a.wav") }), false).is_ok(), "{host}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        let source = Source::Address("https://u:S3CRET@h.example/a/b.wav?sig=S3CRET#S3CRET".into());
        assert_eq!(shown(&source), json!({"contentUri": "https://h.example/a/b.wav"}));
    }
}
