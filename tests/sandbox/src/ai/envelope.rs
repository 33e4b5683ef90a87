//! The envelope of a job: what its callback carries and its status shows.

use axum::body::Bytes;
use serde_json::{Value, json};

use crate::clock::write_iso;
use crate::jobs::{Job, KEPT_MS};

/// The envelope as a job's status shows it; `None` for a job that has expired or is another app's.
#[must_use]
pub fn shown(id: &str, job: &Job, client_id: &str, now_ms: u64) -> Option<Bytes> {
    let is_shown = job.owner == client_id && now_ms < job.created_ms + KEPT_MS;
    let running = || head(id, job, "InProgress").to_string().into();
    is_shown.then(|| job.finished.clone().unwrap_or_else(running))
}

/// The last envelope of a job; `Ok` is a result, `Err` the `response` of a failure.
#[must_use]
pub fn finished(id: &str, job: &Job, outcome: Result<Value, Value>, now_ms: u64) -> Bytes {
    let (status, response) = match outcome {
        Ok(response) => ("Success", response),
        Err(response) => ("Fail", response),
    };
    let mut envelope = head(id, job, status);
    envelope["completionTime"] = json!(write_iso(now_ms));
    envelope["response"] = response;
    envelope.to_string().into()
}

/// A success that nobody has worked for.
#[must_use]
pub fn forged(envelope: &Bytes, job_id: &str) -> Bytes {
    let mut envelope: Value = serde_json::from_slice(envelope).unwrap_or_default();
    envelope["jobId"] = json!(job_id);
    envelope["status"] = json!("Success");
    envelope["response"] = json!({"texts": ["Forged."], "forged": true});
    envelope.to_string().into()
}

fn head(id: &str, job: &Job, status: &str) -> Value {
    json!({
        "jobId": id,
        "api": job.api,
        "creationTime": write_iso(job.created_ms),
        "expirationTime": write_iso(job.created_ms + KEPT_MS),
        "status": status,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREATED_MS: u64 = 1_704_822_718_422;

    fn job() -> Job {
        Job::new("/ai/x", "a", None, CREATED_MS)
    }

    #[test]
    fn a_running_job_reads_as_in_the_documentation() {
        let envelope = shown("j", &job(), "a", CREATED_MS + 78).unwrap();
        let expected = json!({"jobId": "j", "api": "/ai/x", "creationTime": "2024-01-09T17:51:58.422Z",
            "expirationTime": "2024-01-16T17:51:58.422Z", "status": "InProgress"});
        assert_eq!(serde_json::from_slice::<Value>(&envelope).unwrap(), expected);
    }

    #[test]
    fn a_job_is_gone_after_a_week_and_for_others() {
        assert!(shown("j", &job(), "a", CREATED_MS + KEPT_MS).is_none());
        assert!(shown("j", &job(), "b", CREATED_MS + 78).is_none());
    }

    #[test]
    fn a_failure_carries_its_errors() {
        let envelope = finished("j", &job(), Err(json!({"errors": []})), 1_704_822_719_000);
        let envelope: Value = serde_json::from_slice(&envelope).unwrap();
        assert_eq!(envelope["status"], "Fail");
        assert_eq!(envelope["completionTime"], "2024-01-09T17:51:59.000Z");
        assert_eq!(envelope["response"], json!({"errors": []}));
    }
}
