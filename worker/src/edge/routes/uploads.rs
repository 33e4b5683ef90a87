//! What the routes of uploads have in common: the bucket, and what the Desk says of an upload.

use crate::bucket::Bucket;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::problem::Problem;
use crate::question::{AskUpload, UploadChange};
use crate::upload::Upload;
use ringcentral_ai::engine::Look;
use ringcentral_ai::error::Code;

/// The bucket.
///
/// # Errors
/// `uploads_not_configured` where none is bound.
pub(super) fn bucket(context: &RequestContext<'_>) -> Result<Bucket, Problem> {
    Bucket::of(context.env).ok_or_else(|| Code::UploadsNotConfigured.into())
}

/// The upload that the path names, after that has become of it.
///
/// # Errors
/// `not_found`, `upload_conflict`, and `uploads_not_configured`.
pub(super) async fn upload(context: &RequestContext<'_>, change: UploadChange) -> Result<Upload, Problem> {
    bucket(context)?;
    let id = context.part(0).to_owned();
    ask(context.env, AskUpload { id, change }).await?.ok_or_else(Problem::no_such_upload)
}

/// A look at an upload that a job names; none where there is none, or not all of it.
pub(super) async fn look_at(context: &RequestContext<'_>, id: &str) -> Result<Option<Look>, Problem> {
    let found = ask(context.env, AskUpload { id: id.to_owned(), change: UploadChange::Nothing }).await?;
    let upload = Upload::usable(found).ok();
    Ok(upload.map(|upload| Look::of_file(upload.told(), upload.name.as_deref().unwrap_or_default())))
}
