//! `POST /v1/callbacks`: a job that the caller submits to RingCentral itself, with the address that its result is to be sent to.

use super::json_body::{self, Body};
use super::names::label;
use super::new_job::{self, Asked, accepted};
use super::notify::notify;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::engines::Engines;
use crate::problem::Problem;
use ringcentral_ai::signing::callback_path;

/// Answers 201 with the Job and its `callbackUrl`.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    // Whoever submits the job itself hands the address on: it is no use where nobody can call it.
    let engines = Engines::of(context.config);
    let engine = engines.ringcentral();
    let visitor = engine.visitor();
    context.check_reach(visitor.as_deref())?;
    let text = json_body::read(&context).await?;
    let body = Body::parse(&text, &["task", "label", "notify"])?;
    let idempotency = new_job::idempotency(&context, &body.ordered())?;
    let task = body.task()?;
    let (label, notify) = (label(body.get("label"))?.into(), notify(&context, body.get("notify"))?);
    let base = new_job::public_url(&context, visitor.as_deref()).await?;
    let asked = Asked { media: None, input: None, label, notify, content_access: None, public_url: base.clone() };
    let job = new_job::create(&context, engine, task, asked, idempotency).await?;
    // A job that its caller submits has one attempt.
    let path = callback_path(&context.config.keys, &job.id, 1);
    let id = job.id.clone();
    Ok(accepted(201, &id, job.with("callbackUrl", &[base, path].concat()).write()))
}
