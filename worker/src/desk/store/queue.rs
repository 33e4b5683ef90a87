//! Which jobs are due: those that wait for their turn, those that their engine may be asked for, and the others.

use super::{Store, Value, number};
use worker::Result;

/// Why a job is looked at when its time has come; the conditions are those of the indices.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Queue {
    /// It waits to be submitted.
    Turn,
    /// Its engine has it, and may be asked for it.
    Status,
    /// Nothing has to be sent for it.
    Other,
}

impl Queue {
    const fn condition(self) -> &'static str {
        match self {
            Self::Turn => "status = 'queued'",
            Self::Status => "status IN ('submitted', 'reserved')",
            Self::Other => "status NOT IN ('queued', 'submitted', 'reserved')",
        }
    }

    /// Who comes first: the oldest job, or the one that has been due for longest.
    const fn order(self) -> &'static str {
        match self {
            Self::Turn => "id",
            Self::Status | Self::Other => "due_ms",
        }
    }
}

impl Store {
    /// The first of those that are due, without the ones whose calls are in flight.
    pub(crate) fn due(&self, queue: Queue, limit: usize, in_flight: &[String], now_ms: u64) -> Result<Vec<String>> {
        let parts = [
            "SELECT id FROM jobs WHERE ",
            queue.condition(),
            " AND due_ms <= ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY ",
            queue.order(),
            " LIMIT ?",
        ];
        let values = vec![number(now_ms), list(in_flight), number(limit as u64)];
        self.read(&parts.concat(), values)?.into_iter().map(|mut row| row.text()).collect()
    }

    /// When the next of them is due.
    pub(crate) fn next_due_ms(&self, queue: Queue, in_flight: &[String]) -> Result<Option<u64>> {
        let parts = ["SELECT min(due_ms) FROM jobs WHERE ", queue.condition(), " AND id NOT IN (SELECT value FROM json_each(?))"];
        self.time(&parts.concat(), vec![list(in_flight)])
    }
}

/// Ids as one value.
fn list(ids: &[String]) -> Value {
    serde_json::Value::from(ids).to_string().into()
}
