//! Where a job's media is, as a caller names it: a recording's id, or an address.

use super::recording_id::RecordingId;
use crate::error::{Error, Result};
use crate::http::Url;
use crate::json::{Object, Value};
use crate::secret::{Secret, SecretUrl};
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const RECORDING_ID: &str = "recordingId";
const CONTENT_URI: &str = "contentUri";

/// The media of a job; prints without what may be secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Media {
    /// One of RingCentral's recordings.
    Recording(RecordingId),
    /// An address; it may hold a secret.
    Address(SecretUrl),
}

impl Media {
    /// Reads a `media` object: exactly one of `recordingId` and `contentUri`.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming what is wrong; an address on a private network needs `allow_private`.
    pub fn parse(media: &Value<'_>, allow_private: bool) -> Result<Self> {
        const ONE: &str = "it must be exactly one of {\"recordingId\": …} and {\"contentUri\": …}";
        let [(name, value)] = media.fields() else { return Err(Error::invalid("media", ONE)) };
        let field = ["media.", name].concat();
        let text = || value.text().ok_or_else(|| Error::invalid(&field, "it must be a text"));
        match &**name {
            RECORDING_ID => RecordingId::parse(text()?, &field).map(Self::Recording),
            CONTENT_URI => {
                let address = text()?;
                check_address(address, &field, allow_private)?;
                Ok(Self::Address(SecretUrl::hiding_query(address.to_owned())))
            }
            _ => Err(Error::invalid("media", ONE)),
        }
    }

    /// The media as JSON, whole: [`Media::parse`] reads it again.
    #[must_use]
    pub fn write(&self) -> Secret {
        Secret::new(match self {
            Self::Recording(_) => self.shown(),
            // The address goes into a text that is a secret itself.
            Self::Address(address) => Object::new().text(CONTENT_URI, address.expose()).write(),
        })
    }

    /// The media as JSON that may be seen: an address without userinfo, query and fragment.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Recording(id) => Object::new().text(RECORDING_ID, &id.write()),
            Self::Address(address) => {
                // Of the address goes on what may be seen.
                let url = Url::parse(address.expose(), "");
                let shown = url.map_or_else(|_| String::new(), |url| [&url.origin(), url.path()].concat());
                Object::new().text(CONTENT_URI, &shown)
            }
        }
        .write()
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
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
    use serde_json::{Value as Json, json};

    fn parse(media: &Json, allow_private: bool) -> Result<Media> {
        Media::parse(&Value::parse(media.to_string().as_bytes()).unwrap(), allow_private)
    }

    fn refused(media: &Json) -> String {
        match parse(media, false) {
            Err(Error::InvalidField { field, .. }) => field,
            other => panic!("{media} gave {other:?}"),
        }
    }

    #[test]
    fn exactly_one_place_is_named() {
        let id = RecordingId::parse("1662272004", "").unwrap();
        assert_eq!(parse(&json!({"recordingId": "1662272004"}), false), Ok(Media::Recording(id)));
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
        assert!(parse(&json!({"contentUri": "http://127.0.0.1:9/a.wav"}), true).is_ok());
        for host in ["example.com", "8.8.8.8", "[2606:4700::1]", "3com.example"] {
            assert!(parse(&json!({ "contentUri": format!("https://{host}/a.wav") }), false).is_ok(), "{host}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        let media = parse(&json!({"contentUri": "https://u:S3CRET@h.example/a/b.wav?sig=S3CRET#S3CRET"}), false).unwrap();
        assert_eq!(media.shown(), r#"{"contentUri":"https://h.example/a/b.wav"}"#);
        assert_eq!(format!("{media:?}"), media.shown());
    }

    #[test]
    fn what_is_written_whole_is_read_again() {
        for given in [json!({"recordingId": "meeting-m-7"}), json!({"contentUri": "https://u:p@h.example/a\"?sig=1#f"})] {
            let media = parse(&given, false).unwrap();
            let written: Json = serde_json::from_str(media.write().expose()).unwrap();
            assert_eq!((&written, parse(&written, false)), (&given, Ok(media)));
        }
    }
}
