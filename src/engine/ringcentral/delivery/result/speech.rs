//! The result of speech-to-text.

use super::{Other, count, id, list, number, other, text};
use crate::json::{Owned, Value};
use alloc::string::String;
use alloc::vec::Vec;

/// What was said, word by word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpeechToText {
    /// The whole text, punctuated.
    pub transcript: String,
    /// The words in order, bare and in lower case.
    pub words: Vec<WordTiming>,
    /// Between 0 and 1, over the whole.
    pub confidence: Option<f64>,
    /// Given only with speaker diarization, and not always then.
    pub speaker_count: Option<u64>,
    /// Given only with speaker diarization.
    pub utterances: Vec<Utterance>,
    /// What is not documented.
    pub other: Other,
}

impl SpeechToText {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["transcript", "words", "confidence", "speakerCount", "utterances"];
        Some(Self {
            transcript: text(value.get("transcript")),
            words: list(value.get("words"), WordTiming::read)?,
            confidence: number(value.get("confidence")),
            speaker_count: count(value.get("speakerCount")),
            utterances: list(value.get("utterances"), Utterance::read)?,
            other: other(value, known)?,
        })
    }
}

/// One word and when it was said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WordTiming {
    /// The word.
    pub word: String,
    /// Seconds from the beginning.
    pub start: Option<f64>,
    /// Seconds from the beginning.
    pub end: Option<f64>,
    /// Who said it.
    pub speaker_id: Option<String>,
    /// Between 0 and 1.
    pub confidence: Option<f64>,
    /// What is not documented.
    pub other: Other,
}

impl WordTiming {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["word", "start", "end", "speakerId", "confidence"];
        Some(Self {
            word: text(value.get("word")),
            start: number(value.get("start")),
            end: number(value.get("end")),
            speaker_id: id(value.get("speakerId")),
            confidence: number(value.get("confidence")),
            other: other(value, known)?,
        })
    }
}

/// What one speaker said in one go.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Utterance {
    /// The text, punctuated.
    pub text: String,
    /// Seconds from the beginning.
    pub start: Option<f64>,
    /// Seconds from the beginning.
    pub end: Option<f64>,
    /// Who said it.
    pub speaker_id: Option<String>,
    /// Between 0 and 1.
    pub confidence: Option<f64>,
    /// Its words, where they are given.
    pub word_timings: Vec<WordTiming>,
    /// Of analyze-interaction alone: insights such as `{name: "Emotion", value: "Joy"}`, as they came.
    pub insights: Vec<Owned>,
    /// What is not documented.
    pub other: Other,
}

impl Utterance {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["text", "start", "end", "speakerId", "confidence", "wordTimings", "insights"];
        Some(Self {
            text: text(value.get("text")),
            start: number(value.get("start")),
            end: number(value.get("end")),
            speaker_id: id(value.get("speakerId")),
            confidence: number(value.get("confidence")),
            word_timings: list(value.get("wordTimings"), WordTiming::read)?,
            insights: list(value.get("insights"), |value| Some(value.into()))?,
            other: other(value, known)?,
        })
    }
}
