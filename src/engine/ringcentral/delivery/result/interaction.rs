//! The result of analyze-interaction.

use super::{Other, Utterance, count, list, other, text};
use crate::json::{Owned, Value};
use alloc::string::String;
use alloc::vec::Vec;

/// What was said, how the speakers spoke, and what it was about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Interaction {
    /// The utterances in order, each with what was found in it.
    pub utterance_insights: Vec<Utterance>,
    /// What is known of each speaker.
    pub speaker_insights: Option<SpeakerInsights>,
    /// Summaries, key phrases, topics, questions …
    pub conversational_insights: Vec<Insight>,
    /// What is not documented.
    pub other: Other,
}

impl Interaction {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["utteranceInsights", "speakerInsights", "conversationalInsights"];
        Some(Self {
            utterance_insights: list(value.get("utteranceInsights"), Utterance::read)?,
            speaker_insights: match value.get("speakerInsights") {
                Value::Null => None,
                insights => Some(SpeakerInsights::read(insights)?),
            },
            conversational_insights: list(value.get("conversationalInsights"), Insight::read)?,
            other: other(value, known)?,
        })
    }
}

/// What is known of the speakers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpeakerInsights {
    /// How many speakers were told apart.
    pub speaker_count: Option<u64>,
    /// `Pace`, `TalkToListenRatio`, `QuestionsAsked`, `Energy` …, a value for each speaker.
    pub insights: Vec<Insight>,
    /// What is not documented.
    pub other: Other,
}

impl SpeakerInsights {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["speakerCount", "insights"];
        Some(Self {
            speaker_count: count(value.get("speakerCount")),
            insights: list(value.get("insights"), Insight::read)?,
            other: other(value, known)?,
        })
    }
}

/// A finding of any kind; nothing found is an empty list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Insight {
    /// Which kind, as in `KeyPhrases`.
    pub name: String,
    /// The values as they came: their fields and types differ from kind to kind.
    pub values: Vec<Owned>,
    /// What is not documented.
    pub other: Other,
}

impl Insight {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["name", "values"];
        Some(Self {
            name: text(value.get("name")),
            values: list(value.get("values"), |value| Some(value.into()))?,
            other: other(value, known)?,
        })
    }
}
