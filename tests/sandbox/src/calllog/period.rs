//! `dateFrom` and `dateTo`, as the call log and the message store have them.

use crate::clock::{parse_iso, write_iso};
use crate::errors::Refusal;
use crate::query::Query;

const DAY_MS: u64 = 86_400_000;

/// A span of time, both ends included.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    from_ms: u64,
    to_ms: u64,
}

impl Period {
    /// Reads both ends; without them it is the last 24 hours.
    ///
    /// # Errors
    /// 400 that names the parameter.
    pub fn read(query: &Query, now_ms: u64) -> Result<Self, Refusal> {
        let time = |name: &str, default_ms: u64| {
            let read = |text| parse_iso(text).ok_or_else(|| Refusal::invalid_parameter(name));
            query.get(name).map_or(Ok(default_ms), read)
        };
        let to_ms = time("dateTo", now_ms)?;
        Ok(Self { from_ms: time("dateFrom", to_ms.saturating_sub(DAY_MS))?, to_ms })
    }

    /// Whether a time lies in it.
    #[must_use]
    pub fn contains(&self, time_ms: u64) -> bool {
        (self.from_ms..=self.to_ms).contains(&time_ms)
    }

    /// Both ends as parameters, to be kept in the addresses of the other pages.
    #[must_use]
    pub fn parameters(&self) -> [(&'static str, String); 2] {
        [("dateFrom", write_iso(self.from_ms)), ("dateTo", write_iso(self.to_ms))]
    }
}
