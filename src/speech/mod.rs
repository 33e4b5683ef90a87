//! What was said, as any speech service heard it, and what can be computed from that alone.
//!
//! A service's answer becomes a [`Speech`]; what somebody found in it, a service, a language model or this room, is an
//! [`Insight`]. Everything here is whole numbers, in one pass where that is possible, and the same for the same input.

pub mod claims;
mod english;
mod key_phrases;
pub(crate) mod letters;
pub(crate) mod order;
mod passages;
mod ranking;
mod sentences;
mod spelling;
mod spoken;
mod summary;
mod talk;
mod terms;
mod utterances;

pub use key_phrases::key_phrases;
pub use passages::{Passage, Written};
pub use spoken::spoken;
pub use summary::summary;
pub use talk::{Pace, Talk, questions, talk_to_listen};
pub use utterances::Utterance;

use alloc::string::String;
use alloc::vec::Vec;

/// What was said. A service gives words, or turns, or both, or a text alone; what it does not say is missing here too. Where it
/// times bare words beside a punctuated text, [`Speech::spelled`] brings the two together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speech {
    /// The ids of the speakers, in the order of their first words; empty where speakers are not told apart.
    pub speakers: Vec<String>,
    /// In the order of time; empty where a service gives turns alone.
    pub words: Vec<Word>,
    /// As the service cut them, in the order of time; empty where it gives words alone.
    pub turns: Vec<Turn>,
    /// The whole text as the service wrote it.
    pub text: Option<String>,
    /// How sure the service is of the whole, in ten-thousandths.
    pub confidence: Option<u16>,
    /// How long the media is.
    pub duration_ms: Option<u64>,
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// In small letters and without punctuation, as RingCentral's `words[]` has it.
    pub spoken: String,
    /// With its punctuation and its capital letters.
    pub written: String,
    /// From the beginning of the media.
    pub start_ms: u64,
    /// From the beginning of the media; not before the start.
    pub end_ms: u64,
    /// How sure the service is of it, in ten-thousandths.
    pub confidence: Option<u16>,
    /// Who said it, as a place in [`Speech::speakers`].
    pub speaker: Option<u16>,
}

/// What one speaker said in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who said it, as a place in [`Speech::speakers`].
    pub speaker: Option<u16>,
    /// From the beginning of the media.
    pub start_ms: u64,
    /// From the beginning of the media; not before the start.
    pub end_ms: u64,
    /// What was said, with punctuation; empty where a service only tells speakers apart.
    pub text: String,
    /// How sure the service is of it, in ten-thousandths.
    pub confidence: Option<u16>,
}

/// What somebody found in what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insight {
    /// RingCentral's name of it, as in `KeyPhrases`.
    pub name: &'static str,
    /// What was found, in the order in which it is read; empty where nothing was.
    pub values: Vec<Finding>,
}

/// One thing that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// The phrase, the sentence, the topic or the paragraph.
    pub value: String,
    /// Where it is said, from the beginning of the media.
    pub start_ms: Option<u64>,
    /// Where that ends.
    pub end_ms: Option<u64>,
    /// Who says it, as a place in [`Speech::speakers`].
    pub speaker: Option<u16>,
    /// How sure whoever found it is, in ten-thousandths.
    pub confidence: Option<u16>,
}

/// Appends a word, with a space before it where others stand there.
pub(crate) fn push_word(text: &mut String, word: &str) {
    if !text.is_empty() && !word.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

#[cfg(test)]
mod tests;
