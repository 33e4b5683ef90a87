//! `POST /callbacks/{id}/{attempt}/{signature}`: RingCentral delivers a result.
//!
//! In this order: signature, before a byte of the body; length; envelope; whether the Desk expects it; KV; whether it is the first.
//! Anything but 200 makes RingCentral send it again.

use crate::edge::ask::ask;
use crate::edge::body::{self, Share};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::{Delivery, IsWanted, TakeDelivery, Verdict};
use crate::results;
use ringcentral_ai::engine::Task;
use ringcentral_ai::engine::ringcentral::delivery::{Envelope, Status};
use ringcentral_ai::signing::verify_callback;

/// The most that KV holds under one key.
const MAX_BODY_BYTES: usize = 25 << 20;

/// Answers 200 when the delivery is stored, or is not wanted any more.
pub(crate) async fn answer(mut context: RequestContext<'_>) -> Result<Reply, Problem> {
    let attempt = verify_callback(&context.config.keys, context.part(0), context.part(1), context.part(2))?;
    let mut share = Share::open(); // held until the answer
    let body = body::read(&mut context.request, MAX_BODY_BYTES, &mut share).await?;
    let envelope = Envelope::read(&body)?;
    let delivery = delivery(&context, attempt, &envelope);
    if is_wanted(&context, &delivery, &envelope).await? {
        store(&context, delivery, &envelope, body).await?;
    }
    Ok(Reply::empty(200))
}

fn delivery(context: &RequestContext<'_>, attempt: u32, envelope: &Envelope) -> Delivery {
    let task = envelope.task().map(|task| Task::name(task).to_owned());
    Delivery {
        id: context.part(0).to_owned(),
        attempt,
        ringcentral_job_id: envelope.job_id.clone(),
        api: task.or_else(|| envelope.api.clone()),
    }
}

async fn is_wanted(context: &RequestContext<'_>, delivery: &Delivery, envelope: &Envelope) -> Result<bool, Problem> {
    // Said by the job status only; as a callback it holds no result, and there is nothing to keep.
    if envelope.status == Status::InProgress {
        return Ok(false);
    }
    taken(ask(context.env, IsWanted(delivery.clone())).await?)
}

/// Whether the delivery is the one; a foreign one is the caller's error.
fn taken(verdict: Verdict) -> Result<bool, Problem> {
    match verdict {
        Verdict::Take => Ok(true),
        Verdict::Drop => Ok(false),
        Verdict::Foreign { reason } => Err(Problem::new("foreign_callback", reason)),
    }
}

async fn store(context: &RequestContext<'_>, delivery: Delivery, envelope: &Envelope, body: Vec<u8>) -> Result<(), Problem> {
    let place = results::place(&context.request);
    let kept = results::put(context.env, &delivery.id, &place, &body, envelope, context.config.result_ttl_s).await?;
    let question = TakeDelivery {
        delivery,
        key: kept.key.clone(),
        // A word that is not documented is no success: the body is stored all the same.
        succeeded: envelope.status == Status::Success,
        errors: envelope.errors.clone(),
        completed_at: envelope.completion_time.clone(),
        retained_until_ms: kept.until_ms,
        copy: if body.len() <= TakeDelivery::MAX_COPY_BYTES { body } else { Vec::new() },
    };
    // Without an answer nobody knows whether the key is the result: it stays, and the next delivery is told.
    let verdict = taken(ask(context.env, question).await?);
    if !matches!(verdict, Ok(true)) {
        results::delete(context.env, &kept.key).await?;
    }
    verdict.map(|_| ())
}
