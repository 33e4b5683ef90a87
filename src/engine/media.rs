//! The media of a job as its caller names it: one of RingCentral's recordings by its id, an address, or a file that was uploaded.

use super::{OpeningHeaders, RecordingId};
use crate::error::{Error, Result};
use crate::http::Url;
use crate::json::{Object, Value};
use crate::secret::{Secret, SecretUrl};
use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

const RECORDING_ID: &str = "recordingId";
const CONTENT_URI: &str = "contentUri";
const HEADERS: &str = "headers";
const UPLOAD_ID: &str = "uploadId";
/// Ids of uploads are UUIDs.
const MAX_UPLOAD_ID_CHARS: usize = 64;

/// The media of a job; prints without what may be secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Media {
    /// One of RingCentral's recordings.
    Recording(RecordingId),
    /// An address; it may hold a secret.
    Address(SecretUrl),
    /// An address that opens to these headers alone.
    Guarded(SecretUrl, OpeningHeaders),
    /// A file that was uploaded, by its id.
    Upload(String),
}

impl Media {
    /// Reads a `media` object: exactly one of `recordingId`, `contentUri` (with `headers` or without) and `uploadId`.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming what is wrong; one that the internet does not lead to, or whose port is none of the web's, needs
    /// `allow_private`.
    pub fn parse(media: &Value<'_>, allow_private: bool) -> Result<Self> {
        const ONE: &str = "it must be exactly one of {\"recordingId\": …}, {\"contentUri\": …}, {\"contentUri\": …, \"headers\": {…}} \
             and {\"uploadId\": …}";
        let headers = media.fields().iter().find(|(name, _)| name == HEADERS);
        let mut others = media.fields().iter().filter(|(name, _)| name != HEADERS);
        let (Some((name, value)), None) = (others.next(), others.next()) else { return Err(Error::invalid("media", ONE)) };
        let field = ["media.", name].concat();
        let text = || value.text().ok_or_else(|| Error::invalid(&field, "it must be a text"));
        match (&**name, headers) {
            (RECORDING_ID, None) => RecordingId::parse(text()?, &field).map(Self::Recording),
            (CONTENT_URI, headers) => {
                let address = text()?;
                check_address(address, &field, allow_private)?;
                let shown = SecretUrl::hiding_query(address.to_owned());
                let Some((_, headers)) = headers else { return Ok(Self::Address(shown)) };
                check_guarded(address, &field, allow_private)?;
                Ok(Self::Guarded(shown, OpeningHeaders::parse(headers, "media.headers")?))
            }
            (UPLOAD_ID, None) => {
                let id = text()?;
                let is_id = id.len() <= MAX_UPLOAD_ID_CHARS && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                if is_id { Ok(Self::Upload(id.to_owned())) } else { Err(Error::invalid(&field, "it is no id of an upload")) }
            }
            _ => Err(Error::invalid("media", ONE)),
        }
    }

    /// Whether nobody can fetch it but through us.
    #[must_use]
    pub const fn needs_relay(&self) -> bool {
        matches!(self, Self::Guarded(..) | Self::Upload(_))
    }

    /// The media as JSON, whole: [`Media::parse`] reads it again.
    #[must_use]
    pub fn write(&self) -> Secret {
        // The address goes into a text that is a secret itself.
        let whole = |address: &SecretUrl| Object::new().text(CONTENT_URI, address.expose());
        Secret::new(match self {
            Self::Recording(_) | Self::Upload(_) => self.shown(),
            Self::Address(address) => whole(address).write(),
            // So do the headers.
            Self::Guarded(address, headers) => whole(address).json(HEADERS, headers.write().expose()).write(),
        })
    }

    /// The media as JSON that may be seen: an address without userinfo, query, fragment and headers.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Recording(id) => Object::new().text(RECORDING_ID, &id.write()),
            Self::Upload(id) => Object::new().text(UPLOAD_ID, id),
            Self::Address(address) | Self::Guarded(address, _) => {
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

/// Headers are secrets: they go over a connection that nobody reads along.
fn check_guarded(address: &str, field: &str, allow_private: bool) -> Result<()> {
    let url = Url::parse(address, field)?;
    if allow_private || url.origin() == ["https://", url.host()].concat() && !url.has_userinfo() {
        return Ok(());
    }
    Err(Error::invalid(field, "with headers it must be https on port 443, with no name or password before the host"))
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
            json!({"headers": {"a": "b"}}),
            json!({"recordingId": "1", "contentUri": "https://a.example/"}),
            json!({"recordingId": "1", "headers": {"a": "b"}}),
            json!({"uploadId": "1", "headers": {"a": "b"}}),
            json!({"uploadId": "1", "recordingId": "1"}),
        ] {
            assert_eq!(refused(&media), "media");
        }
        assert_eq!(refused(&json!({"recordingId": 7})), "media.recordingId");
        assert_eq!(refused(&json!({"recordingId": "../x"})), "media.recordingId");
        assert_eq!(refused(&json!({"contentUri": "file:///etc/passwd"})), "media.contentUri");
        for id in [json!(7), json!("../x"), json!("a".repeat(65))] {
            assert_eq!(refused(&json!({ "uploadId": id })), "media.uploadId");
        }
    }

    #[test]
    fn headers_go_over_https_alone() {
        let guarded = |address: &str| json!({"headers": {"x-key": "S3CRET"}, "contentUri": address});
        for address in ["http://h.example.com/a", "https://h.example.com:80/a", "https://u:p@h.example.com/a"] {
            assert_eq!(refused(&guarded(address)), "media.contentUri", "{address}");
        }
        assert_eq!(refused(&json!({"contentUri": "https://h.example.com/a", "headers": {"host": "b"}})), "media.headers.host");
        let media = parse(&guarded("https://h.example.com/a?sig=S3CRET"), false).unwrap();
        assert_eq!((media.needs_relay(), media.shown().as_str()), (true, r#"{"contentUri":"https://h.example.com/a"}"#));
        assert_eq!(format!("{media:?}"), media.shown());
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
        for given in [
            json!({"recordingId": "meeting-m-7"}),
            json!({"contentUri": "https://u:p@h.example.com/a\"?sig=1#f"}),
            json!({"contentUri": "https://h.example.com/a?b", "headers": {"x-key": "a\"b"}}),
            json!({"uploadId": "0199c0de-0000-7000-8000-000000000000"}),
        ] {
            let media = parse(&given, false).unwrap();
            let written: Json = serde_json::from_str(media.write().expose()).unwrap();
            assert_eq!((&written, parse(&written, false)), (&given, Ok(media)));
        }
    }
}
