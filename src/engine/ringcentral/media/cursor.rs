//! Where a list goes on: the next page's path and query, the dates that go on with it, and what the pages before have shown.

use super::span::Span;
use crate::error::{Error, Result};
use crate::http::{base64url, unbase64url};
use alloc::string::String;
use alloc::vec::Vec;

/// So many recordings of the pages before are known again: a list that grows while it is read moves the last ones of a page onto
/// the next.
pub(super) const MAX_KNOWN: usize = 64;
/// The numbers that stand before those recordings.
const HEAD: usize = 7;

/// A place in a list; callers see it as an opaque text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    /// What the pages before have shown.
    pub(super) trail: Trail,
    /// The dates that are applied to every page.
    pub(super) span: Span,
    /// Path and query of the next page.
    pub(super) next: String,
}

/// What the pages before have shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Trail {
    /// The fingerprint of the last one.
    pub(super) seen: u64,
    /// How many there were.
    pub(super) pages: u64,
    /// How many of the last ones in a row brought nothing new.
    pub(super) barren: u64,
    /// The fingerprint of a page's address, now and then: whoever comes by it again walks in a circle.
    pub(super) milestone: u64,
    /// The fingerprints of the recordings that came last.
    pub(super) known: Vec<u64>,
}

impl Cursor {
    pub(super) fn write(&self) -> String {
        let Trail { seen, pages, barren, milestone, known } = &self.trail;
        let head = [*seen, *pages, *barren, *milestone, self.span.from_ms, self.span.to_ms, known.len() as u64];
        let mut bytes = Vec::new();
        for number in head.iter().chain(known) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(self.next.as_bytes());
        base64url(&bytes)
    }

    /// Reads a cursor; whether its path belongs to a list is for the caller to say.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = unbase64url(text)?;
        let numbers: Vec<u64> = bytes.as_chunks().0.iter().map(|number| u64::from_le_bytes(*number)).collect();
        let (&[seen, pages, barren, milestone, from_ms, to_ms, count], rest) = numbers.split_first_chunk::<HEAD>()?;
        let count = usize::try_from(count).ok().filter(|count| *count <= MAX_KNOWN)?;
        let trail = Trail { seen, pages, barren, milestone, known: rest.get(..count)?.into() };
        let next = String::from_utf8(bytes.get((HEAD + count) * size_of::<u64>()..)?.into()).ok()?;
        let is_plain = next.bytes().all(|b| b.is_ascii_graphic()) && !next.contains(['#', '\\']);
        is_plain.then_some(Self { trail, span: Span { from_ms, to_ms }, next })
    }

    /// What a caller is told whose cursor is none.
    pub(super) fn refused<T>() -> Result<T> {
        Err(Error::invalid("cursor", "it must be the nextCursor of a page of this list"))
    }
}

/// A fingerprint of texts, each added to that of those before it (FNV-1a).
pub(super) fn fingerprint(before: u64, text: &str) -> u64 {
    let add = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3);
    // The end of a text counts too.
    add(text.as_bytes().iter().fold(before, add), &0)
}

/// The fingerprint of no text at all.
pub(super) const NONE: u64 = 0xCBF2_9CE4_8422_2325;
