//! Whether a delivery is to be taken: the one place that knows what fits a job.

use super::row::Row;
use crate::job::Status;
use crate::question::{Delivery, Verdict};

/// Holds a delivery against the job that its address names. The form without `jobId` and `api` (2022) fits any.
pub(super) fn expect(row: Option<&Row>, delivery: &Delivery) -> Verdict {
    let Some(row) = row.filter(|row| !row.status.is_finished()) else {
        return Verdict::Drop;
    };
    let foreign = |reason: &str| Verdict::Foreign { reason: reason.into() };
    if delivery.attempt == 0 || delivery.attempt > row.attempt {
        return foreign("the attempt in the address was never given out");
    }
    // A path that we do not know names its task with its last word, as RingCentral's paths do.
    let named = delivery.api.as_deref().map(|api| api.trim_end_matches('/').rsplit('/').next().unwrap_or(api));
    if named.is_some_and(|named| !named.is_empty() && named != row.task) {
        return foreign("api names another task than the job has");
    }
    // The id in the row is the latest attempt's; what an earlier one was called is not known.
    let known = row.ringcentral_job_id.as_ref().filter(|_| delivery.attempt == row.attempt);
    match (known, &delivery.ringcentral_job_id) {
        (Some(known), Some(given)) if known != given => foreign("jobId is another job's"),
        _ => Verdict::Take,
    }
}

/// How a finished job is called after the delivery that finished it.
pub(super) fn outcome(succeeded: bool) -> Status {
    if succeeded { Status::Succeeded } else { Status::Failed }
}

#[cfg(test)]
mod tests {
    use super::super::row::tests::row;
    use super::*;

    fn delivery(attempt: u32, ringcentral_job_id: Option<&str>, api: Option<&str>) -> Delivery {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Delivery { id: row().id, attempt, ringcentral_job_id: text(ringcentral_job_id), api: text(api) }
    }

    fn is_foreign(row: &Row, delivery: &Delivery) -> bool {
        matches!(expect(Some(row), delivery), Verdict::Foreign { .. })
    }

    #[test]
    fn its_own_delivery_is_taken_and_so_is_the_form_that_names_nothing() {
        assert_eq!(expect(Some(&row()), &delivery(2, Some("rc-1"), Some("speech-to-text"))), Verdict::Take);
        assert_eq!(expect(Some(&row()), &delivery(2, None, None)), Verdict::Take);
    }

    #[test]
    fn an_id_is_adopted_while_this_attempts_is_unknown() {
        for status in [Status::Unconfirmed, Status::Reserved, Status::Queued] {
            let row = Row { status, ringcentral_job_id: None, ..row() };
            assert_eq!(expect(Some(&row), &delivery(2, Some("any"), None)), Verdict::Take);
        }
        // The first attempt's answer was lost; its callback comes after the second one's answer.
        assert_eq!(expect(Some(&row()), &delivery(1, Some("rc-0"), None)), Verdict::Take);
    }

    #[test]
    fn a_delivery_that_belongs_elsewhere_is_foreign() {
        assert!(is_foreign(&row(), &delivery(2, Some("rc-2"), None)));
        assert!(is_foreign(&row(), &delivery(2, Some("rc-1"), Some("summarize"))));
        assert!(is_foreign(&row(), &delivery(2, None, Some("/audio/v1/recognize-emotion"))));
        assert!(!is_foreign(&row(), &delivery(2, None, Some("/audio/v9/speech-to-text/"))));
    }

    #[test]
    fn an_attempt_that_was_never_given_out_is_foreign() {
        assert!(is_foreign(&row(), &delivery(3, None, None)));
        assert!(is_foreign(&row(), &delivery(0, None, None)));
        let queued = Row { status: Status::Queued, attempt: 0, ringcentral_job_id: None, ..row() };
        assert!(is_foreign(&queued, &delivery(1, None, None)));
    }

    #[test]
    fn what_comes_after_the_end_is_dropped_whatever_it_is() {
        for status in [Status::Succeeded, Status::Failed, Status::Expired] {
            let row = Row { status, ..row() };
            assert_eq!(expect(Some(&row), &delivery(9, Some("rc-2"), Some("summarize"))), Verdict::Drop);
        }
        assert_eq!(expect(None, &delivery(1, None, None)), Verdict::Drop);
    }
}
