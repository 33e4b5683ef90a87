//! The results of punctuate and summarize.

use super::{Other, id, list, number, other, text};
use crate::json::Value;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Texts with punctuation, in the order of the request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Punctuation {
    /// The texts.
    pub texts: Vec<String>,
    /// What is not documented.
    pub other: Other,
}

impl Punctuation {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["texts"];
        Some(Self { texts: list(value.get("texts"), |text| text.text().map(ToOwned::to_owned))?, other: other(value, known)? })
    }
}

/// Summaries, one entry for each kind that was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// The entries.
    pub summaries: Vec<SummaryEntry>,
    /// What is not documented.
    pub other: Other,
}

impl Summary {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["summaries"];
        Some(Self { summaries: list(value.get("summaries"), SummaryEntry::read)?, other: other(value, known)? })
    }
}

/// A summary of one kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SummaryEntry {
    /// Which kind, as in `AbstractiveShort`.
    pub name: String,
    /// Its sentences or paragraphs.
    pub values: Vec<SummaryValue>,
    /// What is not documented.
    pub other: Other,
}

impl SummaryEntry {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["name", "values"];
        Some(Self {
            name: text(value.get("name")),
            values: list(value.get("values"), SummaryValue::read)?,
            other: other(value, known)?,
        })
    }
}

/// A sentence or paragraph of a summary.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SummaryValue {
    /// The text.
    pub value: String,
    /// Seconds from the beginning, where the request gave times.
    pub start: Option<f64>,
    /// Seconds from the beginning, where the request gave times.
    pub end: Option<f64>,
    /// Between 0 and 1.
    pub confidence: Option<f64>,
    /// Who said it; may be an empty text.
    pub speaker_id: Option<String>,
    /// What is not documented.
    pub other: Other,
}

impl SummaryValue {
    pub(in super::super) fn read(value: &Value<'_>) -> Option<Self> {
        let known = &["value", "start", "end", "confidence", "speakerId"];
        Some(Self {
            value: text(value.get("value")),
            start: number(value.get("start")),
            end: number(value.get("end")),
            confidence: number(value.get("confidence")),
            speaker_id: id(value.get("speakerId")),
            other: other(value, known)?,
        })
    }
}
