//! What whoever runs this Worker wants to know of it.

use super::frame::Framed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Count deliveries that were not taken.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CountRejections {
    /// How many more, by reason.
    pub(crate) counts: BTreeMap<String, u32>,
}

/// How the Desk stands.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReadStats {
    /// What the edge says of the settings, each JSON.
    pub(crate) settings: Vec<String>,
}

/// How it stands.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Stats {
    /// As the API shows it, JSON.
    pub(crate) json: String,
}

impl Framed for Stats {}
