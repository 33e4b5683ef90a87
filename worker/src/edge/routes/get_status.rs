//! RingCentral's own question for a job: its envelope, with the result once there is one.

use super::stored::found;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::envelope;
use crate::kv::place;
use crate::problem::Problem;
use worker::ResponseBody;

/// Answers 200 with the envelope.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let found = found(&context).await?.ok_or_else(|| Problem::no_such_job().about("jobId"))?;
    let written = envelope::written(context.env, found, &place(&context.request)).await?;
    Ok(Reply::typed(200, "application/json", ResponseBody::Body(written)))
}
