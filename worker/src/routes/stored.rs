//! The result of a job that has finished, for the two routes that show it.

use crate::ask_desk::{ask, unexpected};
use crate::job::{Job, JobError};
use crate::problem::Problem;
use crate::protocol::{Answer, Ask};
use crate::results::{self, Stored};
use crate::visit::Visit;
use ringcentral_ai::error::{ApiError, Code};
use serde_json::json;

/// When an unfinished job's result is worth another question.
const RETRY_AFTER_S: u64 = 5;

/// What a finished job left behind.
pub(super) enum Ended {
    /// A body, byte for byte as it was delivered.
    Stored(Stored),
    /// None: RingCentral refused the job, or nothing ever came.
    Without(Box<Job>),
}

/// The end of the job that the path names.
pub(super) async fn ended(visit: &Visit<'_>) -> Result<Ended, Problem> {
    let question = Ask::Stored { id: visit.part(0).to_owned() };
    let (answer, bytes) = ask(visit.env, &question, &[]).await?;
    match answer {
        Answer::Stored { key, has_copy } => {
            let place = results::place(&visit.request);
            let stored = results::find(visit.env, &key, &place, has_copy.then_some(bytes)).await?;
            Ok(Ended::Stored(stored))
        }
        Answer::Job(job) if job.status.is_finished() => Ok(Ended::Without(Box::new(job))),
        Answer::Job(_) => Err(Problem::from(Code::NotFinished).retry_after(RETRY_AFTER_S)),
        Answer::Unknown => Err(Problem::not_found("there is no such job, or not any more")),
        _ => Err(unexpected()),
    }
}

/// A job without a delivery, in RingCentral's form of a Fail, so that clients read one form only.
pub(super) fn fail_body(job: &Job) -> String {
    let said = job.error.as_ref().and_then(|error| error.ringcentral.clone()).filter(|errors| !errors.is_empty());
    let errors = said.unwrap_or_else(|| job.error.iter().map(own_words).collect());
    json!({ "status": "Fail", "response": { "errors": errors } }).to_string()
}

fn own_words(error: &JobError) -> ApiError {
    ApiError { error_code: error.code.clone(), message: error.message.clone(), parameter_name: None }
}

#[cfg(test)]
mod tests {
    use super::fail_body;
    use serde_json::{Value, json};

    fn body(error: &Value) -> Value {
        let job = json!({
            "id": "7", "task": "speech-to-text", "status": "failed", "createdAt": "", "retainedUntil": "", "error": error,
        });
        serde_json::from_str(&fail_body(&serde_json::from_value(job).unwrap())).unwrap()
    }

    #[test]
    fn a_refused_job_ends_in_ringcentrals_form() {
        let said =
            json!([{ "errorCode": "CAI-101", "message": "Parameter [contentUri] is invalid", "parameterName": "contentUri" }]);
        let error = json!({ "code": "ringcentral_refused", "message": "no", "ringcentral": said });
        assert_eq!(body(&error), json!({ "status": "Fail", "response": { "errors": said } }));
    }

    #[test]
    fn where_ringcentral_said_nothing_our_own_words_stand() {
        let error = json!({ "code": "expired", "message": "nothing came" });
        assert_eq!(
            body(&error),
            json!({ "status": "Fail", "response": { "errors": [{ "errorCode": "expired", "message": "nothing came" }] } })
        );
    }
}
