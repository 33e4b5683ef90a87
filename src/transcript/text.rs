//! Plain text: a line per segment, the speaker in front where there is one.

use super::cues::AFTER_LABEL;
use super::speaker::label;
use super::{Transcript, Word};
use alloc::string::String;

/// The transcript as text; every line ends with a line feed.
pub(super) fn write(transcript: &Transcript) -> String {
    let mut out = String::new();
    for segment in &transcript.segments {
        if let Some(speaker) = &segment.speaker {
            out.push_str(&label(speaker));
            out.push_str(AFTER_LABEL);
        }
        push_words(&mut out, &segment.words);
        out.push('\n');
    }
    out
}

/// Appends words with one space between them.
pub(super) fn push_words(out: &mut String, words: &[Word]) {
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
}
