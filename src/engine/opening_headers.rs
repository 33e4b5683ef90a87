//! The headers that open media which its address alone does not: only whoever fetches it through us sends them.

use crate::error::{Error, Result};
use crate::json::{Object, Value};
use crate::secret::{MASK, Secret};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// More than anybody needs.
const MAX_HEADERS: usize = 20;
/// Names and values together: most servers take no more.
const MAX_BYTES: usize = 8_192;
/// What the connection and whoever fetches decide, and no caller.
const TAKEN: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Names in lower case, each once, with their values; prints nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct OpeningHeaders(Vec<(String, Secret)>);

impl OpeningHeaders {
    /// Reads an object of names and values; `field` is the name that an error gives it.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming the header that cannot be sent.
    pub fn parse(headers: &Value<'_>, field: &str) -> Result<Self> {
        if headers.fields().is_empty() || headers.fields().len() > MAX_HEADERS {
            return Err(Error::invalid(field, "it must be an object of 1 to 20 headers: names, with texts as their values"));
        }
        let mut read = Vec::new();
        let mut bytes = 0;
        for (name, value) in headers.fields() {
            let named = |reason: &str| Error::invalid([field, ".", shown(name)].concat(), reason);
            let name = name.to_ascii_lowercase();
            let value = value.text().map(str::trim).filter(|value| value.bytes().all(|b| matches!(b, b'\t' | b' '..=b'~')));
            let Some(value) = value else { return Err(named("its value must be a text of visible ASCII characters")) };
            if !is_name(&name) {
                return Err(named("that is no name of a header"));
            }
            if TAKEN.contains(&name.as_str()) {
                return Err(named("whoever fetches the media sets this header"));
            }
            if read.iter().any(|(known, _)| *known == name) {
                return Err(named("it is there twice"));
            }
            bytes += name.len() + value.len();
            read.push((name, Secret::new(value)));
        }
        if bytes > MAX_BYTES {
            return Err(Error::invalid(field, "names and values together must not be longer than 8,192 characters"));
        }
        Ok(Self(read))
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Secret)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The same as JSON, for [`OpeningHeaders::parse`].
    #[must_use]
    pub fn write(&self) -> Secret {
        // The values go into a text that is a secret itself.
        let object = self.iter().fold(Object::new(), |object, (name, value)| object.text(name, value.expose()));
        Secret::new(object.write())
    }
}

impl fmt::Debug for OpeningHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// A name as it may be shown: what is none may be a secret in the wrong place.
fn shown(name: &str) -> &str {
    if is_name(name) && name.len() <= 64 { name } else { MASK }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn parse(headers: &Json) -> Result<OpeningHeaders> {
        OpeningHeaders::parse(&Value::parse(headers.to_string().as_bytes()).unwrap(), "media.headers")
    }

    #[test]
    fn names_are_read_without_their_case_and_values_do_not_print() {
        let headers = parse(&json!({"Authorization": " Bearer S3CRET ", "X-Api-Key": ""})).unwrap();
        let read: Vec<_> = headers.iter().map(|(name, value)| (name, value.expose())).collect();
        assert_eq!(read, [("authorization", "Bearer S3CRET"), ("x-api-key", "")]);
        assert_eq!(format!("{headers:?}"), "[secret]");
        let written: Json = serde_json::from_str(headers.write().expose()).unwrap();
        assert_eq!(parse(&written), Ok(headers));
    }

    #[test]
    fn what_cannot_be_sent_is_refused_by_its_name() {
        let many: Json = (0..21).map(|n| (format!("x-{n}"), json!("1"))).collect::<serde_json::Map<_, _>>().into();
        for (headers, field) in [
            (json!({}), "media.headers"),
            (json!([]), "media.headers"),
            (json!("Bearer S3CRET"), "media.headers"),
            (many, "media.headers"),
            (json!({"x-a": "b".repeat(8_192)}), "media.headers"),
            (json!({"authorization": 7}), "media.headers.authorization"),
            (json!({"authorization": "a\r\nx-b: S3CRET"}), "media.headers.authorization"),
            (json!({"authorization": "ü"}), "media.headers.authorization"),
            (json!({"X-A": "1", "x-a": "2"}), "media.headers.x-a"),
            (json!({"Bearer S3CRET": "1"}), "media.headers.[secret]"),
            (json!({"": "1"}), "media.headers.[secret]"),
            (json!({"Host": "h.example"}), "media.headers.Host"),
            (json!({"range": "bytes=0-1"}), "media.headers.range"),
            (json!({"Transfer-Encoding": "chunked"}), "media.headers.Transfer-Encoding"),
        ] {
            match parse(&headers) {
                Err(error @ Error::InvalidField { .. }) => {
                    assert!(error.to_string().starts_with(&format!("{field}: ")), "{error}");
                    assert!(!error.to_string().contains("S3CRET"), "{error}");
                }
                other => panic!("{headers} gave {other:?}"),
            }
        }
    }
}
