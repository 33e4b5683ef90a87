//! A caption as it is shown.

use alloc::string::String;
use alloc::vec::Vec;

/// A caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// When it appears.
    pub start_ms: u64,
    /// When it goes: not after the next one appears.
    pub end_ms: u64,
    /// What is read, speaker by speaker; the texts one after the other are the whole.
    pub spans: Vec<Span>,
}

/// What one speaker says in a caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Who speaks, as readers are told: `Speaker 0`.
    pub speaker: Option<String>,
    /// The text, its lines parted by line feeds, with the speaker's name where another one spoke before, with a dash where
    /// others speak in the same caption. Behind another span it begins with a line feed or a space.
    pub text: String,
}

impl Cue {
    /// All of its lines.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}
