//! The results of punctuate and summarize.

use super::{Other, id, list, number, text};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;

/// Texts with punctuation, in the order of the request.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Punctuation {
    /// The texts.
    #[serde(deserialize_with = "list")]
    pub texts: Vec<String>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// Summaries, one entry for each kind that was asked for.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Summary {
    /// The entries.
    #[serde(deserialize_with = "list")]
    pub summaries: Vec<SummaryEntry>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// A summary of one kind.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SummaryEntry {
    /// Which kind, as in `AbstractiveShort`.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// Its sentences or paragraphs.
    #[serde(deserialize_with = "list")]
    pub values: Vec<SummaryValue>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}

/// A sentence or paragraph of a summary.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SummaryValue {
    /// The text.
    #[serde(deserialize_with = "text")]
    pub value: String,
    /// Seconds from the beginning, where the request gave times.
    #[serde(deserialize_with = "number")]
    pub start: Option<f64>,
    /// Seconds from the beginning, where the request gave times.
    #[serde(deserialize_with = "number")]
    pub end: Option<f64>,
    /// Between 0 and 1.
    #[serde(deserialize_with = "number")]
    pub confidence: Option<f64>,
    /// Who said it; may be an empty text.
    #[serde(deserialize_with = "id")]
    pub speaker_id: Option<String>,
    /// What is not documented.
    #[serde(flatten)]
    pub other: Other,
}
