//! The end of a job: one statement decides who brings it about, and a row that has ended never changes again.

use super::expect::{expect, outcome};
use super::jobs::{Jobs, name};
use super::store::number;
use super::time::now_ms;
use super::{Desk, copies, due, log};
use crate::job::{JobError, Status};
use crate::protocol::{Answer, Delivery, Expected};
use ringcentral_ai::error::{ApiError, Code};
use ringcentral_ai::time;
use worker::Result;

/// How a job ends.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) status: Status,
    pub(super) completed_ms: u64,
    pub(super) retained_until_ms: u64,
    pub(super) error: Option<JobError>,
    /// Where its result lies, and RingCentral's id for it, when a callback ended it.
    pub(super) result: Option<(String, Option<String>)>,
}

/// A delivery that lies in KV, as the edge tells it.
#[derive(Debug)]
pub(super) struct Delivered {
    pub(super) delivery: Delivery,
    pub(super) key: String,
    pub(super) succeeded: bool,
    pub(super) errors: Vec<ApiError>,
    pub(super) completed_at: Option<String>,
    pub(super) retained_until_ms: u64,
}

/// Whether a delivery is the first; then the job has ended with it.
pub(super) fn finish(desk: &Desk, delivered: Delivered, bytes: &[u8]) -> Result<Answer> {
    let row = Jobs(&desk.store).find(&delivered.delivery.id)?;
    match expect(row.as_ref(), &delivered.delivery) {
        Expected::Take => {}
        // The same key again is the same question again: its answer may have been lost.
        Expected::Drop => {
            let is_first = row.is_some_and(|row| row.result_key.as_ref() == Some(&delivered.key));
            return Ok(Answer::Finished { is_first });
        }
        foreign @ Expected::Foreign { .. } => return Ok(Answer::Expected(foreign)),
    }
    let Delivered { delivery, key, succeeded, errors, completed_at, retained_until_ms } = delivered;
    let ending = Ending {
        status: outcome(succeeded),
        completed_ms: completed_at.as_deref().and_then(time::parse).unwrap_or_else(now_ms),
        retained_until_ms,
        error: (!succeeded).then(|| job_failed(errors)),
        result: Some((key.clone(), delivery.ringcentral_job_id)),
    };
    let is_first = end(desk, &delivery.id, ending)?;
    if is_first {
        copies::keep(desk, &delivery.id, &key, bytes);
    }
    Ok(Answer::Finished { is_first })
}

/// Ends a job without a result.
pub(super) fn fail(desk: &Desk, id: &str, status: Status, error: JobError) -> Result<bool> {
    let now_ms = now_ms();
    let retained_until_ms = now_ms + desk.config()?.result_ttl_s.saturating_mul(1_000);
    end(desk, id, Ending { status, completed_ms: now_ms, retained_until_ms, error: Some(error), result: None })
}

/// Ends a job, tells everybody who waits for that, and says whether it was this that ended it.
fn end(desk: &Desk, id: &str, ending: Ending) -> Result<bool> {
    let jobs = Jobs(&desk.store);
    let code = ending.error.as_ref().map(|error| error.code.clone());
    let error = ending.error.and_then(|error| serde_json::to_string(&error).ok());
    let via = ending.result.is_some().then_some("callback");
    let (key, ringcentral_job_id) = ending.result.map_or((None, None), |(key, id)| (Some(key), id));
    // What a callback ends was sent, even where the answer to that was lost.
    let statement = "UPDATE jobs SET status = ?1, completed_ms = ?2, retained_until_ms = ?3, due_ms = ?4, via = ?5, error = ?6, \
         result_key = ?7, ringcentral_job_id = coalesce(?8, ringcentral_job_id), sealed = NULL, \
         submitted_ms = CASE WHEN ?7 IS NULL THEN submitted_ms ELSE coalesce(submitted_ms, sent_ms) END \
         WHERE id = ?9 AND status NOT IN ('succeeded', 'failed', 'expired') RETURNING id";
    let values = vec![
        name(ending.status).into(),
        number(ending.completed_ms),
        number(ending.retained_until_ms),
        number(due::removal_ms(ending.retained_until_ms)),
        via.into(),
        error.into(),
        key.into(),
        ringcentral_job_id.into(),
        id.into(),
    ];
    let is_first = jobs.changed(statement, values)?;
    if let (true, Some(row)) = (is_first, jobs.find(id)?) {
        log::job(name(ending.status), id, code.as_deref());
        desk.waiters.release(row.job());
    }
    Ok(is_first)
}

fn job_failed(errors: Vec<ApiError>) -> JobError {
    let (code, message) = (Code::RingcentralJobFailed.as_str().into(), Code::RingcentralJobFailed.sentence().into());
    JobError { code, message, ringcentral: Some(errors).filter(|errors| !errors.is_empty()) }
}
