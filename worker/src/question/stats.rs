//! What whoever runs this Worker wants to know of it.

use super::frame::Framed;
use super::{AnyQuestion, Question};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Count deliveries that were not taken.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CountRejections {
    /// How many more, by reason.
    pub(crate) counts: BTreeMap<String, u32>,
}

impl Question for CountRejections {
    type Answer = ();

    fn any(self) -> AnyQuestion {
        AnyQuestion::CountRejections(self)
    }
}

/// How the Desk stands.
#[derive(Debug)]
pub(crate) struct ReadStats;

/// How it stands.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Stats {
    /// As the API shows it, JSON.
    pub(crate) json: String,
}

impl Framed for Stats {}

impl Question for ReadStats {
    type Answer = Stats;

    fn any(self) -> AnyQuestion {
        AnyQuestion::ReadStats
    }
}
