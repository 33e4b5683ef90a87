//! Where a list goes on: the next page's path and query, the dates that go on with it, and a fingerprint of this page, so that
//! one that repeats is seen.

use super::span::Span;
use crate::error::{Error, Result};
use alloc::string::String;
use base64ct::{Base64UrlUnpadded, Encoding};

/// A place in a list; callers see it as an opaque text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The fingerprint of the page before.
    pub(super) seen: u64,
    /// The dates that are applied to every page.
    pub(super) span: Span,
    /// Path and query of the next page.
    pub(super) next: String,
}

impl Cursor {
    pub(super) fn write(&self) -> String {
        let Span { from_ms, to_ms } = self.span;
        let head = [self.seen.to_le_bytes(), from_ms.to_le_bytes(), to_ms.to_le_bytes()].concat();
        Base64UrlUnpadded::encode_string(&[&head, self.next.as_bytes()].concat())
    }

    /// Reads a cursor; whether its path belongs to a list is for the caller to say.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = Base64UrlUnpadded::decode_vec(text).ok()?;
        let (seen, rest) = bytes.split_first_chunk()?;
        let (from_ms, rest) = rest.split_first_chunk()?;
        let (to_ms, next) = rest.split_first_chunk()?;
        let span = Span { from_ms: u64::from_le_bytes(*from_ms), to_ms: u64::from_le_bytes(*to_ms) };
        let next = String::from_utf8(next.to_vec()).ok()?;
        let is_plain = next.bytes().all(|b| b.is_ascii_graphic()) && !next.contains(['#', '\\']);
        is_plain.then_some(Self { seen: u64::from_le_bytes(*seen), span, next })
    }

    /// What a caller is told whose cursor is none.
    pub(super) fn refused<T>() -> Result<T> {
        Err(Error::invalid("cursor", "it must be the nextCursor of a page of this list"))
    }
}

/// A fingerprint of a page by the ids on it (FNV-1a).
pub(super) fn fingerprint<'a>(ids: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = ids.flat_map(|id| id.bytes().chain([0]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
}
