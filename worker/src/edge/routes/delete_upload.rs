//! `DELETE /v1/uploads/{id}`: what is there of a file goes.

use super::uploads::upload;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::UploadChange;

/// Answers 204.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    upload(&context, UploadChange::Gone).await?;
    Ok(Reply::empty(204))
}
