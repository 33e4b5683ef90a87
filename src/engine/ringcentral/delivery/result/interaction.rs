//! The result of analyze-interaction.

use super::{Other, Utterance, count, list, text};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;
use serde_json::Value;

/// What was said, how the speakers spoke, and what it was about.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Interaction {
    /// The utterances in order, each with what was found in it.
    #[serde(deserialize_with = "list")]
    pub utterance_insights: Vec<Utterance>,
    /// What is known of each speaker.
    pub speaker_insights: Option<SpeakerInsights>,
    /// Summaries, key phrases, topics, questions …
    #[serde(deserialize_with = "list")]
    pub conversational_insights: Vec<Insight>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// What is known of the speakers.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SpeakerInsights {
    /// How many speakers were told apart.
    #[serde(deserialize_with = "count")]
    pub speaker_count: Option<u64>,
    /// `Pace`, `TalkToListenRatio`, `QuestionsAsked`, `Energy` …, a value for each speaker.
    #[serde(deserialize_with = "list")]
    pub insights: Vec<Insight>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// A finding of any kind; nothing found is an empty list.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Insight {
    /// Which kind, as in `KeyPhrases`.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// The values as they came: their fields and types differ from kind to kind.
    #[serde(deserialize_with = "list")]
    pub values: Vec<Value>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}
