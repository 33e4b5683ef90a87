//! A local file on its way into the bucket, part by part, and once it is there.

use crate::file::{File, upload_key};
use crate::limits::PART_BYTES;
use ringcentral_ai::json::{Object, Value};
use ringcentral_ai::time::{iso, unix_ms};
use serde::{Deserialize, Serialize};

/// Why no part is taken any more.
pub(crate) const COMPLETE: &str = "the upload is complete: its parts cannot be put any more";

/// A file that somebody uploads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Upload {
    /// Its id.
    pub(crate) id: String,
    /// What its owner calls it.
    pub(crate) name: Option<String>,
    /// How long it is.
    pub(crate) bytes: u64,
    /// When it was begun, milliseconds since 1970.
    pub(crate) created_ms: u64,
    /// How long it is kept where no job needs it.
    pub(crate) until_ms: u64,
    /// What the bucket calls it as long as it is not complete.
    pub(crate) bucket_id: String,
    /// The parts that are there, in their order.
    pub(crate) parts: Vec<Part>,
    /// What it is, once it is complete.
    pub(crate) whole: Option<Whole>,
}

/// A part that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Its number, from 1.
    pub(crate) number: u32,
    /// What the bucket calls its bytes.
    pub(crate) etag: String,
}

/// What a complete file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Whole {
    /// Its type, from its first bytes.
    pub(crate) content_type: String,
    /// Its SHA-256 in hexadecimal digits.
    pub(crate) sha256: String,
}

impl Whole {
    /// A file whose first bytes are of that type.
    pub(crate) fn of(content_type: Option<&str>, sha256: String) -> Self {
        Self { content_type: content_type.unwrap_or(UNTOLD).to_owned(), sha256 }
    }
}

impl Upload {
    /// How many parts it has.
    pub(crate) const fn part_count(&self) -> u64 {
        self.bytes.div_ceil(PART_BYTES)
    }

    /// How long a part is; none where there is no part of that number.
    pub(crate) fn part_bytes(&self, number: u64) -> Option<u64> {
        let before = number.checked_sub(1)?.checked_mul(PART_BYTES)?;
        self.bytes.checked_sub(before).map(|rest| rest.min(PART_BYTES)).filter(|bytes| *bytes > 0)
    }

    /// The number of the first part that is not there.
    pub(crate) fn missing(&self) -> Option<u64> {
        (1..=self.part_count()).find(|number| !self.parts.iter().any(|part| u64::from(part.number) == *number))
    }

    /// Takes a part; one that is there already is another one then.
    pub(crate) fn take(&mut self, part: Part) {
        self.parts.retain(|known| known.number != part.number);
        let at = self.parts.partition_point(|known| known.number < part.number);
        self.parts.insert(at, part);
    }

    /// The upload that a job may use.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn usable(found: Option<Self>) -> Result<Self, &'static str> {
        const NONE: &str = "there is no such upload, or not any more: it goes with its job, or after a day";
        const PARTS: &str = "the upload is not complete: POST /v1/uploads/{id}/complete comes first";
        let upload = found.ok_or(NONE)?;
        if upload.whole.is_some() { Ok(upload) } else { Err(PARTS) }
    }

    /// Its type, where its bytes have told it.
    pub(crate) fn told(&self) -> Option<&str> {
        self.whole.as_ref().map(|whole| whole.content_type.as_str()).filter(|content_type| *content_type != UNTOLD)
    }

    /// What it is called in the bucket.
    pub(crate) fn key(&self) -> String {
        upload_key(&self.id)
    }

    /// The file, once it is complete.
    pub(crate) fn file(self) -> Option<File> {
        let key = self.key();
        let whole = self.whole?;
        Some(File { key, bytes: self.bytes, content_type: Some(whole.content_type), etag: ["\"", &whole.sha256, "\""].concat() })
    }

    /// The upload as it is shown, JSON.
    pub(crate) fn shown(&self) -> String {
        self.object(false).write()
    }

    /// The same with what the bucket calls it and its parts: [`Upload::parse`] reads it again.
    pub(crate) fn write(&self) -> String {
        self.object(true).text(BUCKET_ID, &self.bucket_id).write()
    }

    fn object(&self, with_etags: bool) -> Object {
        let parts = self.parts.iter().map(|part| {
            let bytes = self.part_bytes(part.number.into()).unwrap_or_default();
            let shown = Object::new().number("part", part.number.into()).number("bytes", bytes);
            shown.optional_text(ETAG, with_etags.then_some(part.etag.as_str())).write()
        });
        let shown = Object::new().text("id", &self.id).optional_text("name", self.name.as_deref());
        let shown = shown.number("bytes", self.bytes).number("partBytes", PART_BYTES).list("parts", parts);
        let shown = shown.text("createdAt", &iso(self.created_ms)).text("expiresAt", &iso(self.until_ms));
        let Some(Whole { content_type, sha256 }) = &self.whole else { return shown };
        shown.text("contentType", content_type).text("sha256", sha256)
    }

    /// Reads what [`Upload::write`] wrote.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        let value = Value::parse(written.as_bytes())?;
        let time = |name| unix_ms(value.get(name).text()?);
        let part =
            |part: &Value<'_>| Some(Part { number: part.get("part").whole()?.try_into().ok()?, etag: part.text_of(ETAG)? });
        let whole = |content_type| Some(Whole { content_type, sha256: value.text_of("sha256")? });
        Some(Self {
            id: value.text_of("id")?,
            name: value.text_of("name"),
            bytes: value.get("bytes").whole()?,
            created_ms: time("createdAt")?,
            until_ms: time("expiresAt")?,
            bucket_id: value.text_of(BUCKET_ID)?,
            parts: value.get("parts").entries().iter().map(part).collect::<Option<_>>()?,
            whole: value.text_of("contentType").and_then(whole),
        })
    }
}

/// The bucket's name of a part's bytes, and of what is not complete.
const ETAG: &str = "etag";
const BUCKET_ID: &str = "bucketId";
/// The type of what no bytes tell.
const UNTOLD: &str = "application/octet-stream";

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An upload of so many bytes, of which these parts are there.
    pub(crate) fn upload(bytes: u64, parts: &[u32]) -> Upload {
        let mut upload = Upload {
            id: "u".into(),
            name: None,
            bytes,
            created_ms: 0,
            until_ms: 86_400_000,
            bucket_id: "b".into(),
            parts: Vec::new(),
            whole: None,
        };
        for number in parts {
            upload.take(Part { number: *number, etag: format!("e{number}") });
        }
        upload
    }

    #[test]
    fn all_parts_but_the_last_are_equally_long() {
        for (bytes, parts) in [
            (1, &[1][..]),
            (PART_BYTES, &[PART_BYTES]),
            (PART_BYTES + 1, &[PART_BYTES, 1]),
            (3 * PART_BYTES - 1, &[PART_BYTES, PART_BYTES, PART_BYTES - 1]),
        ] {
            let upload = upload(bytes, &[]);
            let found: Vec<u64> = (1..=upload.part_count()).map(|number| upload.part_bytes(number).unwrap()).collect();
            assert_eq!(found, parts, "{bytes}");
            for number in [0, upload.part_count() + 1, u64::MAX] {
                assert_eq!(upload.part_bytes(number), None, "{bytes} {number}");
            }
        }
    }

    #[test]
    fn parts_come_in_any_order_and_again() {
        let mut upload = upload(3 * PART_BYTES, &[3, 1, 3]);
        assert_eq!(upload.missing(), Some(2));
        upload.take(Part { number: 2, etag: "x".into() });
        upload.take(Part { number: 2, etag: "y".into() });
        let etags: Vec<&str> = upload.parts.iter().map(|part| part.etag.as_str()).collect();
        assert_eq!((etags, upload.missing()), (vec!["e1", "y", "e3"], None));
    }

    #[test]
    fn it_is_shown_without_what_the_bucket_calls_it() {
        let mut upload = Upload { name: Some("a \"b\".wav".into()), ..upload(PART_BYTES + 7, &[2]) };
        let expected = r#"{"id":"u","name":"a \"b\".wav","bytes":16777223,"partBytes":16777216,"parts":[{"part":2,"bytes":7}],"createdAt":"1970-01-01T00:00:00.000Z","expiresAt":"1970-01-02T00:00:00.000Z"}"#;
        assert_eq!(upload.shown(), expected);
        assert_eq!(Upload::parse(&upload.write()), Some(upload.clone()));
        upload.whole = Some(Whole { content_type: "audio/wav".into(), sha256: "0a".into() });
        assert_eq!(Upload::parse(&upload.write()), Some(upload.clone()));
        assert!(upload.shown().ends_with(r#","contentType":"audio/wav","sha256":"0a"}"#));
    }
}
