//! The result of speech-to-text.

use super::{Other, count, id, list, number, text};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;
use serde_json::Value;

/// What was said, word by word.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SpeechToText {
    /// The whole text, punctuated.
    #[serde(deserialize_with = "text")]
    pub transcript: String,
    /// The words in order, bare and in lower case.
    #[serde(deserialize_with = "list")]
    pub words: Vec<WordTiming>,
    /// Between 0 and 1, over the whole.
    #[serde(deserialize_with = "number")]
    pub confidence: Option<f64>,
    /// Given only with speaker diarization, and not always then.
    #[serde(deserialize_with = "count")]
    pub speaker_count: Option<u64>,
    /// Given only with speaker diarization.
    #[serde(deserialize_with = "list")]
    pub utterances: Vec<Utterance>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// One word and when it was said.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WordTiming {
    /// The word.
    #[serde(deserialize_with = "text")]
    pub word: String,
    /// Seconds from the beginning.
    #[serde(deserialize_with = "number")]
    pub start: Option<f64>,
    /// Seconds from the beginning.
    #[serde(deserialize_with = "number")]
    pub end: Option<f64>,
    /// Who said it.
    #[serde(deserialize_with = "id")]
    pub speaker_id: Option<String>,
    /// Between 0 and 1.
    #[serde(deserialize_with = "number")]
    pub confidence: Option<f64>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// What one speaker said in one go.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Utterance {
    /// The text, punctuated.
    #[serde(deserialize_with = "text")]
    pub text: String,
    /// Seconds from the beginning.
    #[serde(deserialize_with = "number")]
    pub start: Option<f64>,
    /// Seconds from the beginning.
    #[serde(deserialize_with = "number")]
    pub end: Option<f64>,
    /// Who said it.
    #[serde(deserialize_with = "id")]
    pub speaker_id: Option<String>,
    /// Between 0 and 1.
    #[serde(deserialize_with = "number")]
    pub confidence: Option<f64>,
    /// Its words, where they are given.
    #[serde(deserialize_with = "list")]
    pub word_timings: Vec<WordTiming>,
    /// Of analyze-interaction alone: insights such as `{name: "Emotion", value: "Joy"}`, as they came.
    #[serde(deserialize_with = "list")]
    pub insights: Vec<Value>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}
