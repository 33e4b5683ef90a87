//! The result of a job that has finished, for the two routes that show it.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::job::parse_error;
use crate::kv::{Given, WorkersKv, place};
use crate::limits::UNFINISHED_RETRY_AFTER_S;
use crate::problem::Problem;
use crate::question::{FindResult, FoundResult};
use crate::results::{self, Stored};
use ringcentral_ai::error::{ApiError, Code};
use ringcentral_ai::json::{Object, Value};
use ringcentral_ai::lifecycle::JobError;

/// What a finished job left behind.
pub(super) enum Ended {
    /// A result, byte for byte as it was delivered; and the names of its speakers, by their ids.
    Stored(Stored<Given>, Vec<(String, String)>),
    /// What says that there is none.
    Failed(Stored<Given>),
    /// None: the engine refused the job, or nothing ever came.
    Without(Option<JobError>),
}

/// The end of the job that the path names.
pub(super) async fn ended(context: &RequestContext<'_>) -> Result<Ended, Problem> {
    found(context, false).await
}

/// The same in the words of its engine.
pub(super) async fn said(context: &RequestContext<'_>) -> Result<Ended, Problem> {
    found(context, true).await
}

async fn found(context: &RequestContext<'_>, said: bool) -> Result<Ended, Problem> {
    match ask(context.env, FindResult { id: context.part(0).to_owned(), said }).await? {
        FoundResult::Stored { key, has_failed, has_copy, speakers, copy } => {
            let kv = WorkersKv::of(context.env)?;
            let stored = results::find(&kv, &key, &place(&context.request), has_copy.then_some(copy)).await?;
            let names = speakers.as_deref().map(names).unwrap_or_default();
            Ok(if has_failed { Ended::Failed(stored) } else { Ended::Stored(stored, names) })
        }
        FoundResult::Nowhere { error } => Ok(Ended::Without(error.as_deref().and_then(parse_error))),
        FoundResult::Unfinished => Err(Problem::from(Code::NotFinished).retry_after(UNFINISHED_RETRY_AFTER_S)),
        FoundResult::Unknown => Err(Problem::no_such_job()),
    }
}

fn names(speakers: &str) -> Vec<(String, String)> {
    let speakers = Value::parse(speakers.as_bytes()).unwrap_or_default();
    speakers.fields().iter().filter_map(|(id, name)| Some((id.to_string(), name.text()?.to_owned()))).collect()
}

/// A job without a delivery, in RingCentral's form of a Fail, so that clients read one form only.
pub(super) fn fail_body(error: Option<&JobError>) -> String {
    let errors: Vec<String> = match error {
        None => Vec::new(),
        Some(error) if error.ringcentral.is_empty() => vec![own_words(error)],
        Some(error) => error.ringcentral.iter().map(ApiError::write).collect(),
    };
    let response = Object::new().list("errors", errors.into_iter()).write();
    Object::new().text("status", "Fail").json("response", &response).write()
}

fn own_words(error: &JobError) -> String {
    Object::new().text("errorCode", &error.code).text("message", &error.message).write()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(error: &serde_json::Value) -> serde_json::Value {
        serde_json::from_str(&fail_body(parse_error(&error.to_string()).as_ref())).unwrap()
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
