//! One model for every result that has words, and its forms: text, SRT, VTT, JSON.
//!
//! The model says what the payload says, in the order of time; what cannot be so is put right where it is read.
//! Everything here is whole numbers and plain string building: this room is part of what a page downloads.

mod align;
mod belief;
mod beside;
mod breaks;
mod clusters;
mod cue;
mod cues;
mod division;
mod format;
mod json;
mod knots;
mod layout;
mod letters;
mod node;
mod number;
mod options;
mod order;
mod paragraphs;
mod pieces;
mod reassign;
mod respell;
mod schedule;
mod slice;
mod source;
mod speaker;
mod srt;
mod text;
mod vtt;
mod wording;
mod written;

pub use clusters::Clusters;
pub use cue::{Cue, Span};
pub use format::Format;
pub use options::Options;
pub use slice::Slice;

use crate::error::{Error, Result};
use crate::json::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// What was said, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// Its parts in the order of their starts; none where nobody speaks.
    pub segments: Vec<Segment>,
    /// What readers know speakers by, whose ids stand before it; those that are not here are shown by their ids.
    pub names: Vec<(String, String)>,
}

/// What one speaker said in one go, or one paragraph where speakers are not told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The speaker's id as in the payload.
    pub speaker: Option<String>,
    /// From the beginning of the recording; no word starts sooner.
    pub start_ms: u64,
    /// From the beginning of the recording; no word ends later.
    pub end_ms: u64,
    /// The words one after the other, none before the one before it has ended; punctuated where the payload has them so;
    /// never empty.
    pub words: Vec<Word>,
}

/// One word, without white space or control characters, its punctuation with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// From the beginning of the recording.
    pub start_ms: u64,
    /// From the beginning of the recording; not before the start.
    pub end_ms: u64,
    /// The word.
    pub text: String,
}

impl Transcript {
    /// Reads a callback's body, a finished job's status, a bare response, or what [`Format::Json`] gave.
    ///
    /// Utterances come first; without them the words, in the spelling of `transcript` as far as that says the same.
    /// A time that its neighbours contradict counts as missing; what is missing is estimated between them. What was written here
    /// is read as it stands, names too.
    ///
    /// # Errors
    /// [`Error::NoTranscript`] when it comes of a task that never has words, or is a Fail without words;
    /// [`Error::UnexpectedAnswer`] when it is not JSON. That nobody speaks is no error.
    pub fn read(body: &[u8]) -> Result<Self> {
        let root = Value::parse_only(body, node::FIELDS).ok_or(Error::UnexpectedAnswer { what: "a result in JSON" })?;
        if let Some(transcript) = written::read(&root) {
            return Ok(transcript);
        }
        let response = if root.get("response").is_object() { root.get("response") } else { &root };
        let segments = align::segments(&source::utterances(response));
        let has_failed = node::text(&root, "status").eq_ignore_ascii_case("Fail");
        let is_result = !has_failed && source::hears_words(response);
        if segments.is_empty() && !is_result { Err(Error::NoTranscript) } else { Ok(Self { segments, names: Vec::new() }) }
    }

    /// Whether [`Transcript::read`] would read a body. Most are told by the names of their fields, much sooner.
    #[must_use]
    pub fn is_in(body: &[u8]) -> bool {
        source::names_words(body) || Self::read(body).is_ok()
    }

    /// The same with names for its speakers, by their ids; those that it has stay where these say nothing. What stands for `@` and
    /// the milliseconds at which a segment starts is who speaks there, by name or id.
    #[must_use]
    pub fn named(mut self, mut names: Vec<(String, String)>) -> Self {
        names.append(&mut self.names);
        self.names = names;
        reassign::reassign(&mut self);
        self
    }

    /// What is said from one time to another. A word is in the slice in which it begins, whole: slices that follow each other at
    /// once hold each word once.
    #[must_use]
    pub fn slice(mut self, slice: &Slice) -> Self {
        slice.cut(&mut self.segments);
        self
    }

    /// The name that was given to a segment's speaker.
    fn name(&self, segment: &Segment) -> Option<&str> {
        let id = segment.speaker.as_ref()?;
        self.names.iter().find(|(named, _)| named == id).map(|(_, name)| name.as_str())
    }

    /// What a segment's speaker is known by: a name, or the id.
    fn called<'a>(&'a self, segment: &'a Segment) -> Option<&'a str> {
        self.name(segment).or(segment.speaker.as_deref())
    }

    /// The whole in one of its forms.
    #[must_use]
    pub fn write(&self, format: Format) -> String {
        self.write_with(format, &Options::default())
    }

    /// The same with options, of which text takes `speakerLabels` alone, and JSON none.
    #[must_use]
    pub fn write_with(&self, format: Format, options: &Options) -> String {
        match format {
            Format::Text => text::write(self, options),
            Format::Srt => srt::write(&self.cues_with(options)),
            Format::Vtt => vtt::write(&self.cues_with(options)),
            Format::Json => json::write(self),
        }
    }

    /// Captions: every word once and on time, one caption after the other.
    #[must_use]
    pub fn cues(&self) -> Vec<Cue> {
        self.cues_with(&Options::default())
    }

    /// The same with options.
    #[must_use]
    pub fn cues_with(&self, options: &Options) -> Vec<Cue> {
        cues::of(self, options)
    }
}

impl Segment {
    /// The words, one space between them.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        text::push_words(&mut text, &self.words);
        text
    }
}

#[cfg(test)]
mod tests;
