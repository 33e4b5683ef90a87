//! The rows of jobs that have not finished: written down, found, moved on from state to state.

use super::due;
use super::row::{COLUMNS, Row};
use super::store::{Store, number};
use crate::job::Status;
use serde::Deserialize;
use worker::{Result, SqlStorageValue as Value};

/// A job that nobody has heard of yet.
#[derive(Debug)]
pub(super) struct New {
    pub(super) id: String,
    pub(super) task: String,
    pub(super) status: Status,
    pub(super) media: Option<String>,
    pub(super) input: Option<String>,
    pub(super) recording_id: Option<String>,
    pub(super) sealed: Option<Vec<u8>>,
    pub(super) public_url: String,
    pub(super) created_ms: u64,
    pub(super) retained_until_ms: u64,
}

/// What has to be known to submit a job.
#[derive(Debug, Deserialize)]
pub(super) struct Turn {
    pub(super) id: String,
    pub(super) task: String,
    pub(super) attempt: u32,
    pub(super) input: Option<String>,
    pub(super) recording_id: Option<String>,
    #[serde(with = "serde_bytes")]
    pub(super) sealed: Option<Vec<u8>>,
    pub(super) public_url: String,
}

/// A job whose time has come.
#[derive(Debug, Deserialize)]
pub(super) struct Due {
    pub(super) id: String,
    pub(super) status: Status,
    pub(super) unanswered: u32,
}

/// The jobs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Jobs<'a>(pub(super) &'a Store);

impl Jobs<'_> {
    /// Writes a job down: a queued one is due at once; of a reserved one the first attempt's address is given out.
    pub(super) fn insert(self, new: New) -> Result<()> {
        let is_reserved = new.status == Status::Reserved;
        let due_ms = if is_reserved { new.created_ms + due::EXPIRES_AFTER_MS } else { new.created_ms };
        let statement = "INSERT INTO jobs (id, task, status, attempt, media, input, recording_id, sealed, public_url, \
             created_ms, retained_until_ms, due_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let values = vec![
            new.id.into(),
            new.task.into(),
            name(new.status).into(),
            number(u64::from(is_reserved)),
            new.media.into(),
            new.input.into(),
            new.recording_id.into(),
            new.sealed.into(),
            new.public_url.into(),
            number(new.created_ms),
            number(new.retained_until_ms),
            number(due_ms),
        ];
        self.0.write(statement, values)
    }

    /// The job of that id.
    pub(super) fn find(self, id: &str) -> Result<Option<Row>> {
        self.0.first(&["SELECT ", COLUMNS, " FROM jobs WHERE id = ?"].concat(), vec![id.into()])
    }

    /// Those whose turn it is, oldest first, without the ones under way.
    pub(super) fn in_turn(self, under_way: &[&str], limit: usize, now_ms: u64) -> Result<Vec<Turn>> {
        let statement = "SELECT id, task, attempt, input, recording_id, sealed, public_url FROM jobs \
             WHERE status = 'queued' AND due_ms <= ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?";
        self.0.read(statement, vec![number(now_ms), list(under_way), number(limit as u64)])
    }

    /// When the next turn comes for one that is not under way.
    pub(super) fn next_turn_ms(self, under_way: &[&str]) -> Result<Option<u64>> {
        let statement =
            "SELECT min(due_ms) AS ms FROM jobs WHERE status = 'queued' AND id NOT IN (SELECT value FROM json_each(?))";
        self.time(statement, vec![list(under_way)])
    }

    /// Those beside the queued ones whose time has come.
    pub(super) fn due(self, limit: usize, now_ms: u64) -> Result<Vec<Due>> {
        let statement =
            "SELECT id, status, unanswered FROM jobs WHERE status <> 'queued' AND due_ms <= ? ORDER BY due_ms LIMIT ?";
        self.0.read(statement, vec![number(now_ms), number(limit as u64)])
    }

    /// When the next of them is due.
    pub(super) fn next_due_ms(self) -> Result<Option<u64>> {
        self.time("SELECT min(due_ms) AS ms FROM jobs WHERE status <> 'queued'", Vec::new())
    }

    /// The attempt is about to be sent; false when the job is not queued any more: then it must not be.
    pub(super) fn sending(self, id: &str, attempt: u32, now_ms: u64) -> Result<bool> {
        let statement = "UPDATE jobs SET status = 'unconfirmed', attempt = ?, sent_ms = ?, due_ms = ?, ringcentral_job_id = NULL \
             WHERE id = ? AND status = 'queued' RETURNING id";
        let due_ms = now_ms + due::UNCONFIRMED_WAIT_MS;
        self.changed(statement, vec![number(attempt.into()), number(now_ms), number(due_ms), id.into()])
    }

    /// What was sent was certainly not taken: the job waits for its turn again, until `due_ms`.
    pub(super) fn queue_again(self, id: &str, due_ms: u64) -> Result<()> {
        let statement = "UPDATE jobs SET status = 'queued', due_ms = ? WHERE id = ? AND status IN ('queued', 'unconfirmed')";
        self.0.write(statement, vec![number(due_ms), id.into()])
    }

    /// RingCentral was not to be had: how often now, and since when the job is there.
    pub(super) fn tried(self, id: &str) -> Result<Option<(u32, u64)>> {
        #[derive(Deserialize)]
        struct Tried {
            tries: u32,
            created_ms: u64,
        }
        let statement = "UPDATE jobs SET tries = tries + 1 WHERE id = ? RETURNING tries, created_ms";
        Ok(self.0.first::<Tried>(statement, vec![id.into()])?.map(|row| (row.tries, row.created_ms)))
    }

    /// The answer was lost and no callback came: it is sent once more.
    pub(super) fn send_again(self, id: &str, now_ms: u64) -> Result<()> {
        let statement =
            "UPDATE jobs SET status = 'queued', due_ms = ?, unanswered = unanswered + 1 WHERE id = ? AND status = 'unconfirmed'";
        self.0.write(statement, vec![number(now_ms), id.into()])
    }

    /// RingCentral took the job; its media's address is not needed any more. False when its callback was faster.
    pub(super) fn accepted(self, id: &str, ringcentral_job_id: Option<String>, now_ms: u64) -> Result<bool> {
        let statement = "UPDATE jobs SET status = 'submitted', submitted_ms = ?1, due_ms = ?2, ringcentral_job_id = ?3, sealed = NULL, \
             retained_until_ms = max(retained_until_ms, ?2) WHERE id = ?4 AND status = 'unconfirmed' RETURNING id";
        let values = vec![number(now_ms), number(now_ms + due::EXPIRES_AFTER_MS), ringcentral_job_id.into(), id.into()];
        self.changed(statement, values)
    }

    /// Removes the record of a job, and the copy of its result.
    pub(super) fn remove(self, id: &str) -> Result<()> {
        self.0.write("DELETE FROM copies WHERE job_id = ?", vec![id.into()])?;
        self.0.write("DELETE FROM jobs WHERE id = ?", vec![id.into()])
    }

    /// Whether a statement that returns the rows it changes has changed one.
    pub(super) fn changed(self, statement: &str, values: Vec<Value>) -> Result<bool> {
        Ok(self.0.first::<serde::de::IgnoredAny>(statement, values)?.is_some())
    }

    fn time(self, statement: &str, values: Vec<Value>) -> Result<Option<u64>> {
        #[derive(Deserialize)]
        struct Time {
            ms: Option<u64>,
        }
        Ok(self.0.first::<Time>(statement, values)?.and_then(|row| row.ms))
    }
}

/// A state as it stands in its column; the names are the API's.
pub(super) const fn name(status: Status) -> &'static str {
    match status {
        Status::Queued => "queued",
        Status::Unconfirmed => "unconfirmed",
        Status::Submitted => "submitted",
        Status::Reserved => "reserved",
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Expired => "expired",
    }
}

/// Ids as one value.
fn list(ids: &[&str]) -> Value {
    serde_json::Value::from(ids).to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_has_one_name_in_the_row_and_in_the_api() {
        use Status::{Expired, Failed, Queued, Reserved, Submitted, Succeeded, Unconfirmed};
        for status in [Queued, Unconfirmed, Submitted, Reserved, Succeeded, Failed, Expired] {
            assert_eq!(serde_json::to_value(status).unwrap(), name(status));
        }
    }
}
