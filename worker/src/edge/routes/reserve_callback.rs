//! `POST /v1/callbacks`: a job that the caller submits to RingCentral itself, with the address that its result is to be sent to.

use super::new_job::{self, Asked, Body};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::engines::Engines;
use crate::problem::Problem;
use ringcentral_ai::signing::callback_path;

/// Answers 201 with the Job and its `callbackUrl`.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    // Whoever submits the job itself hands the address on: it is no use where nobody can call it.
    let base = context.callback_base(true)?;
    let text = new_job::read(&context).await?;
    let body = Body::parse(&text, &["task"])?;
    let idempotency = new_job::idempotency(&context, &body)?;
    let engines = Engines::of(context.config);
    let asked = Asked { media: None, input: None };
    let job = new_job::create(&context, engines.usual(), body.task()?, asked, idempotency).await?;
    // A job that its caller submits has one attempt.
    let path = callback_path(&context.config.keys, &job.id, 1);
    let location = ["/v1/jobs/", &job.id].concat();
    let job = job.with("callbackUrl", &[base, path].concat());
    Ok(Reply::json(201, job.write()).with("location", location))
}
