//! How captions and text are to look, and what each setting may be.

use super::clusters::{Clusters, graphemes};
use crate::error::{Error, Result};
use crate::json::thousandths;
use alloc::string::String;

/// What a caller is told who names something else.
const UNKNOWN: &str = "a transcript has no such option, but maxCharsPerLine, maxLines, maxDurationS and speakerLabels";

/// How captions and text are to look.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    pub(super) max_chars_per_line: usize,
    pub(super) max_lines: usize,
    pub(super) max_duration_ms: u64,
    pub(super) speaker_labels: bool,
    pub(super) clusters: Clusters,
}

impl Default for Options {
    /// Two lines of 42 characters, seven seconds, speakers named.
    fn default() -> Self {
        Self::new(graphemes)
    }
}

impl Options {
    /// The same, with a platform's own way to divide a text into grapheme clusters.
    #[must_use]
    pub const fn new(clusters: Clusters) -> Self {
        Self { max_chars_per_line: 42, max_lines: 2, max_duration_ms: 7000, speaker_labels: true, clusters }
    }

    /// With other values, by name:
    /// `maxCharsPerLine` (10 to 100 grapheme clusters; ideographs, kana, Hangul and full-width forms count two),
    /// `maxLines` (1 to 4), `maxDurationS` (2 to 30, decimals too), `speakerLabels` (`true` or `false`).
    ///
    /// # Errors
    /// [`Error::InvalidField`] where a name is none of these or stands there twice, and where a value may not be.
    pub fn with(mut self, values: &[(String, String)]) -> Result<Self> {
        for (index, (name, value)) in values.iter().enumerate() {
            if values[..index].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::invalid(name, "it stands there twice"));
            }
            self.set(name, value).map_err(|reason| Error::invalid(name, reason))?;
        }
        Ok(self)
    }

    fn set(&mut self, name: &str, value: &str) -> core::result::Result<(), &'static str> {
        let number = |from: u64, to: u64| thousandths(value).filter(|number| (from * 1000..=to * 1000).contains(number));
        let whole = |from, to| number(from, to).filter(|number| number % 1000 == 0).map(|number| (number / 1000) as usize);
        match (name, value) {
            ("maxCharsPerLine", _) => {
                self.max_chars_per_line = whole(10, 100).ok_or("it must be a whole number from 10 to 100")?;
            }
            ("maxLines", _) => self.max_lines = whole(1, 4).ok_or("it must be a whole number from 1 to 4")?,
            ("maxDurationS", _) => self.max_duration_ms = number(2, 30).ok_or("it must be a number from 2 to 30")?,
            ("speakerLabels", "true" | "false") => self.speaker_labels = value == "true",
            ("speakerLabels", _) => return Err("it must be true or false"),
            _ => return Err(UNKNOWN),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Result<Options> {
        Options::default().with(&[(name.into(), value.into())])
    }

    #[test]
    fn a_value_at_a_limit_is_taken() {
        for (name, values) in [
            ("maxCharsPerLine", ["10", "100"]),
            ("maxLines", ["1", "4"]),
            ("maxDurationS", ["2", "30"]),
            ("speakerLabels", ["true", "false"]),
        ] {
            assert!(values.iter().all(|value| with(name, value).is_ok()), "{name}");
        }
        assert_eq!(with("maxDurationS", "6.5").unwrap().max_duration_ms, 6500);
    }

    #[test]
    fn what_may_not_be_is_named_with_what_may() {
        for (name, values, reason) in [
            ("maxCharsPerLine", ["9", "101", "42.5", ""], "it must be a whole number from 10 to 100"),
            ("maxLines", ["0", "5", "-1", "two"], "it must be a whole number from 1 to 4"),
            ("maxDurationS", ["1.999", "30.001", "-7", "7s"], "it must be a number from 2 to 30"),
            ("speakerLabels", ["1", "no", "True", ""], "it must be true or false"),
            ("maxchars", ["1", "2", "3", "4"], UNKNOWN),
        ] {
            for value in values {
                assert_eq!(with(name, value).unwrap_err(), Error::invalid(name, reason), "{value}");
            }
        }
        let twice = [("maxLines".into(), "1".into()), ("maxLines".into(), "1".into())];
        assert_eq!(Options::default().with(&twice).unwrap_err(), Error::invalid("maxLines", "it stands there twice"));
    }
}
