//! The results of speaker-diarize and speaker-identify.

use super::{Other, count, id, list, number, other};
use crate::json::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// Who spoke when.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diarization {
    /// How many speakers were told apart.
    pub speaker_count: Option<u64>,
    /// The stretches of speech in order.
    pub utterances: Vec<SpeakerTime>,
    /// What is not documented.
    pub other: Other,
}

impl Diarization {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["speakerCount", "utterances"];
        Some(Self {
            speaker_count: count(value.get("speakerCount")),
            utterances: list(value.get("utterances"), SpeakerTime::read)?,
            other: other(value, known)?,
        })
    }
}

/// Which enrolled speaker spoke when.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Identification {
    /// The stretches of speech in order; a speaker who is not enrolled is `UserNotIdentified`.
    pub utterances: Vec<SpeakerTime>,
    /// What is not documented.
    pub other: Other,
}

impl Identification {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["utterances"];
        Some(Self { utterances: list(value.get("utterances"), SpeakerTime::read)?, other: other(value, known)? })
    }
}

/// A stretch in which one speaker spoke.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpeakerTime {
    /// Who spoke.
    pub speaker_id: Option<String>,
    /// Seconds from the beginning.
    pub start: Option<f64>,
    /// Seconds from the beginning.
    pub end: Option<f64>,
    /// Between 0 and 1 for a diarization; an identification's has another scale (25.5 was seen).
    pub confidence: Option<f64>,
    /// What is not documented.
    pub other: Other,
}

impl SpeakerTime {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["speakerId", "start", "end", "confidence"];
        Some(Self {
            speaker_id: id(value.get("speakerId")),
            start: number(value.get("start")),
            end: number(value.get("end")),
            confidence: number(value.get("confidence")),
            other: other(value, known)?,
        })
    }
}
