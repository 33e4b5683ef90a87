//! Which jobs are due: those that wait for their turn, those that their engine may be asked for, and the others.

use super::{Store, Value, number, sql};
use ringcentral_ai::json::Value as Json;
use worker::Result;

/// Why a job is looked at when its time has come.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Queue {
    /// It waits to be submitted to the engine of that name: no engine keeps the jobs of another waiting.
    Turn(&'static str),
    /// Its engine has it, and may be asked for it.
    Status,
    /// Nothing has to be sent for it.
    Other,
}

impl Queue {
    /// The condition, and the value in it.
    fn condition(self) -> (&'static str, Option<Value>) {
        match self {
            Self::Turn(engine) => (sql::IN_TURN_OF, Some(engine.into())),
            Self::Status => (sql::WITH_ENGINE, None),
            Self::Other => (sql::OTHERS, None),
        }
    }

    const fn order(self) -> &'static str {
        match self {
            Self::Turn(_) => sql::OLDEST,
            Self::Status | Self::Other => sql::LONGEST_DUE,
        }
    }
}

impl Store {
    /// The first of those that are due, without the ones whose calls are in flight.
    pub(crate) fn due(&self, queue: Queue, limit: usize, in_flight: &[String], now_ms: u64) -> Result<Vec<String>> {
        let (condition, value) = queue.condition();
        let values = value.into_iter().chain([number(now_ms), list(in_flight), number(limit as u64)]).collect();
        self.read(&sql::read_due(condition, queue.order()), values)?.into_iter().map(|mut row| row.text()).collect()
    }

    /// How many jobs that wait for their turn with that engine are older than that one.
    pub(crate) fn queued_before(&self, engine: &str, id: &str) -> Result<u32> {
        self.first(sql::COUNT_QUEUED_BEFORE, vec![engine.into(), id.into()])?.map_or(Ok(0), |mut row| row.count())
    }

    /// Whether so many wait for their turn, or more.
    pub(crate) fn has_queued(&self, count: u64) -> Result<bool> {
        let last = vec![number(count.saturating_sub(1))];
        Ok(self.first(&sql::queued_after(), last)?.is_some())
    }

    /// When the next of them is due.
    pub(crate) fn next_due_ms(&self, queue: Queue, in_flight: &[String]) -> Result<Option<u64>> {
        let (condition, value) = queue.condition();
        self.time(&sql::next_due(condition), value.into_iter().chain([list(in_flight)]).collect())
    }
}

/// Texts as one value.
pub(super) fn list(ids: &[String]) -> Value {
    Json::List(ids.iter().map(|id| Json::Text(id.as_str().into())).collect()).write().into()
}
