//! `POST /v1/jobs/{id}/retry`: a finished job once more, as a new one that names it.

use super::new_job::{accepted, created, idempotency, new_id, public_url};
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::RetryJob;

/// Answers 202 with the new Job, and where to ask for it.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let public_url = public_url(&context, None).await?; // whose job it is, the Desk knows
    let idempotency = idempotency(&context, "")?;
    let question = RetryJob { of: context.part(0).to_owned(), id: new_id(&context), idempotency, public_url };
    let job = created(&context, ask(context.env, question).await?)?;
    let id = job.id.clone();
    Ok(accepted(202, &id, job.write()))
}
