//! `POST /v1/uploads/{id}/complete`: all parts become one file, which is looked at and hashed.

use super::uploads::{bucket, upload};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::UploadChange;
use crate::upload::Whole;
use ringcentral_ai::engine::{LOOK_BYTES, media_type};
use ringcentral_ai::error::Code;

/// Answers with the upload; what is complete already is answered with as it is.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let known = upload(&context, UploadChange::Nothing).await?;
    if known.whole.is_some() {
        return Ok(Reply::json(200, known.shown()));
    }
    if let Some(missing) = known.missing() {
        let message = format!("part {missing} of {} is missing: PUT it first", known.part_count());
        return Err(Problem::new(Code::UploadConflict, message));
    }
    let bucket = bucket(&context)?;
    bucket.complete(&known).await?;
    let beginning = bucket.beginning(&known, LOOK_BYTES).await?;
    let whole = Whole::of(media_type(&beginning), bucket.sha256(&known).await?);
    let completed = upload(&context, UploadChange::Completed(whole)).await;
    if completed.as_ref().is_err_and(|problem| problem.failure().code == Code::NotFound) {
        bucket.delete(&known.key()).await?; // it was deleted meanwhile, when there was no file yet
    }
    Ok(Reply::json(200, completed?.shown()))
}
