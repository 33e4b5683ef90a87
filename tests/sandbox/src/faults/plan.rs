//! What happens to one job's callback.

use std::time::Duration;

use crate::faults::Kind;

/// What was drawn for a callback when its job was submitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// It is not sent at all.
    pub is_dropped: bool,
    /// It is sent twice at the same time.
    pub is_doubled: bool,
    /// It waits for the callback of a job after it.
    pub is_reordered: bool,
    /// It is sent so much later.
    pub late: Option<Duration>,
    /// What comes before it, each with a number that decides what its kind leaves open.
    pub strays: Vec<(Kind, u64)>,
}

impl Plan {
    /// Adds what a rule that has hit does.
    pub fn add(&mut self, kind: Kind, ms: u64, number: u64) {
        match kind {
            Kind::Dropped => self.is_dropped = true,
            Kind::Doubled => self.is_doubled = true,
            Kind::Reordered => self.is_reordered = true,
            Kind::Late => self.late = Some(Duration::from_millis(ms)),
            _ => self.strays.push((kind, number)),
        }
    }
}
