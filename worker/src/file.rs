//! A file of the bucket, as far as it takes to answer with it.

use ringcentral_ai::json::{Object, Value};
use serde::{Deserialize, Serialize};

/// What the keys of uploads begin with.
const UPLOADS: &str = "upload/";
/// What the keys of recordings begin with that are kept for their jobs.
const KEPT: &str = "kept/";

/// A file of the bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct File {
    /// Its key.
    pub(crate) key: String,
    /// How long it is, one byte at least.
    pub(crate) bytes: u64,
    /// Its type, where that is known.
    pub(crate) content_type: Option<String>,
    /// What its bytes are known by, in quotes.
    pub(crate) etag: String,
}

impl File {
    /// As it is written down, JSON.
    pub(crate) fn write(&self) -> String {
        let object = Object::new().text("key", &self.key).number("bytes", self.bytes);
        object.optional_text("contentType", self.content_type.as_deref()).text("etag", &self.etag).write()
    }

    /// Reads that.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        let value = Value::parse(written.as_bytes())?;
        Some(Self {
            key: value.text_of("key")?,
            bytes: value.get("bytes").whole()?,
            content_type: value.text_of("contentType"),
            etag: value.text_of("etag")?,
        })
    }
}

/// The key of an upload.
pub(crate) fn upload_key(id: &str) -> String {
    [UPLOADS, id].concat()
}

/// The key of what is kept for a job.
pub(crate) fn kept_key(job_id: &str) -> String {
    [KEPT, job_id].concat()
}

/// Whether a key is one of the bucket's, and none of KV's.
pub(crate) fn is_in_bucket(key: &str) -> bool {
    key.starts_with(UPLOADS) || key.starts_with(KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_written() {
        for content_type in [Some("audio/mpeg".to_owned()), None] {
            let file = File { key: kept_key("7"), bytes: 5, content_type, etag: "\"e\"".into() };
            assert_eq!(File::parse(&file.write()), Some(file));
        }
        assert_eq!(File::parse("{}"), None);
    }

    #[test]
    fn a_key_tells_where_it_is() {
        assert!(is_in_bucket(&upload_key("7")) && is_in_bucket(&kept_key("7")));
        assert!(!is_in_bucket("result/7/fra-1") && !is_in_bucket("dead/7/ab"));
    }
}
