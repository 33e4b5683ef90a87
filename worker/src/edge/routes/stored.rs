//! The result of a job that has finished, for the routes that show it or something of it.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::envelope::delivered;
use crate::job::{parse_error, said};
use crate::kv::{Given, place};
use crate::limits::UNFINISHED_RETRY_AFTER_S;
use crate::problem::Problem;
use crate::question::{FindResult, Found, FoundResult};
use crate::results::Stored;
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
    end_of(context, found(context).await?).await
}

/// The same in the words of its engine.
pub(super) async fn raw(context: &RequestContext<'_>) -> Result<Ended, Problem> {
    end_of(context, ask(context.env, FindResult { id: context.part(0).to_owned(), said: true }).await?).await
}

async fn end_of(context: &RequestContext<'_>, found: Option<Found>) -> Result<Ended, Problem> {
    match found.ok_or_else(Problem::no_such_job)?.result {
        FoundResult::Stored { key, has_failed, has_copy, speakers, copy } => {
            let stored = delivered(context.env, &key, &place(&context.request), has_copy.then_some(copy)).await?;
            let names = speakers.as_deref().map(names).unwrap_or_default();
            Ok(if has_failed { Ended::Failed(stored) } else { Ended::Stored(stored, names) })
        }
        FoundResult::Nowhere { error } => Ok(Ended::Without(error.as_deref().and_then(parse_error))),
        FoundResult::Unfinished => Err(Problem::from(Code::NotFinished).retry_after(UNFINISHED_RETRY_AFTER_S)),
    }
}

/// What came of the job that the path names; none where there is none.
pub(super) async fn found(context: &RequestContext<'_>) -> Result<Option<Found>, Problem> {
    ask(context.env, FindResult { id: context.part(0).to_owned(), said: false }).await
}

fn names(speakers: &str) -> Vec<(String, String)> {
    let speakers = Value::parse(speakers.as_bytes()).unwrap_or_default();
    speakers.fields().iter().filter_map(|(id, name)| Some((id.to_string(), name.text()?.to_owned()))).collect()
}

/// A job without a delivery, in RingCentral's form of a Fail, so that clients read one form only.
pub(super) fn fail_body(error: Option<JobError>) -> String {
    let response = Object::new().list("errors", said(error).iter().map(ApiError::write)).write();
    Object::new().text("status", "Fail").json("response", &response).write()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(error: &serde_json::Value) -> serde_json::Value {
        serde_json::from_str(&fail_body(parse_error(&error.to_string()))).unwrap()
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
