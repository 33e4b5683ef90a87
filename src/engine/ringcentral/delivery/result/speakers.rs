//! The results of speaker-diarize and speaker-identify.

use super::{Other, count, id, list, number};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;

/// Who spoke when.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Diarization {
    /// How many speakers were told apart.
    #[serde(deserialize_with = "count")]
    pub speaker_count: Option<u64>,
    /// The stretches of speech in order.
    #[serde(deserialize_with = "list")]
    pub utterances: Vec<SpeakerTime>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// Which enrolled speaker spoke when.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Identification {
    /// The stretches of speech in order; a speaker who is not enrolled is `UserNotIdentified`.
    #[serde(deserialize_with = "list")]
    pub utterances: Vec<SpeakerTime>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// A stretch in which one speaker spoke.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SpeakerTime {
    /// Who spoke.
    #[serde(deserialize_with = "id")]
    pub speaker_id: Option<String>,
    /// Seconds from the beginning.
    #[serde(deserialize_with = "number")]
    pub start: Option<f64>,
    /// Seconds from the beginning.
    #[serde(deserialize_with = "number")]
    pub end: Option<f64>,
    /// Between 0 and 1 for a diarization; an identification's has another scale (25.5 was seen).
    #[serde(deserialize_with = "number")]
    pub confidence: Option<f64>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}
