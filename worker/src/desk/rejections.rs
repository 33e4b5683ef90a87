//! How many deliveries were not taken, by reason: what the edge has counted, and what is seen here.

use super::{Desk, log};
use ringcentral_ai::lifecycle::{Fate, Record};
use std::collections::BTreeMap;

/// The reason of a delivery for a job that is gone, or never was.
const UNKNOWN_JOB: &str = "unknown_job";

/// Counts what the edge has counted.
pub(super) fn count_all(desk: &Desk, counts: &BTreeMap<String, u32>) {
    for (reason, more) in counts {
        count(desk, reason, *more);
    }
}

/// Counts so many more; what cannot be counted is no loss to any job.
pub(super) fn count(desk: &Desk, reason: &str, count: u32) {
    if let Err(error) = desk.store.count_rejected(reason, count) {
        log::trouble("rejections", &error);
    }
}

/// Counts a delivery that its job does not need any more; there may be no job.
pub(super) fn count_unwanted(desk: &Desk, job: Option<&Record>) {
    match job {
        None => count(desk, UNKNOWN_JOB, 1),
        Some(job) if !job.takes_result() => count(desk, Fate::Duplicate.name(), 1),
        Some(_) => {}
    }
}
