//! A part of a transcript: what is said from one time to another.

use super::Segment;
use crate::error::{Error, Result};
use crate::json::thousandths;
use alloc::string::String;
use alloc::vec::Vec;

/// What a caller is told who names something else.
const UNKNOWN: &str = "a slice has no such option, but from, to and startAtZero";

/// Which part of a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The first time in it, from the beginning of the recording.
    pub from_ms: u64,
    /// The first time behind it.
    pub to_ms: u64,
    /// Whether its times count from `from_ms` on, as those of a clip that is cut there.
    pub starts_at_zero: bool,
}

impl Default for Slice {
    /// The whole.
    fn default() -> Self {
        Self { from_ms: 0, to_ms: u64::MAX, starts_at_zero: false }
    }
}

impl Slice {
    /// By name: `from` and `to` in seconds, decimals too, and `startAtZero` (`true` or `false`).
    ///
    /// # Errors
    /// [`Error::InvalidField`] where a name is none of these, where a value may not be, and where it ends before it begins.
    pub fn with(values: &[(String, String)]) -> Result<Self> {
        let mut slice = Self::default();
        for (name, value) in values {
            let seconds = || thousandths(value).ok_or_else(|| Error::invalid(name, "it must be seconds, 0 or more"));
            match name.as_str() {
                "from" => slice.from_ms = seconds()?,
                "to" => slice.to_ms = seconds()?,
                "startAtZero" if value == "true" || value == "false" => slice.starts_at_zero = value == "true",
                "startAtZero" => return Err(Error::invalid(name, "it must be true or false")),
                _ => return Err(Error::invalid(name, UNKNOWN)),
            }
        }
        if slice.to_ms < slice.from_ms { Err(Error::invalid("to", "it must not be before from")) } else { Ok(slice) }
    }

    /// Keeps what is said in it, whole words.
    pub(super) fn cut(&self, segments: &mut Vec<Segment>) {
        segments.retain_mut(|segment| self.keeps(segment));
        // Of two who speak at once, the one who began first may be heard first no more.
        for at in 1..segments.len() {
            let mut to = at;
            while to > 0 && segments[to - 1].start_ms > segments[to].start_ms {
                segments.swap(to - 1, to);
                to -= 1;
            }
        }
    }

    /// Cuts a segment; tells whether anything of it is left.
    fn keeps(&self, segment: &mut Segment) -> bool {
        let words = &mut segment.words;
        let before = words.iter().position(|word| word.start_ms >= self.from_ms).unwrap_or(words.len());
        let is_cut = words.last().is_some_and(|last| last.start_ms >= self.to_ms);
        words.retain(|word| (self.from_ms..self.to_ms).contains(&word.start_ms));
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        segment.start_ms = if before > 0 { first.start_ms } else { segment.start_ms.max(self.from_ms) };
        segment.end_ms = if is_cut { last.end_ms } else { segment.end_ms.min(self.to_ms.max(last.end_ms)) };
        if self.starts_at_zero {
            let times = words.iter_mut().flat_map(|word| [&mut word.start_ms, &mut word.end_ms]);
            times.chain([&mut segment.start_ms, &mut segment.end_ms]).for_each(|ms| *ms -= self.from_ms);
        }
        true
    }
}
