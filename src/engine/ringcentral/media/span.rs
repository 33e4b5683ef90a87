//! A span of time that recordings are to lie in, for the lists that RingCentral does not filter by dates.

use super::filter::{A_TIME, DATE_FROM, DATE_TO, TWICE, must_be, time};
use crate::error::{Error, Result};
use crate::time::parse;
use alloc::string::String;

/// From when to when, both included, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from_ms: u64,
    pub(super) to_ms: u64,
}

impl Span {
    /// All of time.
    pub(super) const ALL: Self = Self { from_ms: u64::MIN, to_ms: u64::MAX };

    /// Reads `dateFrom` and `dateTo` of a query.
    pub(super) fn parse(query: &[(String, String)]) -> Result<Self> {
        Ok(Self {
            from_ms: moment(query, DATE_FROM)?.unwrap_or(Self::ALL.from_ms),
            to_ms: moment(query, DATE_TO)?.unwrap_or(Self::ALL.to_ms),
        })
    }

    /// Whether a recording that began then is in it; one of which nobody knows when is not kept from anybody.
    pub(super) fn holds(self, started_at: Option<&str>) -> bool {
        started_at.and_then(parse).is_none_or(|ms| (self.from_ms..=self.to_ms).contains(&ms))
    }
}

fn moment(query: &[(String, String)], name: &str) -> Result<Option<u64>> {
    let mut given = query.iter().filter(|(given, _)| given == name);
    let Some((_, value)) = given.next() else { return Ok(None) };
    let moment = time(value).ok_or_else(|| Error::invalid(name, must_be(A_TIME)))?;
    if given.next().is_some() { Err(Error::invalid(name, TWICE)) } else { Ok(Some(moment.1)) }
}
