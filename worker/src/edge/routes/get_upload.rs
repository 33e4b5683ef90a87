//! `GET /v1/uploads/{id}`: what is there of a file, so that an upload that was interrupted goes on.

use super::uploads::upload;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::UploadChange;

/// Answers with the upload.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    Ok(Reply::json(200, upload(&context, UploadChange::Nothing).await?.shown()))
}
