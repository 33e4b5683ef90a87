//! `POST /v1/callbacks`: a job that the caller submits to RingCentral itself, with the address that its result is to be sent to.

use super::order;
use crate::problem::Problem;
use crate::protocol::{Create, Work};
use crate::reply::Reply;
use crate::visit::Visit;
use ringcentral_ai::signing::callback_path;

/// Answers 201 with the Job and its `callbackUrl`.
pub(crate) async fn answer(mut visit: Visit<'_>) -> Result<Reply, Problem> {
    let fields = order::fields(&order::body(&mut visit).await?, &["task"])?;
    let idempotency = order::idempotency(&visit, &fields)?;
    let task = order::task(&fields)?;
    let create = Create { task: task.name().to_owned(), work: Work::Reserve, idempotency, public_url: visit.public_url() };
    let mut job = order::create(&visit, create).await?;
    // A job that its caller submits has one attempt.
    let path = callback_path(&visit.config.keys, &job.id, 1);
    job.callback_url = Some([visit.public_url(), path].concat());
    Ok(Reply::json(201, &job)?.with("location", ["/v1/jobs/", &job.id].concat()))
}
