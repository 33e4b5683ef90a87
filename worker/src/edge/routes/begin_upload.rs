//! `POST /v1/uploads`: a local file begins to be uploaded.

use super::json_body::{self, Body};
use super::names::name;
use super::uploads::bucket;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::file::upload_key;
use crate::limits::{MAX_UPLOAD_BYTES, UPLOAD_KEPT_MS};
use crate::problem::Problem;
use crate::question::{AskUpload, UploadChange};
use crate::random;
use crate::upload::Upload;

/// Answers 201 with the upload: how long its parts are, and how long it is kept.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let bucket = bucket(&context)?;
    let text = json_body::read(&context).await?;
    let body = Body::parse(&text, &["bytes", "name"])?;
    let name = name("name", body.get("name"))?.into();
    let bytes = body.get("bytes").integer().and_then(|bytes| bytes.try_into().ok());
    let bytes = bytes.filter(|bytes| (1..=MAX_UPLOAD_BYTES).contains(bytes)).ok_or_else(|| {
        Problem::field("bytes", &format!("it must be how long the file is: a whole number, 1 to {MAX_UPLOAD_BYTES} (2 GiB)"))
    })?;
    let created_ms = context.config.clock.now_ms();
    let id = random::job_id(created_ms);
    let bucket_id = bucket.begin(&upload_key(&id)).await?;
    let until_ms = created_ms + UPLOAD_KEPT_MS;
    let upload = Upload { id: id.clone(), name, bytes, created_ms, until_ms, bucket_id, parts: Vec::new(), whole: None };
    let shown = upload.shown();
    ask(context.env, AskUpload { id: id.clone(), change: UploadChange::Begun(upload) }).await?;
    Ok(Reply::json(201, shown).with("location", ["/v1/uploads/", &id].concat()))
}
