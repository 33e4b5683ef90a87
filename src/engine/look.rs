//! One look at a job's media, for what its submitter did not say: what is seen, and what is said when that does not tell.

use super::media_type;
use crate::error::Error;
use crate::http::HttpResponse;
use crate::json::digits;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// So much of a file is asked for and read: a dozen bytes tell, but for an ID3 tag.
pub const LOOK_BYTES: usize = 4096;
/// A longer type of content is none.
const MAX_TYPE_CHARS: usize = 80;

/// What one look at a job's media has shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The content's type, as its server names it.
    pub content_type: Option<String>,
    /// Its first bytes.
    pub beginning: Vec<u8>,
    /// The path of its address, which may end in a file's name.
    pub path: String,
}

/// The same with what the media's server answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The status code; none where no answer came in time, or nobody had to be asked.
    pub status: Option<u16>,
    /// What it has shown.
    pub seen: Seen,
    /// Whether it lies with us, so that nobody had to be asked.
    is_ours: bool,
}

/// A field of the input that nobody named, and that the media tells to whoever looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// Its name.
    pub field: &'static str,
    /// The values that it takes, for people.
    pub takes: String,
}

/// The range that a look asks for, as in a header.
#[must_use]
pub fn look_range() -> String {
    ["bytes=0-", &digits(LOOK_BYTES as u64 - 1)].concat()
}

impl Look {
    /// A look at that path that nobody answered.
    #[must_use]
    pub fn unseen(path: &str) -> Self {
        Self { seen: Seen { path: path.to_owned(), ..Seen::default() }, ..Self::default() }
    }

    /// A look at that path that was answered so; what an error's page holds is not the media's.
    #[must_use]
    pub fn of(path: &str, response: &HttpResponse) -> Self {
        let Self { mut seen, .. } = Self::unseen(path);
        if response.is_success() {
            seen.content_type = response.header("content-type").map(ToOwned::to_owned);
            seen.beginning = response.body.iter().take(LOOK_BYTES).copied().collect();
        }
        Self { status: Some(response.status), seen, is_ours: false }
    }

    /// A file that lies with us: its first bytes have told its type, else its name may.
    #[must_use]
    pub fn of_file(content_type: Option<&str>, name: &str) -> Self {
        let path = if content_type.is_some() { "" } else { name };
        let seen = Seen { content_type: content_type.map(ToOwned::to_owned), path: path.to_owned(), ..Seen::default() };
        Self { status: None, seen, is_ours: true }
    }

    /// The error where a look did not tell what a field of the input needs: what was seen, and what to give.
    #[must_use]
    pub fn unknown(&self, untold: &Untold) -> Error {
        let field = ["input.", untold.field].concat();
        let reason =
            ["it is not given, and a look at the media does not tell it (", &self.said(), "): give one of ", &untold.takes];
        Error::EncodingUnknown { field, reason: reason.concat() }
    }

    fn said(&self) -> String {
        if self.is_ours {
            return ["its first bytes are ", self.seen.content_type.as_deref().unwrap_or("of no known kind")].concat();
        }
        let Some(status) = self.status else { return "the host did not answer".into() };
        let answered = ["the host answered ", &digits(status.into())].concat();
        match status {
            200..=299 if self.seen.beginning.is_empty() => [&answered, " with nothing in it"].concat(),
            200..=299 => {
                let named = self.seen.content_type.as_deref().map_or("no content type", shown_type);
                let bytes = media_type(&self.seen.beginning).unwrap_or("of no known kind");
                [&answered, " with ", named, ", and its first bytes are ", bytes].concat()
            }
            300..=399 => [&answered, ", a redirect, which is not followed"].concat(),
            _ => answered,
        }
    }
}

/// A type of content as it may be shown: the words of a stranger.
fn shown_type(content_type: &str) -> &str {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let is_plain = essence.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.+-".contains(&b));
    if is_plain && (1..=MAX_TYPE_CHARS).contains(&essence.len()) { essence } else { "a content type that is none" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: Option<u16>, content_type: &str, body: &[u8]) -> String {
        let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        let look = status.map(|status| Look::of("/a", &HttpResponse { status, headers, body: body.into() })).unwrap_or_default();
        let error = look.unknown(&Untold { field: "encoding", takes: "Mpeg, Wav".into() });
        assert_eq!(error.code(), "encoding_unknown");
        let sentence = error.to_string();
        let said = sentence.strip_prefix("input.encoding: it is not given, and a look at the media does not tell it (").unwrap();
        said.strip_suffix("): give one of Mpeg, Wav").unwrap().to_owned()
    }

    #[test]
    fn what_was_seen_is_said() {
        let no_kind = "and its first bytes are of no known kind";
        for (status, content_type, body, expected) in [
            (None, "", "", "the host did not answer".to_owned()),
            (Some(200), "text/html; charset=utf-8", "<p>", format!("the host answered 200 with text/html, {no_kind}")),
            (
                Some(200),
                "audio/mpeg",
                "fLaC",
                "the host answered 200 with audio/mpeg, and its first bytes are audio/flac".to_owned(),
            ),
            (Some(206), "x/\u{7}S3CRET", "x", format!("the host answered 206 with a content type that is none, {no_kind}")),
            (Some(200), "audio/mpeg", "", "the host answered 200 with nothing in it".to_owned()),
            (Some(302), "audio/mpeg", "ID3", "the host answered 302, a redirect, which is not followed".to_owned()),
            (Some(416), "text/html", "no", "the host answered 416".to_owned()),
            (Some(503), "", "", "the host answered 503".to_owned()),
        ] {
            assert_eq!(said(status, content_type, body.as_bytes()), expected);
        }
    }

    #[test]
    fn of_a_file_of_ours_its_type_is_said_and_its_name_counts_where_there_is_none() {
        let untold = Untold { field: "encoding", takes: "Wav".into() };
        let flac = Look::of_file(Some("audio/flac"), "a.wav");
        assert_eq!((flac.seen.content_type.as_deref(), flac.seen.path.as_str()), (Some("audio/flac"), ""));
        assert!(flac.unknown(&untold).to_string().contains("(its first bytes are audio/flac): give one of Wav"));
        let raw = Look::of_file(None, "a.wav");
        assert_eq!((raw.seen.content_type.as_deref(), raw.seen.path.as_str()), (None, "a.wav"));
        assert!(raw.unknown(&untold).to_string().contains("(its first bytes are of no known kind)"));
    }

    #[test]
    fn a_page_about_an_error_is_not_the_media() {
        let response =
            HttpResponse { status: 404, headers: vec![("content-type".into(), "audio/mpeg".into())], body: b"ID3".into() };
        assert_eq!(Look::of("/a.wav", &response).seen, Seen { path: "/a.wav".into(), ..Seen::default() });
    }
}
