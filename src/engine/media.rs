//! Where a job's media is, as a caller names it: a recording's id, or an address.

use super::recording_id::RecordingId;
use crate::error::{Error, Result};
use crate::http::Url;
use crate::json::{Object, Value};
use crate::secret::{Secret, SecretUrl};
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

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
    /// [`Error::InvalidField`] naming what is wrong; one that the internet does not lead to, or whose port is none of the web's, needs
    /// `allow_private`.
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
    if !url.is_public() && !allow_private {
        return Err(Error::invalid(field, "its host is not on the internet, so RingCentral cannot fetch it"));
    }
    if !url.is_at_web_port() && !allow_private {
        return Err(Error::invalid(field, "its port must be 80 or 443"));
    }
    Ok(())
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
    fn what_is_not_on_the_internet_is_for_those_who_allow_it() {
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
            "192.0.0.7",
            "198.51.100.1",
            "[2002:a00:1::1]",
            "[2001:0:808:808::f5ff:fffe]",
            "printer.localdomain",
            "a.test",
            "a.onion",
            "example.com:0",
            "example.com:22",
            "example.com:6379",
            "example.com:8443",
            "8.8.8.8:8080",
        ] {
            assert_eq!(refused(&json!({ "contentUri": format!("http://{host}/a.wav") })), "media.contentUri", "{host}");
        }
        assert!(parse(&json!({"contentUri": "http://127.0.0.1:9/a.wav"}), true).is_ok());
        for host in ["example.com", "example.com:443", "example.com:80", "8.8.8.8", "[2606:4700::1]", "3com.example.com"] {
            assert!(parse(&json!({ "contentUri": format!("https://{host}/a.wav") }), false).is_ok(), "{host}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        let media = parse(&json!({"contentUri": "https://u:S3CRET@h.example.com/a/b.wav?sig=S3CRET#S3CRET"}), false).unwrap();
        assert_eq!(media.shown(), r#"{"contentUri":"https://h.example.com/a/b.wav"}"#);
        assert_eq!(format!("{media:?}"), media.shown());
    }

    #[test]
    fn what_is_written_whole_is_read_again() {
        for given in [json!({"recordingId": "meeting-m-7"}), json!({"contentUri": "https://u:p@h.example.com/a\"?sig=1#f"})] {
            let media = parse(&given, false).unwrap();
            let written: Json = serde_json::from_str(media.write().expose()).unwrap();
            assert_eq!((&written, parse(&written, false)), (&given, Ok(media)));
        }
    }
}
